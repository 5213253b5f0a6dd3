"""chrF (Popović 2015, https://aclanthology.org/W15-3049/): how many character n-grams two texts share. Pure.

Counted as sacrebleu does by default: lengths 1 to 6, blanks left out, recall twice as heavy as precision, n-grams of all
texts summed before precision and recall are taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

LENGTHS = range(1, 7)
_BETA = 2.0
Translate = Callable[[str], str]


def chrf(pairs: Iterable[tuple[str, str]]) -> float:
    """chrF2 of (translation, reference) pairs, 0 to 1 (papers print it times 100)."""
    precisions, recalls = [], []
    every = list(pairs)
    for length in LENGTHS:
        counts = [(n_grams(said, length), n_grams(wanted, length)) for said, wanted in every]
        total_said, total_wanted = sum(s.total() for s, _ in counts), sum(w.total() for _, w in counts)
        if total_said and total_wanted:
            shared = sum((s & w).total() for s, w in counts)
            precisions.append(shared / total_said)
            recalls.append(shared / total_wanted)
    if not any(precisions):
        return 0.0
    precision, recall = sum(precisions) / len(precisions), sum(recalls) / len(recalls)
    return (1 + _BETA**2) * precision * recall / (_BETA**2 * precision + recall)


def n_grams(text: str, length: int) -> Counter[str]:
    """The text's character n-grams of this length, with blanks left out."""
    solid = "".join(text.split())
    return Counter(solid[n : n + length] for n in range(len(solid) - length + 1))


def evaluate_translations(pairs: Sequence[tuple[str, str]], translate: Translate) -> dict[str, float]:
    """chrF of a translator on (source, reference) pairs, and of the source copied as it is."""
    return {
        "rows": len(pairs),
        "chrf": round(chrf((translate(source), wanted) for source, wanted in pairs), 4),
        "baseline_copied": round(chrf(pairs), 4),
    }


def evaluate_round_trip(texts: Sequence[str], there: Translate, back: Translate) -> dict[str, float]:
    """chrF of texts translated there and back, which needs no references, against the texts themselves.

    A translator that copies would be perfect; `chrf_halfway` (how like the source the text in between is) and `copied` (how
    many came through unchanged) show one that does.
    """
    halfway = [there(text) for text in texts]
    return {
        "rows": len(texts),
        "chrf": round(chrf((back(half), text) for half, text in zip(halfway, texts, strict=True)), 4),
        "chrf_halfway": round(chrf(zip(halfway, texts, strict=True)), 4),
        "copied": sum(half == text for half, text in zip(halfway, texts, strict=True)),
    }
