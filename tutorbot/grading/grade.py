"""Grades an answer. The same answer always gets the same grade, and the grade says why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tutorbot.curriculum.item import Choice, Cloze, Item, Numeric, Order, Output, ShortAnswer
from tutorbot.grading.reading import chosen, first_number, fits_gap, says, tidy


@dataclass(frozen=True)
class Grade:
    """How right an answer is, 0 to 1, and why."""

    score: float
    reasons: tuple[str, ...]

    @property
    def right(self) -> bool:
        """The answer counts as right."""
        return self.score >= 1.0


def grade(item: Item, answer: str) -> Grade:
    """Grade what a learner typed.

    Args:
        answer: letters or numbers of the options ("b", "1 3"), the order of the shown steps as numbers of the right order
            ("2 1 3"), the gap words separated by commas, or free text, as the item's kind asks.
    """
    return _GRADERS[type(item.key)](item.key, answer)


def _choice(key: Choice, answer: str) -> Grade:
    picked = chosen(answer, key.options)
    if picked is None:
        return Grade(0.0, ("The answer names no option.",))
    if picked == key.right:
        return Grade(1.0, ("All right options and no other.",))
    missed, extra = key.right - picked, picked - key.right
    reasons = [f"Not right: {key.options[n]}" for n in sorted(extra)] + [f"Missed: {key.options[n]}" for n in sorted(missed)]
    hits = len(key.right & picked)
    return Grade(max(0.0, (hits - len(extra)) / len(key.right)) if len(key.right) > 1 else 0.0, tuple(reasons))


def _short(key: ShortAnswer, answer: str) -> Grade:
    if wrong := next((phrase for phrase in key.wrong if says(answer, phrase)), None):
        return Grade(0.0, (f"It says what is not so: {wrong}.",))
    said = [point for point in key.key_points if any(says(answer, phrase) for phrase in point.phrases)]
    missing = [point for point in key.key_points if point not in said]
    reasons = (*(f"Said: {p.point}" for p in said), *(f"Missing: {p.point}" for p in missing))
    return Grade(min(1.0, len(said) / key.needed), reasons)


def _order(key: Order, answer: str) -> Grade:
    numbers = [int(n) for n in tidy(answer).replace(",", " ").split() if n.isdecimal()]
    if sorted(numbers) != list(range(1, len(key.steps) + 1)):
        return Grade(0.0, (f"Name each of the {len(key.steps)} steps once.",))
    pairs = [(a, b) for n, a in enumerate(numbers) for b in numbers[n + 1 :]]
    share = sum(a < b for a, b in pairs) / len(pairs) if pairs else 1.0
    return Grade(share, ("The order is right." if share == 1.0 else "Some steps stand before ones that they need.",))


def _cloze(key: Cloze, answer: str) -> Grade:
    words = [w.strip() for w in answer.split(",")] if len(key.gaps) > 1 else [answer]
    if len(words) != len(key.gaps):
        return Grade(0.0, (f"Give {len(key.gaps)} words, separated by commas.",))
    fits = [fits_gap(word, gap) for word, gap in zip(words, key.gaps, strict=True)]
    reasons = tuple(f"{w}: {'right' if ok else 'not ' + gap[0]}" for w, ok, gap in zip(words, fits, key.gaps, strict=True))
    return Grade(sum(fits) / len(fits), reasons)


def _output(key: Output, answer: str) -> Grade:
    if tidy(answer) == tidy(key.printed):
        return Grade(1.0, ("That is what it prints.",))
    return Grade(0.0, (f"It prints: {key.printed.strip()}",))


def _numeric(key: Numeric, answer: str) -> Grade:
    number = first_number(answer)
    if number is None:
        return Grade(0.0, ("The answer has no number.",))
    if abs(number - key.value) <= key.tolerance:
        return Grade(1.0, (f"{number:g} is within {key.tolerance:g} of {key.value:g}.",))
    return Grade(0.0, (f"{number:g} is not within {key.tolerance:g} of {key.value:g}.",))


_GRADERS: dict[type[Any], Callable[[Any, str], Grade]] = {
    Choice: _choice,
    ShortAnswer: _short,
    Order: _order,
    Cloze: _cloze,
    Output: _output,
    Numeric: _numeric,
}
