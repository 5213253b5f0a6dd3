"""The same text under two tokenizers: the encoder's WordPiece and the writer's byte-level BPE."""

from __future__ import annotations

import re
from typing import Any

from tutorbot.messages import Part, Table
from tutorbot.ports import Tokens
from tutorbot.tasks.arguments import Argument, text
from tutorbot.tasks.task import ModelUsed, Result, Task, Values
from tutorbot.tasks.token_story import story
from tutorbot.tasks.tools import Tools

MODEL = ModelUsed(
    "WordPiece of all-MiniLM-L6-v2, byte-level BPE of SmolLM2-135M",
    "Apache-2.0",
    "the tokenizers that the tutor itself reads and writes with",
)
TITLES = {"wordpiece": "WordPiece", "bpe": "Byte-level BPE"}
# The encoder's vocabulary is that of BERT base, uncased, which these models share.
_OF_BERT = ("wordpiece", "bert", "distilbert", "minilm", "electra", "mobilebert")
_OF_WRITER = ("bpe", "bytelevelbpe", "bytepairencoding", "smollm", "smollm2")
_LIKE_WRITER = ("gpt", "gpt2", "gpt3", "gpt4", "chatgpt", "tiktoken", "roberta", "bart", "llama3", "qwen")
_KINDS = {"wordpiece": _OF_BERT, "bpe": (*_OF_WRITER, *_LIKE_WRITER)}
_OWN = ("both", "all", *_OF_BERT, *_OF_WRITER)
_SHOWN_PIECES = 60
_LONGEST_PIECE = 30


def run(arguments: Values, tools: Tools) -> Result:
    """Pieces, ids and counts under each tokenizer that was asked for."""
    wanted, notes = _wanted(arguments["tokenizer"], tools.specimen.tokenizers)
    given, price = arguments["text"], arguments["price_per_million"]
    cut = [tools.specimen.tokenize(given, name) for name in wanted]
    return Result(
        values={"tokenizers": [_entry(given, tokens, price) for tokens in cut]},
        model=MODEL,
        notes=notes,
        trace={"story": list(story(given, cut))},
    )


def _entry(given: str, tokens: Tokens, price: float | None) -> dict[str, Any]:
    count = len(tokens.ids)
    entry: dict[str, Any] = {
        "name": tokens.tokenizer,
        "pieces": list(tokens.pieces),
        "ids": list(tokens.ids),
        "count": count,
        "characters_per_token": round(len(given) / count, 2) if count else 0.0,
    }
    return entry if price is None else entry | {"cost": count * price / 1_000_000}


def _wanted(asked: str, there: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Which tokenizers to show, and a note where that is not quite what was asked for."""
    key = re.sub(r"[^a-z0-9]|tokenizer|base|uncased|cased", "", asked.lower())
    kind = next((kind for kind, names in _KINDS.items() if key in names), None)
    if kind is not None:
        cased = kind == "wordpiece" and re.search(r"(?<!un)cased", asked.lower())
        kin = f"The tutor does not carry the vocabulary of {asked:.40}; its own {TITLES[kind]} works the same way."
        return (kind,), () if key in _OWN and not cased else (kin,)
    notes = [] if key in ("", *_OWN) else [f"The tutor has no tokenizer `{asked:.40}`; these are the ones that it has."]
    if "bpe" not in there:
        notes.append("Byte-level BPE belongs to the embedded writer, which is not in use (TUTORBOT_WRITER=openvino).")
    return there, tuple(notes)


def render(result: Result) -> str:
    """Each tokenizer's count and pieces."""
    return "\n".join(_line(entry) for entry in result.values["tokenizers"])


def _line(entry: Values) -> str:
    # A back tick would end the code early.
    shown = " | ".join(short(piece) for piece in entry["pieces"][:_SHOWN_PIECES]).replace("`", "'")
    more = entry["count"] - _SHOWN_PIECES
    rest = f" and {more:,} more" if more > 0 else ""
    cost = f", {entry['cost']:.2g} at the price you gave" if "cost" in entry else ""
    ratio = f", {entry['characters_per_token']:g} characters a token" if entry["count"] else ""
    pieces = f": `{shown}`{rest}" if entry["count"] else ""
    return f"- **{TITLES[entry['name']]}**: {count_of(entry['count'])}{ratio}{cost}{pieces}"


def count_of(tokens: int) -> str:
    """ "1 token", "2,000 tokens"."""
    return f"{tokens:,} token{'s' * (tokens != 1)}"


def short(piece: str) -> str:
    """A piece, which may be a whole line of one sign, cut where it is long."""
    return piece if len(piece) <= _LONGEST_PIECE else f"{piece[:_LONGEST_PIECE]}..."


def explain(result: Result) -> tuple[str, ...]:
    """Why the pieces are cut where they are."""
    return tuple(result.trace["story"])


def parts(result: Result) -> tuple[Part, ...]:
    """Pieces with their ids."""
    return tuple(
        Table(f"{TITLES[entry['name']]}: the first pieces with their ids", ("Piece", "Id"), rows)
        for entry in result.values["tokenizers"]
        if (rows := tuple((short(p), str(i)) for p, i in zip(entry["pieces"][:12], entry["ids"][:12], strict=True)))
    )


TASK = Task(
    name="tokenize",
    purpose="How models cut a text into tokens: WordPiece and byte-level BPE side by side, with ids and counts.",
    topic="tokenisation",
    arguments=(
        text("the text to cut"),
        Argument("tokenizer", "text", "wordpiece (as in BERT), bpe (as in GPT) or both", default="both", longest=60),
        Argument("price_per_million", "number", "what a million tokens cost, in any currency", lowest=0, highest=1e6),
    ),
    example={"text": "Internationalization isn't easy in São Paulo 🎉"},
    run=run,
    render=render,
    explain=explain,
    parts=parts,
    guess="How many word pieces will it be?",
    outcome=lambda result: str(result.values["tokenizers"][0]["count"]),
)
