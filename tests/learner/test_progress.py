"""The first page of the progress report."""

from __future__ import annotations

from datetime import timedelta

from fakes import NOON

from tutorbot.curriculum.course import Course
from tutorbot.learner.progress import report_progress
from tutorbot.learner.record import NEW_LEARNER, LearnerRecord, TopicActivity
from tutorbot.reports.text import progress_text

LATER = NOON + timedelta(days=1)
ANA = LearnerRecord(
    1,
    "Ana",
    5,
    NOON,
    LATER,
    "main",
    (
        TopicActivity("dropout", 1, NOON, NOON),
        TopicActivity("self-attention", 3, NOON, LATER),
        TopicActivity("gone", 1, NOON, NOON),
    ),
)


def test_topics_come_latest_first_with_titles_and_stages(course: Course) -> None:
    report = report_progress(ANA, course)
    assert [(t.title, t.stage, t.asked) for t in report.topics][:2] == [
        ("Self-attention", "basics", 3),
        ("Dropout", "basics", 1),
    ]
    assert (report.next_topic, report.course_topics) == ("positional-encodings", 3)


def test_a_topic_that_left_the_course_is_still_in_the_report(course: Course) -> None:
    gone = next(t for t in report_progress(ANA, course).topics if t.topic == "gone")
    assert (gone.title, gone.stage) == ("gone", "")


def test_a_newcomer_is_told_where_to_begin(course: Course) -> None:
    assert progress_text(report_progress(NEW_LEARNER, course)) == "You have not asked about a topic yet. Read next: Dropout."


def test_the_report_as_text(course: Course) -> None:
    text = progress_text(report_progress(ANA, course))
    assert text.splitlines()[0] == "Topics asked about: 3 of 3, since 2026-03-02."
    assert "Self-attention    3 questions  last 2026-03-03 12:00" in text
    assert "Dropout           1 question   last 2026-03-02 12:00" in text
    assert text.endswith("Read next: Positional encodings.")
