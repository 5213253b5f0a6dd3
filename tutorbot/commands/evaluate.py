"""`tutorbot eval`: how good are the answers, and how good is the search?"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tutorbot.batch.lines import Line
from tutorbot.bootstrap import build_house
from tutorbot.commands.common import ProgressLine, say, scratch_store, settings_of
from tutorbot.curriculum.course import load_course
from tutorbot.errors import OutputError
from tutorbot.evaluation.answers import ScoredAnswer, read_questions, score, summarise, worst
from tutorbot.evaluation.key_points import KeyPointJudge
from tutorbot.evaluation.retrieval import evaluate_retrieval
from tutorbot.models.runtimes import encoder_folder, load_encoder
from tutorbot.models.setup import ensure_ready
from tutorbot.repl.log import log_file
from tutorbot.retrieval.passages import passages_of


def run(options: argparse.Namespace) -> int:
    """Ask the questions of a file and print what the answers state."""
    settings = settings_of(options)
    questions = read_questions(options.file)
    with log_file(settings.data_dir), scratch_store(settings) as scratch, build_house(scratch, ProgressLine()) as house:
        batch, judge = house.batch(), KeyPointJudge(encoder_folder(settings))
        rows = score(questions, lambda text: batch.answer(Line("eval", text)), judge.probabilities)
    summary = summarise(rows)
    for line in _lines(summary, worst(rows, options.show)):
        say(line)
    if options.json:
        _write(options.json, {"summary": summary, "rows": [_row(r) for r in rows]})
    return 0


def _lines(summary: dict[str, Any], worst_rows: Sequence[ScoredAnswer]) -> Iterator[str]:
    for name, value in summary.items():
        if name != "by_topic":
            yield f"{name:<20} {value}"
    yield "essential points stated, by topic"
    for topic, share in summary["by_topic"].items():
        yield f"  {topic:<26} {share}"
    for row in worst_rows:
        yield f"\n{row.asked.id} {row.asked.question}\n  [{row.status}, {row.source}] {row.answer[:400]}"


def _write(path: Path, content: dict[str, Any]) -> None:
    try:
        path.write_text(json.dumps(content, indent=1), encoding="utf-8")
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written: {error.strerror}.", "Name a file in a folder that you may write to."
        ) from error


def _row(row: ScoredAnswer) -> dict[str, Any]:
    return {**asdict(row), "essential": row.essential, "stated": row.stated}


def run_retrieval(options: argparse.Namespace) -> int:
    """Print hit rates on wordings held out from the index."""
    settings = settings_of(options)
    ensure_ready(settings, ProgressLine())
    passages = passages_of(load_course(settings.knowledge).topics.values())
    for rates in evaluate_retrieval(
        passages, load_encoder(settings), options.share, options.seed, settings.cache_dir / "index"
    ):
        say(f"{rates.ranking:<12} hit@1 {rates.at_1:.3f}  hit@5 {rates.at_5:.3f}")
    return 0
