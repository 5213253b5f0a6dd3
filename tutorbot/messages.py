"""The frozen values that cross the tutor's door: a `Message` goes in, `Part`s come out.

An adapter (terminal, Discord, batch) turns what it heard into a Message and shows Parts as well as its channel can:
where a channel has no buttons, `Choices` become lines of text; where it has no pictures, `Picture.alt` is shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Status = Literal["answered", "abstained", "declined", "small_talk", "task", "clarify"]


@dataclass(frozen=True)
class Sender:
    """Who speaks: an account on a surface ("terminal", "discord", "batch"); `id` is the surface's own."""

    surface: str
    id: str
    name: str = ""


@dataclass(frozen=True)
class Message:
    """What a learner said.

    Attributes:
        conversation: which thread of talk it belongs to, unique within the surface.
        at: when it was said, an aware datetime.
        id: the adapter's own id of the message; "" where it has none.
        choice: the value of a pressed button; its label then stands in `text`.
    """

    sender: Sender
    conversation: str
    text: str
    at: datetime
    id: str = ""
    choice: str | None = None


@dataclass(frozen=True)
class Text:
    """A sentence or paragraph, Markdown without HTML.

    Attributes:
        support: how well the cited passages support it, 0 to 1; None where nothing is claimed about the course.
        cites: numbers of the `Citation`s that support it.
        ends_paragraph: the next Text starts a new paragraph.
    """

    text: str
    support: float | None = None
    cites: tuple[int, ...] = ()
    ends_paragraph: bool = False


@dataclass(frozen=True)
class Citation:
    """Where an answer comes from: topic id and title, section heading, and the passage's own words."""

    n: int
    topic: str
    title: str
    section: str
    quote: str


@dataclass(frozen=True)
class Choice:
    """A button: `label` is shown, `text` is what the learner says by pressing it."""

    label: str
    text: str


@dataclass(frozen=True)
class Choices:
    """Suggestions for the learner's next message."""

    prompt: str
    options: tuple[Choice, ...]


@dataclass(frozen=True)
class Card:
    """A titled block of Markdown."""

    title: str
    text: str


@dataclass(frozen=True)
class Table:
    """Rows of equal length under a header."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Grid:
    """Numbers from 0 to 1 in rows and columns that have names: what a heat map shows.

    Attributes:
        cells: one row a name in `rows`, one number a name in `columns`.
        top: the number that is drawn darkest.
    """

    title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[float, ...], ...]
    top: float = 1.0


@dataclass(frozen=True)
class Picture:
    """A PNG image with the words that stand for it.

    Attributes:
        grid: where the picture is a heat map, what it was drawn from; terminals draw that.
    """

    png: bytes
    alt: str
    grid: Grid | None = None


@dataclass(frozen=True)
class Progress:
    """Long work: `done` of `total` steps."""

    label: str
    done: int
    total: int


@dataclass(frozen=True)
class Outcome:
    """Always the last part: what became of the message. Its events are committed when it is seen.

    Attributes:
        intent: slug of what the learner wanted.
        payload: the exact part of the text that the capability runs on, if it has one.
        timings_ms: "first" (to the first text), "total", "retrieval".
    """

    status: Status
    intent: str
    payload: str | None
    timings_ms: dict[str, float] = field(default_factory=dict)


Part = Text | Citation | Choices | Card | Table | Picture | Progress | Outcome


@dataclass(frozen=True)
class Reply:
    """All parts of one reply, gathered."""

    texts: tuple[Text, ...]
    citations: tuple[Citation, ...]
    others: tuple[Part, ...]
    outcome: Outcome

    @property
    def answer(self) -> str:
        """The plain text of the reply, paragraphs separated by blank lines."""
        return join_texts(self.texts)


def join_texts(texts: Iterable[Text]) -> str:
    """Texts as one string: sentences of a paragraph joined by blanks, paragraphs by empty lines."""
    out = ""
    for text in texts:
        out += text.text + ("\n\n" if text.ends_paragraph else " ")
    return out.strip()


def gather(parts: Iterable[Part]) -> Reply:
    """Collect a whole stream of parts.

    Raises:
        ValueError: the stream ended without an Outcome, which a tutor never lets happen.
    """
    seen = tuple(parts)
    if not seen or not isinstance(seen[-1], Outcome):
        raise ValueError("a reply ends with an Outcome")
    return Reply(
        texts=tuple(p for p in seen if isinstance(p, Text)),
        citations=tuple(p for p in seen if isinstance(p, Citation)),
        others=tuple(p for p in seen if not isinstance(p, (Text, Citation, Outcome))),
        outcome=seen[-1],
    )
