"""`tutorbot bench answers`: time to the first words, to the whole answer, memory, and decode speed side by side."""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from tutorbot.bootstrap import House, build_house
from tutorbot.commands.common import ProgressLine, say, scratch_store, settings_of
from tutorbot.evaluation.answers import read_questions
from tutorbot.evaluation.speed import Timing, ask_at_once, ask_one_by_one, peak_memory_mb, spread
from tutorbot.models.benchmark import decode_speed, transformers_decode_speed
from tutorbot.settings import Settings

SEED = 0
COMPOSED = 20
_DECODE_PROMPT = "Explain in a few sentences why a language model predicts one token at a time."
_DECODE_TOKENS = 128


def run(options: argparse.Namespace) -> int:
    """Measure on a store of its own, so that no learner's record is touched."""
    settings = settings_of(options)
    with scratch_store(settings) as scratch, build_house(scratch, ProgressLine()) as house:
        figures = _measure(house, settings, options)
    say(json.dumps(figures) if options.json else _as_text(figures))
    return 0


def _measure(house: House, settings: Settings, options: argparse.Namespace) -> dict[str, Any]:
    questions = _questions(house, options)
    figures: dict[str, Any] = {"machine": _machine()}
    ask_one_by_one(house.tutor, questions[:1])
    figures["one at a time"] = _figures(ask_one_by_one(house.tutor, questions[: options.questions]))
    figures[f"{options.learners} at once"] = _figures(ask_at_once(house.tutor, questions, options.learners))
    if house.writer is not None:
        house.writer.warm_up()
        composing = house.composing()
        ask_one_by_one(composing, questions[:1])
        figures["one at a time, the writer composes each"] = _figures(ask_one_by_one(composing, questions[:COMPOSED]))
        figures[f"{options.learners} at once, the writer composes each"] = _figures(
            ask_at_once(composing, questions, options.learners)
        )
    # Taken before transformers is measured, which runs in a process of its own.
    figures["peak_memory_mb"] = round(peak_memory_mb())
    if house.writer is not None:
        figures["decode_tokens_per_second"] = {
            house.writer.name: round(decode_speed(house.writer, _DECODE_PROMPT, _DECODE_TOKENS), 1),
            "transformers.generate": round(transformers_decode_speed(settings, _DECODE_PROMPT, _DECODE_TOKENS), 1),
        }
    return figures


def _questions(house: House, options: argparse.Namespace) -> list[str]:
    """The questions of the file that was named, else learner questions drawn from the course."""
    if options.file:
        return [q.question for q in read_questions(options.file)]
    wordings = [w for topic in house.course.topics.values() for q in topic.questions for w in q.all_wordings]
    return random.Random(SEED).sample(wordings, min(len(wordings), max(options.questions, options.learners)))


def _figures(timings: Sequence[Timing]) -> dict[str, Any]:
    first, total = spread([t.first for t in timings]), spread([t.total for t in timings])
    return {
        "messages": len(timings),
        "answered": sum(t.status == "answered" for t in timings),
        "first_words_ms": asdict(first),
        "whole_answer_ms": asdict(total),
    }


def _machine() -> str:
    return f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, {platform.platform()}"


def _as_text(figures: dict[str, Any], indent: int = 0) -> str:
    lines = []
    for name, value in figures.items():
        if isinstance(value, dict) and "p50" in value:
            lines.append(f"{' ' * indent}{name}: p50 {value['p50']}, p95 {value['p95']}")
        elif isinstance(value, dict):
            lines += [f"{' ' * indent}{name}", _as_text(value, indent + 2)]
        else:
            lines.append(f"{' ' * indent}{name}: {value}")
    return "\n".join(lines)
