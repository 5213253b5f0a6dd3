"""Decides how a question is answered, from the evidence alone. Pure.

The course's own answers come first: where one of them was written for this question, it is the answer. Where none was,
the writer composes from the passages. Where nothing fits, the tutor abstains. The thresholds were set on held-out
learner questions and on questions about other subjects; knowledge/README.md has the figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tutorbot.retrieval.evidence import Evidence, Hit

AUTHORED = 0.58
FITS_QUESTION, UNSURE_QUESTION = 0.54, 0.60
FITS_TEXT, UNSURE_TEXT = 0.58, 0.66
# Either cosine may be a little lower when both are fair and the course knows nearly every word of the question.
FAIR, NEARLY_ALL = 0.45, 0.8
LEAST_SHARE, UNSURE_SHARE = 0.5, 0.7
MOST_WORDS = 150
CONSIDERED = 3
READ_BY_WRITER = 3


@dataclass(frozen=True)
class Authored:
    """Give the course's own answers, in this order."""

    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class Written:
    """Let the writer compose from these passages, best first."""

    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class Abstain:
    """Nothing fits; these topics are nearest."""

    nearest: tuple[str, ...]


Plan = Authored | Written | Abstain


def fits(evidence: Evidence, sure: bool = True) -> bool:
    """The best hits are about what was asked. With `sure` False (the message may be about something else) they must be
    closer."""
    if not evidence.hits or evidence.share < (LEAST_SHARE if sure else UNSURE_SHARE):
        return False
    question = max(hit.question for hit in evidence.hits)
    text = max(hit.text for hit in evidence.hits)
    if not sure:
        return question >= UNSURE_QUESTION or text >= UNSURE_TEXT
    fair = min(question, text) >= FAIR and evidence.share >= NEARLY_ALL
    return fair or question >= FITS_QUESTION or text >= FITS_TEXT


def make_plan(evidence: Sequence[Evidence], sure: bool = True, authored_first: bool = True) -> Plan:
    """The plan for a message whose questions gave this evidence, in the order they were asked."""
    fitting = [e for e in evidence if fits(e, sure)]
    if not fitting:
        return Abstain(evidence[0].topics(3) if evidence else ())
    chosen = _authored(fitting) if authored_first else []
    if chosen:
        return Authored(tuple(chosen))
    hits = {hit.passage.id: hit for e in fitting for hit in e.hits[:READ_BY_WRITER]}
    return Written(tuple(hits.values())[:READ_BY_WRITER])


def _authored(fitting: Sequence[Evidence]) -> list[Hit]:
    """The best authored answer to each question, without repeating one and within the length of an answer."""
    chosen: dict[str, Hit] = {}
    words = 0
    for evidence in fitting:
        hit = next((h for h in evidence.hits[:CONSIDERED] if h.question >= AUTHORED), None)
        if hit is None or hit.passage.id in chosen:
            continue
        words += len(hit.passage.text.split())
        if not chosen or words <= MOST_WORDS:
            chosen[hit.passage.id] = hit
    return list(chosen.values())
