"""The composition root: the only place that names concrete classes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self

from tutorbot.actions.context import Services
from tutorbot.answering.answerer import Answerer
from tutorbot.answering.support import SupportChecker
from tutorbot.batch.run import BatchRunner
from tutorbot.clock import SystemClock
from tutorbot.curriculum.course import Course, content_hash, load_course
from tutorbot.dialogue.reading import Reader
from tutorbot.dialogue.scoring import HeadScorer
from tutorbot.messages import Progress
from tutorbot.models.runtimes import load_encoder, load_heads, load_specimen, load_writer
from tutorbot.models.setup import ensure_ready
from tutorbot.models.translator import LocalTranslator
from tutorbot.models.watched_writer import WatchedWriter
from tutorbot.ports import Encoder, Writer
from tutorbot.retrieval.evidence import Retriever
from tutorbot.retrieval.index import PassageIndex, open_index
from tutorbot.retrieval.late import LateRetriever
from tutorbot.retrieval.passages import passages_of
from tutorbot.retrieval.search import FusedRetriever
from tutorbot.settings import Settings
from tutorbot.storage.store import SqlStore, open_store
from tutorbot.tasks.tools import Tools
from tutorbot.tutor import Tutor

Report = Callable[[Progress], None]


@dataclass(frozen=True)
class Workshop:
    """What mini-tasks need. As a context manager it is closed at the end.

    The course's index is opened, or built, when a task first searches it.
    """

    tools: Tools
    store: SqlStore
    clock: SystemClock

    def close(self) -> None:
        """Stop the writers and let go of the store."""
        for writer in (self.tools.writer, self.tools.big):
            if writer is not None:
                writer.close()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


@dataclass(frozen=True)
class House(Workshop):
    """A workshop with the tutor in it, and the things that commands need beside it; the index is open."""

    tutor: Tutor
    course: Course
    encoder: Encoder
    retriever: FusedRetriever
    writer: WatchedWriter | None
    reader: Reader

    def batch(self) -> BatchRunner:
        """A runner for `ask`."""
        return BatchRunner(self.tutor, self.store, self.clock)

    def composing(self) -> Tutor:
        """A tutor that never takes the course's own answers, so that the writer composes each; for measuring."""
        answerer = Answerer(self.retriever, SupportChecker(self.encoder), self.writer, authored_first=False)
        services = Services(self.course, self.retriever, answerer, None, self.tools)
        return Tutor(services, self.reader, self.store, self.clock)


def build_house(settings: Settings, report: Report = lambda _: None) -> House:
    """Set up what is missing and put everything together.

    Raises:
        TutorbotError: weights, index, course or store cannot be made ready.
    """
    with ExitStack() as undo:
        # The store comes first: what is wrong with it should be known before minutes are spent on set-up.
        store = open_store(settings.database_url)
        undo.callback(store.close)
        course = load_course(settings.knowledge)
        ensure_ready(settings, report)
        encoder = load_encoder(settings)
        retriever = FusedRetriever(course_index(settings, course, encoder, report), encoder)
        writer = _writer(settings)
        terms = [name for topic in course.topics.values() for name in topic.names]
        questions = (wording for topic in course.topics.values() for q in topic.questions for wording in q.all_wordings)
        reader, clock = Reader(HeadScorer(encoder), terms, questions), SystemClock()
        tools = _tools(settings, encoder, writer, course, retriever)
        undo.pop_all()
    # The embedded writer is too small to chat unaided; one that somebody chose may.
    chatting = None if settings.writer == "openvino" else writer
    services = Services(course, retriever, Answerer(retriever, SupportChecker(encoder), writer), chatting, tools)
    tutor = Tutor(services, reader, store, clock)
    return House(tools, store, clock, tutor, course, encoder, retriever, writer, reader)


def build_workshop(settings: Settings, report: Report = lambda _: None) -> Workshop:
    """Set up what is missing and put together what mini-tasks need.

    Raises:
        TutorbotError: weights, course or store cannot be made ready.
    """
    with ExitStack() as undo:
        store = open_store(settings.database_url)
        undo.callback(store.close)
        course = load_course(settings.knowledge)
        ensure_ready(settings, report)
        encoder = load_encoder(settings)
        retriever = LateRetriever(lambda: FusedRetriever(course_index(settings, course, encoder, report), encoder))
        tools = _tools(settings, encoder, _writer(settings), course, retriever)
        undo.pop_all()
    return Workshop(tools, store, SystemClock())


def _writer(settings: Settings) -> WatchedWriter | None:
    return None if settings.writer == "none" else WatchedWriter(load_writer(settings))


def _tools(settings: Settings, encoder: Encoder, writer: Writer | None, course: Course, retriever: Retriever) -> Tools:
    big = load_writer(replace(settings, writer=settings.big_writer)) if settings.big_writer else None
    heads, specimen = load_heads(settings), load_specimen(settings)
    return Tools(encoder, heads, writer, LocalTranslator(), specimen, course, retriever, big)


def course_index(settings: Settings, course: Course, encoder: Encoder, report: Report = lambda _: None) -> PassageIndex:
    """The passage index of the course, built where it is missing."""
    passages = passages_of(course.topics.values())
    return open_index(passages, content_hash(settings.knowledge), settings.cache_dir / "index", encoder, report)
