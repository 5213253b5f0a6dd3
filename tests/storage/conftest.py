from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tutorbot.storage.migrate import upgrade
from tutorbot.storage.store import SqlStore, open_store


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file without learners, to be copied: migrating anew for each test would take most of their time."""
    file = tmp_path_factory.mktemp("empty") / "tutorbot.db"
    upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "tutorbot.db"


@pytest.fixture
def url(file: Path) -> str:
    return f"sqlite:///{file}?timeout=0.2"


@pytest.fixture
def store(empty: Path, file: Path, url: str) -> Iterator[SqlStore]:
    shutil.copy(empty, file)
    store = open_store(url)
    yield store
    store.close()
