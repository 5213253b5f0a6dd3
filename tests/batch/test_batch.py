"""The machine-readable door, line in and record out."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fakes import MemoryStore, SetClock
from hypothesis import given
from hypothesis import strategies as st

from tutorbot.batch.lines import Line, read_line
from tutorbot.batch.run import BatchRunner
from tutorbot.errors import InputError
from tutorbot.tutor import Tutor

FIELDS = {"id", "status", "intent", "payload", "answer", "citations", "sentences", "timings_ms"}


@pytest.fixture
def batch(tutor: Tutor, store: MemoryStore, clock: SetClock) -> BatchRunner:
    return BatchRunner(tutor, store, clock)


def run(batch: BatchRunner, *rows: dict[str, Any] | str) -> list[dict[str, Any]]:
    printed: list[str] = []
    batch.run([row if isinstance(row, str) else json.dumps(row) for row in rows], printed.append)
    return [json.loads(line) for line in printed]


def test_a_record_has_the_documented_shape(batch: BatchRunner) -> None:
    (record,) = run(batch, {"id": "q1", "text": "why do transformers need positional encodings?"})
    assert set(record) == FIELDS
    assert (record["id"], record["status"], record["intent"], record["payload"]) == ("q1", "answered", "question", None)
    (citation,) = record["citations"]
    assert set(citation) == {"n", "topic", "section", "quote"}
    assert citation["n"] == 1 and citation["topic"] == "positional-encodings"
    assert " ".join(s["text"] for s in record["sentences"]) == record["answer"]
    assert all(s["cites"] == [1] and 0 <= s["support"] <= 1 for s in record["sentences"])
    assert record["timings_ms"].keys() == {"first", "total", "retrieval"}
    assert 0 < record["timings_ms"]["first"] <= record["timings_ms"]["total"]


def test_lines_of_a_session_are_one_conversation_and_others_stand_alone(batch: BatchRunner) -> None:
    records = run(
        batch,
        {"id": 1, "text": "why do transformers need positional encodings?", "session": "a"},
        {"id": 2, "text": "and what happens without them?"},
        {"id": 3, "text": "and what happens without them?", "session": "a"},
        {"id": 4, "text": "and what happens without them?", "session": "b"},
    )
    assert [r["status"] for r in records] == ["answered", "clarify", "answered", "clarify"]
    assert [r["id"] for r in records] == ["1", "2", "3", "4"]


def test_a_record_is_printed_after_its_commit(batch: BatchRunner, store: MemoryStore) -> None:
    commits: list[int] = []
    batch.run(
        ['{"id": "1", "text": "what is dropout?"}', '{"id": "2", "text": "hi"}'], lambda _: commits.append(store.commits)
    )
    assert commits == [1, 2]


def test_a_batch_that_is_run_again_doubles_nothing(batch: BatchRunner, store: MemoryStore) -> None:
    line = {"id": "1", "text": "what is dropout?", "session": "a"}
    (first,) = run(batch, line)
    (again,) = run(batch, line)
    assert again.pop("replayed") is True
    assert again == first
    assert store.commits == 1


def test_empty_lines_are_passed_over(batch: BatchRunner) -> None:
    assert len(run(batch, "", "  ", {"id": "1", "text": "hi"})) == 1


@pytest.mark.parametrize("raw", ["{", "[]", "3", '{"id": "1"}', '{"text": "x"}', '{"id": "1", "text": 3}', "[" * 100_000])
def test_a_line_that_is_no_message_is_named(raw: str) -> None:
    with pytest.raises(InputError, match="Line 7 of the batch"):
        read_line(raw, 7)


def test_records_before_a_broken_line_are_printed(batch: BatchRunner) -> None:
    printed: list[str] = []
    with pytest.raises(InputError, match="Line 2"):
        batch.run(['{"id": "1", "text": "hi"}', "{"], printed.append)
    assert len(printed) == 1


def test_lone_surrogates_come_through_json(batch: BatchRunner) -> None:
    (record,) = run(batch, '{"id": "1", "text": "what is dropout \\ud800?"}')
    assert record["status"] == "answered"


@given(st.text(max_size=50))
def test_reading_gives_a_line_or_names_the_mistake(raw: str) -> None:
    try:
        line = read_line(raw, 1)
    except InputError as error:
        assert error.fix
    else:
        assert line is None or isinstance(line, Line)
