"""`tutorbot progress`: the learner's report."""

from __future__ import annotations

import argparse
import json
from contextlib import closing
from dataclasses import asdict
from datetime import datetime
from typing import Any

from tutorbot.commands.common import say, settings_of, terminal_learner
from tutorbot.curriculum.course import load_course
from tutorbot.learner.progress import ProgressReport, report_progress
from tutorbot.reports.text import progress_text
from tutorbot.storage.store import open_store


def run(options: argparse.Namespace) -> int:
    """Print the report as text or JSON. No model is needed for it."""
    settings = settings_of(options)
    with closing(open_store(settings.database_url)) as store:
        report = report_progress(store.learner(terminal_learner(settings)), load_course(settings.knowledge))
    say(json.dumps(_as_json(report)) if options.json else progress_text(report))
    return 0


def _as_json(report: ProgressReport) -> dict[str, Any]:
    def plain(value: Any) -> Any:
        return value.isoformat() if isinstance(value, datetime) else value

    row = {key: plain(value) for key, value in asdict(report).items() if key != "topics"}
    return {**row, "topics": [{k: plain(v) for k, v in asdict(topic).items()} for topic in report.topics]}
