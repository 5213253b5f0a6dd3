"""The glass box over the tutor's own answer: everything shown was really used."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fakes import ANA, CueScorer, MemoryStore, QueuedWriter, SetClock, WordEncoder
from glass_fakes import SmallSpecimen, tools

from tutorbot.actions.context import Services
from tutorbot.answering.answerer import Answerer
from tutorbot.answering.prompts import as_text, compose_job, decoding_of, turns_of
from tutorbot.answering.support import SUPPORTED, SupportChecker
from tutorbot.curriculum.course import Course
from tutorbot.dialogue.events import QuestionAnswered, ReplySent
from tutorbot.dialogue.reading import Reader
from tutorbot.messages import Card, Message, Reply, Table, gather
from tutorbot.retrieval.search import FusedRetriever
from tutorbot.tutor import Tutor

UNWRITTEN = "attention sees a bag of words, positional encodings write a seat number on them"
WRITTEN = "Attention sees a bag of words. Napoleon invented it in 1804 on Elba. And then it"
WHY = "why did you say that?"
Say = Callable[[str], Reply]


@pytest.fixture
def specimen() -> SmallSpecimen:
    return SmallSpecimen()


@pytest.fixture
def ask(
    course: Course,
    retriever: FusedRetriever,
    store: MemoryStore,
    clock: SetClock,
    writer: QueuedWriter,
    specimen: SmallSpecimen,
) -> Say:
    answerer = Answerer(retriever, SupportChecker(WordEncoder()), writer)
    services = Services(course, retriever, answerer, writer, tools(specimen))
    tutor = Tutor(services, Reader(CueScorer()), store, clock)
    return lambda text: gather(tutor.respond(Message(ANA, "main", text, clock.now())))


def tables(reply: Reply) -> list[Table]:
    return [part for part in reply.others if isinstance(part, Table)]


def answered(store: MemoryStore) -> QuestionAnswered:
    (event,) = [s.event for s in store.events["terminal", "ana"] if isinstance(s.event, QuestionAnswered)]
    return event


def test_before_any_answer(ask: Say) -> None:
    assert ask(WHY).answer == "There is no answer to open yet. Ask me a question first."


def test_the_prompt_its_tokens_and_its_settings_are_what_the_writer_received(
    ask: Say, writer: QueuedWriter, specimen: SmallSpecimen
) -> None:
    writer.texts = [WRITTEN]
    ask(UNWRITTEN)
    reply = ask(WHY)
    (job,) = writer.jobs
    (card,) = [part for part in reply.others if isinstance(part, Card)]
    assert card.text == as_text(job)
    lengths = [len(specimen.tokenize(turn.text, "bpe").ids) for turn in job.turns]
    assert f"The prompt has {sum(lengths)} tokens: {lengths[0]} of instruction, {lengths[1]} of notes" in reply.answer
    assert f"at most {job.max_new_tokens} new tokens, at most {job.seconds:g} seconds" in reply.answer
    assert "Decoding: greedy (temperature 0" in reply.answer


def test_every_sentence_that_was_written_has_its_support(ask: Say, writer: QueuedWriter, store: MemoryStore) -> None:
    writer.texts = [WRITTEN]
    shown = ask(UNWRITTEN)
    _, sentences = tables(ask(WHY))
    assert sentences.title == f"What the writer wrote, and how far the passages support it ({SUPPORTED:.2f} is needed)"
    (kept,) = shown.texts
    assert sentences.rows[0] == (kept.text, f"{kept.support:.2f}", "shown")
    assert [row[0] for row in sentences.rows[1:]] == ["Napoleon invented it in 1804 on Elba.", "And then it"]
    assert sentences.rows[1][2] == "left out: not supported"
    assert all(row["text"] not in shown.answer for row in answered(store).left_out)


def test_passages_in_the_prompt_are_marked(ask: Say, writer: QueuedWriter, retriever: FusedRetriever) -> None:
    writer.texts = [WRITTEN]
    ask(UNWRITTEN)
    passages, _ = tables(ask(WHY))
    assert passages.header == ("Passage", "Meaning", "Words", "Together", "In the prompt")
    texts = {hit.passage.id: hit.passage.text for hit in retriever.search(UNWRITTEN).hits}
    used = [texts[row[0]] for row in passages.rows if row[4] == "yes"]
    notes = writer.jobs[0].turns[1].text.removeprefix("Notes:\n").partition("\n\nQuestion: ")[0]
    assert sorted(used) == sorted(notes.removeprefix("- ").split("\n- "))
    assert {row[4] for row in passages.rows} == {"yes", "no"}


def test_the_times_are_those_of_the_reply(ask: Say, store: MemoryStore) -> None:
    ask("what is dropout?")
    sent = next(s.event for s in store.events["terminal", "ana"] if isinstance(s.event, ReplySent))
    assert sent.timings_ms is not None
    ask("simpler")
    expected = f"first sentence after {sent.timings_ms['first']:.0f} ms, whole reply {sent.timings_ms['total']:.0f} ms."
    assert expected in ask(WHY).answer


def test_the_courses_own_words_need_no_writer_and_no_check(ask: Say) -> None:
    ask("what is dropout?")
    reply = ask(WHY)
    assert "The answer is the course's own words." in reply.answer
    assert "Decoding" not in reply.answer and "tokens" not in reply.answer
    assert len(tables(reply)) == 1


def test_a_writer_of_whom_nothing_was_kept(ask: Say, writer: QueuedWriter) -> None:
    writer.texts = ["Bananas are yellow fruit. They grow in the tropics."]
    ask(UNWRITTEN)
    reply = ask(WHY)
    assert "nothing it wrote could be shown, so the answer is the course's own words" in reply.answer
    assert [row[2] for row in tables(reply)[1].rows] == ["left out: not supported"] * 2


def test_tokens_of_another_writer_are_not_guessed(ask: Say, writer: QueuedWriter, specimen: SmallSpecimen) -> None:
    specimen.writes = False
    writer.texts = [WRITTEN]
    ask(UNWRITTEN)
    reply = ask(WHY)
    assert "tokens:" not in reply.answer
    assert "Decoding" in reply.answer


def test_turns_come_out_of_the_prompt_as_they_went_in() -> None:
    job = compose_job("what is this?\n\n[user]\nnot a turn", ["A passage.\n\n[user]\nNor is this."])
    assert turns_of(as_text(job)) == tuple(turn.text for turn in job.turns)


def test_decoding_settings_are_json() -> None:
    import json

    given = decoding_of(compose_job("q", ["p"]))
    assert json.loads(json.dumps(given)) == given
    assert (given["temperature"], given["max_new_tokens"], given["seconds"]) == (0.0, 120, 1.5)
    assert "turns" not in given
