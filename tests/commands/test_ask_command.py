"""`tutorbot ask`, with fakes for the models and a real store."""

from __future__ import annotations

import io
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Run, assert_says
from fakes import AbsentWriter, QueuedWriter

from tutorbot.bootstrap import House
from tutorbot.errors import WriterBusyError
from tutorbot.ports import Writer, WritingJob

FIELDS = {"id", "status", "intent", "payload", "answer", "citations", "sentences", "timings_ms"}
# Close enough to the course to be answered, too far from any authored answer.
UNFORESEEN = "explain: each activation is kept with probability p and divided by p, word word word?"


def batch_file(home: Path, *rows: dict[str, str] | bytes) -> str:
    path = home / "batch.jsonl"
    path.write_bytes(b"\n".join(r if isinstance(r, bytes) else json.dumps(r).encode() for r in rows) + b"\n")
    return str(path)


def stored(home: Path, kind: str) -> list[dict[str, object]]:
    with sqlite3.connect(home / "data" / "learners.db") as connection:
        rows = connection.execute("SELECT payload FROM events WHERE kind = ? ORDER BY id", (kind,)).fetchall()
    connection.close()
    return [json.loads(payload) for (payload,) in rows]


def test_an_answer_in_plain_text_with_its_source(tutorbot: Run, fake_models: list[House]) -> None:
    shown = tutorbot("ask", "why", "do", "transformers", "need", "positional", "encodings?")
    assert (shown.status, shown.err) == (0, "")
    first, source = shown.out.strip().split("\n\n")
    assert first.endswith("[1]")
    assert source.startswith("[1] Positional encodings > Questions > ")


