"""How well corrections agree with people's: word edits, F0.5 (as in the CoNLL-2014 task, where precision counts twice).

The edits of a correction and of a reference are found by aligning words with difflib, so figures are close to, but not
the same as, those of ERRANT.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from difflib import SequenceMatcher

Edits = frozenset[tuple[int, int, str]]
_TOKEN = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]")


def edits(source: str, target: str) -> Edits:
    """(first word, end, replacement) of each change."""
    before, after = _TOKEN.findall(source), _TOKEN.findall(target)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return frozenset((a, b, " ".join(after[c:d])) for kind, a, b, c, d in matcher.get_opcodes() if kind != "equal")


def evaluate_corrections(rows: Sequence[Mapping[str, object]], correct: Callable[[str], str]) -> dict[str, float]:
    """Precision, recall and F0.5 of edits, each against the reference that fits best, and what is exactly right.

    Args:
        rows: each with `source` and `refs`, a list of corrected texts.
        correct: the correction that is measured.
    """
    hits = made = wanted = exact = kept = 0
    for row in rows:
        source, references = str(row["source"]).strip(), [str(r).strip() for r in row["refs"]]  # type: ignore[attr-defined]
        said = correct(source)
        own = edits(source, said)
        theirs = max((edits(source, r) for r in references), key=lambda e: (f_half(len(own & e), len(own), len(e)), -len(e)))
        hits, made, wanted = hits + len(own & theirs), made + len(own), wanted + len(theirs)
        exact += any(not edits(said, r) for r in references)
        kept += any(not edits(source, r) for r in references)
    total = len(rows) or 1
    return {
        "precision": round(hits / made, 4) if made else 0.0,
        "recall": round(hits / wanted, 4) if wanted else 0.0,
        "f0.5": round(f_half(hits, made, wanted), 4),
        "exact": round(exact / total, 4),
        "exact_unchanged": round(kept / total, 4),
        "edits": made,
    }


def f_half(hits: int, made: int, wanted: int) -> float:
    """F0.5; 1 where nothing was made and nothing wanted."""
    if not made and not wanted:
        return 1.0
    return 1.25 * hits / (made + 0.25 * wanted)
