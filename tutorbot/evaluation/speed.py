"""How fast does the tutor answer? Times whole messages through the door, in the process that serves them."""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from tutorbot.messages import Message, Outcome, Sender, Text
from tutorbot.tutor import Tutor

SURFACE = "bench"


@dataclass(frozen=True)
class Timing:
    """One message: milliseconds to the first words and to the whole answer, and what became of it."""

    first: float
    total: float
    status: str


@dataclass(frozen=True)
class Spread:
    """Median and 95th percentile, in milliseconds."""

    p50: float
    p95: float


def ask_one_by_one(tutor: Tutor, questions: Sequence[str]) -> list[Timing]:
    """Ask the questions in turn, each by a learner of its own."""
    return [_ask(tutor, question) for question in questions]


def ask_at_once(tutor: Tutor, questions: Sequence[str], learners: int) -> list[Timing]:
    """Let `learners` people ask in the same moment, each one question; times count from that moment."""
    chosen = [questions[n % len(questions)] for n in range(learners)]
    with ThreadPoolExecutor(learners) as pool:
        return list(pool.map(lambda question: _ask(tutor, question), chosen))


def spread(values: Sequence[float]) -> Spread:
    """Median and 95th percentile of at least two values."""
    return Spread(round(statistics.median(values), 1), round(statistics.quantiles(values, n=20, method="inclusive")[-1], 1))


def peak_memory_mb() -> float:
    """Most memory this process ever held, in MB (2**20 bytes)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


def _ask(tutor: Tutor, question: str, now: Callable[[], float] = time.perf_counter) -> Timing:
    sender = Sender(SURFACE, uuid4().hex)
    started, first, status = now(), 0.0, ""
    for part in tutor.respond(Message(sender, "bench", question, datetime.now(UTC))):
        if isinstance(part, Text) and not first:
            first = (now() - started) * 1000
        elif isinstance(part, Outcome):
            status = part.status
    total = (now() - started) * 1000
    return Timing(first or total, total, status)
