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
    if house.writer is not None:
        house.writer.warm_up()
    authored, unforeseen = _questions(house, options)
    ask_one_by_one(house.tutor, [authored[0], unforeseen[0]])
    figures = {
        "machine": _machine(),
        "one at a time": {
            "all": _figures(one_by_one := ask_one_by_one(house.tutor, _mixed(authored, unforeseen, options.questions))),
            "answers the course has": _figures(one_by_one[::2]),
            "answers nobody wrote": _figures(one_by_one[1::2]),
        },
        f"{options.learners} at once": {
            "answers the course has": _figures(ask_at_once(house.tutor, authored, options.learners)),
            "answers nobody wrote": _figures(ask_at_once(house.tutor, unforeseen, options.learners)),
        },
        # Taken before transformers is measured, which runs in a process of its own.
        "peak_memory_mb": round(peak_memory_mb()),
    }
    if house.writer is not None:
        figures["decode_tokens_per_second"] = {
            house.writer.name: round(decode_speed(house.writer, _DECODE_PROMPT, _DECODE_TOKENS), 1),
            "transformers.generate": round(transformers_decode_speed(settings, _DECODE_PROMPT, _DECODE_TOKENS), 1),
        }
    return figures


def _questions(house: House, options: argparse.Namespace) -> tuple[list[str], list[str]]:
    """Questions that the course answers word for word, and questions that join two topics, which nobody wrote for."""
    if options.file:
        asked = [q.question for q in read_questions(options.file)]
        return asked, asked
    chance = random.Random(SEED)
    topics = list(house.course.topics.values())
    wordings = [wording for topic in topics for question in topic.questions for wording in question.all_wordings]
    pairs = [chance.sample(topics, 2) for _ in range(max(options.questions, options.learners))]
    return (
        chance.sample(wordings, min(len(wordings), max(options.questions, options.learners))),
        [f"How does {a.title} have anything to do with {b.title}?" for a, b in pairs],
    )


def _mixed(authored: Sequence[str], unforeseen: Sequence[str], n: int) -> list[str]:
    return [question for pair in zip(authored, unforeseen, strict=False) for question in pair][:n]


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
