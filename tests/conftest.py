"""What many tests stand on: a tutor over the small course, with fakes at every port."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from fakes import ANA, COURSE, CueScorer, MemoryStore, QueuedWriter, SetClock, WordEncoder
from task_fakes import small_tools

from tutorbot.actions.context import Services
from tutorbot.answering.answerer import Answerer
from tutorbot.answering.support import SupportChecker
from tutorbot.curriculum.course import Course, load_course
from tutorbot.dialogue.reading import Reader
from tutorbot.messages import Message, Reply, Sender, gather
from tutorbot.retrieval.index import build_in_memory
from tutorbot.retrieval.passages import passages_of
from tutorbot.retrieval.search import FusedRetriever
from tutorbot.tutor import Tutor


@pytest.fixture(scope="session")
def course() -> Course:
    return load_course(COURSE)


@pytest.fixture(scope="session")
def retriever(course: Course) -> FusedRetriever:
    encoder = WordEncoder()
    return FusedRetriever(build_in_memory(passages_of(course.topics.values()), encoder), encoder)


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def writer() -> QueuedWriter:
    return QueuedWriter()


@pytest.fixture
def tutor(course: Course, retriever: FusedRetriever, store: MemoryStore, clock: SetClock, writer: QueuedWriter) -> Tutor:
    answerer = Answerer(retriever, SupportChecker(WordEncoder()), writer)
    services = Services(course, retriever, answerer, writer, small_tools(course, retriever, writer))
    return Tutor(services, Reader(CueScorer()), store, clock)


@pytest.fixture
def say(tutor: Tutor, clock: SetClock) -> Callable[..., Reply]:
    """Say something as Ana (or another) and get the whole reply."""

    def _say(text: str, sender: Sender = ANA, conversation: str = "main") -> Reply:
        return gather(tutor.respond(Message(sender, conversation, text, clock.now())))

    return _say
