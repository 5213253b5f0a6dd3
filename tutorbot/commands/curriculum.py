"""`tutorbot curriculum`: check and count the course."""

from __future__ import annotations

import argparse
from dataclasses import astuple

from tutorbot.commands.common import ProgressLine, say, settings_of
from tutorbot.curriculum.course import load_course
from tutorbot.curriculum.item_files import read_items
from tutorbot.curriculum.lint import lint_course
from tutorbot.curriculum.lint_topic import Finding
from tutorbot.curriculum.statistics import count_beside, count_course
from tutorbot.settings import Settings

_HEAD = ("stage", "topics", "words", "questions", "wordings", "wrong beliefs", "code blocks")


def run_lint(options: argparse.Namespace) -> int:
    """Print every finding; 1 if there is any. What meaning has to say comes once the files are sound."""
    settings = settings_of(options)
    findings = lint_course(settings.knowledge, run_code=not options.no_code)
    if not findings and not options.no_meaning:
        findings = _meaning(settings)
    for finding in findings:
        say(str(finding))
    topics = len(load_course(settings.knowledge).topics) if not findings else 0
    say(f"{len(findings)} findings" if findings else f"The course in {settings.knowledge} is sound: {topics} topics.")
    return 1 if findings else 0


def _meaning(settings: Settings) -> list[Finding]:
    """Twins, exercises that no passage answers, and questions that find another topic; needs the encoder."""
    from tutorbot.bootstrap import course_index
    from tutorbot.evaluation import course_meaning
    from tutorbot.models.runtimes import load_encoder
    from tutorbot.models.setup import ensure_ready
    from tutorbot.retrieval.search import FusedRetriever

    report = ProgressLine()
    ensure_ready(settings, report)
    course, encoder = load_course(settings.knowledge), load_encoder(settings)
    retriever = FusedRetriever(course_index(settings, course, encoder, report), encoder)
    items = [item for path in sorted((settings.knowledge / "items").glob("*.yaml")) for item in read_items(path)]
    own, lost = course_meaning.own_topic(course, retriever)
    say(str(own))
    return [
        *course_meaning.twin_questions(course, encoder),
        *course_meaning.twin_items(items, encoder),
        *course_meaning.unanswerable_items(items, course, retriever, encoder),
        *lost,
    ]


def run_stats(options: argparse.Namespace) -> int:
    """Print the counts by stage, then those of what stands beside the topics."""
    folder = settings_of(options).knowledge
    rows = [_HEAD, *(tuple(str(v) for v in astuple(row)) for row in count_course(load_course(folder)))]
    widths = [max(len(row[n]) for row in rows) for n in range(len(_HEAD))]
    for row in rows:
        say(
            "  ".join(
                f"{cell:<{w}}" if n == 0 else f"{cell:>{w}}" for n, (cell, w) in enumerate(zip(row, widths, strict=True))
            )
        )
    for name, count in count_beside(folder):
        say(f"{name:<16} {count:>6}")
    return 0
