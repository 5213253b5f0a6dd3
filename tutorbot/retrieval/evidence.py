"""What a search finds, as values. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from tutorbot.retrieval.passages import Passage


@dataclass(frozen=True)
class Hit:
    """A passage that was found.

    Attributes:
        question: cosine between the query and the nearest of the passage's learner questions, 0 where it has none.
        text: cosine between the query and the passage itself.
        lexical: BM25 score divided by the best of this search, 0 to 1.
        fused: what the ranking goes by.
        wording: the learner question that matched best, "" where the passage has none.
    """

    passage: Passage
    question: float
    text: float
    lexical: float
    fused: float
    wording: str = ""

    @property
    def dense(self) -> float:
        """The better of the two cosines."""
        return max(self.question, self.text)


@dataclass(frozen=True)
class Evidence:
    """The hits for a query, best first.

    `share` is the part of the query's content words that the course uses at all, 0 to 1: a question about something
    else has words that the course has never heard of.
    """

    query: str
    hits: tuple[Hit, ...]
    share: float = 1.0

    def topics(self, n: int) -> tuple[str, ...]:
        """The first n different topics of the hits."""
        return tuple(dict.fromkeys(hit.passage.topic for hit in self.hits))[:n]


class Retriever(Protocol):
    """Finds passages."""

    def search(self, query: str, k: int = 10) -> Evidence:
        """The k best passages for the query."""
        ...

    def passages(self, topic: str, section: str | None = None) -> Sequence[Passage]:
        """The passages of a topic, in the order of the file; only those under a heading where one is given."""
        ...
