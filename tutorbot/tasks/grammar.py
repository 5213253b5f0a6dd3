"""Correct a sentence: careful rules first, then the writer, whose changes are kept only where they are small and safe."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches

from tutorbot.answering.sentences import sentences
from tutorbot.messages import Part, Table
from tutorbot.ports import Encoder, Writer, WritingJob
from tutorbot.retrieval.words import STOP_WORDS
from tutorbot.tasks import paraphrase
from tutorbot.tasks.arguments import Argument, text
from tutorbot.tasks.grammar_rules import correct, polish
from tutorbot.tasks.task import ModelUsed, Result, Task, Values
from tutorbot.tasks.text_to_text import WORDS, changes, chatters, loses, similarity, task_job, tidy, word_change
from tutorbot.tasks.tools import Tools
from tutorbot.tasks.writing import beside, prompt_text, show_others, used, write_all

PREFIX = "fix grammar: "
SYSTEM = "You correct the grammar of English sentences. You change as little as possible."
EXAMPLES = (
    ("She have two cat.", "She has two cats."),
    ("I look forward to hear from you.", "I look forward to hearing from you."),
    ("The weather is nice today.", "The weather is nice today."),
    ("Me and my friend goes to school yesterday.", "My friend and I went to school yesterday."),
    ("He don't like no homeworks.", "He doesn't like any homework."),
)
RULES = ModelUsed("tutorbot's rules of grammar", "Apache-2.0", "patterns written by hand")
_MOST_SENTENCES = 6
_MOST_CHANGED = 0.25
_LEAST_SIMILAR = 0.93
_LONGEST = 300
_LEAVES = frozenset("a an the of to in at on for that about more with and is are".split())
_CODE = re.compile(
    r"[{}<>;=]\s*$|</?\w+>|\w\([^)]*\)\s*[:{]|^\s*(?:def|class|import|return|for|if) .*:?$\n\s{2,}|[{};]\n", re.MULTILINE
)
_ENGLISH = re.compile(r"\b[A-Za-z]{2,}\b|\bI\b")


def run(arguments: Values, tools: Tools) -> Result:
    """The corrected text, or with mode "paraphrase" the text in other words."""
    given = arguments["text"]
    if arguments["mode"] == "paraphrase":
        return paraphrase.run({"text": given}, tools)
    others, notes = beside(tools, lambda big: _corrected(given, big, tools.encoder, trusted=True))
    result = _corrected(given, tools.writer, tools.encoder)
    return replace(result, notes=(*result.notes, *notes), others=others)


def _corrected(given: str, writer: Writer | None, encoder: Encoder, trusted: bool = False) -> Result:
    if refused := _unreadable(given):
        return Result(
            {"text": given, "changes": []}, RULES, notes=(refused,), trace={"ruled": [], "tried": [], "prompt": ""}
        )
    ruled = correct(given)
    parts = [part for part in sentences(ruled) if len(part) <= _LONGEST and any(c.isalpha() for c in part)]
    read = parts[:_MOST_SENTENCES] if writer else []
    jobs = [job(part) for part in read]
    drafts = [tidy(w, PREFIX) for w in write_all(writer, jobs)] if writer and jobs else []
    final, tried = ruled, list[dict[str, object]]()
    for part, draft in zip(read, drafts, strict=True):
        reason = "" if polish(draft) == polish(part) else refusal(part, draft, encoder, trusted)
        tried.append({"sentence": part, "draft": draft, "refused": reason})
        if not reason:
            final = final.replace(part, draft, 1)
    final = polish(final)
    made = changes(given, final)
    return Result(
        values={"text": final, "changes": made},
        model=used(writer)
        if writer and any(not t["refused"] and polish(str(t["draft"])) != polish(str(t["sentence"])) for t in tried)
        else RULES,
        notes=_notes(made, tried, len(parts)),
        trace={"ruled": changes(given, ruled), "tried": tried, "prompt": prompt_text(jobs[0].turns) if jobs else ""},
    )


def _unreadable(given: str) -> str:
    """A note where this is no English text, "" where it may be."""
    if _CODE.search(given):
        return "This looks like code or markup, so it was left as it is."
    return "" if _ENGLISH.search(given) else "Only English can be corrected here, so the text was left as it is."


def job(part: str) -> WritingJob:
    """The prompt for one sentence."""
    return task_job(SYSTEM, PREFIX, EXAMPLES, part)


def refusal(part: str, draft: str, encoder: Encoder, trusted: bool = False) -> str:
    """Why the writer's draft is not taken, "" where it is. A big model may change more."""
    if not draft or chatters(part, draft):
        return "it does not correct the sentence"
    if lost := loses(part, draft):
        return f"it changes {lost}"
    if not trusted and word_change(part, draft) > _MOST_CHANGED:
        return "it changes too much"
    if not trusted and not all(map(_is_mending, changes(part, draft))):
        return "it leaves words out or puts others in"
    near = similarity(encoder, part, [draft])[0]
    return "" if near >= (_LEAST_SIMILAR - 0.15 * trusted) else f"its meaning is too far away (cosine {near:.2f})"


