"""Say a sentence in other words: several tries, of which the one that keeps the meaning and changes the words is taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tutorbot.answering.sentences import sentences
from tutorbot.messages import Part, Table
from tutorbot.ports import Encoder, Writer
from tutorbot.tasks.arguments import text
from tutorbot.tasks.rewordings import reworded
from tutorbot.tasks.task import ModelUsed, Result, Task, Values
from tutorbot.tasks.text_to_text import chatters, loses, similarity, task_job, tidy, word_change
from tutorbot.tasks.tools import Tools
from tutorbot.tasks.writing import NO_WRITER, beside, prompt_text, samples, show_others, used, write_all

PREFIX = "paraphrase: "
SYSTEM = "You say a sentence in other words. You keep its meaning."
EXAMPLES = (
    ("The shop closes early on Sundays.", "On Sundays, the store shuts earlier than usual."),
    ("He was too tired to cook, so he ordered pizza.", "Because he was worn out, he got a pizza instead of cooking."),
    ("We have to find a new place to live soon.", "We need to look for another home before long."),
)
REWORDING = ModelUsed("tutorbot's table of synonyms", "Apache-2.0", "written by hand")
_TRIES, _WARMTH = 6, 0.6
_LEAST_SIMILAR, _LEAST_CHANGED, _TRUST = 0.75, 0.2, 0.15


def run(arguments: Values, tools: Tools) -> Result:
    """The text in other words."""
    given = arguments["text"].strip()
    others, notes = beside(tools, lambda big: _paraphrased(given, big, tools.encoder))
    result = _paraphrased(given, tools.writer, tools.encoder)
    return replace(result, notes=(*result.notes, *notes), others=others)


def _paraphrased(given: str, writer: Writer | None, encoder: Encoder) -> Result:
    jobs = samples(task_job(SYSTEM, PREFIX, EXAMPLES, given), _TRIES, _WARMTH)
    written = [tidy(w, PREFIX) for w in write_all(writer, jobs)] if writer else []
    own = reworded(given)
    drafts = list(dict.fromkeys(d for d in (*written, own) if d and d != given))
    near = similarity(encoder, given, drafts)
    rows = [
        {
            "draft": d,
            "similarity": round(s, 3),
            "changed": round(word_change(given, d), 3),
            "refused": _refusal(given, d, s),
            # What a rule reworded seldom says anything else, whatever the vectors make of its synonyms.
            "trust": _TRUST if d == own else 0.0,
        }
        for d, s in zip(drafts, near, strict=True)
    ]
    fine = [r for r in rows if not r["refused"]]
    best = max(fine, key=_worth, default=None)
    said = str(best["draft"]) if best else given
    notes = () if writer else (NO_WRITER,)
    if best is None:
        notes = (*notes, "No wording was found that keeps the meaning, so the sentence stands as it was.")
    return Result(
        values={"text": said, "similarity": best["similarity"] if best else 1.0},
        model=used(writer) if writer and said != own else REWORDING,
        notes=notes,
        trace={"given": given, "drafts": rows, "prompt": prompt_text(jobs[0].turns)},
    )


def _worth(row: Mapping[str, object]) -> float:
    return sum(float(str(row[name])) * weight for name, weight in (("similarity", 1), ("changed", 0.3), ("trust", 1)))


def _refusal(given: str, draft: str, near: float) -> str:
    if chatters(given, draft):
        return "it speaks about the job"
    if lost := loses(given, draft):
        return f"it changes {lost}"
    if len(sentences(draft)) != len(sentences(given)) or (given[-1] in ".!?") > (draft[-1] in ".!?"):
        return "it is not as many whole sentences"
    if near < _LEAST_SIMILAR:
        return "its meaning is too far away"
    return "" if word_change(given, draft) >= _LEAST_CHANGED or near > 0.9 else "hardly a word differs"


def render(result: Result) -> str:
    """The other wording."""
    return show_others(result, lambda r: str(r.values["text"]))


def explain(result: Result) -> tuple[str, ...]:
    """How the wording was chosen."""
    rows = result.trace["drafts"]
    fine = [r for r in rows if not r["refused"]]
    steps = [
        "A text-to-text model sees every job as text in, text out; here the prefix is `paraphrase:`, after "
        f"{len(EXAMPLES)} solved examples.",
        f"{len(rows)} different wordings were tried: the model's, greedy and with some chance, and one from a table of "
        "synonyms. A small model drifts, so each was compared with your sentence as meaning vectors (cosine).",
    ]
    if fine:
        chosen = next(r for r in fine if r["draft"] == result.values["text"])
        steps.append(
            f"The one shown has cosine {chosen['similarity']:.2f} and changes {chosen['changed']:.0%} of the words; "
            f"{len(rows) - len(fine)} were refused because they lost a number, a name, a negation or the meaning."
        )
    else:
        steps.append("All were refused, because they lost a number, a name, a negation or the meaning.")
    return tuple(steps)


def parts(result: Result) -> tuple[Part, ...]:
    """All wordings with their scores."""
    rows = tuple(
        (str(r["draft"]), f"{r['similarity']:.2f}", f"{r['changed']:.0%}", str(r["refused"]) or "taken into account")
        for r in result.trace["drafts"]
    )
    return (Table("Wordings tried", ("Wording", "Cosine", "Words changed", "Verdict"), rows),) if rows else ()


TASK = Task(
    name="paraphrase",
    purpose="Say a sentence in other words, with its meaning kept.",
    topic="text-to-text-tasks",
    arguments=(text("the sentence to say in other words", 600),),
    example={"text": "The meeting was cancelled because nobody came."},
    run=run,
    render=render,
    explain=explain,
    parts=parts,
)
