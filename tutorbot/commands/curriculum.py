"""`tutorbot curriculum`: check and count the course."""

from __future__ import annotations

import argparse
from dataclasses import astuple

from tutorbot.commands.common import say, settings_of
from tutorbot.curriculum.course import load_course
from tutorbot.curriculum.lint import lint_course
from tutorbot.curriculum.statistics import count_beside, count_course

_HEAD = ("stage", "topics", "words", "questions", "wordings", "wrong beliefs", "code blocks")


def run_lint(options: argparse.Namespace) -> int:
    """Print every finding; 1 if there is any."""
    folder = settings_of(options).knowledge
    findings = lint_course(folder, run_code=not options.no_code)
    for finding in findings:
        say(str(finding))
    topics = len(load_course(folder).topics) if not findings else 0
    say(f"{len(findings)} findings" if findings else f"The course in {folder} is sound: {topics} topics.")
    return 1 if findings else 0


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
