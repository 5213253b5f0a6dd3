"""Rows to train on: from a local file, or from a data set on the Hugging Face hub."""

from __future__ import annotations

import gzip
import importlib.util
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tutorbot.errors import TrainingDataError

Row = dict[str, Any]


def read_rows(source: str | Path, fields: Mapping[str, str] | None = None) -> list[Row]:
    """All rows of `source`.

    Args:
        source: a file of JSON lines, gzip'd or not; or "name", "name:split" or "name/config:split" of a hub data set
            with "hf:" before it.
        fields: what our field names are called there, where they differ.

    Raises:
        TrainingDataError: there is no such file, it cannot be read, or the package `datasets` is not installed.
    """
    name = str(source)
    rows = _from_hub(name.removeprefix("hf:")) if name.startswith("hf:") else _from_file(Path(source))
    return [{**row, **{ours: row[theirs] for ours, theirs in (fields or {}).items() if theirs in row}} for row in rows]


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

    path, _, split = name.partition(":")
    return [dict(row) for row in load_dataset(path, split=split or "train")]
