"""What a topic is: frozen values, as an author writes them."""

from __future__ import annotations

from dataclasses import dataclass

LEVELS = ("beginner", "intermediate", "advanced")
BODY_SECTIONS = (
    "In plain words",
    "How it works",
    "Worked example",
    "In code",
    "Common mistakes",
    "When to use it",
    "Summary",
)
QUESTIONS, WRONG_BELIEFS = "Questions", "Wrong beliefs"


@dataclass(frozen=True)
class Resource:
    """A book, paper, course or tool to point at."""

    name: str
    author: str
    url: str


@dataclass(frozen=True)
class Section:
    """A `## heading` of the body with the Markdown below it; `line` is that of the heading."""

    heading: str
    text: str
    line: int


@dataclass(frozen=True)
class Question:
    """A question as a learner types it, other wordings of it, and the answer the tutor gives word for word."""

    text: str
    wordings: tuple[str, ...]
    answer: str
    line: int

    @property
    def all_wordings(self) -> tuple[str, ...]:
        """The question first, then its other wordings."""
        return (self.text, *self.wordings)


@dataclass(frozen=True)
class WrongBelief:
    """A belief that learners hold, other wordings of it, and what is true instead."""

    belief: str
    wordings: tuple[str, ...]
    correction: str
    line: int


@dataclass(frozen=True)
class Topic:
    """One topic file."""

    id: str
    title: str
    stage: str
    level: str
    prerequisites: tuple[str, ...]
    aliases: tuple[str, ...]
    objectives: tuple[str, ...]
    minutes: int
    covers: tuple[str, ...]
    resources: tuple[Resource, ...]
    sections: tuple[Section, ...]
    questions: tuple[Question, ...]
    wrong_beliefs: tuple[WrongBelief, ...]
    path: str

    def section(self, heading: str) -> Section | None:
        """The body section with this heading, if the topic has it."""
        return next((s for s in self.sections if s.heading == heading), None)

    @property
    def names(self) -> tuple[str, ...]:
        """What learners call the topic's subject: its title and aliases."""
        return (self.title, *self.aliases)
