"""Hand-written fakes at the ports, and a small course to teach from."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from tutorbot.dialogue.events import Event, QuestionAnswered, ReplySent, StoredEvent
from tutorbot.errors import ConcurrentUpdateError, ModelError
from tutorbot.learner.record import NEW_LEARNER, LearnerRecord, TopicActivity
from tutorbot.messages import Sender
from tutorbot.ports import FloatArray, Pieces, WritingJob
from tutorbot.retrieval.words import content_words

COURSE = Path(__file__).parent / "data" / "course"
ANA = Sender("terminal", "ana", "Ana")
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


class WordEncoder:
    """A text's vector is the sum of its words' vectors, fixed by their letters: texts that share words are near."""

    dimension = 64

    def encode(self, texts: Sequence[str]) -> FloatArray:
        return np.stack([_unit(sum((self._word(w) for w in _stems(t)), np.zeros(self.dimension))) for t in texts])

    def encode_pieces(self, texts: Sequence[str]) -> list[Pieces]:
        rows = [tuple(re.findall(r"[\w']+|[^\w\s]", text.lower())) for text in texts]
        return [
            Pieces(r, np.stack([self._word(_stem(w)) for w in r]) if r else np.zeros((0, self.dimension), np.float32))
            for r in rows
        ]

    def _word(self, word: str) -> FloatArray:
        seed = int(hashlib.sha256(word.encode("utf-8", "replace")).hexdigest()[:8], 16)
        return _unit(np.random.default_rng(seed).normal(size=self.dimension))


class QueuedWriter:
    """Says what was queued, piece by piece, and remembers the jobs."""

    name = "queued"

    def __init__(self, *texts: str) -> None:
        self.texts = list(texts)
        self.jobs: list[WritingJob] = []
        self.closed = 0

    def warm_up(self) -> None:
        pass

    def close(self) -> None:
        pass

    def write(self, job: WritingJob) -> Iterator[str]:
        self.jobs.append(job)
        try:
            yield from re.findall(r"\S+\s*", self.texts.pop(0))
        finally:
            self.closed += 1


class AbsentWriter:
    """A writer whose server is away."""

    name = "absent"

    def warm_up(self) -> None:
        pass

    def close(self) -> None:
        pass

    def write(self, job: WritingJob) -> Iterator[str]:
        raise ModelError("The model server does not answer.", "Start it.")
        yield ""


class MemoryStore:
    """Keeps events in a list a learner; a test can make the next commits collide."""

    def __init__(self) -> None:
        self.events: dict[tuple[str, str], list[StoredEvent]] = {}
        self.collisions = 0
        self.commits = 0

    def unit_of_work(self, sender: Sender) -> MemoryUnit:
        return MemoryUnit(self, sender)

    def find_reply(self, sender: Sender, message_id: str) -> ReplySent | None:
        stored = self.events.get((sender.surface, sender.id), [])
        return next((s.event for s in stored if isinstance(s.event, ReplySent) and s.event.message_id == message_id), None)


class MemoryUnit:
    def __init__(self, store: MemoryStore, sender: Sender) -> None:
        self._store = store
        self._key = sender.surface, sender.id
        self._name = sender.name
        self._new: list[tuple[str, datetime, Event]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._new.clear()

    @property
    def learner(self) -> LearnerRecord:
        return record_of(self._store.events.get(self._key, []), self._name)

    def recent(self, conversation: str, limit: int) -> Sequence[StoredEvent]:
        return [s for s in self._store.events.get(self._key, []) if s.conversation == conversation][-limit:]

    def append(self, conversation: str, at: datetime, events: Sequence[Event]) -> None:
        self._new += [(conversation, at, event) for event in events]

    def refresh(self) -> None:
        pass

    def commit(self) -> None:
        if self._store.collisions:
            self._store.collisions -= 1
            raise ConcurrentUpdateError("Somebody else was quicker.", "Try again.")
        history = self._store.events.setdefault(self._key, [])
        for conversation, at, event in self._new:
            history.append(StoredEvent(len(history) + 1, at, conversation, event))
        self._new.clear()
        self._store.commits += 1


class SetClock:
    """Stands still until it is moved."""

    def __init__(self, now: datetime = NOON) -> None:
        self.time = now

    def now(self) -> datetime:
        return self.time

    def pass_days(self, days: int) -> None:
        self.time += timedelta(days=days)


class CueScorer:
    """Knows a handful of intents by their first words."""

    CUES: Mapping[str, str] = {
        "what sentiment": "classify",
        "named entities": "ner",
        "label by example": "few_shot",
        "continue this": "generate",
        "simpler": "simpler",
        "tell me more": "more",
        "give me an example": "example",
        "shorter": "shorter",
        "help": "help",
        "hi": "smalltalk",
        "thanks": "thanks_bye",
        "how am i doing": "progress",
        "why did you": "why",
        "weather": "out_of_scope",
        "ignore": "injection",
    }

    def score(self, text: str) -> Mapping[str, float]:
        intent = next(
            (i for cue, i in self.CUES.items() if text.lower().startswith(cue) or f" {cue}" in text.lower()), "question"
        )
        return {intent: 1.0}


def record_of(stored: Sequence[StoredEvent], name: str = "") -> LearnerRecord:
    """What the projections would hold."""
    topics: dict[str, TopicActivity] = {}
    for s in stored:
        if isinstance(s.event, QuestionAnswered):
            old = topics.get(s.event.topic)
            topics[s.event.topic] = TopicActivity(
                s.event.topic, old.asked + 1 if old else 1, old.first_at if old else s.at, s.at
            )
    replies = sum(isinstance(s.event, ReplySent) for s in stored)
    if not stored:
        return NEW_LEARNER
    return LearnerRecord(1, name, replies, stored[0].at, stored[-1].at, stored[-1].conversation, tuple(topics.values()))


def _stem(word: str) -> str:
    return word.removesuffix("s")


def _stems(text: str) -> list[str]:
    return [_stem(w) for w in content_words(text)] or [text]


def _unit(vector: FloatArray) -> FloatArray:
    return (vector / (np.linalg.norm(vector) or 1.0)).astype(np.float32)
