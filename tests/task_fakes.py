"""Fakes for what mini-tasks work with: heads that go by single words, and tools made of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from fakes import WordEncoder
from glass_fakes import SmallSpecimen

from tutorbot.curriculum.course import Course
from tutorbot.ports import FloatArray, Head, PieceScores, Translation, Writer
from tutorbot.retrieval.evidence import Retriever
from tutorbot.tasks.bio import tag_names
from tutorbot.tasks.tools import Tools

_WORD = re.compile(r"\w+")
SURE = 4.0


@dataclass(frozen=True)
class GoodWordHead:
    """A text is positive by how often it says "good", negative by "bad"."""

    labels: tuple[str, ...] = ("negative", "positive")
    threshold: float = 0.0

    def score(self, inputs: Sequence[str | tuple[str, str]]) -> FloatArray:
        rows = [[SURE * str(t).lower().count("bad"), SURE * str(t).lower().count("good")] for t in inputs]
        return np.array(rows, np.float32)

    def score_pieces(self, inputs: Sequence[str | tuple[str, str]]) -> list[list[PieceScores]]:
        raise NotImplementedError("this head pools")


@dataclass(frozen=True)
class NamesHead:
    """Names are the words it was told, with their tags."""

    names: tuple[tuple[str, str], ...] = (("Marie", "B-PER"), ("Curie", "I-PER"), ("Warsaw", "B-LOC"))
    labels: tuple[str, ...] = tag_names(("PER", "ORG", "LOC", "MISC"))
    threshold: float = 0.0

    def score(self, inputs: Sequence[str | tuple[str, str]]) -> FloatArray:
        raise NotImplementedError("this head does not pool")

    def score_pieces(self, inputs: Sequence[str | tuple[str, str]]) -> list[list[PieceScores]]:
        return [[self._window(str(text))] for text in inputs]

    def _window(self, text: str) -> PieceScores:
        known, spots = dict(self.names), [m.span() for m in _WORD.finditer(text)]
        tags = [self.labels.index(known.get(text[a:b], "O")) for a, b in spots]
        logits = SURE * np.eye(len(self.labels), dtype=np.float32)[tags]
        return PieceScores(logits, tuple(spots), tuple(range(len(spots))), np.zeros(len(self.labels), np.float32))


@dataclass(frozen=True)
class YearHead:
    """The answer to any question is the first number of the text, if there is one."""

    labels: tuple[str, ...] = ("start", "end")
    threshold: float = 0.5

    def score(self, inputs: Sequence[str | tuple[str, str]]) -> FloatArray:
        raise NotImplementedError("this head does not pool")

    def score_pieces(self, inputs: Sequence[str | tuple[str, str]]) -> list[list[PieceScores]]:
        return [[self._window(pair[1])] for pair in inputs]

    def _window(self, text: str) -> PieceScores:
        spots = [m.span() for m in _WORD.finditer(text)]
        logits = np.array([[SURE, SURE] if text[a:b].isdigit() else [-1, -1] for a, b in spots], np.float32)
        return PieceScores(logits.reshape(-1, 2), tuple(spots), tuple(range(len(spots))), np.zeros(2, np.float32))


@dataclass(frozen=True)
class SameWordsHead:
    """A claim is supported where the evidence has all its words."""

    labels: tuple[str, ...] = ("unsupported", "supported")
    threshold: float = 0.0

    def score(self, inputs: Sequence[str | tuple[str, str]]) -> FloatArray:
        held = [set(_WORD.findall(claim.lower())) <= set(_WORD.findall(text.lower())) for claim, text in inputs]
        return np.array([[0, SURE] if h else [SURE, 0] for h in held], np.float32)

    def score_pieces(self, inputs: Sequence[str | tuple[str, str]]) -> list[list[PieceScores]]:
        raise NotImplementedError("this head pools")


class ShoutingTranslator:
    """Translates into Portuguese by shouting."""

    pairs = (("en", "pt"), ("pt", "en"))

    def translate(self, text: str, source: str, target: str, model: str = "") -> Translation:
        return Translation(text.upper(), "shouting", "MIT")


def heads() -> dict[str, Head]:
    return {"sentiment": GoodWordHead(), "entities": NamesHead(), "spans": YearHead(), "support": SameWordsHead()}


def small_tools(course: Course, retriever: Retriever, writer: Writer | None, big: Writer | None = None) -> Tools:
    return Tools(WordEncoder(), heads(), writer, ShoutingTranslator(), SmallSpecimen(), course, retriever, big)
