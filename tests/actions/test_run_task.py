"""Mini-tasks in a conversation: in plain words, by name, and after a prediction."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fakes import ANA, MemoryStore, QueuedWriter, SetClock

from tutorbot.dialogue.events import CapabilityRequested, Event, PredictionAsked, PredictionMade, ReplySent, TaskRun
from tutorbot.errors import InputError
from tutorbot.messages import Card, Choices, Message, Reply, Table, Text, gather
from tutorbot.tutor import Tutor

Say = Callable[..., Reply]
ASK = 'predict: what sentiment is this? "a good film"'


@pytest.fixture
def events(store: MemoryStore) -> Callable[..., list[Event]]:
    return lambda kind: [s.event for s in store.events.get(("terminal", "ana"), []) if isinstance(s.event, kind)]


@pytest.fixture
def run(tutor: Tutor, clock: SetClock) -> Callable[..., Reply]:
    """Run a task that is named, as a slash command does."""

    def _run(task: str, text: str, predict: bool = False, **arguments: object) -> Reply:
        return gather(tutor.run_task(Message(ANA, "main", text, clock.now()), task, arguments, predict))

    return _run


def card(reply: Reply) -> Card:
    return next(p for p in reply.others if isinstance(p, Card))


def choices(reply: Reply) -> list[tuple[str, str]]:
    return [(o.label, o.text) for p in reply.others if isinstance(p, Choices) for o in p.options]


def test_plain_words_run_a_task_and_say_what_happened(say: Say, events: Callable[..., list[Event]]) -> None:
    reply = say('what sentiment is this? "a good film, so good"')
    assert reply.answer.startswith("**positive**")
    assert (reply.outcome.status, reply.outcome.intent, reply.outcome.payload) == (
        "task",
        "classify",
        "a good film, so good",
    )
    (words,) = [p for p in reply.others if isinstance(p, Table)]
    assert words.rows[0][0] == "good"
    assert card(reply).title == "What just happened"
    assert "1. The text was cut into word pieces" in card(reply).text
    assert "all-MiniLM-L6-v2 + sentiment head" in card(reply).text and "(Apache-2.0)" in card(reply).text
    (requested,), (ran,) = events(CapabilityRequested), events(TaskRun)
    assert (requested.intent, requested.payload) == ("classify", "a good film, so good")
    assert (ran.task, ran.arguments, ran.result["label"]) == ("classify", {"text": "a good film, so good"}, "positive")
    assert ran.confidence > 0.9


def test_names_are_found_as_spans(say: Say, events: Callable[..., list[Event]]) -> None:
    reply = say("find the named entities in: Marie Curie worked in Warsaw")
    assert reply.answer == "**Marie Curie** (person), **Warsaw** (place)"
    (ran,) = events(TaskRun)
    assert ran.result["entities"] == [
        {"text": "Marie Curie", "label": "PER", "start": 0, "end": 11},
        {"text": "Warsaw", "label": "LOC", "start": 22, "end": 28},
    ]


def test_nothing_found_is_a_helpful_result(say: Say) -> None:
    reply = say("find the named entities in: it rained all day")
    assert "no people, organisations" in reply.answer
    assert reply.outcome.status == "task"


def test_without_a_text_the_example_is_offered_and_can_be_taken(say: Say, events: Callable[..., list[Event]]) -> None:
    reply = say("what sentiment is it?")
    assert "Give me a text" in reply.answer
    assert (reply.outcome.status, reply.outcome.payload) == ("task", None)
    ((label, text),) = choices(reply)
    assert "The first half drags" in label
    assert events(TaskRun) == []
    assert say(text).outcome.payload == "The first half drags, but the ending is wonderful."


def test_a_task_that_plain_words_do_not_start_shows_its_example(run: Say) -> None:
    reply = run("question_generation", "")
    assert reply.answer.endswith("where monks drank it to stay awake.")
    assert choices(reply) == []


def test_what_the_learner_can_mend_is_told_kindly(run: Say, events: Callable[..., list[Event]]) -> None:
    reply = run("extractive_qa", "Utrecht, 1713.")
    assert reply.answer.startswith("extractive_qa needs `question`: what you want to know.")
    assert reply.outcome.status == "task"
    assert events(TaskRun) == []
    assert [e.status for e in events(ReplySent)] == ["task"]


def test_a_model_that_is_not_there_is_told_kindly(say: Say, writer: QueuedWriter, run: Say) -> None:
    reply = run("next_token", "word", at=50)
    assert reply.outcome.status == "task"
    assert reply.answer


def test_arguments_that_a_task_does_not_take_are_left_out(run: Say, events: Callable[..., list[Event]]) -> None:
    run("classify", "a bad film", target="fr", samples=3)
    (ran,) = events(TaskRun)
    assert (ran.arguments, ran.result["label"]) == ({"text": "a bad film"}, "negative")


def test_lists_and_examples_may_be_given_as_people_write_them(run: Say, writer: QueuedWriter) -> None:
    writer.texts = ["music"]
    assert "**music**" in run("few_shot", "play a song", examples="play jazz = music, lamp on = device").answer
    reply = run("few_shot", "play a song", examples="play jazz, lamp on")
    assert "has a part without `=`" in reply.answer


def test_a_big_result_is_shown_but_not_kept(run: Say, events: Callable[..., list[Event]]) -> None:
    reply = run("tokenize", "word " * 1_000)
    assert reply.texts
    (ran,) = events(TaskRun)
    assert ran.result is None


def test_an_unknown_task_records_nothing(run: Say, store: MemoryStore) -> None:
    with pytest.raises(InputError, match="no mini-task `juggle`"):
        run("juggle", "three balls")
    assert not store.events


def test_a_task_that_is_stopped_records_nothing(tutor: Tutor, clock: SetClock, store: MemoryStore) -> None:
    parts = tutor.run_task(Message(ANA, "main", "a good film", clock.now()), "classify", {})
    assert isinstance(next(parts), Text)
    parts.close()
    assert not store.events


@pytest.mark.parametrize("text", ["a" * 10_000, "\ud800", "<b>@everyone</b>", "```py\nx=1\n```", "日本語", "🎉" * 500])
@pytest.mark.parametrize("task", ["classify", "ner", "tokenize", "next_token", "attention"])
def test_strange_texts_get_a_sensible_reply(run: Say, task: str, text: str) -> None:
    reply = run(task, text)
    assert reply.answer
    assert reply.outcome.status == "task"


def test_a_text_that_is_too_long_is_cut_and_that_is_said(run: Say) -> None:
    assert "the limit is 4,000, and only the first were used." in run("classify", "good " * 1_500).answer


def test_a_prediction_that_holds(say: Say, events: Callable[..., list[Event]]) -> None:
    asked = say(ASK)
    assert asked.answer == "Positive or negative? And how sure are you, in per cent? Your text: a good film"
    assert events(TaskRun) == []
    assert [(e.task, e.text) for e in events(PredictionAsked)] == [("classify", "a good film")]
    told = say("I think positive, 80 % sure")
    assert told.answer.startswith("As you predicted: positive.")
    assert "**positive**" in told.answer
    assert told.outcome.status == "task"
    (made,) = events(PredictionMade)
    assert (made.task, made.topic, made.prediction, made.confidence, made.outcome, made.held) == (
        "classify",
        "text-classification",
        "I think positive",
        0.8,
        "positive",
        True,
    )


def test_a_prediction_that_does_not_hold(say: Say, events: Callable[..., list[Event]]) -> None:
    say(ASK)
    assert say("negative").answer.startswith('You predicted "negative"; it is: positive. Where the two differ')
    assert [(e.confidence, e.held) for e in events(PredictionMade)] == [(None, False)]


def test_a_question_instead_is_answered_and_the_prediction_lapses(say: Say, events: Callable[..., list[Event]]) -> None:
    say(ASK)
    assert say("what is dropout?").citations[0].topic == "dropout"
    say("positive")
    assert events(PredictionMade) == []


def test_a_prediction_is_waited_for_in_its_own_conversation_only(say: Say, events: Callable[..., list[Event]]) -> None:
    say(ASK)
    say("positive", conversation="other")
    assert events(PredictionMade) == []


def test_predict_by_name(run: Say, say: Say, events: Callable[..., list[Event]]) -> None:
    assert run("ner", "Marie Curie in Warsaw", predict=True).answer.startswith("How many names will it find of each type?")
    assert say("1 PER and 1 LOC, 60%").answer.startswith("As you predicted: 1 loc, 1 per.")
    assert [(e.prediction, e.confidence) for e in events(PredictionMade)] == [("1 PER and 1 LOC", 0.6)]


def test_a_task_with_nothing_to_predict_or_that_lacks_something_does_not_ask(
    run: Say, events: Callable[..., list[Event]]
) -> None:
    assert run("attention", "The cat sat.", predict=True).outcome.status == "task"
    assert "needs `question`" in run("extractive_qa", "Utrecht, 1713.", predict=True).answer
    assert "Give me a text" in run("classify", "", predict=True).answer
    assert events(PredictionAsked) == []
    assert [e.task for e in events(TaskRun)] == ["attention"]
