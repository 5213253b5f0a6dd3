from __future__ import annotations

from pathlib import Path

import pytest
from store_talk import ANN, ask, execute, fill

from tutorbot.checks import Check
from tutorbot.settings import Settings, load_settings
from tutorbot.storage.checks import check_storage
from tutorbot.storage.store import SqlStore


@pytest.fixture
def settings(url: str, tmp_path: Path) -> Settings:
    return load_settings({}, tmp_path, database_url=url)


def check(settings: Settings) -> Check:
    [found] = check_storage(settings)
    return found


def test_a_missing_store_is_well_and_is_not_created(settings: Settings, file: Path) -> None:
    assert check(settings) == Check("learner store", True, f"{file} will be created at the first start")
    assert not file.exists()


def test_a_store_in_use_is_counted(settings: Settings, store: SqlStore, file: Path) -> None:
    ask(store, ANN, "lora")
    assert check(settings) == Check("learner store", True, f"{file}: 1 learners, 3 events, schema 0001")


def test_an_empty_file_and_an_older_schema_will_be_migrated(settings: Settings, file: Path, store: SqlStore) -> None:
    execute(file, "UPDATE alembic_version SET version_num = '0000'")
    assert check(settings).ok and "brought to 0001" in check(settings).detail
    execute(file, "DELETE FROM alembic_version")
    assert check(settings).ok and "is empty" in check(settings).detail


def test_a_newer_store_is_wrong(settings: Settings, file: Path, store: SqlStore) -> None:
    execute(file, "UPDATE alembic_version SET version_num = '0999'")
    assert not check(settings).ok and "newer tutorbot" in check(settings).detail
    assert "Update tutorbot" in check(settings).fix


def test_a_damaged_store_is_wrong(settings: Settings, file: Path, store: SqlStore) -> None:
    fill(store)
    store.close()
    content = bytearray(file.read_bytes())
    content[20 * 4096 : 22 * 4096] = b"\x5a" * 8192
    file.write_bytes(content)
    assert not check(settings).ok and "is damaged" in check(settings).detail and check(settings).fix


def test_a_url_that_cannot_be_used_is_wrong(tmp_path: Path) -> None:
    found = check(load_settings({}, tmp_path, database_url="mongo://user:hidden@host/x"))
    assert not found.ok and "mongo" in found.detail and "hidden" not in str(found)
