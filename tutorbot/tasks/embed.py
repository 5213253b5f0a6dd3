"""Sentences as vectors: how alike they are, and which is nearest to which."""

from __future__ import annotations

import re

import numpy as np

from tutorbot.errors import InputError
from tutorbot.messages import Part, Table
from tutorbot.ports import FloatArray
from tutorbot.tasks.arguments import Argument
from tutorbot.tasks.semantic_search import clean, shortened
from tutorbot.tasks.task import ModelUsed, Result, Task, Values
from tutorbot.tasks.tools import Tools

MODEL = ModelUsed("all-MiniLM-L6-v2", "Apache-2.0", "the encoder that the tutor itself searches with")
_MOST, _LONGEST, _NUMBERS, _NEIGHBOURS = 12, 1_000, 8, 5
_FAR = 0.4
_SEARCHED, _SUBJECTS = 30, 8
_BETWEEN = re.compile(r"\n+|\s+\|\s+|\s*;\s*|\s+vs\.?\s+|[\"”]\s*(?:,|and|with|to)\s*[\"“]")
_AROUND = " \t\r\n\"“”';|"


def run(arguments: Values, tools: Tools) -> Result:
    """Cosine of every pair; of a single sentence the nearest names of the course.

    Raises:
        InputError: there is no sentence.
    """
    every = _texts(arguments)
    if len(every) == 1:
        return _alone(every[0], tools)
    texts = every[:_MOST]
    cut = (f"There are {len(every)} sentences; the limit is {_MOST}, and only the first were used.",)
    vectors = tools.encoder.encode(texts)
    return Result(
        values={
            "sentences": texts,
            "similarity": [[round(float(v), 4) for v in row] for row in vectors @ vectors.T],
            "nearest": _nearest(texts, vectors),
            "vectors": _first_numbers(vectors),
        },
        model=MODEL,
        notes=cut if len(every) > _MOST else (),
        trace={"dimension": vectors.shape[1]},
    )


def _texts(arguments: Values) -> list[str]:
    given = [clean(s) for s in arguments["sentences"] or ()] or _BETWEEN.split(arguments["text"] or "")
    texts = [text for entry in given if (text := entry[:_LONGEST].strip(_AROUND))]
    if not texts:
        raise InputError("embed needs sentences.", "Give `text` with sentences parted by `;`, or a list `sentences`.")
    return texts


def _alone(text: str, tools: Tools) -> Result:
    names = _names(text, tools)
    vectors = tools.encoder.encode([text, *names])
    cosines = vectors[1:] @ vectors[0]
    best = np.argsort(-cosines)[:_NEIGHBOURS].tolist()
    alone = "There was one text, so it was compared with the names of the course's subjects. Part several by `;`."
    return Result(
        values={
            "sentences": [text],
            "similarity": [[1.0]],
            "nearest": [{"text": text, "nearest": names[n], "score": round(float(cosines[n]), 4)} for n in best],
            "vectors": _first_numbers(vectors[:1]),
        },
        model=MODEL,
        notes=(alone, "None of these is close to it.") if cosines[best[0]] < _FAR else (alone,),
        trace={"dimension": vectors.shape[1]},
    )


def _names(text: str, tools: Tools) -> list[str]:
    """Names of the subjects that the course's search finds: to encode all thousand names would take seconds."""
    found = tools.retriever.search(text, _SEARCHED).topics(_SUBJECTS)
    near = [tools.course.topics[topic] for topic in found if topic in tools.course.topics]
    others = [topic for topic in tools.course.topics.values() if topic not in near]
    topics = (near + others)[:_SUBJECTS]
    return list(dict.fromkeys(name for topic in topics for name in topic.names))


def _nearest(texts: list[str], vectors: FloatArray) -> list[dict[str, object]]:
    cosines = vectors @ vectors.T
    np.fill_diagonal(cosines, -2)
    found = cosines.argmax(axis=1).tolist()
    return [{"text": t, "nearest": texts[n], "score": round(float(cosines[i, n]), 4)}
            for i, (t, n) in enumerate(zip(texts, found, strict=True))]  # fmt: skip


def _first_numbers(vectors: FloatArray) -> list[list[float]]:
    return [[round(float(v), 4) for v in row[:_NUMBERS]] for row in vectors]


def render(result: Result) -> str:
    """Who is nearest to whom."""
    lines = [_line(pair) for pair in result.values["nearest"]]
    return "\n".join(lines)


def _line(pair: Values) -> str:
    return f'- "{shortened(pair["text"])}" is nearest to "{shortened(pair["nearest"])}" ({pair["score"]:.2f})'


def explain(result: Result) -> tuple[str, ...]:
    """What happened to these sentences."""
    values = result.values
    numbers = ", ".join(f"{v:.2f}" for v in values["vectors"][0][:4])
    best = max(values["nearest"], key=lambda pair: float(pair["score"]))
    told = f'"{shortened(best["text"])}" and "{shortened(best["nearest"])}" have {best["score"]:.2f}'
    return (
        f"Each text became one vector of {result.trace['dimension']} numbers: the mean of its word pieces' vectors, of "
        f'length one. That of "{shortened(values["sentences"][0])}" begins {numbers} ...',
        "The cosine of two such vectors is the sum of the products of their numbers: 1 for the same direction, about 0 for "
        "nothing in common.",
        f"{told}. The encoder was trained on pairs that belong together, so opposites (hot, cold) lie near each other too: "
        "they occur in the same company.",
    )


def parts(result: Result) -> tuple[Part, ...]:
    """The matrix, and the first numbers of each vector."""
    values = result.values
    short = [t if len(t) <= 24 else f"{t[:22]}.." for t in values["sentences"]]
    matrix = tuple((name, *(f"{v:.2f}" for v in row)) for name, row in zip(short, values["similarity"], strict=True))
    vectors = tuple((name, " ".join(f"{v:+.2f}" for v in row)) for name, row in zip(short, values["vectors"], strict=True))
    return (
        Table("Cosine of each pair", ("", *(str(n) for n in range(1, len(short) + 1))), matrix),
        Table("How each vector begins", ("Text", "Numbers"), vectors),
    )


def outcome(result: Result) -> str:
    """The nearest pair, in small letters."""
    best = max(result.values["nearest"], key=lambda pair: float(pair["score"]))
    return f"{best['text']} {best['nearest']}".lower()


TASK = Task(
    name="embed",
    purpose="Sentences as vectors: the similarity of each pair, and nearest neighbours.",
    topic="word-embeddings",
    arguments=(
        Argument("text", "text", "sentences, parted by lines, ; or |"),
        Argument("sentences", "list", "the same as a list", longest=_MOST),
    ),
    example={"text": "The cat sleeps on the sofa.; A kitten naps on the couch.; Interest rates rose again."},
    run=run,
    render=render,
    explain=explain,
    parts=parts,
    guess="Which two are nearest to each other?",
    outcome=outcome,
)
