"""Does a learner question find its own topic when its wording is held out from the index?"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from tutorbot.ports import Encoder
from tutorbot.retrieval.index import build_in_memory
from tutorbot.retrieval.passages import Passage
from tutorbot.retrieval.search import FusedRetriever


@dataclass(frozen=True)
class HeldOut:
    """A wording that is not in the index, and the topic it belongs to."""

    wording: str
    topic: str


@dataclass(frozen=True)
class HitRates:
    """Share of held-out wordings whose topic is first, and among the first five, under one way of ranking."""

    ranking: str
    at_1: float
    at_5: float


def hold_out(passages: Sequence[Passage], share: float, seed: int) -> tuple[list[Passage], list[HeldOut]]:
    """Take a share of the wordings out. A passage keeps at least one, as an author writes at least one."""
    chance = random.Random(seed)
    kept, held = [], []
    for passage in passages:
        out = {key for key in passage.keys if chance.random() < share}
        if len(out) == len(passage.keys) and out:
            out.discard(passage.keys[0])
        held += [HeldOut(key, passage.topic) for key in passage.keys if key in out]
        # The heading of an authored answer is its first wording, and BM25 reads headings.
        section = passage.section.split(" > ")[0] if passage.keys[:1] and passage.keys[0] in out else passage.section
        kept.append(replace(passage, keys=tuple(k for k in passage.keys if k not in out), section=section))
    return kept, held


def evaluate_retrieval(
    passages: Sequence[Passage], encoder: Encoder, share: float = 0.2, seed: int = 0, cache: Path | None = None
) -> list[HitRates]:
    """Hit rates of the fused ranking, of the dense one alone and of BM25 alone."""
    kept, held = hold_out([p for p in passages if p.kind != "correction"], share, seed)
    index = build_in_memory(kept, encoder, cache)
    retriever = FusedRetriever(index, encoder)

    def fused(query: str) -> list[str]:
        return [hit.passage.topic for hit in retriever.search(query, 30).hits]

    def dense(query: str) -> list[str]:
        _, positions = index.dense.search(encoder.encode([query])[0], 60)
        return [kept[index.keys[p].passage].topic for p in positions.tolist()]

    def lexical(query: str) -> list[str]:
        return [kept[n].topic for n in np.argsort(-index.lexical.scores(query))[:60].tolist()]

    return [_rates(name, rank, held) for name, rank in (("fused", fused), ("dense alone", dense), ("BM25 alone", lexical))]


def _rates(name: str, rank: Callable[[str], list[str]], held: Sequence[HeldOut]) -> HitRates:
    first = five = 0
    for row in held:
        topics = list(dict.fromkeys(rank(row.wording)))
        first += topics[:1] == [row.topic]
        five += row.topic in topics[:5]
    return HitRates(name, first / len(held), five / len(held))
