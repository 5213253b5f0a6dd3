"""Write a question that a text answers. A question counts only if the text shares its words and is near it in meaning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tutorbot.answering.sentences import sentences
from tutorbot.messages import Part, Table
from tutorbot.ports import Encoder, Writer, WritingJob
from tutorbot.retrieval.words import content_words
from tutorbot.tasks.arguments import text
from tutorbot.tasks.question_templates import template_questions
from tutorbot.tasks.sentence_ranker import SentenceRanker
from tutorbot.tasks.task import ModelUsed, Result, Task, Values
from tutorbot.tasks.text_to_text import new_words, similarity, task_job, tidy
from tutorbot.tasks.tools import Tools
from tutorbot.tasks.writing import NO_WRITER, beside, prompt_text, show_others, used, write_all

PREFIX = "generate question: "
SYSTEM = "You write a question that the text answers."
EXAMPLES = (
    ("The Eiffel Tower was built in 1889 for the World's Fair in Paris.", "When was the Eiffel Tower built?"),
    ("Bees dance to tell other bees where to find flowers.", "Why do bees dance?"),
    ("Maria Lopez won the race after training for ten years.", "Who won the race?"),
)
TEMPLATE = ModelUsed("tutorbot's question patterns", "Apache-2.0", "written by hand")
_MOST_SENTENCES, _LONGEST, _TEMPLATED = 64, 300, 3
_LEANS = re.compile(r"\b(?:it|they|he|she|him|them|this|these)\b", re.IGNORECASE)
_LEAST_SIMILAR, _MOST_NEW, _SHARED = 0.45, 0.35, 2
_YEAR = re.compile(r"\b1\d{3}\b|\b20\d{2}\b|\b\d+(?:st|nd|rd|th) century\b|\b(?:dawn|noon|midnight)\b", re.IGNORECASE)
_PLACE = re.compile(r"\b(?:in|to|at|from|near) (?:the )?[A-Z][a-z]+")
_REASON = re.compile(r"\b(?:because|since|so that|in order to|due to)\b", re.IGNORECASE)


def run(arguments: Values, tools: Tools) -> Result:
    """The best question found, or none."""
    given = arguments["text"]
    parts = [p for p in sentences(given)[:_MOST_SENTENCES] if len(content_words(p)) > 1] or [given]
    ranker = SentenceRanker(tools.encoder)
    best = parts[ranker.best(parts, 1)[0]][:_LONGEST]
    wanted = list(dict.fromkeys([best, *(parts[n][:_LONGEST] for n in ranker.best(parts, _TEMPLATED))]))
    others, notes = beside(tools, lambda big: _asked(best, wanted, big, tools.encoder))
    result = _asked(best, wanted, tools.writer, tools.encoder)
    return replace(result, notes=(*result.notes, *notes), others=others)


def _asked(best: str, wanted: Sequence[str], writer: Writer | None, encoder: Encoder) -> Result:
    jobs = _jobs(best)
    written = write_all(writer, jobs) if writer else []
    drafts = [tidy(job.begun + w, PREFIX) for job, w in zip(jobs, written, strict=False)]
    own = [(q, part) for part in wanted for q in template_questions(part)]
    unique = dict([*((d, best) for d in drafts if d), *own])
    rows = []
    for draft, part in unique.items():
        near = similarity(encoder, part, [draft])[0]
        rows.append({"draft": draft, "of": part, "similarity": round(near, 3), "refused": _refusal(part, draft, near)})
    fine = [r for r in rows if not r["refused"]]
    chosen = max(fine, key=lambda r: float(str(r["similarity"])), default=None)
    said = str(chosen["draft"]) if chosen else ""
    notes = () if writer else (NO_WRITER,)
    if not said:
        notes = (*notes, "No good question was found: none that was tried is answered by this text. Try a fuller sentence.")
    return Result(
        values={"text": said, "answered_by": str(chosen["of"]) if chosen else ""},
        model=TEMPLATE if said in dict(own) or writer is None else used(writer),
        notes=notes,
        trace={"drafts": rows, "prompt": prompt_text(jobs[0].turns)},
    )


def _jobs(best: str) -> list[WritingJob]:
    """The model's own choice, and questions begun with words that fit what the sentence has."""
    words = ["What", "Who"]
    words += (
        ["When"] * bool(_YEAR.search(best)) + ["Where"] * bool(_PLACE.search(best)) + ["Why"] * bool(_REASON.search(best))
    )
    first = task_job(SYSTEM, PREFIX, EXAMPLES, best)
    first = replace(first, max_new_tokens=28)
    return [first, *(replace(first, begun=word) for word in words)]


def _refusal(best: str, question: str, near: float) -> str:
    """Why this is no question that the sentence answers; "" if it is."""
    said = content_words(question)
    if not question.endswith("?") or len(question.split()) < 3:
        return "it is no question"
    if len(set(said) & set(content_words(best))) < min(_SHARED, len(set(content_words(best)))):
        return "it asks for something else"
    if _LEANS.search(question):
        return "it leans on a word that stands for another"
    if " because " in question:
        return "it gives the reason away"
    if new_words(best, question) > _MOST_NEW:
        return "it brings in words that the text has not"
    if set(said) >= set(content_words(best)):
        return "nothing is left to answer"
    return "" if near >= _LEAST_SIMILAR else "its meaning is too far away"


def render(result: Result) -> str:
    """The question."""
    return show_others(result, lambda r: str(r.values["text"]) or "No good question was found.")


def explain(result: Result) -> tuple[str, ...]:
    """How the question was chosen."""
    rows: Sequence[Values] = result.trace["drafts"]
    fine = [r for r in rows if not r["refused"]]
    steps = [
        "A text-to-text model sees every job as text in, text out; here the prefix is `generate question:`, after "
        f"{len(EXAMPLES)} solved examples. Your text's most telling sentence was put in.",
        f"{len(rows)} questions were tried, by the model (begun with What, Who and so on) and by sentence patterns.",
    ]
    if fine:
        best = max(fine, key=lambda r: r["similarity"])
        steps.append(
            f"{len(rows) - len(fine)} were refused, because the text does not answer them. Of the others the one nearest to "
            f"the sentence in meaning is shown: cosine {best['similarity']:.2f}."
        )
    else:
        steps.append("All were refused, because the text does not answer them.")
    return tuple(steps)


def parts(result: Result) -> tuple[Part, ...]:
    """All questions tried."""
    rows = tuple((r["draft"], f"{r['similarity']:.2f}", r["refused"] or "fits") for r in result.trace["drafts"])
    return (Table("Questions tried", ("Question", "Cosine", "Verdict"), rows),) if rows else ()


TASK = Task(
    name="question_generation",
    purpose="Write a question that a text answers.",
    topic="text-to-text-tasks",
    arguments=(text("the text to ask about", 4_000),),
    example={"text": "Coffee was first grown in Ethiopia. Traders carried it to Yemen, where monks drank it to stay awake."},
    run=run,
    render=render,
    explain=explain,
    parts=parts,
)
