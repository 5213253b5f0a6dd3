from __future__ import annotations

import os
from pathlib import Path

import pytest

from tutorbot.errors import WeightsError
from tutorbot.models import verify as module
from tutorbot.models.verify import is_present, read_manifest, seal, sha256_of, verify


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "deep").mkdir()
    (tmp_path / "a.bin").write_bytes(b"abc")
    (tmp_path / "deep" / "b.bin").write_bytes(b"def")
    seal(tmp_path)
    return tmp_path


def count_hashes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    hashed: list[str] = []
    monkeypatch.setattr(module, "sha256_of", lambda path: hashed.append(path.name) or sha256_of(path))
    return hashed


def test_sha256_of_a_known_text(folder: Path) -> None:
    assert sha256_of(folder / "a.bin") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_unchanged_files_are_not_hashed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed = count_hashes(monkeypatch)
    verify(folder)
    assert hashed == []


def test_thoroughly_every_file_is_hashed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed = count_hashes(monkeypatch)
    verify(folder, thorough=True)
    assert hashed == ["a.bin", "b.bin"]


def test_a_touched_file_is_hashed_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed = count_hashes(monkeypatch)
    os.utime(folder / "a.bin", (1, 1))
    verify(folder)
    verify(folder)
    assert hashed == ["a.bin"]


def test_an_altered_file(folder: Path) -> None:
    (folder / "deep" / "b.bin").write_bytes(b"dEf!")
    with pytest.raises(WeightsError, match=r"deep/b\.bin is altered: its sha256 is [0-9a-f]{64}, expected was [0-9a-f]{64}"):
        verify(folder)


def test_a_missing_file(folder: Path) -> None:
    (folder / "a.bin").unlink()
    assert not is_present(folder)
    with pytest.raises(WeightsError, match=r"a\.bin is missing"):
        verify(folder)


def test_a_manifest_rewritten_with_other_digests_does_not_help(folder: Path) -> None:
    expected = {"a.bin": sha256_of(folder / "a.bin")}
    (folder / "a.bin").write_bytes(b"altered")
    seal(folder)
    with pytest.raises(WeightsError, match="altered"):
        verify(folder, expected)


@pytest.mark.parametrize("content", ["", "[]", "{", '{"a.bin": {"sha256": "x"}}', '{"a.bin": 3}'])
def test_a_broken_manifest_counts_as_none(folder: Path, content: str) -> None:
    (folder / "verified.json").write_text(content)
    assert read_manifest(folder) == {}
    assert not is_present(folder)
    with pytest.raises(WeightsError, match="no verified weights"):
        verify(folder)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert not is_present(tmp_path / "nowhere")
