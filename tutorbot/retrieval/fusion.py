"""How the dense and the lexical view of a passage become one score. Pure.

The weights were chosen on learner questions held out from the index; knowledge/README.md has what was tried.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from tutorbot.retrieval.evidence import Hit

QUESTION_WEIGHT = 0.50
TEXT_WEIGHT = 0.29
LEXICAL_WEIGHT = 0.21
# An authored answer says what was asked; a section only holds it somewhere.
SECTION_HANDICAP = 0.06
# A passage whose topic has other good passages for the query is likelier to be the right one.
TOPIC_WEIGHT = 0.6
# The cosine of two wordings that differ in no more than a mark or a small letter.
SAME = 0.985
_SHARPNESS, _MOST_OF_A_TOPIC = 10.0, 5


def fuse(question: float | None, text: float, lexical: float) -> float:
    """One score, about 0 to 1.

    Args:
        question: cosine with the nearest learner question of the passage; None for a passage without questions, which is
            judged by its text.
        text: cosine with the passage.
        lexical: BM25, 0 to 1 within the search.
    """
    if question is None:
        return QUESTION_WEIGHT * text + TEXT_WEIGHT * text + LEXICAL_WEIGHT * lexical - SECTION_HANDICAP
    return QUESTION_WEIGHT * question + TEXT_WEIGHT * text + LEXICAL_WEIGHT * lexical


def ranked(hits: Sequence[Hit]) -> list[Hit]:
    """The hits, best first: by the fused score of the passage and, less, by those of the best five of its topic.

    Scores stay as they are; a topic counts by the soft maximum (log-sum-exp) of its passages. A passage that was written
    for this very question comes before all others.
    """
    scores: dict[str, list[float]] = {}
    for hit in hits:
        scores.setdefault(hit.passage.topic, []).append(hit.fused)
    topics = {topic: _soft_maximum(sorted(values)[-_MOST_OF_A_TOPIC:]) for topic, values in scores.items()}
    return sorted(hits, key=lambda hit: (hit.question < SAME, -hit.fused - TOPIC_WEIGHT * topics[hit.passage.topic]))


def _soft_maximum(values: list[float]) -> float:
    return math.log(sum(math.exp(_SHARPNESS * value) for value in values)) / _SHARPNESS
