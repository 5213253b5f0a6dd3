"""`tutorbot eval`: how good are the answers, and how good is the search?"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from typing import Any

from tutorbot.batch.lines import Line
from tutorbot.bootstrap import build_house
from tutorbot.commands.common import ProgressLine, settings_of
from tutorbot.curriculum.course import load_course
from tutorbot.evaluation.answers import ScoredAnswer, read_questions, score, summarise, worst
from tutorbot.evaluation.key_points import KeyPointJudge
from tutorbot.evaluation.retrieval import evaluate_retrieval
from tutorbot.models.runtimes import encoder_folder, load_encoder
from tutorbot.models.setup import ensure_ready
from tutorbot.retrieval.passages import passages_of


def run(options: argparse.Namespace) -> int:
    """Ask the questions of a file and print what the answers state."""
    settings = settings_of(options)
    questions = read_questions(options.file)
    batch = build_house(settings, ProgressLine()).batch()
    judge = KeyPointJudge(encoder_folder(settings))
    rows = score(questions, lambda text: batch.answer(Line("eval", text)), judge.probabilities)
    summary = summarise(rows)
    for name, value in summary.items():
        if name != "by_topic":
            print(f"{name:<20} {value}")
    print("essential points stated, by topic")
    for topic, share in summary["by_topic"].items():
        print(f"  {topic:<26} {share}")
    for row in worst(rows, options.show):
        print(f"\n{row.asked.id} {row.asked.question}\n  [{row.status}, {row.source}] {row.answer[:400]}")
    if options.json:
        options.json.write_text(
            json.dumps({"summary": summary, "rows": [_row(r) for r in rows]}, indent=1), encoding="utf-8"
        )
    return 0


def _row(row: ScoredAnswer) -> dict[str, Any]:
    return {**asdict(row), "essential": row.essential, "stated": row.stated}


def run_retrieval(options: argparse.Namespace) -> int:
    """Print hit rates on wordings held out from the index."""
    settings = settings_of(options)
    ensure_ready(settings, ProgressLine())
    passages = passages_of(load_course(settings.knowledge).topics.values())
    for rates in evaluate_retrieval(passages, load_encoder(settings), options.share, options.seed):
        print(f"{rates.ranking:<12} hit@1 {rates.at_1:.3f}  hit@5 {rates.at_5:.3f}")
    return 0
