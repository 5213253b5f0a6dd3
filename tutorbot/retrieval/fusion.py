"""How the dense and the lexical view of a passage become one score. Pure.

The weights were chosen on learner questions held out from the index; knowledge/README.md has what was tried.
"""

from __future__ import annotations

QUESTION_WEIGHT = 0.6
TEXT_WEIGHT = 0.25
LEXICAL_WEIGHT = 0.15


def fuse(question: float, text: float, lexical: float) -> float:
    """One score, about 0 to 1.

    Args:
        question: cosine with the nearest learner question of the passage; a passage without questions is judged by its
            text alone.
        text: cosine with the passage.
        lexical: BM25, 0 to 1 within the search.
    """
    return QUESTION_WEIGHT * (question or text) + TEXT_WEIGHT * text + LEXICAL_WEIGHT * lexical
