"""A small specimen: word pieces are words of up to four letters, byte-level tokens are words with their blank."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import numpy as np

from tutorbot.errors import ModelError
from tutorbot.ports import AttentionMaps, FloatArray, NextTokens, Tokens
from tutorbot.tasks.tools import Tools

VOCABULARY = (" Paris", " located", "\n", " the", "`", " Rome")


@dataclass
class SmallSpecimen:
    """`logits` are the scores of VOCABULARY; `strong` are links (layer, head, from, to) that take all the weight."""

    logits: Sequence[float] = (5.0, 3.0, 2.0, 1.0, 0.0, -1.0)
    strong: Sequence[tuple[int, int, int, int]] = ()
    writes: bool = True
    read: list[tuple[str, int | None]] = field(default_factory=list)

    @property
    def tokenizers(self) -> tuple[str, ...]:
        return ("wordpiece", "bpe") if self.writes else ("wordpiece",)

    def tokenize(self, text: str, tokenizer: str) -> Tokens:
        if tokenizer == "wordpiece":
            return _word_pieces(text)
        if not self.writes:
            raise ModelError("No writer.", "Set TUTORBOT_WRITER=openvino.")
        spots = [m.span() for m in re.finditer(r"\s?\S+|\s", text)]
        pieces = tuple(text[a:b].replace(" ", "Ġ") for a, b in spots)
        ids = tuple(VOCABULARY.index(text[a:b]) if text[a:b] in VOCABULARY else 5 for a, b in spots)
        return Tokens("bpe", pieces, ids, tuple(spots))

    def token_text(self, token: int) -> str:
        return VOCABULARY[token]

    def next_tokens(self, text: str, at: int | None = None) -> NextTokens:
        self.read.append((text, at))
        tokens = self.tokenize(text, "bpe")
        kept = slice(None, at)
        read = Tokens("bpe", tokens.pieces[kept][-512:], tokens.ids[kept][-512:], tokens.offsets[kept][-512:])
        return NextTokens(np.array(self.logits, dtype=np.float32), read)

    def attention(self, text: str) -> AttentionMaps:
        pieces = ("[CLS]", *_word_pieces(text).pieces, "[SEP]")
        weights = np.full((2, 3, len(pieces), len(pieces)), 1 / len(pieces), dtype=np.float32)
        for layer, head, start, end in self.strong:
            weights[layer, head, start] = 0
            weights[layer, head, start, end] = 1
        return AttentionMaps("small", pieces, weights)


def _word_pieces(text: str) -> Tokens:
    pieces, spots = [], []
    for word in re.finditer(r"\w+|[^\w\s]", text):
        for start in range(word.start(), word.end(), 4):
            end = min(start + 4, word.end())
            inside = "##" if start > word.start() else ""
            pieces.append(inside + text[start:end].lower() if text[start:end].isascii() else "[UNK]")
            spots.append((start, end))
    return Tokens("wordpiece", tuple(pieces), tuple(range(len(pieces))), tuple(spots))


def tools(specimen: SmallSpecimen | None = None) -> Tools:
    """Tools of which only the specimen is there: the glass box needs nothing else."""
    nothing = cast(Any, None)
    return Tools(nothing, {}, None, nothing, specimen or SmallSpecimen(), nothing, nothing)


def column(rows: FloatArray) -> list[float]:
    return [round(float(value), 3) for value in rows]
