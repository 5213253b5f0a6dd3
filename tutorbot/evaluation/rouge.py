"""ROUGE-L (Lin 2004, https://aclanthology.org/W04-1013/): the longest common subsequence of words. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from statistics import fmean

from tutorbot.answering.sentences import sentences

_WORD = re.compile(r"[a-z0-9]+")
Summarise = Callable[[str], str]


def rouge_l(candidate: str, reference: str) -> float:
    """F1 over lower-case words, without stemming; 0 where either is empty."""
    said, wanted = _WORD.findall(candidate.lower()), _WORD.findall(reference.lower())
    common = longest_common(said, wanted)
    return 2 * common / (len(said) + len(wanted)) if common else 0.0


def best_rouge_l(candidate: str, references: Sequence[str]) -> float:
    """The highest ROUGE-L over several references, as SciTLDR is scored (Cachola et al. 2020)."""
    return max((rouge_l(candidate, reference) for reference in references), default=0.0)


def longest_common(first: Sequence[str], second: Sequence[str]) -> int:
    """Length of the longest common subsequence."""
    row = [0] * (len(second) + 1)
    for word in first:
        diagonal = 0
        for n, other in enumerate(second, 1):
            diagonal, row[n] = row[n], diagonal + 1 if word == other else max(row[n], row[n - 1])
    return row[-1]


def evaluate_summaries(rows: Sequence[Mapping[str, object]], ways: Mapping[str, Summarise]) -> dict[str, float]:
    """Mean ROUGE-L of several ways to summarise, of the lead sentence, and of the best single sentence (oracle).

    Args:
        rows: each with `source`, a text, and `summaries`, a list of references.
        ways: name to a function from text to summary.
    """
    scores: dict[str, list[float]] = {name: [] for name in ("lead", "oracle", *ways)}
    for row in rows:
        source, references = str(row["source"]), list(map(str, row["summaries"]))  # type: ignore[call-overload]
        each = [best_rouge_l(sentence, references) for sentence in sentences(source)] or [0.0]
        scores["lead"].append(each[0])
        scores["oracle"].append(max(each))
        for name, summarise in ways.items():
            scores[name].append(best_rouge_l(summarise(source), references))
    return {name: round(fmean(values), 4) for name, values in scores.items() if values}
