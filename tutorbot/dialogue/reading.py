"""What does the learner want? The trained head proposes, strong cues correct it, and the payload is cut out."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tutorbot.dialogue.choosing import chosen
from tutorbot.dialogue.folding import fold
from tutorbot.dialogue.patterns import SURE, TIP, evidence
from tutorbot.dialogue.payload import find_payload
from tutorbot.dialogue.scoring import MAX_CHARACTERS, IntentScorer
from tutorbot.retrieval.words import bare_words

JSON = Any
MAX_LENGTH = 8_000
# What a message that names a subject of the course is hardly; tasks may well carry one.
_ELSEWHERE = ("out_of_scope", "smalltalk", "thanks_bye", "injection")
_FLOOR = 1e-4
# "Quiz me" or "more" may stand in a course too.
_SHORT = 2


@dataclass(frozen=True)
class ReadingContext:
    """What the conversation is in the middle of.

    Attributes:
        has_previous_answer: something was answered that "simpler", "why?" or "more" can lean on.
        awaiting_choice: the texts of the choices that were offered last.
    """

    has_previous_answer: bool
    awaiting_choice: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """What a learner wants.

    Attributes:
        intent: its slug.
        payload: the exact part of the text that the capability runs on, if it has one.
        arguments: JSON values that the message names: target, source, labels, question, mode, examples, tokenizer.
        confidence: probability of the intent, 0 to 1.
        scores: probability of every intent.
        told: whether a strong cue in the words says so, not the trained head alone.
    """

    intent: str
    payload: str | None
    arguments: dict[str, JSON]
    confidence: float
    scores: Mapping[str, float] = field(default_factory=dict)
    told: bool = True


class Reader:
    """Reads messages with an intent scorer and the rules."""

    def __init__(self, scorer: IntentScorer, terms: Iterable[str] = (), questions: Iterable[str] = ()) -> None:
        """`terms` are names of the course's subjects; a message that holds one is hardly out of scope. `questions` are
        those that the course answers; a message that is one of them is a question, whatever its marks."""
        self._scorer = scorer
        self._terms = term_pattern(terms)
        self._questions = frozenset(map(bare_words, questions))

    def read(self, text: str, context: ReadingContext) -> Reading:
        """The reading of a cleaned message; what stands after 8,000 characters is not read. Never raises on any text.

        A short answer to an offer ("2", "the first one") is read as the choice that it picks.
        """
        text = chosen(text[:MAX_LENGTH], context.awaiting_choice)
        if len(text.split()) > _SHORT and bare_words(text) in self._questions:
            return Reading("question", None, {}, 1.0, {"question": 1.0})
        folded = fold(text)
        shown = folded.plain[:MAX_CHARACTERS]
        weights = evidence(shown, context.has_previous_answer)
        if self._terms.search(shown):
            weights |= {other: weights.get(other, 0.0) - TIP for other in _ELSEWHERE}
        scores = _combine(self._scorer.score(text), weights)
        intent = max(scores, key=scores.__getitem__)
        payload, arguments = find_payload(folded, intent)
        return Reading(intent, payload, arguments, scores[intent], scores, weights.get(intent, 0.0) >= SURE)


def term_pattern(terms: Iterable[str]) -> re.Pattern[str]:
    """Finds, in folded text, those of the terms that say little else in everyday talk: of two words, or like "BERT"."""
    telling = {t.lower() for t in terms if len(t) > 2 and (" " in t.strip() or re.search(r"\w[A-Z0-9]", t))}
    inner = "|".join(re.escape(t) for t in sorted(telling, key=lambda t: (-len(t), t)))
    return re.compile(rf"\b(?:{inner})s?\b" if telling else r"(?!)")


def _combine(scores: Mapping[str, float], weights: Mapping[str, float]) -> dict[str, float]:
    """Add the weights of evidence, in nats, to the head's log odds; probabilities again."""
    intents = scores.keys() | weights.keys()
    logs = {i: math.log(max(scores.get(i, 0.0), _FLOOR)) + weights.get(i, 0.0) for i in intents}
    top = max(logs.values())
    odds = {intent: math.exp(value - top) for intent, value in logs.items()}
    total = sum(odds.values())
    return {intent: value / total for intent, value in sorted(odds.items())}