def test_the_house_is_closed_after_the_answer(
    tutorbot: Run, furnish: Callable[[Writer], list[House]], monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[str] = []
    houses = furnish(QueuedWriter())
    monkeypatch.setattr(House, "close", lambda house: (closed.append("house"), house.store.close()))
    tutorbot("ask", "what is dropout?")
    tutorbot("ask", "--batch", "nowhere.jsonl")
    assert (closed, len(houses)) == (["house"], 1)


def test_ask_remembers_what_was_asked_before(tutorbot: Run, fake_models: list[House]) -> None:
    tutorbot("ask", "why do transformers need positional encodings?")
    assert "[1] Positional encodings > " in tutorbot("ask", "tell me more").out


def test_json_stands_alone_and_has_the_documented_shape(tutorbot: Run, fake_models: list[House]) -> None:
    tutorbot("ask", "why do transformers need positional encodings?")
    (row,) = tutorbot("ask", "--json", "what is dropout?").rows
    assert set(row) == FIELDS
    assert (row["id"], row["status"], row["citations"][0]["topic"]) == ("ask", "answered", "dropout")
    (follow_up,) = tutorbot("ask", "--json", "and what happens without them?").rows
    assert follow_up["status"] == "clarify"


@pytest.mark.parametrize("question", [[], [""], ["  ", "\t"]])
def test_no_question_is_said(tutorbot: Run, question: list[str]) -> None:
    assert_says(tutorbot("ask", *question), "no question", "tutorbot ask")


def test_a_question_and_a_batch_are_too_much(tutorbot: Run) -> None:
    assert_says(tutorbot("ask", "--batch", "-", "what?"), "both a question and a batch")


@pytest.mark.parametrize(
    "text",
    [
        "x" * 100_000,
        "what is dropout?" * 6_000,
        "\u202ewhat is dropout?\u202c",
        "\x1b[31mwhat\x00\x07 is\u200b dropout?",
        "\udcff what is dropout? \ud800",
        "🦊🦊🦊",
        "什么是自注意力？",
        "ما هو الانتباه؟",
        "\ufeff",
    ],
)
def test_any_text_gets_a_reply_and_no_control_characters_back(tutorbot: Run, fake_models: list[House], text: str) -> None:
    shown = tutorbot("ask", text)
    assert (shown.status, shown.err) == (0, "")
    assert shown.out.strip() and not set(shown.out) & set("\x1b\x00\x07\u202e")
    (row,) = tutorbot("ask", "--json", text).rows
    assert set(row) == FIELDS and row["answer"]


def test_batch_answers_in_the_order_of_the_lines(tutorbot: Run, fake_models: list[House], home: Path) -> None:
    name = batch_file(
        home,
        {"id": "1", "text": "why do transformers need positional encodings?", "session": "a"},
        {"id": "2", "text": "what is dropout?", "session": "b"},
        {"id": "3", "text": "tell me more", "session": "a"},
        {"id": "4", "text": "and what happens without them?"},
    )
    shown = tutorbot("ask", "--batch", name)
    assert (shown.status, shown.err) == (0, "")
    assert [row["id"] for row in shown.rows] == ["1", "2", "3", "4"]
    assert shown.rows[2]["citations"][0]["topic"] == "positional-encodings"
    assert shown.rows[3]["status"] == "clarify"
    assert [reply["message_id"] for reply in stored(home, "ReplySent")] == ["1", "2", "3", "4"]


def test_standard_input_may_be_broken_utf_8_with_a_mark_and_blank_lines(
    tutorbot: Run, fake_models: list[House], monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = b'\xef\xbb\xbf{"id": "1", "text": "what is dropout\xff\xfe?"}\r\n\n{"id": "2", "text": "\\ud800 what is dropout?"}'
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
    shown = tutorbot("ask", "--batch", "-")
    assert shown.status == 0
    assert [row["status"] for row in shown.rows] == ["answered", "answered"]


def test_a_broken_line_is_named_and_what_came_before_it_stands(tutorbot: Run, fake_models: list[House], home: Path) -> None:
    shown = tutorbot("ask", "--batch", batch_file(home, {"id": "1", "text": "what is dropout?"}, b'{"id": "2"', b"{}"))
    assert_says(shown, "Line 2 of the batch", "not JSON")
    assert [row["id"] for row in shown.rows] == ["1"]
    assert len(stored(home, "ReplySent")) == 1


@pytest.mark.parametrize(("name", "words"), [("nowhere.jsonl", "There is no"), (".", "cannot be read")])
def test_a_batch_file_that_cannot_be_read_is_named(tutorbot: Run, name: str, words: str) -> None:
    assert_says(tutorbot("ask", "--batch", name), f"batch file {name}" if name != "." else "batch file .", words)


def test_a_batch_run_again_prints_the_same_and_records_nothing(tutorbot: Run, fake_models: list[House], home: Path) -> None:
    name = batch_file(home, *({"id": str(n), "text": "what is dropout?", "session": "a"} for n in range(3)))
    first, again = tutorbot("ask", "--batch", name).rows, tutorbot("ask", "--batch", name).rows
    assert all(row.pop("replayed") for row in again)
    assert again == first
    assert len(stored(home, "ReplySent")) == 3


class BusyWriter(AbsentWriter):
    def write(self, job: WritingJob):  # type: ignore[no-untyped-def]
        raise WriterBusyError("The model server box:8000 is busy (status 429).", "Try again in a moment.")
        yield ""


@pytest.mark.parametrize(("writer", "words"), [(AbsentWriter(), "does not answer"), (BusyWriter(), "box:8000 is busy")])
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_a_writer_that_fails_is_said_and_the_course_answers(
    tutorbot: Run, furnish: Callable[[Writer], list[House]], home: Path, writer: Writer, words: str, form: list[str]
) -> None:
    furnish(writer)
    shown = tutorbot("ask", *form, UNFORESEEN)
    assert_says(shown, words, "Ready-made words were given instead")
    assert len(shown.err.strip().splitlines()) == 2
    assert shown.out.strip()
    assert len(stored(home, "ReplySent")) == 1


def test_a_disk_that_is_full_loses_only_the_message_that_was_not_printed(
    tutorbot: Run, fake_models: list[House], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = batch_file(home, *({"id": str(n), "text": "what is dropout?" * 200, "session": "a"} for n in range(90)))
    tutorbot("ask", "--batch", batch_file(home))

    def small_disk(connection: sqlite3.Connection, *_: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 20}")

    from sqlalchemy import Engine, event

    name = batch_file(home, *({"id": str(n), "text": "what is dropout?" * 200, "session": "a"} for n in range(90)))
    event.listen(Engine, "connect", small_disk)
    try:
        shown = tutorbot("ask", "--batch", name)
    finally:
        event.remove(Engine, "connect", small_disk)
    assert_says(shown, "the disk is full", "learners.db", "Free some space")
    printed = [row["id"] for row in shown.rows]
    assert 0 < len(printed) < 90
    assert [reply["message_id"] for reply in stored(home, "ReplySent")] == printed
