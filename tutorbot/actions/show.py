"""Actions that show what the tutor knows about itself and the learner: help, progress, what is coming."""

from __future__ import annotations

from collections.abc import Iterator

from tutorbot.actions.context import Context
from tutorbot.dialogue import wording
from tutorbot.dialogue.events import CapabilityRequested, Event
from tutorbot.dialogue.moves import Announce, ShowHelp, ShowProgress
from tutorbot.learner.progress import ProgressReport, report_progress
from tutorbot.messages import Choice, Choices, Part, Table, Text

MOST_ROWS = 10


def show_help(move: ShowHelp, context: Context) -> Iterator[Part | Event]:
    """What can be done here."""
    yield Text(wording.HELP, ends_paragraph=True)
    yield CapabilityRequested("help")


def show_progress(move: ShowProgress, context: Context) -> Iterator[Part | Event]:
    """Topics asked about, when, and what to read next."""
    yield from progress_parts(report_progress(context.learner, context.services.course))
    yield CapabilityRequested("progress")


def progress_parts(report: ProgressReport) -> Iterator[Part]:
    """A progress report as parts."""
    following = f"A good next topic is {report.next_title}." if report.next_title else "You have asked about every topic."
    if not report.topics:
        yield Text(f"You have not asked about a topic yet. {following}", ends_paragraph=True)
    else:
        yield Text(
            f"You have asked about {len(report.topics)} of {report.course_topics} topics. {following}", ends_paragraph=True
        )
        rows = [(t.title, str(t.asked), t.last_at.strftime("%Y-%m-%d")) for t in report.topics[:MOST_ROWS]]
        yield Table("Topics you asked about", ("Topic", "Questions", "Last asked"), tuple(rows))
    if report.next_title:
        yield Choices("", (Choice(report.next_title, f"what is {report.next_title}?"),))


def announce(move: Announce, context: Context) -> Iterator[Part | Event]:
    """A capability that later versions bring."""
    topic = wording.teaching_topic(move.intent)
    known = topic in context.services.course.topics if topic else False
    title = context.services.course.title(topic) if topic and known else None
    yield Text(wording.coming(move.intent, title), ends_paragraph=True)
    yield CapabilityRequested(move.intent, move.payload, dict(move.arguments))
