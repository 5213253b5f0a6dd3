"""Rows to train on: from a local file, or from a data set on the Hugging Face hub."""

from __future__ import annotations

import gzip
import importlib.util
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tutorbot.errors import TrainingDataError

Row = dict[str, Any]


def read_rows(source: str | Path) -> list[Row]:
    """All rows of `source`.

    Args:
        source: a file of JSON lines, gzip'd or not; or a data set of the hub as "hf:NAME", "hf:NAME:SPLIT" or, where its
            fields have other names than ours, "hf:NAME:SPLIT:text=sentence,label=stars" (ours=theirs).

    Raises:
        TrainingDataError: there is no such file or field, it cannot be read, or the package `datasets` is not installed.
    """
    name = str(source)
    return _from_hub(name.removeprefix("hf:")) if name.startswith("hf:") else _from_file(Path(source))


def _from_file(path: Path) -> list[Row]:
    try:
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        return [json.loads(line) for line in content.decode("utf-8").split("\n") if line.strip()]
    except (OSError, ValueError) as error:
        raise TrainingDataError(
            f"The rows in {path} cannot be read: {error}", "Name a file of JSON lines, or `hf:` and a data set's name."
        ) from error


def _from_hub(name: str) -> list[Row]:
    if importlib.util.find_spec("datasets") is None:
        raise TrainingDataError(f"Reading {name} from the hub needs the package `datasets`.", "Run `pip install datasets`.")
    from datasets import load_dataset

    path, split, names = [*name.split(":", 2), "", ""][:3]
    return renamed([dict(row) for row in load_dataset(path, split=split or "train")], names)


def renamed(rows: Sequence[Row], names: str) -> list[Row]:
    """The rows with our names for their fields beside theirs; `names` is "ours=theirs,ours=theirs" or "".

    Raises:
        TrainingDataError: a row has no field of that name.
    """
    pairs = [pair.partition("=")[::2] for pair in names.split(",") if pair]
    try:
        return [row | {ours: row[theirs] for ours, theirs in pairs} for row in rows]
    except KeyError as error:
        known = ", ".join(rows[0])
        raise TrainingDataError(f"The data set has no field {error}.", f"It has {known}; write ours=theirs.") from error
