"""What the tutor can do next. A move is a frozen value; the action of the same name does the work."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

How = Literal["simpler", "example", "shorter", "more"]
Chat = Literal["greeting", "thanks", "bye", "talk"]


@dataclass(frozen=True)
class Answer:
    """Answer a question from the course.

    Attributes:
        sure: False where it may well be about something else; then the course must have a close answer.
        instead: what is done where it has none; None says that this is another subject.
    """

    question: str
    sure: bool = True
    instead: Decline | RunTask | None = None


@dataclass(frozen=True)
class OpenTopic:
    """Show part of a topic: the one named, or the one last spoken of where `name` is None."""

    how: How
    name: str | None = None


@dataclass(frozen=True)
class Talk:
    """Make small talk."""

    kind: Chat
    text: str


@dataclass(frozen=True)
class Clarify:
    """Ask what is meant, because the message leans on something that was never said."""

    text: str


@dataclass(frozen=True)
class Decline:
    """Say kindly that this is not the tutor's to do."""

    reason: Literal["off_topic", "injection", "empty", "language"]
    text: str = ""


@dataclass(frozen=True)
class ShowHelp:
    """List what can be done here."""


@dataclass(frozen=True)
class ShowProgress:
    """Report what the learner has asked about and what to read next."""


@dataclass(frozen=True)
class ShowSources:
    """Open the last answer: the passages it was made from, with their scores."""


@dataclass(frozen=True)
class RunTask:
    """Run a mini-task on the learner's own words; `text` is None where none were given."""

    task: str
    text: str | None
    arguments: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class AskPrediction:
    """Ask what the learner expects of a mini-task before it runs."""

    task: str
    text: str
    arguments: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class TakePrediction:
    """Take the message as the prediction that was asked for, and run the task."""

    prediction: str


@dataclass(frozen=True)
class Announce:
    """Say that a capability is coming, and what can be done until then."""

    intent: str
    payload: str | None = None
    arguments: dict[str, Any] = field(default_factory=dict)


Move = (
    Answer
    | OpenTopic
    | Talk
    | Clarify
    | Decline
    | ShowHelp
    | ShowProgress
    | ShowSources
    | RunTask
    | AskPrediction
    | TakePrediction
    | Announce
)
