"""Bad databases: one clear message, never a traceback, and nothing lost."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import event
from store_talk import ANN, BEN, NOON, ask, execute, fill, question, rows

from tutorbot.errors import StorageError, TutorbotError
from tutorbot.storage.store import SqlStore, open_store


def refused(url: str) -> TutorbotError:
    with pytest.raises(StorageError) as caught:
        open_store(url)
    assert caught.value.what.endswith(".") and caught.value.fix.endswith(".")
    return caught.value


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mongo://host/name", "`mongo://`"),
        ("sqlite+nothing:////tmp/x.db", "`sqlite+nothing://`"),
        ("postgresql://user:hidden@host:port/name", "`postgresql://`"),
        ("sqlite://host/tutorbot.db", "`sqlite://`"),
        ("no url at all", "no database URL"),
        ("sqlite://", "in memory"),
        ("sqlite:///:memory:", "in memory"),
        ("sqlite:///file:x?mode=memory&uri=true", "in memory"),
        ("oracle+cx_oracle://user:hidden@host/name", "pip install cx_Oracle"),
    ],
)
def test_a_url_that_cannot_be_used(url: str, words: str) -> None:
    error = refused(url)
    assert words in str(error) and "hidden" not in str(error)


def test_a_file_that_is_no_database_is_not_touched(url: str, file: Path) -> None:
    file.write_text("Dear diary, " * 1000)
    assert f"{file} is not a SQLite database" in refused(url).what
    assert file.read_text() == "Dear diary, " * 1000


def test_a_folder_in_place_of_the_file(tmp_path: Path) -> None:
    assert f"{tmp_path} cannot be opened" in refused(f"sqlite:///{tmp_path}").what


def test_a_parent_folder_that_is_a_file(file: Path) -> None:
    file.touch()
    assert f"{file}/x/tutorbot.db cannot be used" in refused(f"sqlite:///{file}/x/tutorbot.db").what


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder(file: Path, url: str) -> None:
    file.parent.chmod(0o500)
    try:
        assert "cannot be opened" in refused(url).what
    finally:
        file.parent.chmod(0o700)


def test_a_read_only_store_can_be_read_but_not_written(store: SqlStore, file: Path) -> None:
    ask(store, ANN, "lora")
    read_only = open_store(f"sqlite:///file:{file}?mode=ro&uri=true")
    assert read_only.learner(ANN).messages == 1
    with pytest.raises(StorageError, match=r"read-only\. Make both writable"):
        ask(read_only, ANN, "softmax")
    read_only.close()
    assert store.learner(ANN).messages == 1


def test_a_damaged_file_is_reported_and_kept(store: SqlStore, url: str, file: Path) -> None:
    fill(store)
    store.close()
    content = bytearray(file.read_bytes())
    content[8 * 4096 :] = b"\x5a" * (len(content) - 8 * 4096)
    file.write_bytes(content)
    damaged = open_store(url)
    with pytest.raises(StorageError, match=r"is damaged\. Put a backup in its place"):
        damaged.rebuild()
    damaged.close()
    assert file.read_bytes() == content


def test_a_file_cut_short_is_reported(store: SqlStore, url: str, file: Path) -> None:
    ask(store, ANN, "lora")
    store.close()
    os.truncate(file, 4096 + 100)
    assert "damaged" in refused(url).what


def test_a_locked_store_is_waited_for_and_then_reported(store: SqlStore, file: Path) -> None:
    ask(store, ANN, "lora")
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with store.unit_of_work(ANN) as unit:
        unit.append("talk", NOON, question("softmax"))
        with pytest.raises(StorageError, match=r"locked by another program\. Close the other program"):
            unit.commit()
        other.execute("ROLLBACK")
        unit.commit()
    other.close()
    assert store.learner(ANN).messages == 2


def test_erasing_while_another_program_reads_says_that_copies_remain(store: SqlStore, file: Path) -> None:
    ask(store, ANN, "lora")
    reader = sqlite3.connect(file, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM events").fetchone()
    with pytest.raises(StorageError, match="rows were deleted"):
        store.erase(ANN)
    reader.close()
    assert store.learner(ANN).is_new


def test_a_full_disk_keeps_what_was_recorded(store: SqlStore, file: Path) -> None:
    ask(store, ANN, "lora")
    store.close()
    pages = rows(file, "PRAGMA page_count")[0][0]
    event.listen(store._engine, "connect", lambda c, _: c.execute(f"PRAGMA max_page_count = {pages}"))
    with store.unit_of_work(BEN) as unit:
        unit.append("talk", NOON, question("x" * 100_000))
        with pytest.raises(StorageError, match=r"the disk is full\. Free some space"):
            unit.commit()
    assert store.learner(ANN).messages == 1 and store.learner(BEN).is_new
    assert rows(file, "PRAGMA integrity_check") == [("ok",)]


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("kind = 'ExamPassed'", "unknown event kind 'ExamPassed'"),
        ("payload = '{}'", "event 3 of learner 1 is no ReplySent"),
        ("payload = '[1]'", "event 3 of learner 1 is no ReplySent"),
        ("payload = 'not json'", "cannot read"),
        ("at = 'yesterday'", "cannot read"),
    ],
)
def test_an_event_of_a_newer_version_or_damaged_is_not_guessed_at(
    store: SqlStore, file: Path, damage: str, words: str
) -> None:
    ask(store, ANN, "lora")
    execute(file, f"UPDATE events SET {damage} WHERE seq = 3")
    before = rows(file, "SELECT * FROM events"), rows(file, "SELECT * FROM learner_summary")
    with store.unit_of_work(ANN) as unit, pytest.raises(StorageError, match="Update tutorbot") as caught:
        unit.recent("talk", 9)
    assert words in caught.value.what and str(file) in caught.value.what
    with pytest.raises(StorageError, match="Update tutorbot"):
        store.rebuild()
    assert (rows(file, "SELECT * FROM events"), rows(file, "SELECT * FROM learner_summary")) == before


def test_a_store_without_tables_is_reported(url: str) -> None:
    with pytest.raises(StorageError, match="no such table"):
        SqlStore(url).learner(ANN)
