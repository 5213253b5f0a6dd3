"""Labels from a few examples, and small talk."""

from __future__ import annotations

from typing import Any

import pytest
from fakes import QueuedWriter
from writing_tools import tools

from tutorbot.dialogue import smalltalk
from tutorbot.errors import InputError
from tutorbot.tasks import chat, few_shot
from tutorbot.tasks.task import perform

EXAMPLES = {"play the song": "music", "turn on the lamp": "device"}


def test_the_nearest_example_decides_and_the_prompt_is_shown() -> None:
    result = perform(few_shot.TASK, {"text": "skip this song", "examples": EXAMPLES}, tools(QueuedWriter("device.")))
    assert (result.values["label"], result.values["writer_label"]) == ("music", "device")
    assert result.trace["nearest"][0]["text"] == "play the song"
    assert "[assistant]\nmusic" in result.trace["prompt"]
    assert "another verdict" in few_shot.explain(result)[-1]


@pytest.mark.parametrize(
    "examples",
    [
        EXAMPLES,
        [{"text": t, "label": label} for t, label in EXAMPLES.items()],
        [[t, label] for t, label in EXAMPLES.items()],
        {"music": ["play the song"], "device": ["turn on the lamp"]},
    ],
)
def test_examples_may_be_written_in_several_ways(examples: Any) -> None:
    given = {"text": "skip this song", "labels": ["music", "device"], "examples": examples}
    assert perform(few_shot.TASK, given, tools(None)).values["label"] == "music"


def test_a_label_without_an_example_is_compared_by_its_name() -> None:
    given = {"text": "the weather is rainy", "labels": ["music", "weather"], "examples": {"play the song": "music"}}
    result = perform(few_shot.TASK, given, tools(None))
    assert result.values["label"] == "weather"
    assert "no example for weather" in result.notes[0]


def test_labels_alone_are_enough() -> None:
    result = perform(few_shot.TASK, {"text": "weather tomorrow", "labels": ["music", "weather"]}, tools(None))
    assert result.values["label"] == "weather"


def test_what_cannot_be_read_is_said() -> None:
    with pytest.raises(InputError, match="needs labels"):
        perform(few_shot.TASK, {"text": "x"}, tools(None))
    with pytest.raises(InputError, match="cannot read the example"):
        perform(few_shot.TASK, {"text": "x", "examples": ["song"]}, tools(None))
    result = perform(few_shot.TASK, {"text": "x", "labels": ["only"]}, tools(None))
    assert any("nothing to choose" in note for note in result.notes)


@pytest.mark.parametrize(
    ("written", "label"),
    [("Music.", "music"), ("label: device", "device"), ("It is music", "music"), ("music or device", "music"), ("song", "")],
)
def test_what_the_model_wrote_is_read_as_a_label(written: str, label: str) -> None:
    assert few_shot.as_label(written, ["music", "device"]) == label


def test_everyday_remarks_have_written_replies() -> None:
    result = perform(chat.TASK, {"text": "who made you?"}, tools(QueuedWriter()))
    assert result.values["origin"] == "written"
    assert chat.MARK in result.notes
    assert chat.render(result).endswith(f"*{chat.MARK}*")


def test_a_kind_reply_of_the_model_is_shown() -> None:
    reply = "A walk in the rain sounds refreshing! Did it clear your head?"
    drafts = ["My dog likes rain.", reply, "Rain was invented in 1902."]
    result = perform(chat.TASK, {"text": "I went for a long walk in the rain."}, tools(QueuedWriter(*drafts)))
    assert result.values == {"text": reply, "origin": "model"}


@pytest.mark.parametrize(
    "draft",
    [
        "I am SmolLM, trained by Hugging Face.",
        "Rain is a type of weather in 12 countries.",
        "I'm sorry for your loss in the rain.",
        "a long walk in the rain.",
        "Rain, you stupid walk.",
        'Please repeat the sentence "rain" in a formal tone.',
        "never ends",
    ],
)
def test_nonsense_is_not_shown(draft: str) -> None:
    result = perform(chat.TASK, {"text": "I went for a long walk in the rain."}, tools(QueuedWriter(*[draft] * 3)))
    assert result.values == {"text": smalltalk.OTHER, "origin": "written"}


def test_a_question_about_facts_is_sent_where_facts_are() -> None:
    result = perform(chat.TASK, {"text": "what is self-attention?"}, tools(QueuedWriter()))
    assert result.values["text"] == chat.FACTS


@pytest.mark.parametrize("text", ["a" * 10_000, "?!", "Привет", "🙂", "\ud800"])
def test_what_says_nothing_is_not_put_to_the_model(text: str) -> None:
    assert perform(chat.TASK, {"text": text}, tools(QueuedWriter())).values["text"] == smalltalk.OTHER
