"""What an action is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tutorbot.answering.answerer import Answerer
from tutorbot.curriculum.course import Course
from tutorbot.dialogue.conversation import Conversation
from tutorbot.learner.record import LearnerRecord
from tutorbot.ports import Writer
from tutorbot.retrieval.evidence import Retriever
from tutorbot.tasks.tools import Tools


@dataclass(frozen=True)
class Services:
    """What all messages share. `chatting` is the writer for small talk, None where written replies must do;
    `tools` is what mini-tasks work with."""

    course: Course
    retriever: Retriever
    answerer: Answerer
    chatting: Writer | None
    tools: Tools


@dataclass(frozen=True)
class Context:
    """What one message brings: the conversation so far, its learner, the time, and what was typed (cleaned)."""

    services: Services
    conversation: Conversation
    learner: LearnerRecord
    now: datetime
    text: str