def _is_mending(change: Values) -> bool:
    """Another form or spelling of the same words, or function words that come, go or are exchanged."""
    was, now = (WORDS.findall(change[side].lower()) for side in ("from", "to"))
    if not now:
        return len(was) == 1 and (was[0] in _LEAVES or not was[0][0].isalnum())
    lost = [w for w in was if w not in STOP_WORDS and w[0].isalnum()]
    come = [w for w in now if w not in STOP_WORDS and w[0].isalnum()]
    alike = all(get_close_matches(w, now, n=1, cutoff=0.5) for w in lost)
    left = len(was) - len(now)
    gone = left <= 0 or (left == 1 and any(w in _LEAVES and w not in now for w in was))
    return alike and len(come) <= len(lost) and gone


def _notes(made: Sequence[object], tried: Sequence[Values], length: int) -> tuple[str, ...]:
    notes = [] if made else ["I found nothing that needs changing."]
    if length > _MOST_SENTENCES and tried:
        notes.append(f"The model read the first {_MOST_SENTENCES} of {length} sentences; the rules read them all.")
    return tuple(notes)


def render(result: Result) -> str:
    """The corrected text."""
    return show_others(result, lambda r: str(r.values["text"]))


def explain(result: Result) -> tuple[str, ...]:
    """What the rules did, what the model said, and what became of it."""
    if "tried" not in result.trace:
        return paraphrase.explain(result)
    ruled, tried = result.trace["ruled"], result.trace["tried"]
    steps = ["A text-to-text model sees every job as text in, text out; a prefix such as `fix grammar:` says which job."]
    if ruled:
        shown = ", ".join(_arrow(c) for c in ruled[:3])
        steps.append(f"Rules for frequent slips came first and made {len(ruled)} change(s): {shown}.")
    else:
        steps.append("Rules for frequent slips came first and found none.")
    for one in tried[:2]:
        steps.append(_about(one))
    return tuple(steps)


def _about(one: Values) -> str:
    start = f"The model was given `{PREFIX}{one['sentence']}` after {len(EXAMPLES)} solved examples"
    if one["refused"]:
        return f'{start} and wrote "{one["draft"]}". That was not taken, because {one["refused"]}.'
    if polish(one["draft"]) == polish(one["sentence"]):
        return f"{start} and left it as it was."
    return f'{start} and wrote "{one["draft"]}", a small change that keeps the meaning, so it was taken.'


def _arrow(change: Values) -> str:
    return f"{change['from'] or '(nothing)'} → {change['to'] or '(nothing)'}"


def parts(result: Result) -> tuple[Part, ...]:
    """The changes."""
    rows = tuple((c["from"] or "-", c["to"] or "-") for c in result.values.get("changes", ()))
    return (Table("Changes", ("Was", "Is"), rows[:20]),) if rows else ()


TASK = Task(
    name="grammar",
    purpose="Correct the grammar of a sentence, or say it in other words.",
    topic="text-to-text-tasks",
    arguments=(
        text("the sentence to correct", 4_000),
        Argument("mode", "choice", "correct it, or paraphrase it", default="correct", choices=("correct", "paraphrase")),
    ),
    example={"text": "She have two cat and look forward to meet you."},
    run=run,
    render=render,
    explain=explain,
    parts=parts,
    guess="What will the corrected sentence be?",
    outcome=lambda result: str(result.values["text"]).lower(),
)
