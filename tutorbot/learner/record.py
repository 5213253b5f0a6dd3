"""What the store knows of a learner, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class TopicActivity:
    """How often and when a learner asked about a topic."""

    topic: str
    asked: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True)
class LearnerRecord:
    """A learner as the projections hold them; `id` is None before their first commit.

    Attributes:
        messages: how many messages the tutor has replied to.
        last_conversation: the conversation of the last message, "" for a new learner.
    """

    id: int | None
    name: str
    messages: int
    first_seen: datetime | None
    last_seen: datetime | None
    last_conversation: str
    topics: tuple[TopicActivity, ...]

    @property
    def is_new(self) -> bool:
        """Nothing is known of this learner yet."""
        return self.messages == 0


NEW_LEARNER = LearnerRecord(None, "", 0, None, None, "", ())
