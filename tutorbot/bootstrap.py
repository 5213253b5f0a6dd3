"""The composition root: the only place that names concrete classes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tutorbot.actions.context import Services
from tutorbot.answering.answerer import Answerer
from tutorbot.answering.support import SupportChecker
from tutorbot.batch.run import BatchRunner
from tutorbot.clock import SystemClock
from tutorbot.curriculum.course import Course, content_hash, load_course
from tutorbot.dialogue.reading import Reader
from tutorbot.dialogue.scoring import HeadScorer
from tutorbot.messages import Progress
from tutorbot.models.runtimes import load_encoder, load_writer
from tutorbot.models.setup import ensure_ready
from tutorbot.ports import Encoder, Writer
from tutorbot.retrieval.index import PassageIndex, open_index
from tutorbot.retrieval.passages import passages_of
from tutorbot.retrieval.search import FusedRetriever
from tutorbot.settings import Settings
from tutorbot.storage.store import SqlStore, open_store
from tutorbot.tutor import Tutor

Report = Callable[[Progress], None]


@dataclass(frozen=True)
class House:
    """The tutor with the things that commands need beside it."""

    tutor: Tutor
    store: SqlStore
    course: Course
    encoder: Encoder
    retriever: FusedRetriever
    writer: Writer | None
    clock: SystemClock

    def batch(self) -> BatchRunner:
        """A runner for `ask`."""
        return BatchRunner(self.tutor, self.store, self.clock)

    def close(self) -> None:
        """Stop the writer and let go of the store."""
        if self.writer is not None:
            self.writer.close()
        self.store.close()


def build_house(settings: Settings, report: Report = lambda _: None) -> House:
    """Set up what is missing and put everything together.

    Raises:
        TutorbotError: weights, index, course or store cannot be made ready.
    """
    store = open_store(settings.database_url)
    course = load_course(settings.knowledge)
    ensure_ready(settings, report)
    encoder = load_encoder(settings)
    retriever = FusedRetriever(course_index(settings, course, encoder, report), encoder)
    writer = None if settings.writer == "none" else load_writer(settings)
    answerer = Answerer(retriever, SupportChecker(encoder), writer)
    services = Services(course, retriever, answerer, writer)
    clock = SystemClock()
    terms = [name for topic in course.topics.values() for name in topic.names]
    tutor = Tutor(services, Reader(HeadScorer(encoder), terms), store, clock)
    return House(tutor, store, course, encoder, retriever, writer, clock)


def course_index(settings: Settings, course: Course, encoder: Encoder, report: Report = lambda _: None) -> PassageIndex:
    """The passage index of the course, built where it is missing."""
    passages = passages_of(course.topics.values())
    return open_index(passages, content_hash(settings.knowledge), settings.cache_dir / "index", encoder, report)
