from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable
from store_talk import ANN, ask, execute, rows

from tutorbot.errors import StorageError
from tutorbot.settings import bundled_folder
from tutorbot.storage.engine import open_engine
from tutorbot.storage.migrate import HEAD, upgrade
from tutorbot.storage.store import SqlStore, open_store
from tutorbot.storage.tables import Base

ROOT = bundled_folder("alembic").parent
START_TOGETHER = f"""
import sys, time
from pathlib import Path
sys.path.insert(0, {str(Path(__file__).parent)!r})
from store_talk import ANN, NOON, question
from tutorbot.errors import ConcurrentUpdateError
from tutorbot.storage.store import open_store
import tutorbot.storage.scripts  # loaded before the start, so that they truly meet at the file
print("ready", flush=True)
while not Path(sys.argv[2]).exists():
    time.sleep(0.001)
store = open_store(sys.argv[1])
with store.unit_of_work(ANN) as unit:
    unit.append("talk", NOON, question("lora"))
    while True:
        try:
            unit.commit()
            break
        except ConcurrentUpdateError:
            unit.refresh()
"""


def offline_config() -> Config:
    config = Config(output_buffer=io.StringIO())
    config.set_main_option("script_location", str(bundled_folder("alembic")))
    return config


def test_migrations_make_exactly_the_tables_of_the_models(url: str) -> None:
    upgrade(url)
    engine = open_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []
        names = {name for (name,) in connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}
    engine.dispose()
    written = {str(CreateTable(table).compile(dialect=engine.dialect)) for table in Base.metadata.sorted_tables}
    assert {squeeze(sql) for sql in written} <= {squeeze(sql) for sql in names}


def squeeze(sql: str) -> str:
    """A CREATE TABLE whose clauses stand in a fixed order."""
    return " ".join(sorted(part.strip(" \n)") for part in sql.replace("\n", " ").split(", ")))


def test_the_newest_script_is_the_head_that_the_code_expects() -> None:
    assert ScriptDirectory(str(bundled_folder("alembic"))).get_current_head() == HEAD


def test_alembic_itself_finds_nothing_to_do_in_a_checkout(url: str) -> None:
    upgrade(url)
    done = subprocess.run(
        [sys.executable, "-m", "alembic", "check"],
        cwd=ROOT,
        env=os.environ | {"TUTORBOT_DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_scripts_can_be_printed_for_postgresql(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUTORBOT_DATABASE_URL", "postgresql+psycopg://user:password@host/name")
    config = offline_config()
    command.upgrade(config, "head", sql=True)
    printed = config.output_buffer.getvalue()
    assert "CREATE TABLE events" in printed and "TIMESTAMP WITH TIME ZONE" in printed


def test_the_models_compile_for_postgresql() -> None:
    dialect = postgresql.dialect()
    ddl = [str(CreateTable(table).compile(dialect=dialect)) for table in Base.metadata.sorted_tables]
    ddl += [str(CreateIndex(i).compile(dialect=dialect)) for table in Base.metadata.sorted_tables for i in table.indexes]
    assert "UNIQUE (learner_id, seq)" in "".join(ddl) and "payload JSON NOT NULL" in "".join(ddl)


def test_downgrading_drops_everything(url: str, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUTORBOT_DATABASE_URL", url)
    upgrade(url)
    command.downgrade(offline_config(), "base")
    assert rows(file, "SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite%'") == [("alembic_version",)]


def test_the_folder_is_created_and_the_journal_is_write_ahead(tmp_path: Path) -> None:
    file = tmp_path / "not" / "yet % there" / "tutorbot.db"
    upgrade(f"sqlite:///{file}")
    assert rows(file, "PRAGMA journal_mode") == [("wal",)]


def test_a_second_start_does_not_load_alembic(store: SqlStore, url: str) -> None:
    code = f"import sys; from tutorbot.storage.store import open_store; open_store({url!r}); print('alembic' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], text=True, cwd=ROOT).strip() == "False"


def test_six_processes_that_start_together_on_a_missing_database_all_succeed(tmp_path: Path) -> None:
    file, go = tmp_path / "new" / "tutorbot.db", tmp_path / "go"
    arguments = [sys.executable, "-c", START_TOGETHER, f"sqlite:///{file}", str(go)]
    children = [subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, cwd=ROOT) for _ in range(6)]
    for child in children:
        assert child.stdout is not None and child.stdout.readline() == "ready\n"
    go.touch()
    for child in children:
        child.communicate()
    assert [child.returncode for child in children] == [0] * 6
    assert rows(file, "SELECT count(*) FROM accounts") == [(1,)]
    assert rows(file, "SELECT count(*), max(seq), count(DISTINCT learner_id) FROM events") == [(18, 18, 1)]
    assert rows(file, "SELECT version_num FROM alembic_version") == [(HEAD,)]


def test_a_database_of_a_newer_tutorbot_is_left_untouched(store: SqlStore, url: str, file: Path) -> None:
    ask(store, ANN, "lora")
    store.close()
    execute(file, "UPDATE alembic_version SET version_num = '0999'")
    before = file.read_bytes()
    with pytest.raises(StorageError, match=r"newer tutorbot \(schema 0999\)\. Update tutorbot"):
        open_store(url)
    assert file.read_bytes() == before


def test_a_migration_that_fails_leaves_what_was_there(url: str, file: Path) -> None:
    execute(file, "CREATE TABLE topic_activity (mine TEXT)")
    with pytest.raises(StorageError, match="already exists"):
        upgrade(url)
    assert rows(file, "SELECT name FROM sqlite_master") == [("topic_activity",)]


def test_missing_scripts_are_named(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tutorbot.storage.scripts.bundled_folder", lambda name: tmp_path / name)
    with pytest.raises(StorageError, match=r"alembic cannot be run.*Install tutorbot again"):
        upgrade(url)
