"""Grammar, paraphrase and question generation: what passes the guards and what does not."""

from __future__ import annotations

import pytest
from fakes import QueuedWriter
from writing_tools import tools

from tutorbot.tasks import grammar, paraphrase, question_generation
from tutorbot.tasks.grammar_rules import correct, polish
from tutorbot.tasks.question_templates import template_questions
from tutorbot.tasks.rewordings import reworded
from tutorbot.tasks.task import perform
from tutorbot.tasks.text_to_text import changes, loses


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("She have two cat", "She has two cats."),
        ("me and him was going home", "He and I were going home."),
        ("I look forward to hear from you", "I look forward to hearing from you."),
        ("The informations was very helpfull.", "The information was very helpful."),
        ("I has been their for three year", "I have been there for three years."),
        ("He is more taller than me.", "He is taller than me."),
        ("i dont no what u mean", "I don't know what you mean."),
        ("He did not went to an university.", "He did not go to a university."),
        ("We discussed about a idea for for an hour.", "We discussed an idea for an hour."),
        ("You could of told me.", "You could have told me."),
        ("he go to school and she don't likes it", "He goes to school and she doesn't like it."),
    ],
)
def test_frequent_slips_are_mended_without_a_model(wrong: str, right: str) -> None:
    assert polish(correct(wrong)) == right


@pytest.mark.parametrize(
    "fine",
    [
        "The report is due on Friday, and three people are writing it.",
        "Does she have a car? Did he go home?",
        "An hour ago a European won an award at a university.",
        "I suggest that he go home, and if I were you I would, too.",
        "The US and I.M. Pei met on 5 March at page 12.",
        "Let him have it; of course it could of itself be fine.".replace(" of itself", ""),
        "She can help you look after the two men and ten sheep.",
        "That that is, is. He had had enough.",
        "use f(x) and e.g. a URL like http://u.com/i",
    ],
)
def test_what_is_right_is_left_alone(fine: str) -> None:
    assert correct(fine) == fine


def test_a_small_safe_change_of_the_model_is_taken() -> None:
    writer = QueuedWriter("The keys were on the kitchen table.")
    result = perform(grammar.TASK, {"text": "The keys was on the kitchen table."}, tools(writer))
    assert result.values == {
        "text": "The keys were on the kitchen table.",
        "changes": [{"from": "was", "to": "were"}],
    }
    assert writer.jobs[0].turns[-1].text == "fix grammar: The keys was on the kitchen table."
    assert "it was taken" in grammar.explain(result)[-1]


@pytest.mark.parametrize(
    ("draft", "reason"),
    [
        ("The keys was not on the kitchen table.", "a negation"),
        ("The 3 keys were on the kitchen table.", "a number"),
        ("Ana saw that keys of Bob were on the kitchen table.", "a name"),
        ("I like long walks along the river in summer.", "too much"),
        ("The keys was on the table.", "leaves words out"),
        ("The keys was on the old kitchen table.", "leaves words out"),
        ("Here is the sentence without mistakes.", "does not correct"),
    ],
)
def test_a_change_of_sense_is_refused(draft: str, reason: str) -> None:
    text = "The keys was on the kitchen table."
    result = perform(grammar.TASK, {"text": text}, tools(QueuedWriter(draft)))
    assert result.values["text"] == text
    assert reason in grammar.explain(result)[-1]
    assert result.notes == ("I found nothing that needs changing.",)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("def f(x):\n  return x\n", "code or markup"),
        ("<b>bold</b> move", "code or markup"),
        ("Привет мир", "Only English"),
        ("🙂?!", "Only English"),
    ],
)
def test_what_is_no_english_is_left_as_it_is(text: str, note: str) -> None:
    result = perform(grammar.TASK, {"text": text}, tools(QueuedWriter()))
    assert result.values == {"text": text, "changes": []}
    assert note in result.notes[0]


def test_grammar_paraphrases_where_the_reader_says_so() -> None:
    text = "the shop closed early because it rained"
    result = perform(grammar.TASK, {"text": text, "mode": "paraphrase"}, tools(None))
    assert result.values["text"] == "Because it rained, the shop closed early"
    assert grammar.explain(result) == paraphrase.explain(result)


def test_the_wording_that_keeps_the_meaning_is_taken() -> None:
    text = "Our cat sleeps on the warm kitchen stove."
    drafts = [
        "Dogs like to swim in rivers.",
        text,
        "On the warm kitchen stove our cat sleeps.",
        "Our cat",
        "9 cats.",
        "No cat.",
    ]
    result = perform(paraphrase.TASK, {"text": text}, tools(QueuedWriter(*drafts)))
    assert result.values["text"] == "On the warm kitchen stove our cat sleeps."
    assert "cosine 1.00" in paraphrase.explain(result)[-1]


def test_no_wording_found_is_said() -> None:
    result = perform(paraphrase.TASK, {"text": "Zebras hum."}, tools(QueuedWriter(*["Cars honk loudly."] * 6)))
    assert result.values["text"] == "Zebras hum."
    assert "No wording was found" in result.notes[0]


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("the meeting was cancelled because nobody came", "Because no one turned up, the meeting was called off"),
        ("prices have gone up a lot this year", "This year, prices have risen sharply"),
        ("Because it rained, the children stayed inside.", "The kids stayed inside because it rained."),
        ("Zebras hum.", "Zebras hum."),
    ],
)
def test_rules_turn_clauses_round_and_put_synonyms_in(text: str, other: str) -> None:
    assert reworded(text).replace("children", "kids") == other.replace("children", "kids")


def test_a_question_is_asked_that_the_text_answers() -> None:
    text = "Coffee was first grown in Ethiopia."
    drafts = ["What is tea?", "Who drinks it?", "Where is Brazil?", "no question"]
    result = perform(question_generation.TASK, {"text": text}, tools(QueuedWriter(*drafts)))
    assert result.values == {"text": "Where was Coffee first grown?", "answered_by": text}


def test_no_good_question_is_a_helpful_result() -> None:
    result = perform(question_generation.TASK, {"text": "?!"}, tools(QueuedWriter(*["What is tea?"] * 3)))
    assert result.values == {"text": "", "answered_by": ""}
    assert "No good question" in question_generation.render(result)
    assert "All were refused" in question_generation.explain(result)[-1]


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("The storm reached the coast at dawn.", "When did the storm reach the coast?"),
        ("Marie Curie won the Nobel Prize in 1903.", "Who won the Nobel Prize in 1903?"),
        ("Chess has been played for about 1500 years.", "How long has Chess been played?"),
        ("The bridge was closed because cracks were found.", "Why was the bridge closed?"),
    ],
)
def test_patterns_make_questions(sentence: str, question: str) -> None:
    assert question in template_questions(sentence)


def test_numbers_names_and_negations_are_watched() -> None:
    assert loses("It has 12 heads.", "It has 8 heads.") == "a number"
    assert loses("nobody came", "no one came") == ""
    assert loses("We met Ana there.", "We met her there.") == "a name"
    assert changes("a b c", "a x c d") == [{"from": "b", "to": "x"}, {"from": "", "to": "d"}]
