"""`progress`, `doctor`, `curriculum` and `db`: what people see who look after learners, courses and machines."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from command_line import Run
from fakes import COURSE

from tutorbot.bootstrap import House

SECRETS = ("hunter2", "sk-12345", "MTIz.abcd.efgh")


def test_progress_before_the_first_question(tutorbot: Run) -> None:
    shown = tutorbot("progress")
    assert (shown.status, shown.err) == (0, "")
    assert "not asked" in shown.out


def test_progress_reports_what_was_asked_and_what_comes_next(tutorbot: Run, fake_models: list[House]) -> None:
    tutorbot("ask", "what is dropout?")
    assert "Dropout" in tutorbot("progress").out
    (report,) = tutorbot("progress", "--json").rows
    assert [(topic["topic"], topic["asked"]) for topic in report["topics"]] == [("dropout", 1)]
    assert report["topics"][0]["last_at"].startswith("2026-03-02T12:00")
    assert report["next_topic"] in ("self-attention", "positional-encodings")


def test_progress_belongs_to_the_learner_who_is_named(tutorbot: Run, fake_models: list[House]) -> None:
    tutorbot("ask", "what is dropout?")
    assert "not asked" in tutorbot("progress", "--learner", "ben").out
    assert tutorbot("progress", "--learner", "\udcff\x00").status == 0


def test_rebuild_puts_the_projections_right(tutorbot: Run, fake_models: list[House], home: Path) -> None:
    tutorbot("ask", "what is dropout?")
    before = tutorbot("progress", "--json").out
    connection = sqlite3.connect(home / "data" / "learners.db")
    connection.execute("DELETE FROM topic_activity")
    connection.commit()
    connection.close()
    assert tutorbot("progress", "--json").out != before
    shown = tutorbot("db", "rebuild")
    assert (shown.status, shown.out) == (0, "The projections of 1 learners have been computed again from the events.\n")
    assert tutorbot("progress", "--json").out == before


def test_doctor_on_a_new_machine_says_what_to_do(tutorbot: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUTORBOT_WRITER", "openvino")
    shown = tutorbot("doctor")
    assert shown.status == 1
    for name in ("weights all-MiniLM-L6-v2", "prepared encoder", "weights SmolLM2-135M-Instruct", "prepared writer"):
        assert f"FAIL  {name}: " in shown.out
    assert shown.out.count("Run `tutorbot setup`.") == 4
    assert f"ok    course: 3 topics in {COURSE}" in shown.out
    assert "will be created at the first start" in shown.out
    assert not (home / "data" / "learners.db").exists()


def test_doctor_shows_no_secret(tutorbot: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUTORBOT_DATABASE_URL", "postgresql+nodriver://ana:hunter2@x/@db.example/tutor?sslpassword=hunter2")
    monkeypatch.setenv("TUTORBOT_WRITER", "http://bob:hunter2@127.0.0.1:9/v1?api_key=sk-12345#m")
    monkeypatch.setenv("TUTORBOT_WRITER_KEY", "sk-12345")
    monkeypatch.setenv("TUTORBOT_DISCORD_TOKEN", "MTIz.abcd.efgh")
    shown = tutorbot("doctor")
    assert shown.status == 1
    for secret in SECRETS:
        assert secret not in shown.out + shown.err
    assert "discord_token  set" in shown.out and "writer_key     set" in shown.out
    assert "FAIL  learner store: " in shown.out
    assert "FAIL  writer: " in shown.out


def test_doctor_names_broken_things_and_their_cure(tutorbot: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "file").write_text("this is no folder")
    monkeypatch.setenv("TUTORBOT_DATA_DIR", str(home / "file"))
    database = home / "broken.db"
    database.write_bytes(b"no database at all" * 100)
    monkeypatch.setenv("TUTORBOT_DATABASE_URL", f"sqlite:///{database}")
    monkeypatch.setenv("TUTORBOT_KNOWLEDGE", str(home / "no-course"))
    shown = tutorbot("doctor")
    assert shown.status == 1
    assert f"FAIL  data_dir: {home / 'file'} cannot be written to" in shown.out
    assert "set TUTORBOT_DATA_DIR to another folder" in shown.out
    assert f"FAIL  learner store: The learner store {database} is not a SQLite database." in shown.out
    assert "FAIL  course: " in shown.out and "--knowledge" in shown.out


def test_doctor_works_where_a_library_is_missing(tutorbot: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tutorbot.commands.doctor._LIBRARIES", ("no-such-library",))
    assert "no-such-library (not installed)" in tutorbot("doctor").out


def test_lint_of_a_sound_course(tutorbot: Run) -> None:
    shown = tutorbot("curriculum", "lint", "--no-meaning")
    assert shown.status == 0, shown.out
    assert shown.out == f"The course in {COURSE} is sound: 3 topics.\n"


def test_lint_names_file_and_line_of_every_mistake(tutorbot: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(COURSE, home / "course")
    monkeypatch.setenv("TUTORBOT_KNOWLEDGE", str(home / "course"))
    for name, old, new in [
        ("dropout.md", "prerequisites: []", "prerequisites: [no-such-topic]"),
        ("self-attention.md", "## Summary", "## Sumary"),
    ]:
        path = home / "course" / "topics" / "basics" / name
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new))
    shown = tutorbot("curriculum", "lint")
    assert shown.status == 1
    assert "dropout.md:" in shown.out and "no-such-topic" in shown.out
    assert "self-attention.md:" in shown.out and "Sum" in shown.out
    assert shown.out.splitlines()[-1].endswith(" findings")


def test_stats_count_the_course(tutorbot: Run) -> None:
    head, *rows = tutorbot("curriculum", "stats").out.splitlines()
    assert head.split()[:3] == ["stage", "topics", "words"]
    assert any(row.split()[1] == "3" for row in rows)
