"""The command line as a user meets it: arguments in, exit status and two streams out; every folder a temporary one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from command_line import Run, run_here, run_process
from fakes import COURSE, CueScorer, QueuedWriter, SetClock, WordEncoder
from task_fakes import small_tools

from tutorbot.actions.context import Services
from tutorbot.answering.answerer import Answerer
from tutorbot.answering.support import SupportChecker
from tutorbot.bootstrap import House
from tutorbot.curriculum.course import Course
from tutorbot.dialogue.reading import Reader
from tutorbot.models.setup import ensure_ready
from tutorbot.models.watched_writer import WatchedWriter
from tutorbot.ports import Writer
from tutorbot.retrieval.search import FusedRetriever
from tutorbot.settings import Settings, load_settings
from tutorbot.storage.store import open_store
from tutorbot.tutor import Tutor


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's folders, empty; the course is the small one and nothing writes."""
    for name in [name for name in os.environ if name.startswith("TUTORBOT_")]:
        monkeypatch.delenv(name)
    for name, value in {
        "TUTORBOT_DATA_DIR": tmp_path / "data",
        "TUTORBOT_DATABASE_URL": f"sqlite:///{tmp_path / 'data' / 'learners.db'}",
        "TUTORBOT_CACHE_DIR": tmp_path / "cache",
        "TUTORBOT_KNOWLEDGE": COURSE,
        "TUTORBOT_WRITER": "none",
        "TUTORBOT_LEARNER": "ana",
        "XDG_CONFIG_HOME": tmp_path / "config",
    }.items():
        monkeypatch.setenv(name, str(value))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def tutorbot(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process."""
    return lambda *arguments: run_here(capsys, *arguments)


@pytest.fixture
def furnish(
    home: Path, course: Course, retriever: FusedRetriever, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Writer], list[House]]:
    """Let `ask` build its house with this writer, fakes for the models and a real store; the houses it built."""

    def _furnish(writer: Writer) -> list[House]:
        built: list[House] = []

        def build(settings: Settings, report: object = None) -> House:
            watched = WatchedWriter(writer)
            store = open_store(settings.database_url)
            answerer = Answerer(retriever, SupportChecker(WordEncoder()), watched)
            reader = Reader(CueScorer())
            tools = small_tools(course, retriever, watched)
            tutor = Tutor(Services(course, retriever, answerer, watched, tools), reader, store, clock)
            parts = (tools, store, clock, tutor, course, WordEncoder(), retriever, watched, reader)
            built.append(House(*parts))  # type: ignore[arg-type]
            return built[-1]

        monkeypatch.setattr("tutorbot.commands.ask.build_house", build)
        monkeypatch.setattr("tutorbot.commands.demo.build_workshop", build)
        return built

    return _furnish


@pytest.fixture
def fake_models(furnish: Callable[[Writer], list[House]]) -> list[House]:
    """A writer with nothing to say: all answers come from the course."""
    return furnish(QueuedWriter())


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache folder with the user's own prepared models and room for other indexes."""
    settings = load_settings()
    ensure_ready(settings, lambda _: None)
    cache = tmp_path_factory.mktemp("cache")
    (cache / "models").symlink_to(settings.cache_dir / "models")
    yield cache
    shutil.rmtree(cache / "index", ignore_errors=True)


@pytest.fixture
def real(home: Path, prepared: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in a process of its own, on the real weights."""
    monkeypatch.setenv("TUTORBOT_CACHE_DIR", str(prepared))
    monkeypatch.setenv("TUTORBOT_WRITER", "openvino")
    return run_process
