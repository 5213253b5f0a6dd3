"""Summaries: the text's own sentences, or new ones that are checked."""

from __future__ import annotations

import numpy as np
import pytest
from fakes import QueuedWriter
from writing_tools import tools

from tutorbot.tasks import summarize
from tutorbot.tasks.sentence_ranker import SentenceRanker, features
from tutorbot.tasks.task import Result, perform

STORM = (
    "The storm reached the coast at dawn. Winds tore roofs off dozens of houses and cut power to three towns. "
    "By evening, crews had restored most of the lines."
)
PAPER = (
    "Deep networks need much data. Labels are expensive. We propose a method that learns from text without labels. "
    "It is tested on three tasks."
)


def said(result: Result) -> list[str]:
    return [line["from"] for line in result.values["sentences"]]


def test_an_extractive_summary_is_a_sentence_of_the_text() -> None:
    result = perform(summarize.TASK, {"text": STORM, "mode": "extractive"}, tools(None))
    assert result.values["text"] in STORM
    assert said(result) == ["text"]
    assert result.notes == ()
    assert "word for word" in summarize.explain(result)[-1]


def test_a_paper_is_summed_up_by_what_it_proposes() -> None:
    result = perform(summarize.TASK, {"text": PAPER, "mode": "extractive"}, tools(None))
    assert result.values["text"].startswith("We propose")


def test_a_supported_sentence_of_the_model_is_kept() -> None:
    draft = "The storm cut power to three towns."
    result = perform(summarize.TASK, {"text": STORM}, tools(QueuedWriter(*[draft] * 4)))
    assert said(result) == ["model"]
    assert result.values["sentences"][0]["support"] >= 0.85
    assert result.model.name == "queued"


@pytest.mark.parametrize(
    "draft",
    [
        "The storm killed 40 sailors in Norway.",
        "The storm did not cut power to three towns.",
        "You've already written a concise summary of the text.",
        "",
        "The storm reached the coast at dawn, winds tore roofs off dozens of houses and cut power to three towns, and crews"
        " had restored most of the lines by evening.",
    ],
)
def test_what_the_text_does_not_say_is_replaced_and_noted(draft: str) -> None:
    result = perform(summarize.TASK, {"text": STORM}, tools(QueuedWriter(*[draft] * 4)))
    assert said(result) == ["text"]
    assert result.values["text"] in STORM
    assert "stands there instead" in result.notes[0]


def test_a_copied_sentence_is_said_to_be_the_text_s() -> None:
    result = perform(summarize.TASK, {"text": STORM}, tools(QueuedWriter(*[STORM] * 4)))
    assert said(result) == ["text"]
    assert result.notes == ()


def test_as_many_sentences_as_asked_for() -> None:
    result = perform(summarize.TASK, {"text": STORM, "mode": "extractive", "sentences": 2}, tools(None))
    assert len(result.values["sentences"]) == 2
    result = perform(summarize.TASK, {"text": STORM, "sentences": 5}, tools(QueuedWriter(*["x"] * 3)))
    assert len(result.values["sentences"]) == 3


def test_without_a_writer_the_text_speaks_for_itself() -> None:
    result = perform(summarize.TASK, {"text": STORM}, tools(None))
    assert said(result) == ["text"]
    assert "TUTORBOT_WRITER" in result.notes[0]


@pytest.mark.parametrize("text", ["Only one sentence.", "a" * 10_000, "🙂", "\ud800 \x00"])
def test_a_text_with_nothing_to_sum_up_stands_as_it_is(text: str) -> None:
    result = perform(summarize.TASK, {"text": text}, tools(None))
    assert "nothing to pick from" in result.notes[-1]
    assert len(result.values["text"]) <= 600


def test_chat_without_capitals_and_other_scripts_are_cut_at_the_stops() -> None:
    for text in ("the storm came. it broke roofs. we left.", "Привет. Как дела? Что нового?"):
        result = perform(summarize.TASK, {"text": text, "mode": "extractive"}, tools(None))
        assert result.trace["read"] == 3


def test_a_very_long_text_is_read_as_far_as_said() -> None:
    result = perform(summarize.TASK, {"text": "One thing. " * 2_000, "mode": "extractive"}, tools(None))
    assert "the limit is 8,000" in result.notes[0]
    assert "the first 64 were read" in result.notes[1]


def test_the_best_sentences_keep_their_order_and_do_not_repeat() -> None:
    parts = ["Cats sleep a lot.", "Cats sleep a lot.", "Dogs bark at night."]
    assert SentenceRanker(tools(None).encoder).best(parts, 2) in ([0, 2], [1, 2])


def test_features_of_other_texts_than_papers_leave_the_second_half_empty() -> None:
    vectors = np.eye(2, 8, dtype=np.float32)
    assert not features(["The storm came.", "It left."], vectors)[:, 17:].any()
    assert features(["We propose a storm.", "It left."], vectors)[:, 17:].any()
