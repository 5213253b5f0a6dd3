"""What a user is told when something around tutorbot is broken: what, where, what to do, and nothing lost."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from command_line import Run, assert_says
from fakes import COURSE

from tutorbot.bootstrap import House
from tutorbot.storage.store import open_store

COMMANDS = [["progress"], ["db", "rebuild"], ["ask", "what is dropout?"], ["ask", "--json", "what is dropout?"]]
needs_store = pytest.mark.parametrize("command", COMMANDS, ids=" ".join)


@pytest.fixture
def database(home: Path) -> Path:
    """A learner store with one answer in it."""
    path = home / "data" / "learners.db"
    open_store(f"sqlite:///{path}").close()
    return path


def executed(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


@needs_store
def test_a_file_that_is_no_database(tutorbot: Run, fake_models: list[House], database: Path, command: list[str]) -> None:
    database.write_bytes(b"these are my holiday notes\n" * 100)
    before = database.read_bytes()
    assert_says(tutorbot(*command), str(database), "is not a SQLite database", "TUTORBOT_DATABASE_URL")
    assert database.read_bytes() == before


@needs_store
def test_a_damaged_database(tutorbot: Run, fake_models: list[House], database: Path, command: list[str]) -> None:
    content = bytearray(database.read_bytes())
    content[100:] = b"\xa5" * (len(content) - 100)
    database.write_bytes(content)
    assert_says(tutorbot(*command), str(database), "is damaged", "backup")


@needs_store
def test_a_database_of_a_newer_tutorbot(tutorbot: Run, fake_models: list[House], database: Path, command: list[str]) -> None:
    executed(database, "UPDATE alembic_version SET version_num = '9999'")
    assert_says(tutorbot(*command), str(database), "newer tutorbot (schema 9999)", "Update tutorbot")


@pytest.mark.parametrize("command", COMMANDS[1:], ids=" ".join)
def test_a_database_that_another_program_has_locked(
    tutorbot: Run, fake_models: list[House], database: Path, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TUTORBOT_DATABASE_URL", f"sqlite:///{database}?timeout=0.1")
    with locked(database):
        shown = tutorbot(*command)
    assert_says(shown, str(database), "is locked by another program", "Close the other program")
    assert "{" not in shown.out
    assert tutorbot(*command).status == 0


@pytest.mark.parametrize("command", COMMANDS[1:], ids=" ".join)
def test_a_database_that_may_not_be_written(
    tutorbot: Run, fake_models: list[House], database: Path, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TUTORBOT_DATABASE_URL", f"sqlite:///file:{database}?mode=ro&uri=true")
    assert_says(tutorbot(*command), str(database), "read-only", "TUTORBOT_DATABASE_URL")


@needs_store
def test_a_folder_that_cannot_be_made(
    tutorbot: Run, fake_models: list[House], home: Path, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "file").write_text("")
    monkeypatch.setenv("TUTORBOT_DATABASE_URL", f"sqlite:///{home / 'file' / 'learners.db'}")
    assert_says(tutorbot(*command), str(home / "file"), "TUTORBOT_DATABASE_URL")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("---\n", "", ("front matter",)),
        ("title: Dropout", "title: [Dropout", ("dropout.md:", "not YAML")),
        ("title: Dropout", "", ("dropout.md:1", "`title`")),
        ("minutes: ", "minutes: about ", ("dropout.md:1", "minutes")),
    ],
)
@pytest.mark.parametrize("command", [["progress"], ["curriculum", "stats"]], ids=" ".join)
def test_a_topic_with_a_mistake(
    tutorbot: Run,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: list[str],
    old: str,
    new: str,
    words: tuple[str, ...],
) -> None:
    topic = copied_course(home, monkeypatch) / "topics" / "basics" / "dropout.md"
    text = topic.read_text()
    assert old in text
    topic.write_text(text.replace(old, new, 1))
    assert_says(tutorbot(*command), str(topic), *words)


def test_a_topic_that_is_no_utf_8(tutorbot: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    topic = copied_course(home, monkeypatch) / "topics" / "basics" / "dropout.md"
    topic.write_bytes(topic.read_bytes() + b"\xff")
    assert_says(tutorbot("progress"), str(topic), "not UTF-8")


@pytest.mark.parametrize("content", ["stages: [", "stages: 3", "- a", "stages: [{id: x}]", ""])
def test_a_path_with_a_mistake(tutorbot: Run, home: Path, monkeypatch: pytest.MonkeyPatch, content: str) -> None:
    path = copied_course(home, monkeypatch) / "path.yaml"
    path.write_text(content)
    assert_says(tutorbot("progress"), str(path))


def test_a_course_that_is_not_there(tutorbot: Run) -> None:
    assert_says(tutorbot("progress", "--knowledge", "/nowhere"), "/nowhere/path.yaml does not exist", "--knowledge")


def copied_course(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    course = home / "course"
    shutil.copytree(COURSE, course)
    monkeypatch.setenv("TUTORBOT_KNOWLEDGE", str(course))
    return course


@contextmanager
def locked(path: Path) -> Iterator[None]:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.rollback()
        connection.close()


@pytest.mark.parametrize("row", ['{"id": "q"}', "{", '{"id": "q", "question": "x", "key_points": []}', ""])
def test_questions_that_cannot_be_scored(tutorbot: Run, home: Path, row: str) -> None:
    (home / "questions.jsonl").write_text(row)
    assert_says(tutorbot("eval", "answers", "questions.jsonl"), "questions.jsonl", "key" if row else "no questions")


def test_questions_that_are_not_there(tutorbot: Run) -> None:
    assert_says(tutorbot("eval", "answers", "nowhere.jsonl"), "nowhere.jsonl")


def test_errors_in_json_mode_leave_standard_output_alone(
    tutorbot: Run, fake_models: list[House], home: Path, database: Path
) -> None:
    database.write_bytes(b"no database at all")
    shown = tutorbot("ask", "--json", json.dumps("what is dropout?"))
    assert shown.out == "" and shown.status == 1
