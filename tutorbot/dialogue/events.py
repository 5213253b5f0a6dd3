"""What happened, in the past tense. Events are the only thing the store keeps; everything else is folded from them.

Fields are JSON values, so that an event can be stored as its `kind` and a payload. A new field needs a default: old
events are read back without it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

JsonObject = dict[str, Any]


@dataclass(frozen=True)
class MessageReceived:
    """The learner said something."""

    text: str
    message_id: str = ""


@dataclass(frozen=True)
class QuestionAnswered:
    """A question about the course was answered.

    Attributes:
        question: as the learner typed it.
        standalone: the same with what "it" and "them" stand for put in.
        topic: id of the topic that answered it.
        passages: what was found: {"id", "dense", "lexical", "fused", "used"} each, best first; "used" where the answer was
            made from it.
        writer: "authored" where the course's own answer was given, else the writer's name.
        prompt: the exact prompt the writer received, "" where it did not write.
        retrieval_ms: how long the search took.
        decoding: the settings that the writer received with the prompt.
        left_out: sentences that the writer wrote and that were not shown: {"text", "support", "reason"} each.
    """

    question: str
    standalone: str
    topic: str
    passages: tuple[JsonObject, ...] = ()
    writer: str = "authored"
    prompt: str = ""
    retrieval_ms: float = 0.0
    decoding: JsonObject | None = None
    left_out: tuple[JsonObject, ...] = ()


@dataclass(frozen=True)
class QuestionAbstained:
    """No passage fitted the question; the nearest topics were named."""

    question: str
    standalone: str
    nearest: tuple[str, ...] = ()
    retrieval_ms: float = 0.0


@dataclass(frozen=True)
class SubjectDeclined:
    """The message was not about the course ("off_topic"), tried to give orders ("injection"), was empty ("empty") or
    in a script that the tutor cannot read ("language")."""

    reason: str


@dataclass(frozen=True)
class ClarificationAsked:
    """The tutor asked what was meant, offering `options`."""

    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class TopicOpened:
    """The tutor showed part of a topic at the learner's wish: "simpler", "example", "shorter", "more"."""

    topic: str
    how: str
    sections: tuple[str, ...] = ()


@dataclass(frozen=True)
class SmallTalkMade:
    """The tutor and the learner chatted."""

    kind: str


@dataclass(frozen=True)
class CapabilityRequested:
    """The learner asked for a capability: its intent, what it should run on, and arguments."""

    intent: str
    payload: str | None = None
    arguments: JsonObject | None = None


@dataclass(frozen=True)
class TaskRun:
    """A mini-task ran on the learner's own words.

    Attributes:
        result: what it found, as scripts read it; left out where it is large.
        model: name of the model that did it.
    """

    task: str
    arguments: JsonObject
    result: JsonObject | None = None
    model: str = ""
    confidence: float | None = None
    seconds: float = 0.0


@dataclass(frozen=True)
class PredictionAsked:
    """The learner was asked what a mini-task would find, before it ran."""

    task: str
    text: str
    arguments: JsonObject


@dataclass(frozen=True)
class PredictionMade:
    """The learner said what a mini-task would find; evidence of mastery.

    Attributes:
        topic: id of the topic that teaches the task.
        confidence: how sure the learner was, 0 to 1; None where they did not say.
        outcome: what the task found, in the words of a prediction.
        held: the prediction was right.
    """

    task: str
    topic: str
    prediction: str
    confidence: float | None
    outcome: str
    held: bool


@dataclass(frozen=True)
class ReplySent:
    """The reply as it was shown; the last event of every message."""

    status: str
    intent: str
    payload: str | None
    answer: str
    citations: tuple[JsonObject, ...] = ()
    sentences: tuple[JsonObject, ...] = ()
    message_id: str = ""
    timings_ms: JsonObject | None = None


Event = (
    MessageReceived
    | QuestionAnswered
    | QuestionAbstained
    | SubjectDeclined
    | ClarificationAsked
    | TopicOpened
    | SmallTalkMade
    | CapabilityRequested
    | TaskRun
    | PredictionAsked
    | PredictionMade
    | ReplySent
)
_KINDS: dict[str, type[Any]] = {
    kind.__name__: kind
    for kind in (
        MessageReceived,
        QuestionAnswered,
        QuestionAbstained,
        SubjectDeclined,
        ClarificationAsked,
        TopicOpened,
        SmallTalkMade,
        CapabilityRequested,
        TaskRun,
        PredictionAsked,
        PredictionMade,
        ReplySent,
    )
}


@dataclass(frozen=True)
class StoredEvent:
    """An event with its place in the learner's history (`seq` counts from 1)."""

    seq: int
    at: datetime
    conversation: str
    event: Event


def to_payload(event: Event) -> tuple[str, JsonObject]:
    """The event as (kind, JSON object)."""
    return type(event).__name__, asdict(event)


def from_payload(kind: str, payload: JsonObject) -> Event:
    """The event again. Fields that this version does not know are left out.

    Raises:
        ValueError: an unknown kind, which a newer version of tutorbot must have written.
    """
    if kind not in _KINDS:
        raise ValueError(f"unknown event kind {kind!r}")
    known = {f.name for f in fields(_KINDS[kind])}
    values = {k: tuple(v) if isinstance(v, list) else v for k, v in payload.items() if k in known}
    event: Event = _KINDS[kind](**values)
    return event
