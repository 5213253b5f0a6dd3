"""Small talk by the dialogue model. What it says is no course fact, and is marked so.

The everyday remarks have replies written by hand (dialogue/smalltalk.py). The model speaks freely about the rest, and what
claims facts, a body or a maker is not shown.
"""

from __future__ import annotations

import re
from dataclasses import replace

from tutorbot.answering.prompts import chat_job
from tutorbot.answering.sentences import sentences
from tutorbot.dialogue import smalltalk
from tutorbot.ports import Encoder, Writer
from tutorbot.tasks.arguments import text
from tutorbot.tasks.task import ModelUsed, Result, Task, Values
from tutorbot.tasks.text_to_text import new_words, similarity
from tutorbot.tasks.tools import Tools
from tutorbot.tasks.writing import NO_WRITER, SECONDS, beside, prompt_text, samples, show_others, used, write_all

WRITTEN = ModelUsed("a reply written by hand", "Apache-2.0")
FACTS = (
    "That sounds like a question about the world. Small talk is the wrong place for facts: ask me outright, and I answer "
    "from the course, with sources."
)
MARK = "This is small talk, not course facts."
_TRIES, _WARMTH, _ROOM = 3, 0.6, 32
_MOST_SENTENCES, _LONGEST = 2, 240
_LEAST_NEAR, _LEAST_NEW = 0.3, 0.35
_ASKS = re.compile(
    r"^\s*(?:what|why|how|explain|define|describe|tell me|when|where|which|who)\b.{0,20}\b(?:is|are|does|do|did|was|were|can"
    r"|about|means?)\b(?! (?:you|u|your|ur|it going)\b)|^\s*(?:explain|define|describe)\b",
    re.IGNORECASE,
)
_SAYS = re.compile(r"(?<![a-z])(?!(.)\1+\b)[a-z]{2,15}(?![a-z])", re.IGNORECASE)
_PERSONA = re.compile(
    r"\bI(?:'m| am) (?:SmolLM|a (?:human|person|man|woman|girl|boy|student|teacher|large)|an? (?:AI|assistant))"
    r"|hugging ?face|\bsmollm|\bmy (?:mom|mum|dad|mother|father|wife|husband|boss|kids|friends|family|dog|cat|house|job)\b"
    r"|\bI (?:went|was born|live|ate|slept|grew|drove|bought|visited|love[d]?|work(?:ed)? (?:at|for))\b|\bas an ai\b"
    r"|chat ?bot|\btutor\b"
    r"|\bI (?:just|also|had|have been|can't|cannot)\b|\bI'm (?:excited|nervous|not|unable|tired|here)\b|\byour responses\b",
    re.IGNORECASE,
)
_CLAIM = re.compile(
    r"\d|\b(?:is|are|was|were) (?:a|an|the) (?:type|kind|form|process|language|model|company|country|city|technique)\b"
    r"|\b(?:refers to|concept|invented|discovered|founded|located|according to|studies show|https?:)",
    re.IGNORECASE,
)
_ABOUT_TEXT = re.compile(
    r"\b(?:sentence|capitali[sz]ation|punctuation|respond|response|tone|your text|your question)\b|[\"“”*#]"
)
_SORRY = re.compile(r"\bsorry\b|\bloss\b", re.IGNORECASE)
_SAD = re.compile(
    r"\b(?:sad|lost|died|death|sick|ill|hurt|broke\w*|fail\w*|bad|sorry|miss|alone|tired|awful|hard|worr\w*|nervous|afraid)\b",
    re.IGNORECASE,
)
_HARSH = re.compile(r"\b(?:stupid|idiot|shut up|hate|kill|die|sex\w*|damn|fuck\w*|shit\w*)\b", re.IGNORECASE)


