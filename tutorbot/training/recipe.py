"""What the recipes share: their command line, the tokenizer, and the card beside the weights."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from tutorbot.training.loop import Example, Schedule

PACKAGE = Path(__file__).parents[1]


def parser(name: str, purpose: str, **data: str) -> argparse.ArgumentParser:
    """The command line of a recipe: one option for each set of rows (name to what it is), and the usual ones."""
    made = argparse.ArgumentParser(prog=f"python -m tutorbot.training.{name}", description=purpose)
    made.add_argument("--base", type=Path, required=True, help="folder of all-MiniLM-L6-v2 as transformers reads it")
    for option, what in data.items():
        made.add_argument(f"--{option.replace('_', '-')}", required=True, help=f"{what}: a file or hf:NAME:SPLIT")
    made.add_argument("--out", type=Path, default=PACKAGE / "weights" / name.replace("_", "-"))
    made.add_argument("--scratch", type=Path, default=Path("training") / name, help="where checkpoints lie")
    made.add_argument("--epochs", type=int)
    made.add_argument("--rate", type=float)
    made.add_argument("--rank", type=int, default=16)
    made.add_argument("--dropout", type=float, default=0.0, help="of hidden states, in training")
    made.add_argument("--seed", type=int, default=7)
    return made


def schedule(options: argparse.Namespace, epochs: int, rate: float = 5e-4, pieces: int = 2048) -> Schedule:
    """The recipe's schedule with what the command line changes."""
    return Schedule(options.epochs or epochs, pieces, options.rate or rate, options.seed)


def load_tokenizer(base: Path, longest: int) -> Tokenizer:
    """The encoder's tokenizer; a pair's second text is cut first."""
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.enable_truncation(longest, strategy="only_second" if longest > 256 else "longest_first")
    tokenizer.no_padding()
    return tokenizer


def pooled_example(tokenizer: Tokenizer, first: str, second: str | None, target: float) -> Example:
    """A text, or a pair of texts, with one target."""
    encoded = tokenizer.encode(first, second) if second is not None else tokenizer.encode(first)
    return Example(tuple(encoded.ids), tuple(encoded.type_ids), (target,))


def write_card(folder: Path, card: Mapping[str, Any], options: argparse.Namespace, plan: Schedule, seconds: float) -> None:
    """Write card.json: what the recipe says, how it was trained, and with what."""
    how = {
        "base": "all-MiniLM-L6-v2, LoRA on all linear layers",
        "rank": options.rank,
        "dropout": options.dropout,
        "epochs": plan.epochs,
        "pieces_a_batch": plan.pieces,
        "rate": plan.rate,
        "seed": plan.seed,
        "seconds": round(seconds),
        "precision": "bf16 autocast",
        "versions": {name: version(name) for name in ("torch", "transformers", "peft")},
    }
    content = {**card, "training": how}
    (folder / "card.json").write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(card["figures"], indent=2), flush=True)
