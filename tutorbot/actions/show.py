"""Actions that show what the tutor knows about itself and the learner: help, progress, sources, what is coming."""

from __future__ import annotations

from collections.abc import Iterator

from tutorbot.actions.context import Context
from tutorbot.dialogue import wording
from tutorbot.dialogue.events import CapabilityRequested, Event
from tutorbot.dialogue.moves import Announce, ShowHelp, ShowProgress, ShowSources
from tutorbot.learner.progress import ProgressReport, report_progress
from tutorbot.messages import Card, Choice, Choices, Part, Table, Text

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


def show_sources(move: ShowSources, context: Context) -> Iterator[Part | Event]:
    """The last answer opened: where it came from, how well that fitted, and the prompt if the writer wrote."""
    made = context.conversation.made_from
    if not made:
        yield Text("There is no answer to open yet. Ask me a question first.", ends_paragraph=True)
    else:
        yield Text(f'I searched for "{context.conversation.question}". {_written_by(context)}', ends_paragraph=True)
        rows = [(str(r["id"]), *(f"{r[k]:.2f}" for k in ("dense", "lexical", "fused"))) for r in made]
        yield Table("Passages found", ("Passage", "Meaning", "Words", "Together"), tuple(rows))
        if context.conversation.prompt:
            yield Card("The prompt the writer received", context.conversation.prompt)
    yield CapabilityRequested("why")


def _written_by(context: Context) -> str:
    writer = context.conversation.writer
    if writer == "authored":
        return "The answer is the course's own words."
    return f"{writer} wrote the answer; sentences that the passages did not support were left out."
