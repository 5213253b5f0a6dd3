"""Topics become passages: the unit that is found, shown and cited. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from tutorbot.curriculum.codeblocks import FENCED
from tutorbot.curriculum.plain_math import plain_math
from tutorbot.curriculum.topic import QUESTIONS, WRONG_BELIEFS, Topic

Kind = Literal["section", "answer", "correction"]
PASSAGE_WORDS = 150
_BREAK = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*] |\d+\. |### ))")


@dataclass(frozen=True)
class Passage:
    """A stretch of the course with its heading path.

    Attributes:
        id: "topic#kind-number", stable while the topic's text is.
        section: heading of the section; for authored answers and corrections the question or belief itself.
        text: Markdown without code blocks, formulas written out.
        keys: other texts under which the passage is found (questions, beliefs), in learners' words.
    """

    id: str
    topic: str
    title: str
    section: str
    kind: Kind
    text: str
    keys: tuple[str, ...] = ()

    @property
    def heading_path(self) -> str:
        """Where the passage stands, for people."""
        return f"{self.title} > {self.section}"


def passages_of(topics: Iterable[Topic]) -> tuple[Passage, ...]:
    """All passages of the topics: authored answers, corrections, and the body by section."""
    return tuple(p for topic in topics for p in (*_answers(topic), *_corrections(topic), *_sections(topic)))


def _answers(topic: Topic) -> Iterable[Passage]:
    for n, q in enumerate(topic.questions):
        section = f"{QUESTIONS} > {q.text}"
        yield Passage(f"{topic.id}#answer-{n}", topic.id, topic.title, section, "answer", q.answer, q.all_wordings)


def _corrections(topic: Topic) -> Iterable[Passage]:
    for n, b in enumerate(topic.wrong_beliefs):
        section = f"{WRONG_BELIEFS} > {b.belief}"
        keys = (b.belief, *b.wordings)
        yield Passage(f"{topic.id}#correction-{n}", topic.id, topic.title, section, "correction", b.correction, keys)


def _sections(topic: Topic) -> Iterable[Passage]:
    n = 0
    for section in topic.sections:
        for text in split_text(plain_math(FENCED.sub("", section.text))):
            yield Passage(f"{topic.id}#section-{n}", topic.id, topic.title, section.heading, "section", text)
            n += 1


def split_text(text: str, words: int = PASSAGE_WORDS) -> list[str]:
    """Cut at paragraphs and list items so that a piece has about `words` words; a longer paragraph stays whole."""
    pieces: list[str] = []
    for block in (b.strip() for b in _BREAK.split(text)):
        if not block:
            continue
        if pieces and len(pieces[-1].split()) + len(block.split()) <= words:
            pieces[-1] += "\n" + block
        else:
            pieces.append(block)
    return pieces
