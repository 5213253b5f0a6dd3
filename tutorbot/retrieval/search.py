"""Search over the passage index: dense and lexical, fused."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from tutorbot.ports import Encoder
from tutorbot.retrieval.evidence import Evidence, Hit
from tutorbot.retrieval.fusion import fuse, ranked
from tutorbot.retrieval.index import PassageIndex
from tutorbot.retrieval.passages import Passage
from tutorbot.retrieval.spelling import Spelling
from tutorbot.retrieval.words import content_words

CANDIDATE_KEYS = 300
CANDIDATE_PASSAGES = 50
_WORD = re.compile(r"\w+")


class FusedRetriever:
    """Implements `Retriever` over one index."""

    def __init__(self, index: PassageIndex, encoder: Encoder) -> None:
        self._index = index
        self._encoder = encoder
        self._spelling = Spelling(index.words)
        self._by_topic: dict[str, list[Passage]] = {}
        for passage in index.passages:
            self._by_topic.setdefault(passage.topic, []).append(passage)

    def search(self, query: str, k: int = 10) -> Evidence:
        """The k best passages for the query, by the fused score; slips of the keys are mended first."""
        query = self._spelling.correct(query)
        asked, text, wording = self._dense(query)
        lexical = self._index.lexical.scores(query)
        candidates = {*asked, *text, *np.argsort(-lexical)[:CANDIDATE_PASSAGES].tolist()}
        top = float(lexical.max()) or 1.0
        # A passage that was not among the nearest keys is at most as near as the last of them.
        floor_asked, floor_text = min(asked.values(), default=0.0), min(text.values(), default=0.0)
        hits = []
        for n in candidates:
            passage = self._index.passages[n]
            question = asked.get(n, floor_asked) if passage.keys else None
            scores = text.get(n, floor_text), float(lexical[n]) / top
            hits.append(Hit(passage, question or 0.0, *scores, fuse(question, *scores), wording.get(n, "")))
        hits = ranked(hits)
        return Evidence(query, tuple(hits[:k]), self._share(query))

    def passages(self, topic: str, section: str | None = None) -> Sequence[Passage]:
        """The passages of a topic in the order of the file."""
        return [p for p in self._by_topic.get(topic, []) if section is None or p.section == section]

    def _dense(self, query: str) -> tuple[dict[int, float], dict[int, float], dict[int, str]]:
        """Best cosine a passage, over its questions and over its text, and the question that was nearest."""
        cosines, positions = self._index.dense.search(self._encoder.encode([query])[0], CANDIDATE_KEYS)
        asked: dict[int, float] = {}
        text: dict[int, float] = {}
        wording: dict[int, str] = {}
        for cosine, position in zip(cosines.tolist(), positions.tolist(), strict=True):
            key = self._index.keys[position]
            if key.asked:
                if key.passage not in asked:
                    wording[key.passage] = key.text
                asked.setdefault(key.passage, cosine)
            else:
                text.setdefault(key.passage, cosine)
        return asked, text, wording

    def _share(self, query: str) -> float:
        words = content_words(query)
        return sum(word in self._index.words for word in words) / len(words) if words else 0.0
