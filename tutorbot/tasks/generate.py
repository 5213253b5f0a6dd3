"""Continue a text, or write a short one that is asked for: the decoding settings at work."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from tutorbot.errors import ModelError
from tutorbot.messages import Part, Table
from tutorbot.ports import Turn, Writer, WritingJob
from tutorbot.tasks.arguments import Argument, text
from tutorbot.tasks.task import Result, Task, Values
from tutorbot.tasks.tools import Tools
from tutorbot.tasks.writing import SECONDS, beside, show_others, used, write_all

MOST_SAMPLES = 4
_LOOP_WORDS = 4
_KINDS = (
    "haiku|poem|limerick|sonnet|verse|rhyme|song|lyrics|story|tale|fable|joke|riddle|slogan|tag ?line|motto|headline|title"
    "|name|e-?mail|letter|note|message|text|tweet|post|caption|toast|speech|paragraph|sentence|description|advert"
    "|ad|review|recipe|dialogue|essay|introduction|greeting|list"
)
_REQUEST = re.compile(
    rf"^\s*(?:please )?(?:(?:write|compose|make(?: up)?|create|invent|tell|give|draft|generate|come up with)\b(?: me)?"
    rf"|(?:an?|one|some|two|three)\s+(?:[\w'-]+\s+){{0,4}}(?:{_KINDS})s?\s+(?:about|abt|on|for|4|of|asking|that|to|where|in"
    r" which|with|who|saying|thanking|inviting)\b)",
    re.IGNORECASE,
)
_VERB = re.compile(r"^\s*(?:please )?(?:write|compose|make|create|invent|tell|give|draft|generate|come up)\b", re.IGNORECASE)
_CONTINUE = Turn("user", "Continue this text.")


def run(arguments: Values, tools: Tools) -> Result:
    """One continuation, or several side by side."""
    if tools.writer is None:
        raise ModelError("Nothing is set that could write (TUTORBOT_WRITER=none).", "Set TUTORBOT_WRITER=openvino.")
    others, notes = beside(tools, lambda big: _written(big, arguments))
    result = _written(tools.writer, arguments)
    return Result(result.values, result.model, notes=(*result.notes, *notes), trace=result.trace, others=others)


def _written(writer: Writer, arguments: Values) -> Result:
    first = job(arguments)
    jobs = [replace(first, seed=first.seed + n) for n in range(arguments["samples"])]
    written = [w.strip() for w in write_all(writer, jobs)]
    notes = []
    if any(_loops(w) for w in written):
        notes.append("The text goes round in circles, as it often does at low temperature; try 0.8, or another seed.")
    if not all(written):
        notes.append("The model ended its turn at once where nothing is shown; try another seed.")
    if len(jobs) > 1 and first.temperature == 0:
        notes.append("At temperature 0 every sample is the same: there is no chance in it.")
    return Result(
        values={"text": written[0] if len(written) == 1 else written, "continues": first.begun or None},
        model=used(writer),
        notes=tuple(notes),
        trace={name: arguments[name] for name in ("temperature", "top_p", "top_k", "seed", "max_new_tokens")},
    )


def job(arguments: Values) -> WritingJob:
    """A text that asks for something is a request; any other is gone on from."""
    given = str(arguments["text"]).strip()
    asks = bool(_REQUEST.match(given))
    request = given if _VERB.match(given) else f"Write {given}"
    return WritingJob(
        (Turn("user", request.rstrip(".") + ".") if asks else _CONTINUE,),
        max_new_tokens=arguments["max_new_tokens"],
        temperature=arguments["temperature"],
        top_p=arguments["top_p"],
        top_k=arguments["top_k"],
        seed=arguments["seed"],
        begun="" if asks else given,
        seconds=SECONDS,
    )


def _loops(written: str) -> bool:
    words = written.lower().split()
    runs = Counter(zip(*(words[n:] for n in range(_LOOP_WORDS)), strict=False))
    return max(runs.values(), default=0) >= 3


def render(result: Result) -> str:
    """Each text; what was continued stands before it in dots."""
    return show_others(result, _shown)


def _shown(result: Result) -> str:
    written, begun = result.values["text"], result.values["continues"]
    each = [written] if isinstance(written, str) else written
    start = f"... {' '.join(str(begun).split()[-6:])} " if begun else ""
    lines = [f"{start}**{w}**" if start and w and "\n" not in w else f"{start}{w}" for w in each]
    return lines[0] if len(lines) == 1 else "\n".join(f"{n}. {line}" for n, line in enumerate(lines, 1))


def explain(result: Result) -> tuple[str, ...]:
    """What the settings did."""
    trace, begun = result.trace, result.values["continues"]
    first = (
        "Your text was put at the start of the model's own reply, so that it went on from there instead of answering you."
        if begun
        else "Your text asks for something, so it was sent as an instruction and the model wrote a reply."
    )
    return (
        f"{first} It wrote token by token, at most {trace['max_new_tokens']} of them, each time scoring its whole "
        "vocabulary.",
        _chance(trace),
        "A model of 135 million parameters writes fluent sentences without a plan: nothing it says here was checked.",
    )


def _chance(trace: Values) -> str:
    if trace["temperature"] == 0:
        return "With temperature 0 it took the most probable token every time (greedy decoding): the same each time."
    kept = f"the {trace['top_k']} most probable tokens, and of these " if trace["top_k"] else ""
    flatter = "sharpens" if trace["temperature"] < 1 else "flattens" if trace["temperature"] > 1 else "leaves as they are"
    return (
        f"The scores were divided by the temperature, {trace['temperature']:g}, which {flatter} the probabilities; then one "
        f"token was drawn from {kept}the smallest set that holds {trace['top_p']:.0%} of the probability (top-p). The seed "
        f"{trace['seed']} makes the draw repeatable; further samples count on from it."
    )


def parts(result: Result) -> tuple[Part, ...]:
    """The settings."""
    rows = tuple((name.replace("_", " "), f"{value:g}") for name, value in result.trace.items())
    return (Table("Decoding settings", ("Setting", "Value"), rows),)


TASK = Task(
    name="generate",
    purpose="Continue a text, or write a short one, with the decoding settings in your hands.",
    topic="text-generation-practice",
    arguments=(
        text("the beginning of a text, or what to write (a haiku about rain)", 2_000),
        Argument("temperature", "number", "how much chance: 0 is none", default=0.7, lowest=0, highest=2),
        Argument("top_p", "number", "share of the probability to draw from", default=0.95, lowest=0.05, highest=1),
        Argument("top_k", "integer", "number of tokens to draw from, 0 for all", default=50, lowest=0, highest=1_000),
        Argument("seed", "integer", "another number, another text", default=0, lowest=0, highest=2**31 - MOST_SAMPLES - 1),
        Argument("samples", "integer", "how many texts side by side", default=1, lowest=1, highest=MOST_SAMPLES),
        Argument("max_new_tokens", "integer", "where to stop at the latest", default=60, lowest=1, highest=200),
    ),
    example={"text": "The last train had already left when", "samples": 2},
    run=run,
    render=render,
    explain=explain,
    parts=parts,
)
