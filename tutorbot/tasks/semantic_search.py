"""Search by meaning, over the learner's own sentences or the course, with a search by words beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tutorbot.answering.sentences import sentences as split_sentences
from tutorbot.errors import InputError
from tutorbot.messages import Part, Table
from tutorbot.retrieval.words import content_words
from tutorbot.tasks.arguments import Argument
from tutorbot.tasks.task import ModelUsed, Result, Task, Values
from tutorbot.tasks.tools import Tools

MODEL = ModelUsed("all-MiniLM-L6-v2", "Apache-2.0", "the encoder that the tutor itself searches with")
_FAR = 0.3
_MOST, _CUT = 200, 280


def run(arguments: Values, tools: Tools) -> Result:
    """Hits with their cosine, the best first; over the course where no sentences are given.

    Raises:
        InputError: there is nothing to search for.
    """
    query = arguments["query"] or arguments["text"]
    if not query:
        raise InputError("semantic_search needs `query`: what you look for.", "Give query, and run it again.")
    given = tuple(str(s) for s in arguments["sentences"] or () if str(s).strip())
    hits = _among(query, given, tools) if given else _in_course(query, arguments["top"], tools)
    hits = hits[: arguments["top"]]
    far = not hits or hits[0]["score"] < _FAR
    note = "Nothing here is close in meaning to what you look for; the order below says little."
    return Result(
        values={"hits": hits},
        model=MODEL,
        notes=(note,) if far else (),
        trace={"query": query, "by_words": _by_words(query, [hit["text"] for hit in hits]), "own": bool(given)},
    )


def _among(query: str, given: Sequence[str], tools: Tools) -> list[dict[str, Any]]:
    vectors = tools.encoder.encode([query, *given])
    cosines = vectors[1:] @ vectors[0]
    order = np.argsort(-cosines, kind="stable").tolist()
    return [{"text": given[n], "score": round(float(cosines[n]), 4)} for n in order]


def _in_course(query: str, top: int, tools: Tools) -> list[dict[str, Any]]:
    found = tools.retriever.search(query, top).hits
    passages = list(dict.fromkeys(hit.passage for hit in found))
    if not passages:
        return []
    vectors = tools.encoder.encode([query, *(p.text for p in passages)])
    cosines = (vectors[1:] @ vectors[0]).tolist()
    ranked = sorted(zip(passages, cosines, strict=True), key=lambda pair: -pair[1])
    return [
        {"text": _begin(p.text), "score": round(score, 4), "topic": p.topic, "title": tools.course.title(p.topic)}
        for p, score in ranked
    ]


def _begin(passage: str) -> str:
    """Its first sentences, at most 280 characters where that is possible."""
    parts = split_sentences(passage) or [passage]
    shown = parts[0]
    for part in parts[1:]:
        if len(shown) + len(part) > _CUT:
            break
        shown += f" {part}"
    return shown


def _by_words(query: str, texts: Sequence[str]) -> list[float]:
    """Share of the query's content words that each text has."""
    asked = set(content_words(query))
    return [round(len(asked & set(content_words(text))) / max(1, len(asked)), 2) for text in texts]


def render(result: Result) -> str:
    """The hits as a list."""
    hits = result.values["hits"]
    if not hits:
        return "There was nothing to search in."
    lines = [f"{n}. {h['text']} ({h['score']:.2f}{_where(h)})" for n, h in enumerate(hits, 1)]
    return "\n".join(lines)


def _where(hit: Values) -> str:
    return f", {hit['title']}" if "title" in hit else ""


def explain(result: Result) -> tuple[str, ...]:
    """What happened to this query."""
    hits, shared = result.values["hits"], result.trace["by_words"]
    steps = [
        f'The query "{result.trace["query"]}" and every text became a vector of 384 numbers; the score is the cosine of the '
        "angle between them, 1 for the same direction.",
    ]
    if hits:
        steps.append(
            f"The first hit has a cosine of {hits[0]['score']:.2f}. It shares {shared[0]:.0%} of the query's content words: "
            + ("a search by words would have found little in it." if shared[0] < 0.5 else "a search by words sees it too.")
        )
    if not result.trace["own"]:
        steps.append("The course's passages were first picked by meaning and words together, as for a question.")
    return tuple(steps)


def parts(result: Result) -> tuple[Part, ...]:
    """Meaning and words side by side."""
    pairs = zip(result.values["hits"], result.trace["by_words"], strict=True)
    rows = tuple((hit["text"][:60], f"{hit['score']:.2f}", f"{words:.2f}") for hit, words in pairs)
    return (Table("By meaning and by words", ("Text", "Cosine", "Shared words"), rows),) if rows else ()


TASK = Task(
    name="semantic_search",
    purpose="Search by meaning in your own sentences, or in the course where you give none.",
    topic="semantic-search",
    arguments=(
        Argument("text", "text", "what you look for", longest=500),
        Argument("query", "text", "the same, by its other name", longest=500),
        Argument("sentences", "list", "the sentences to search in", longest=_MOST),
        Argument("top", "integer", "how many hits", default=5, lowest=1, highest=20),
    ),
    example={
        "text": "how do I get my money back?",
        "sentences": ["Refunds take five days.", "We open at nine.", "The parcel is on its way."],
    },
    run=run,
    render=render,
    explain=explain,
    parts=parts,
    guess="Which of the sentences will come first?",
    outcome=lambda result: str(result.values["hits"][0]["text"]).lower() if result.values["hits"] else "none",
)
