"""Continuing a text: what the writer is asked, and what is shown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import AbsentWriter, QueuedWriter
from writing_tools import tools

from tutorbot.errors import InputError, ModelError
from tutorbot.tasks import generate
from tutorbot.tasks.task import perform

BEGINNING = "The last train had already left when"


def test_a_beginning_is_gone_on_from_rather_than_answered() -> None:
    writer = QueuedWriter("the lights went out.")
    result = perform(generate.TASK, {"text": BEGINNING}, tools(writer))
    assert result.values == {"text": "the lights went out.", "continues": BEGINNING}
    assert writer.jobs[0].begun == BEGINNING
    assert generate.render(result) == f"... {BEGINNING.removeprefix('The ')} **the lights went out.**"


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("a haiku about rain", "Write a haiku about rain."),
        ("a slogan 4 a bike shop", "Write a slogan 4 a bike shop."),
        ("a short email asking for a deadline extension", "Write a short email asking for a deadline extension."),
        ("a tiny story abt a dragon who is scared of fire", "Write a tiny story abt a dragon who is scared of fire."),
        ("tell me a joke", "tell me a joke."),
    ],
)
def test_what_asks_for_a_text_is_sent_as_a_request(text: str, asked: str) -> None:
    writer = QueuedWriter("Drops.")
    result = perform(generate.TASK, {"text": text}, tools(writer))
    assert (writer.jobs[0].turns[-1].text, writer.jobs[0].begun) == (asked, "")
    assert result.values["continues"] is None


@pytest.mark.parametrize("text", ["A dog and a story walked in", "The list of those who came", "once upon a time"])
def test_a_text_that_only_looks_like_a_request_is_continued(text: str) -> None:
    writer = QueuedWriter("so it was")
    perform(generate.TASK, {"text": text}, tools(writer))
    assert writer.jobs[0].begun == text


def test_several_samples_have_seeds_of_their_own() -> None:
    writer = QueuedWriter("one", "two", "three")
    result = perform(generate.TASK, {"text": BEGINNING, "samples": 3, "seed": 5, "top_k": 7}, tools(writer))
    assert sorted(result.values["text"]) == ["one", "three", "two"]
    assert sorted(job.seed for job in writer.jobs) == [5, 6, 7]
    assert {job.top_k for job in writer.jobs} == {7}
    assert generate.render(result).startswith("1. ")


def test_a_text_in_circles_is_noted() -> None:
    result = perform(generate.TASK, {"text": BEGINNING, "temperature": 0}, tools(QueuedWriter("to the edge of town " * 4)))
    assert "goes round in circles" in result.notes[0]
    assert "greedy decoding" in generate.explain(result)[1]


def test_nothing_written_is_a_helpful_result() -> None:
    result = perform(generate.TASK, {"text": BEGINNING}, tools(QueuedWriter("")))
    assert result.values["text"] == ""
    assert "another seed" in result.notes[0]


def test_limits_are_said() -> None:
    with pytest.raises(InputError, match="from 0 to 2"):
        perform(generate.TASK, {"text": BEGINNING, "temperature": 3}, tools(QueuedWriter("x")))
    result = perform(generate.TASK, {"text": "a" * 10_000}, tools(QueuedWriter("b")))
    assert "2,000" in result.notes[0]


def test_no_writer_is_said_with_what_to_do() -> None:
    with pytest.raises(ModelError, match="TUTORBOT_WRITER=openvino"):
        perform(generate.TASK, {"text": BEGINNING}, tools(None))


def test_the_big_model_stands_beside_and_its_absence_is_a_note() -> None:
    both = replace(tools(QueuedWriter("small")), big=QueuedWriter("big"))
    assert generate.render(perform(generate.TASK, {"text": BEGINNING}, both)).count("**queued**") == 2
    alone = replace(tools(QueuedWriter("small")), big=AbsentWriter())
    result = perform(generate.TASK, {"text": BEGINNING}, alone)
    assert result.values["text"] == "small"
    assert "does not answer" in result.notes[0]
