"""Translates the learner's text: English and Portuguese at once, any other pair by a model of the Hugging Face hub."""

from __future__ import annotations

from tutorbot.messages import Part, Table
from tutorbot.tasks.arguments import Argument, text
from tutorbot.tasks.languages import guess_language, language_code, language_name
from tutorbot.tasks.task import ModelUsed, Result, Task, Values
from tutorbot.tasks.tools import Tools

_SHOWN = 8


def run(arguments: Values, tools: Tools) -> Result:
    """The text in the target language; into Portuguese where none was named, into English from Portuguese.

    Raises:
        InputError: a language that is not known, or a pair that needs a model that is not here.
    """
    given, wanted = arguments["text"], arguments["target"]
    named = language_code(arguments["source"]) if arguments["source"] else None
    guess = guess_language(given)
    source = named or guess.code
    target = language_code(wanted) if wanted else ("en" if source == "pt" else "pt")
    trace = {"because": list(guess.because), "named": bool(named)}
    if source == target:
        note = f"The text is in {language_name(target)} already, as far as I can tell; name its language if it is not."
        nothing = ModelUsed("no model", "", "nothing had to be translated")
        return Result(
            {"text": given, "source": source, "target": target}, nothing, notes=(note,), trace={**trace, "pairs": []}
        )
    done = tools.translator.translate(given, source, target, arguments["model"] or "")
    return Result(
        values={"text": done.text, "source": source, "target": target},
        model=ModelUsed(done.model, done.licence, "an encoder-decoder that was trained to translate"),
        notes=done.notes,
        trace={**trace, "pairs": [list(pair) for pair in done.pairs]},
    )


def render(result: Result) -> str:
    """The translation with its direction."""
    values = result.values
    return f"{values['text']}\n\n({language_name(values['source'])} to {language_name(values['target'])})"


def explain(result: Result) -> tuple[str, ...]:
    """What happened to this text."""
    values, trace = result.values, result.trace
    source, target = language_name(values["source"]), language_name(values["target"])
    heard = ", ".join(f'"{word}"' for word in trace["because"])
    steps = []
    if not trace["named"]:
        steps.append(
            f"I took the text for {source}" + (f", because of {heard}." if heard else ", its letters and endings say.")
        )
    if not trace["pairs"]:
        return (*steps, "Source and target are the same, so no model ran.")
    count = len(trace["pairs"])
    return (
        *steps,
        f"The text was translated sentence by sentence ({count} of them): an encoder reads the whole {source} sentence, and "
        f"a decoder writes {target} token by token, looking back at the encoder's states through cross-attention.",
        "The decoder takes the most probable sentence it finds. It is fluent before it is right: check names, numbers and "
        "idioms, and what a word means in your field.",
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
