"""Sentiment of a text, with the words that mattered.

How much a word mattered is how much the probability falls when it is left out (occlusion; Li et al. 2016,
https://arxiv.org/abs/1612.08220).
"""

from __future__ import annotations

import re

import numpy as np

from tutorbot.messages import Part, Table
from tutorbot.ports import FloatArray, Head
from tutorbot.tasks.arguments import text
from tutorbot.tasks.probabilities import percent, softmax
from tutorbot.tasks.task import ModelUsed, Result, Task, Values
from tutorbot.tasks.tools import Tools

MODEL = ModelUsed("all-MiniLM-L6-v2 + sentiment head", "Apache-2.0", "trained on film reviews (SST-2, IMDb)")
_MOST_WORDS = 60
_SHOWN_WORDS = 5
_TORN = 0.75
_WORD = re.compile(r"\w[\w'’-]*")


def run(arguments: Values, tools: Tools) -> Result:
    """Label, probabilities, and the words that mattered most."""
    given, head = arguments["text"], tools.heads["sentiment"]
    chances = softmax(head.score([given]))[0]
    best = int(np.argmax(chances))
    mattered = _mattered(given, head, chances, best)
    confidence = float(chances[best])
    notes = ("The model is torn here: it knows only positive and negative, and mixed or neutral text fits neither.",)
    return Result(
        values={
            "label": head.labels[best],
            "probabilities": {label: round(float(p), 4) for label, p in zip(head.labels, chances, strict=True)},
            "words": [{"word": word, "weight": round(weight, 4)} for word, weight in mattered],
        },
        model=MODEL,
        confidence=confidence,
        notes=notes if confidence < _TORN else (),
    )


def _mattered(given: str, head: Head, chances: FloatArray, best: int) -> list[tuple[str, float]]:
    """Each word and how far the label's probability falls without it, the greatest first."""
    spots = list(_WORD.finditer(given))[:_MOST_WORDS]
    if len(spots) < 2:
        return []
    without = softmax(head.score([given[: m.start()] + given[m.end() :] for m in spots]))[:, best]
    falls = [(m[0], float(chances[best] - p)) for m, p in zip(spots, without, strict=True)]
    return sorted(falls, key=lambda pair: -abs(pair[1]))[:_SHOWN_WORDS]


def render(result: Result) -> str:
    """The verdict in a sentence."""
    values = result.values
    return f"**{values['label']}** ({percent(values['probabilities'][values['label']])})"


def explain(result: Result) -> tuple[str, ...]:
    """What happened to this text."""
    values = result.values
    steps = [
        "The text was cut into word pieces, and the encoder (six transformer layers) gave each a vector of 384 numbers.",
        "The mean of these vectors went through one linear layer with two outputs; softmax made them "
        + " and ".join(f"{percent(p)} {label}" for label, p in values["probabilities"].items())
        + ".",
    ]
    if values["words"]:
        first = values["words"][0]
        way = "fell" if first["weight"] >= 0 else "rose"
        steps.append(
            f'Then each word was left out in turn. Without "{first["word"]}" the probability of {values["label"]} {way} by '
            f"{percent(abs(first['weight']))}, more than for any other word."
        )
    return tuple(steps)


def parts(result: Result) -> tuple[Part, ...]:
    """The words that mattered."""
    rows = tuple((w["word"], f"{w['weight']:+.3f}") for w in result.values["words"])
    return (Table("Words that mattered", ("Word", f"Pull towards {result.values['label']}"), rows),) if rows else ()


TASK = Task(
    name="classify",
    purpose="Is a text positive or negative? With probabilities and the words that mattered.",
    topic="text-classification",
    arguments=(text("the text to judge", 4_000),),
    example={"text": "The first half drags, but the ending is wonderful."},
    run=run,
    render=render,
    explain=explain,
    parts=parts,
    guess="Positive or negative?",
    outcome=lambda result: str(result.values["label"]),
)
