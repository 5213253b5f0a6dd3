"""How the dense and the lexical view of a passage become one score. Pure.

The weights were chosen on learner questions held out from the index; knowledge/README.md has what was tried.
"""

from __future__ import annotations

QUESTION_WEIGHT = 0.50
TEXT_WEIGHT = 0.29
LEXICAL_WEIGHT = 0.21
# An authored answer says what was asked; a section only holds it somewhere.
SECTION_HANDICAP = 0.06


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
