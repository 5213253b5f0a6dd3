"""A search that is opened when it is first used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from tutorbot.retrieval.evidence import Evidence, Retriever
from tutorbot.retrieval.passages import Passage


class LateRetriever:
    """Implements `Retriever` by the one that `opened` makes, for those who may never search.

    Args:
        opened: opens the index, or builds it first; what it raises, the first search raises.
    """

    def __init__(self, opened: Callable[[], Retriever]) -> None:
        self._open = opened

    @cached_property
    def _retriever(self) -> Retriever:
        return self._open()

    def search(self, query: str, k: int = 10) -> Evidence:
        """The k best passages for the query."""
        return self._retriever.search(query, k)

    def passages(self, topic: str, section: str | None = None) -> Sequence[Passage]:
        """The passages of a topic in the order of the file."""
        return self._retriever.passages(topic, section)
