"""The first page of a progress report: what was asked about, when, and what to read next. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tutorbot.curriculum.course import Course
from tutorbot.learner.record import LearnerRecord


@dataclass(frozen=True)
class TopicProgress:
    """One topic the learner asked about."""

    topic: str
    title: str
    stage: str
    asked: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True)
class ProgressReport:
    """What a learner has asked about, the latest first.

    Attributes:
        course_topics: how many topics the course has.
        next_topic: id of the topic to read next, None when every topic was asked about.
    """

    name: str
    messages: int
    first_seen: datetime | None
    last_seen: datetime | None
    topics: tuple[TopicProgress, ...]
    course_topics: int
    next_topic: str | None
    next_title: str | None


def report_progress(learner: LearnerRecord, course: Course) -> ProgressReport:
    """The report for a learner. Topics that are no longer in the course keep their id as title."""
    rows = [
        TopicProgress(
            a.topic,
            course.title(a.topic),
            course.topics[a.topic].stage if a.topic in course.topics else "",
            a.asked,
            a.first_at,
            a.last_at,
        )
        for a in sorted(learner.topics, key=lambda a: a.last_at, reverse=True)
    ]
    following = course.next_after(a.topic for a in learner.topics)
    return ProgressReport(
        name=learner.name,
        messages=learner.messages,
        first_seen=learner.first_seen,
        last_seen=learner.last_seen,
        topics=tuple(rows),
        course_topics=len(course.topics),
        next_topic=following.id if following else None,
        next_title=following.title if following else None,
    )
