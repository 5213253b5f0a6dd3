"""Numbers the passages that an answer uses."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tutorbot.answering.sentences import sentences
from tutorbot.messages import Citation
from tutorbot.retrieval.passages import Passage

QUOTE_CHARACTERS = 240
_MARKS = re.compile(r"[*_`]+")


class Bibliography:
    """Citations of one answer, numbered from 1 in the order of first use."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._citations: list[Citation] = []

    def cite(self, passage: Passage, sentence: str) -> int:
        """The number of the passage; `sentence` is what it is first cited for and chooses the quote."""
        if passage.id not in self._numbers:
            number = len(self._citations) + 1
            self._numbers[passage.id] = number
            quote = quote_for(sentence, passage.text)
            self._citations.append(Citation(number, passage.topic, passage.title, passage.section, quote))
        return self._numbers[passage.id]

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations so far."""
        return tuple(self._citations)


def quote_for(sentence: str, passage: str) -> str:
    """The passage's own sentence that shares most words with `sentence`, shortened at a word where it is very long."""
    best = nearest_sentence(sentence, sentences(_MARKS.sub("", passage)) or [passage])
    return best if len(best) <= QUOTE_CHARACTERS else best[:QUOTE_CHARACTERS].rsplit(" ", 1)[0] + " ..."


def nearest_sentence(text: str, options: Sequence[str]) -> str:
    """The option that shares most words with the text, long ones counting less."""
    wanted = set(text.lower().split())
    return max(options, key=lambda s: len(wanted & set(s.lower().split())) / (len(set(s.split())) ** 0.5 or 1))