def run(arguments: Values, tools: Tools) -> Result:
    """One short reply."""
    given = arguments["text"]
    others, notes = beside(tools, lambda big: _free(given, big, tools.encoder))
    scripted = smalltalk.scripted_reply(given)
    if not scripted and _ASKS.search(given):
        scripted = FACTS
    if not scripted and not _SAYS.search(given):
        scripted = smalltalk.OTHER
    if scripted:
        result = Result({"text": scripted, "origin": "written"}, WRITTEN, notes=(MARK,), trace={"drafts": []})
    elif tools.writer is None:
        result = Result(
            {"text": smalltalk.OTHER, "origin": "written"}, WRITTEN, notes=(MARK, NO_WRITER), trace={"drafts": []}
        )
    else:
        result = _free(given, tools.writer, tools.encoder)
    return replace(result, notes=(*result.notes, *notes), others=others)


def _free(given: str, writer: Writer, encoder: Encoder) -> Result:
    """The draft that is nearest to the remark, of those that pass; a written reply where none does."""
    jobs = samples(replace(chat_job(given), max_new_tokens=_ROOM, seconds=SECONDS), _TRIES, _WARMTH)
    drafts = [d for d in dict.fromkeys(_short(w) for w in write_all(writer, jobs)) if d]
    near = similarity(encoder, given[:_LONGEST], drafts)
    rows = [
        {"draft": d, "similarity": round(s, 3), "refused": _refusal(given, d, s)} for d, s in zip(drafts, near, strict=True)
    ]
    fine = [r for r in rows if not r["refused"]]
    best = max(fine, key=lambda r: float(str(r["similarity"])), default=None)
    said = str(best["draft"]) if best else smalltalk.OTHER
    return Result(
        values={"text": said, "origin": "model" if best else "written"},
        model=used(writer) if best else WRITTEN,
        notes=(MARK,),
        trace={"drafts": rows, "prompt": prompt_text(jobs[0].turns)},
    )


def _short(written: str) -> str:
    """The first whole sentences, one or two."""
    whole = [s for s in sentences(written) if s.endswith((".", "!", "?"))]
    return " ".join(whole[:_MOST_SENTENCES])[:_LONGEST]


def _refusal(given: str, draft: str, near: float) -> str:
    if _HARSH.search(draft):
        return "it is unkind"
    if _PERSONA.search(draft):
        return "it gives itself a life or a maker"
    if _CLAIM.search(draft):
        return "it claims facts"
    if _ABOUT_TEXT.search(draft):
        return "it speaks about your words instead of answering"
    if _SORRY.search(draft) and not _SAD.search(given):
        return "it is sorry without a reason"
    if new_words(given, draft) < _LEAST_NEW:
        return "it only repeats you"
    return "" if near >= _LEAST_NEAR else "it has nothing to do with what you said"


def render(result: Result) -> str:
    """The reply, with its mark."""
    return f"{show_others(result, lambda r: str(r.values['text']))}\n\n*{MARK}*"


def explain(result: Result) -> tuple[str, ...]:
    """Where the reply is from."""
    rows = result.trace["drafts"]
    if not rows:
        return (
            "This remark is so frequent that its reply was written by hand; the model was not asked.",
            "A small model asked who it is names its own makers, so a tutor keeps such replies fixed.",
        )
    refused = [r for r in rows if r["refused"]]
    first = f' For instance "{refused[0]["draft"]}", because {refused[0]["refused"]}.' if refused else ""
    end = (
        "None passed, so a reply written by hand is shown."
        if result.values["origin"] == "written"
        else "Of the others the one nearest to your remark in meaning is shown."
    )
    return (
        f"The model was told to be a friendly tutor and wrote {len(rows)} different replies to your remark alone; it does "
        "not remember what was said before.",
        f"{len(refused)} were refused for claiming facts, a life of its own or something else.{first} {end}",
        "No passage of the course was read, so nothing here counts as an answer.",
    )


TASK = Task(
    name="chat",
    purpose="Small talk with the dialogue model, marked as no course facts.",
    topic="dialogue-systems",
    arguments=(text("what you say", 2_000),),
    example={"text": "I just came back from a long walk in the rain."},
    run=run,
    render=render,
    explain=explain,
)
