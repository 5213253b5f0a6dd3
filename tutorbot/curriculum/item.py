"""What an exercise is: frozen values, as an author writes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["single", "multiple", "short", "order", "cloze", "output", "numeric"]
KINDS: tuple[Kind, ...] = ("single", "multiple", "short", "order", "cloze", "output", "numeric")
GAP = "___"


@dataclass(frozen=True)
class Choice:
    """`single` and `multiple`: the options, and the right ones by position from 0."""

    options: tuple[str, ...]
    right: frozenset[int]


@dataclass(frozen=True)
class KeyPoint:
    """A point that a short answer must make: said when any of the phrases stands in it.

    A phrase is one or more words that must all occur, in any order; word endings do not matter.
    """

    point: str
    phrases: tuple[str, ...]


@dataclass(frozen=True)
class ShortAnswer:
    """`short`: key points, how many of them are needed, phrases that make an answer wrong, and examples for the linter."""

    key_points: tuple[KeyPoint, ...]
    needed: int
    wrong: tuple[str, ...]
    accept: tuple[str, ...]
    reject: tuple[str, ...]


@dataclass(frozen=True)
class Order:
    """`order`: the steps in the right order; they are shown shuffled."""

    steps: tuple[str, ...]


@dataclass(frozen=True)
class Cloze:
    """`cloze`: the question has a gap `___` for each entry, which lists the words that fit."""

    gaps: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Output:
    """`output`: what the code prints."""

    code: str
    printed: str


@dataclass(frozen=True)
class Numeric:
    """`numeric`: a number; an answer within `tolerance` of it (absolute) is right. `unit` is told with the question."""

    value: float
    tolerance: float
    unit: str = ""


Key = Choice | ShortAnswer | Order | Cloze | Output | Numeric


@dataclass(frozen=True)
class Item:
    """One exercise.

    Attributes:
        difficulty: 1 (recall) to 5 (transfer).
        objective: the objective of the topic that it tests, by position from 1.
        hints: a ladder of two or three, each saying more.
        explanation: shown after success as well as failure.
    """

    id: str
    topic: str
    kind: Kind
    difficulty: int
    objective: int
    question: str
    key: Key
    hints: tuple[str, ...]
    explanation: str
    path: str
    line: int
