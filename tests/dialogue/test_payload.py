"""Payloads: the exact part of a message that a capability runs on, marked with ⟦ ⟧, and the arguments it names."""

from __future__ import annotations

from typing import Any

import pytest

from tutorbot.dialogue.folding import fold
from tutorbot.dialogue.payload import find_payload

MARKED = """
classify | is this comment nice or mean? "⟦you sing like a broken fridge⟧"
classify | ⟦the waiter spilled wine on me twice⟧ ... pos or neg?
classify | what's the vibe here → ⟦ugh, another meeting that could've been an email⟧
classify | label it pls => ⟦Stock markets tumble after rate hike⟧ (finance / sports / weather)
classify | run a sentiment check on ⟦the new update ruined my phone⟧
ner | named entitys plz - ⟦Boris flew from Heathrow to Delhi with Air India⟧
ner | ⟦Ikea was founded by Ingvar Kamprad in Sweden⟧ -> entities?
ner | Please extract the named entities from this text: ⟦On Monday Pfizer opened a lab in Ghent.⟧
ner | spot names in ⟦Harry gave Sally a book about Chile⟧
translate | hey can u translate "⟦i forgot my umbrella⟧" to dutch
translate | how do you say ⟦good evening everybody⟧ in portuguese?
translate | ⟦where can i buy stamps⟧ in german please
translate | translate ⟦the cat sleeps on the roof⟧ to japanese
translate | Please translate this sentence to French: ⟦We will meet at the harbour at noon.⟧
summarize | main points plz: ⟦The school will get new windows. Work starts in June.⟧
summarize | ⟦The band cancelled its tour. The singer lost her voice.⟧ <- summarise
summarize | sum this up pls ⟦We wanted to bake a cake. The oven broke, so we called a repair man.⟧
summarize | Please condense the following text into one sentence. ⟦The island has no airport. Ships arrive twice a week.⟧
generate | pls write ⟦a short love letter to pizza⟧
generate | Please compose ⟦a polite reply to an invitation⟧.
generate | finish my sentence "⟦If I were a bird, I⟧"
generate | ⟦On the last day of school we⟧ ... finish this
grammar | pls corect "⟦She dont know nothing⟧"
grammar | ⟦He have went home already⟧ - correct this please
grammar | can you rewrite '⟦we need more money⟧' more politely
tokenize | ⟦extraordinary⟧ as tokens?
tokenize | how does gpt2 cut ⟦strawberry⟧ into pieces
tokenize | tokens of: ⟦OMG that's hilarious 😂😂⟧
extractive_qa | "⟦The castle was built in 1190 by King Otto.⟧" who built the castle?
extractive_qa | who won according to this text: ⟦Team Blue beat Team Red 3-1 on Saturday.⟧
extractive_qa | read: ⟦The cafe opens at nine and serves breakfast until noon.⟧ when does it open?
extractive_qa | Q: what color is the door? Text: ⟦Behind the green door lies a small garden.⟧
few_shot | sun=hot; ice=cold; ⟦fire⟧=?
few_shot | examples: "my screen is black" = hardware, "cannot log in" = access. now "⟦printer smokes⟧"
few_shot | question: how old are you / command: sit down / now: ⟦open the window⟧
semantic_search | where do you talk about ⟦cutting words into bits⟧?
semantic_search | in which topic is ⟦sharing memory between requests⟧ explained
quiz | I think I understand ⟦dropout⟧. Test me!
quiz | 5 questions on ⟦prompting⟧ please
next_lesson | take me to the lesson on ⟦GRUs⟧
simpler | Could you describe ⟦the attention mechanism⟧ in simple terms?
simpler | what does ⟦perplexity⟧ mean in simple words
example | do you have an example for ⟦a confusion matrix⟧?
example | illustrate ⟦beam search⟧ with an example
""".strip().splitlines()

WITHOUT = """
quiz | lets test what i know
review_due | can i redo the ones i got wrong
next_lesson | next one please, im done w this lesson
simpler | dumb it down a bit
simpler | still confused, make it easier pls
example | can you illustrate it with an example
example | another one please
hint | give me something to start with
question | what is text classification?
summarize | summarize this
""".strip().splitlines()


@pytest.mark.parametrize("line", MARKED)
def test_the_payload_is_cut_out_exactly(line: str) -> None:
    intent, text = line.split(" | ")
    before, rest = text.split("⟦")
    payload, after = rest.split("⟧")
    assert find_payload(fold(before + payload + after), intent)[0] == payload


@pytest.mark.parametrize("line", WITHOUT)
def test_nothing_to_run_on(line: str) -> None:
    intent, text = line.split(" | ")
    assert find_payload(fold(text), intent)[0] is None


@pytest.mark.parametrize(
    ("intent", "text", "arguments"),
    [
        ("translate", "into polish, please: one coffee", {"target": "pl"}),
        ("translate", "from spanish to english pls: No tengo dinero", {"target": "en", "source": "es"}),
        ("translate", "gemran is hard; translate to spansh: bread", {"target": "es"}),
        ("classify", "sort this into economy, health or sport: Flu cases rise", {"labels": ["economy", "health", "sport"]}),
        ("classify", "Flu cases rise (health / sport): classify it", {"labels": ["health", "sport"]}),
        ("classify", "positive or negative: fine by me", {}),
        ("grammar", "paraphrase > The results were fine", {"mode": "paraphrase"}),
        ("grammar", "fix: i seen him", {"mode": "correct"}),
        ("tokenize", 'how would bert tokenize "flabbergasted"?', {"tokenizer": "bert"}),
        (
            "extractive_qa",
            "passage: Tom moved to Ghent because of his job. q: why did tom move",
            {"question": "why did tom move"},
        ),
        (
            "extractive_qa",
            'from this text pls tell me where lara lives: "Lara lives in a lighthouse near Brest."',
            {"question": "where lara lives"},
        ),
        (
            "few_shot",
            "spam: win a prize / ham: lunch at 1? / what about: free pills",
            {"examples": {"win a prize": "spam", "lunch at 1?": "ham"}},
        ),
        ("few_shot", "'gr8'->slang, 'thus'->formal. label 'so'", {"examples": {"gr8": "slang", "thus": "formal"}}),
    ],
)
def test_arguments(intent: str, text: str, arguments: dict[str, Any]) -> None:
    assert find_payload(fold(text), intent)[1] == arguments
