"""Translates the learner's text: English and Portuguese at once, any other pair by a model of the Hugging Face hub."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tutorbot.errors import InputError
from tutorbot.messages import Part, Table
from tutorbot.ports import Translation, Turn, Writer, WritingJob
from tutorbot.tasks.arguments import Argument, text
from tutorbot.tasks.languages import guess_language, language_code, language_name
from tutorbot.tasks.semantic_search import shortened
from tutorbot.tasks.task import ModelUsed, Result, Task, Values
from tutorbot.tasks.tools import Tools
from tutorbot.tasks.writing import SECONDS, beside, used, write

_SHOWN = 8
# Longer ones would take twice as long for a hint.
_BACK_CHARACTERS = 300
_APART = 0.55
_SYSTEM = "You are a translator. Reply with the translation and nothing else."


def run(arguments: Values, tools: Tools) -> Result:
    """The text in the target language; into Portuguese where none was named, into English from Portuguese.

    Raises:
        InputError: a language that is not known, or a pair that needs a model that is not here.
    """
    given, wanted = arguments["text"], arguments["target"]
    named = language_code(arguments["source"]) if arguments["source"] else None
    target = language_code(wanted) if wanted else None
    guess = guess_language(given, unlike=target)
    source = named or guess.code
    target = target or ("en" if source == "pt" else "pt")
    trace = {"because": list(guess.because), "named": bool(named), "sure": guess.sure}
    if source == target:
        return _unchanged(given, target, trace)
    others, notes = beside(tools, lambda big: _written(big, given, source, target))
    try:
        done = _translated(arguments, source, target, tools)
    except InputError:
        # The embedded models do not know this pair; a bigger one that is set may.
        if not others:
            raise
        return replace(others[0], trace={**trace, **others[0].trace})
    return replace(done, trace={**trace, **done.trace}, others=others, notes=(*done.notes, *notes))


def _unchanged(given: str, target: str, trace: Values) -> Result:
    note = f"The text is in {language_name(target)} already, as far as I can tell; name its language if it is not."
    nothing = ModelUsed("no model", "none", "nothing had to be translated")
    return Result({"text": given, "source": target, "target": target}, nothing, notes=(note,), trace={**trace, "pairs": []})


def _translated(arguments: Values, source: str, target: str, tools: Tools) -> Result:
    """By the embedded model of the pair, or the one that was named."""
    given, model = arguments["text"], arguments["model"] or ""
    done = tools.translator.translate(given, source, target, model)
    back = None if model else _back(given, done, (source, target), tools)
    notes = list(done.notes)
    if back and back["cosine"] < _APART:
        notes.append(f'Translated back it says "{shortened(back["text"])}", which is not close: look twice.')
    return Result(
        values={"text": done.text, "source": source, "target": target},
        model=ModelUsed(done.model, done.licence, "an encoder-decoder that was trained to translate"),
        notes=tuple(notes),
        trace={"pairs": [list(pair) for pair in done.pairs], "back": back},
    )


def _back(given: str, done: Translation, pair: tuple[str, str], tools: Tools) -> dict[str, Any] | None:
    """A short English text translated there and back, and how near it stays; the encoder reads English only."""
    source, target = pair
    if source != "en" or (target, source) not in tools.translator.pairs or len(given) > _BACK_CHARACTERS:
        return None
    if not done.pairs or done.text.strip() == given.strip():
        return None
    text = tools.translator.translate(done.text, target, source).text
    first, second = tools.encoder.encode([given, text])
    return {"text": text, "cosine": round(float(first @ second), 4)}


def _written(writer: Writer, given: str, source: str, target: str) -> Result:
    """By a writer that is no translator but knows languages."""
    request = f"Translate from {language_name(source)} to {language_name(target)}:\n\n{given}"
    job = WritingJob((Turn("system", _SYSTEM), Turn("user", request)), max_new_tokens=1_000, seconds=SECONDS)
    text = write(writer, job)
    return Result(
        values={"text": text, "source": source, "target": target},
        model=used(writer),
        trace={"pairs": [[given, text]], "written": True},
    )


def render(result: Result) -> str:
    """The translation with its direction."""
    values = result.values
    return f"{values['text']}\n\n({language_name(values['source'])} to {language_name(values['target'])})"


def explain(result: Result) -> tuple[str, ...]:
    """What happened to this text."""
    values, trace = result.values, result.trace
    source, target = language_name(values["source"]), language_name(values["target"])
    steps = [] if trace["named"] else [_taken_for(source, trace)]
    if values["source"] == values["target"]:
        return (*steps, "Source and target are the same, so no model ran.")
    if trace.get("written"):
        asked = f"A language model was asked in words to translate from {source} to {target}, and wrote token by token."
        return (*steps, asked, "Translating is one of many things it learned from text; no part of it is made for that.")
    count = len(trace["pairs"])
    if not count:
        return (*steps, "There was nothing in it that could be translated.")
    return (
        *steps,
        f"The text was translated sentence by sentence ({count} of them): an encoder reads the whole {source} sentence, and "
        f"a decoder writes {target} token by token, looking back at the encoder's states through cross-attention.",
        *_round_trip(trace.get("back"), source, target),
        "The decoder takes the most probable sentence it finds. It is fluent before it is right: check names, numbers and "
        "idioms, and what a word means in your field.",
    )


def _taken_for(source: str, trace: Values) -> str:
    heard = ", ".join(f'"{word}"' for word in trace["because"])
    step = f"I took the text for {source}" + (f", because of {heard}" if heard else ", by its letters and endings")
    return f"{step}." if trace["sure"] else f"{step}; that is a guess from very little, so name the source if it is wrong."


def _round_trip(back: Values | None, source: str, target: str) -> tuple[str, ...]:
    if not back:
        return ()
    return (
        f'As a check the {target} was translated back: "{shortened(back["text"])}". Its vector and that of your {source} '
        f"text have a cosine of {back['cosine']:.2f}; 1 would be the same direction.",
    )


def parts(result: Result) -> tuple[Part, ...]:
    """Sentence beside sentence, where there are several."""
    pairs = result.trace["pairs"]
    if len(pairs) < 2:
        return ()
    header = (language_name(result.values["source"]), language_name(result.values["target"]))
    return (Table("Sentence by sentence", header, tuple((a, b) for a, b in pairs[:_SHOWN])),)


TASK = Task(
    name="translate",
    purpose="Translate a text: English and Portuguese here, any pair by a Hugging Face model.",
    topic="translation",
    arguments=(
        text("the text to translate", 4_000),
        Argument("target", "text", "the language to translate into, such as Portuguese or pt", longest=40),
        Argument("source", "text", "the language of the text; guessed where it is not given", longest=40),
        Argument("model", "text", "a Hugging Face id of a translation model (downloaded once)", longest=200),
    ),
    example={"text": "Self-attention lets every word look at every other word.", "target": "pt"},
    run=run,
    render=render,
    explain=explain,
    parts=parts,
)
