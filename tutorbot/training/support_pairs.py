"""Pairs of evidence and claim for the support head: from labelled sets, and built from articles and their summaries.

A sentence is supported by the sentences it stands among. What is not supported is built so that words alone do not give
it away: the sentence beside a neighbouring paragraph, with a number, a name or a negation changed.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from tutorbot.answering.sentences import sentences
from tutorbot.training.rows import Row

_NUMBER = re.compile(r"\b\d[\d,.]*\d\b|\b\d\b")
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-zA-Z'-]+(?: [A-Z][a-zA-Z'-]+)*")
_VERB = re.compile(r"\b(is|are|was|were|has|have|had|can|could|will|would|may|must|does|did)\b(?! not\b)")
_NEGATED = re.compile(r"\b(is|are|was|were|has|have|had|can|could|will|would|may|must|does|did) not\b")
_OPPOSITES = {"more": "less", "first": "last", "before": "after", "increase": "decrease", "increased": "decreased"}
_OPPOSITES |= {"high": "low", "higher": "lower", "large": "small", "largest": "smallest", "north": "south", "east": "west"}
_OPPOSITES |= {"early": "late", "most": "least", "many": "few", "always": "never", "all": "none", "best": "worst"}
_OPPOSITES |= {after: before for before, after in _OPPOSITES.items()}
_WORD = re.compile(r"[a-z]{4,}")


@dataclass(frozen=True)
class Pair:
    """Evidence, a claim, and whether the one supports the other. `group` says what may not be split over a hold-out."""

    evidence: str
    claim: str
    supported: bool
    group: str
    kind: str


def climate(rows: Iterable[Row]) -> Iterator[Pair]:
    """CLIMATE-FEVER: supported against refuted and not enough said."""
    for row in rows:
        yield Pair(row["evidence"], row["claim"], row["label"] == "SUPPORTS", row["claim"], "climate")


def entailment(rows: Iterable[Row]) -> Iterator[Pair]:
    """RTE and SICK: entailed against everything else."""
    for row in rows:
        yield Pair(row["premise"], row["hypothesis"], row["label"].lower() == "entailment", row["premise"], "entailment")


def likeness(rows: Iterable[Row]) -> Iterator[Pair]:
    """STS-B: pairs that say the same (4.5 and above) against those that do not (below 3.5)."""
    for row in rows:
        if not 3.5 <= row["score"] < 4.5:
            yield Pair(row["a"], row["b"], row["score"] >= 4.5, row["a"], "likeness")


def articles(rows: Sequence[Row], chance: random.Random) -> Iterator[Pair]:
    """For each paragraph of the articles: a sentence beside its neighbours, beside another paragraph, and changed."""
    contexts = {row["context"]: row["title"] for row in rows}
    of_title: dict[str, list[str]] = {}
    for context, title in contexts.items():
        of_title.setdefault(title, []).append(context)
    for context, title in contexts.items():
        parts = [s for s in sentences(context) if 6 <= len(s.split()) <= 45]
        if len(parts) < 3:
            continue
        said = chance.choice(parts)
        window = _window(parts, said)
        yield Pair(window, reworded(said, chance), True, title, "article")
        other = chance.choice(of_title[title])
        if said not in other:
            yield Pair(_nearest_window(other, said), reworded(said, chance), False, title, "article")
        changed = falsified(said, context, chance)
        if changed:
            yield Pair(window, changed, False, title, "article")
            yield Pair(window, said, True, title, "article")


def summaries(rows: Sequence[Row], chance: random.Random, fields: tuple[str, str], count: int) -> Iterator[Pair]:
    """Sentences of summaries beside the part of their article that is likest, as they are, changed, and beside another's."""
    source, summary = fields
    for row in chance.sample(list(rows), count):
        said = row[summary] if isinstance(row[summary], str) else row[summary][0]
        for sentence in sentences(said.replace("\n", " "))[:2]:
            window = _nearest_window(row[source], sentence)
            yield Pair(window, sentence, True, row[source], "summary")
            changed = falsified(sentence, window, chance)
            if changed:
                yield Pair(window, changed, False, row[source], "summary")
            other = chance.choice(rows)
            if other is not row:
                yield Pair(_nearest_window(other[source], sentence), sentence, False, row[source], "summary")


def reworded(sentence: str, chance: random.Random) -> str:
    """The sentence, sometimes without what stands in brackets or before its first comma, or all in lower case."""
    shorter = re.sub(r" \([^)]*\)", "", sentence)
    head, comma, rest = shorter.partition(", ")
    if comma and len(head.split()) <= 5 and len(rest.split()) >= 6 and chance.random() < 0.5:
        shorter = rest[0].upper() + rest[1:]
    return shorter.lower() if chance.random() < 0.15 else shorter


def falsified(sentence: str, context: str, chance: random.Random) -> str | None:
    """The sentence with one thing changed that makes it say something else; None where nothing can be changed."""
    ways: list[Callable[[str, str, random.Random], str | None]] = [_other_number, _other_name, _turned, _opposite]
    chance.shuffle(ways)
    for way in ways:
        changed = way(sentence, context, chance)
        if changed and changed != sentence:
            return changed
    return None


def _other_number(sentence: str, context: str, chance: random.Random) -> str | None:
    found = list(_NUMBER.finditer(sentence))
    if not found:
        return None
    spot = chance.choice(found)
    others: list[str] = sorted({n for n in _NUMBER.findall(context) if n not in sentence})
    number = chance.choice(others) if others and chance.random() < 0.5 else _shifted(spot[0], chance)
    return sentence[: spot.start()] + number + sentence[spot.end() :]


def _shifted(number: str, chance: random.Random) -> str:
    places = [n for n, c in enumerate(number) if c.isdigit()]
    at = chance.choice(places)
    digit = chance.choice([d for d in "123456789" if d != number[at]])
    return number[:at] + digit + number[at + 1 :]


def _other_name(sentence: str, context: str, chance: random.Random) -> str | None:
    found = list(_NAME.finditer(sentence))
    others: list[str] = sorted({name for name in _NAME.findall(context) if name not in sentence})
    if not found or not others:
        return None
    spot = chance.choice(found)
    return sentence[: spot.start()] + chance.choice(others) + sentence[spot.end() :]


def _turned(sentence: str, context: str, chance: random.Random) -> str | None:
    if _NEGATED.search(sentence):
        return _NEGATED.sub(r"\1", sentence, count=1)
    return _VERB.sub(r"\1 not", sentence, count=1)


def _opposite(sentence: str, context: str, chance: random.Random) -> str | None:
    words = sentence.split()
    spots = [n for n, word in enumerate(words) if word in _OPPOSITES]
    if not spots:
        return None
    at = chance.choice(spots)
    return " ".join([*words[:at], _OPPOSITES[words[at]], *words[at + 1 :]])


def _window(parts: Sequence[str], said: str) -> str:
    at = parts.index(said)
    first = max(0, at - 1)
    return " ".join(parts[first : first + 3])


def _nearest_window(text: str, sentence: str) -> str:
    """The three sentences in a row that share most words with `sentence`."""
    parts = sentences(text)[:40]
    words = set(_WORD.findall(sentence.lower()))
    windows = [" ".join(parts[n : n + 3]) for n in range(max(1, len(parts) - 2))]
    best = max(windows, key=lambda window: len(words & set(_WORD.findall(window.lower()))))
    return " ".join(best.split()[:150])
