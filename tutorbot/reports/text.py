"""Reports as plain text. Pure."""

from __future__ import annotations

from tutorbot.learner.progress import ProgressReport


def progress_text(report: ProgressReport) -> str:
    """The progress report for a terminal."""
    following = f"Read next: {report.next_title}." if report.next_title else "You have asked about every topic."
    if not report.topics:
        return f"You have not asked about a topic yet. {following}"
    width = max(len(t.title) for t in report.topics)
    rows = [
        f"  {t.title:<{width}}  {t.asked:>3} question{'s' if t.asked != 1 else ' '}  last {t.last_at:%Y-%m-%d %H:%M}"
        for t in report.topics
    ]
    since = f", since {report.first_seen:%Y-%m-%d}" if report.first_seen else ""
    head = f"Topics asked about: {len(report.topics)} of {report.course_topics}{since}."
    return "\n".join([head, *rows, following])
