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
_MOST, _LONGEST, _QUERY, _CUT = 200, 1_000, 500, 280


def run(arguments: Values, tools: Tools) -> Result:
    """Hits with their cosine, the best first; over the course where no sentences are given.

    Raises:
        InputError: there is nothing to search for.
    """
    query, given, notes = _read(arguments)
    hits = _among(query, given, tools) if given else _in_course(query, arguments["top"], tools)
    words = _by_words(query, given or [hit["text"] for hit in hits])
    hits = hits[: arguments["top"]]
    if not hits or hits[0]["score"] < _FAR:
        notes.append("Nothing here is close in meaning to what you look for; the order below says little.")
    return Result(
        values={"hits": hits},
        model=MODEL,
        notes=tuple(notes),
        trace={
            "query": query,
            "by_words": [words[hit["text"]] for hit in hits],
            "first_by_words": max(words, key=lambda text: words[text], default=""),
            "searched": len(given),
        },
    )


def _read(arguments: Values) -> tuple[str, list[str], list[str]]:
    """The query, the sentences to search in (none for the course), and notes on what was cut."""
    query, text = arguments["query"], arguments["text"] or ""
    entries = [clean(entry) for entry in arguments["sentences"] or ()]
    if query and not entries:
        entries = split_sentences(text)
    query = (query or text)[:_QUERY].strip()
    if not query:
        raise InputError("semantic_search needs `query`: what you look for.", "Give query, and run it again.")
    notes = [f"There are {len(entries)} sentences; only the first {_MOST} were searched."] if len(entries) > _MOST else []
    if any(len(entry) > _LONGEST for entry in entries):
        notes.append(f"Of sentences over {_LONGEST} characters only the beginning was used.")
    return query, [entry[:_LONGEST] for entry in entries if entry.strip()][:_MOST], notes


def clean(entry: object) -> str:
    """An entry of a list as text that tokenizers and JSON can take."""
    return str(entry).encode("utf-8", "replace").decode("utf-8").replace("\x00", " ").strip()


def _among(query: str, given: Sequence[str], tools: Tools) -> list[dict[str, Any]]:
    vectors = tools.encoder.encode([query, *given])
    cosines = vectors[1:] @ vectors[0]
    order = np.argsort(-cosines, kind="stable").tolist()
    return [{"text": given[n], "score": round(float(cosines[n]), 4)} for n in order]


def _in_course(query: str, top: int, tools: Tools) -> list[dict[str, Any]]:
    """Passages by the better of two cosines: with the text, and with the nearest question that learners ask about it."""
    found = sorted(tools.retriever.search(query, top).hits, key=lambda hit: -hit.dense)
    return [
        {
            "text": _begin(hit.passage.text),
            "score": round(float(hit.dense), 4),
            "topic": hit.passage.topic,
            "title": tools.course.title(hit.passage.topic),
            "question": hit.wording if hit.question > hit.text else "",
        }
        for hit in found
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


def _by_words(query: str, texts: Sequence[str]) -> dict[str, float]:
    """Of each text the share of the query's content words that it has: what a search by words goes by."""
    asked = set(content_words(query))
    return {text: round(len(asked & set(content_words(text))) / max(1, len(asked)), 2) for text in texts}


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
    hits, trace = result.values["hits"], result.trace
    own = trace["searched"]
    what = f"each of the {own} sentences" if own > 1 else "your sentence" if own else "every passage of the course"
    steps = [
        f'The query "{shortened(trace["query"])}" and {what} became vectors of 384 numbers; the score is the cosine of the '
        "angle between them, 1 for the same direction.",
    ]
    if hits:
        steps.append(_compared(result))
    if not own:
        steps.append(
            "Each passage is also kept under questions that learners ask about it, and the nearer of the two counts; which "
            "passages are listed was chosen by meaning and words together, as for a question."
        )
    return tuple(steps)


def _compared(result: Result) -> str:
    """The first hit, and what a search by words would have said."""
    best, first, shares = result.values["hits"][0], result.trace["first_by_words"], result.trace["by_words"]
    near = f' with the question "{shortened(question)}"' if (question := best.get("question")) else ""
    start = (
        f"The first hit has a cosine of {best['score']:.2f}{near}. It shares {shares[0]:.0%} of the query's content words"
    )
    if first and first != best["text"] and shares[0] < max(shares):
        return f'{start}: a search by words would have put "{shortened(first)}" first.'
    seen = "sees it too" if shares[0] >= 0.5 else "would have found little in it"
    return f"{start}: a search by words {seen}."


def shortened(text: str) -> str:
    """At most 60 characters of it."""
    return text if len(text) <= 60 else f"{text[:57].rstrip()}..."


def parts(result: Result) -> tuple[Part, ...]:
    """Meaning and words side by side."""
    pairs = zip(result.values["hits"], result.trace["by_words"], strict=True)
    rows = tuple((shortened(hit["text"]), f"{hit['score']:.2f}", f"{words:.2f}") for hit, words in pairs)
    return (Table("By meaning and by words", ("Text", "Cosine", "Shared words"), rows),) if rows else ()


TASK = Task(
    name="semantic_search",
    purpose="Search by meaning in your own sentences, or in the course where you give none.",
    topic="semantic-search",
    arguments=(
        Argument("text", "text", "what you look for; beside a query the text to search in"),
        Argument("query", "text", "what you look for", longest=_QUERY),
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
