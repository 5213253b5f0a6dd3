"""Are the files still the ones that were checked?

Hashing everything takes most of a second, which a start cannot afford. So a folder of weights holds a `verified.json`
with the sha256, size and modification time of each file at the time it was hashed; as long as size and time agree, the
hash stands. Where they differ the file is hashed again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from tutorbot.errors import WeightsError

MANIFEST = "verified.json"
RUN_SETUP = "Run `tutorbot setup`, which puts it right."


@dataclass(frozen=True)
class FileRecord:
    """A file when it was last hashed."""

    sha256: str
    size: int
    mtime_ns: int

    def still_fits(self, path: Path) -> bool:
        """Size and time are as they were; OSError if there is no such file."""
        status = path.stat()
        return (status.st_size, status.st_mtime_ns) == (self.size, self.mtime_ns)


def sha256_of(path: Path) -> str:
    """Digest of a file in hex; OSError if it cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def files_in(folder: Path) -> list[str]:
    """Names of all files below the folder, with slashes, the manifest left out."""
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(name for name in found if name != MANIFEST)


def seal(folder: Path, names: Iterable[str] | None = None) -> None:
    """Hash the named files (all by default) and write the manifest."""
    names = files_in(folder) if names is None else names
    _write(folder, {name: _record(folder / name, sha256_of(folder / name)) for name in names})


def read_manifest(folder: Path) -> dict[str, FileRecord]:
    """What was recorded; empty where there is no manifest or it cannot be understood."""
    try:
        content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return {name: FileRecord(**record) for name, record in content.items()}
    except (FileNotFoundError, NotADirectoryError, ValueError, TypeError, AttributeError):
        return {}


def is_present(folder: Path) -> bool:
    """The folder was sealed and no file of it is missing."""
    records = read_manifest(folder)
    return bool(records) and all((folder / name).is_file() for name in records)


def verify(folder: Path, expected: Mapping[str, str] | None = None, *, thorough: bool = False) -> None:
    """Make sure that a sealed folder is unchanged.

    Args:
        expected: sha256 by name where they are known beforehand; else those of the manifest.
        thorough: hash every file, even where size and time have not changed.

    Raises:
        WeightsError: a file is missing or altered.
    """
    records = read_manifest(folder)
    expected = {name: record.sha256 for name, record in records.items()} if expected is None else expected
    if not expected:
        raise WeightsError(f"{folder} holds no verified weights.", RUN_SETUP)
    fresh = {name: _check(folder / name, sha256, records.get(name), thorough) for name, sha256 in expected.items()}
    if fresh != records:
        # Only a convenience for the next start, which works without it where the folder is read-only.
        with contextlib.suppress(OSError):
            _write(folder, fresh)


def _check(path: Path, sha256: str, record: FileRecord | None, thorough: bool) -> FileRecord:
    try:
        if not thorough and record is not None and record.sha256 == sha256 and record.still_fits(path):
            return record
        actual = sha256_of(path)
        fresh = _record(path, actual)
    except FileNotFoundError as error:
        raise WeightsError(f"The weight file {path} is missing.", RUN_SETUP) from error
    except OSError as error:
        raise WeightsError(f"The weight file {path} cannot be read: {error.strerror}.", "Check its permissions.") from error
    if actual != sha256:
        raise WeightsError(f"The weight file {path} is altered: its sha256 is {actual}, expected was {sha256}.", RUN_SETUP)
    return fresh


def _record(path: Path, sha256: str) -> FileRecord:
    status = path.stat()
    return FileRecord(sha256, status.st_size, status.st_mtime_ns)


def _write(folder: Path, records: Mapping[str, FileRecord]) -> None:
    unfinished = folder / f".{MANIFEST}-{os.getpid()}"
    unfinished.write_text(json.dumps({n: asdict(r) for n, r in records.items()}, indent=1), encoding="utf-8")
    unfinished.replace(folder / MANIFEST)
