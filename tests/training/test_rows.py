"""Rows to train on, from files and from the hub."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from tutorbot.errors import TrainingDataError
from tutorbot.training.rows import read_rows, renamed


def test_json_lines_with_odd_line_breaks_inside_a_text(tmp_path: Path) -> None:
    rows = [{"text": "one\u0085two\u2028three"}, {"text": "four"}]
    path = tmp_path / "rows.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(json.dumps(r, ensure_ascii=False) for r in rows).encode()))
    assert read_rows(path) == rows


@pytest.mark.parametrize("content", [None, b"not json"])
def test_what_cannot_be_read_says_what_to_name(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "rows.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(TrainingDataError, match="Name a file of JSON lines"):
        read_rows(path)


def test_fields_of_the_hub_get_our_names() -> None:
    assert renamed([{"sentence": "good", "label": 1}], "text=sentence") == [{"sentence": "good", "label": 1, "text": "good"}]
    assert renamed([{"text": "good"}], "") == [{"text": "good"}]


def test_a_field_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(TrainingDataError, match=r"no field .review.\..*sentence, label"):
        renamed([{"sentence": "good", "label": 1}], "text=review")
