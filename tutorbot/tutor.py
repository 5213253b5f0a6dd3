"""The one door: every channel hands a message in here and shows the parts that come out."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from threading import Lock
from typing import Any

from tutorbot.actions.catalogue import act, usual_status
from tutorbot.actions.context import Context, Services
from tutorbot.actions.show import progress_parts
from tutorbot.dialogue import events as happened
from tutorbot.dialogue import wording
from tutorbot.dialogue.cleaning import clean
from tutorbot.dialogue.conversation import Conversation, fold
from tutorbot.dialogue.events import Event, MessageReceived, ReplySent
from tutorbot.dialogue.moves import Answer, Move, RunTask
from tutorbot.dialogue.policy import as_prediction, choose, without_predict
from tutorbot.dialogue.reading import Reader, ReadingContext
from tutorbot.errors import ConcurrentUpdateError
from tutorbot.learner.progress import ProgressReport, report_progress
from tutorbot.messages import Citation, Message, Outcome, Part, Sender, Status, Text, join_texts
from tutorbot.ports import Clock, Store, UnitOfWork
from tutorbot.tasks.catalogue import find_task

RECENT_EVENTS = 40
COMMIT_ATTEMPTS = 5


@dataclass(frozen=True)
class _Plan:
    """What is done about a message, and what it was read as."""

    move: Move
    intent: str
    payload: str | None


@dataclass
class _Shown:
    """What has been shown of one reply so far, with its timings in milliseconds."""

    started: float
    texts: list[Text] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    first: float | None = None

    def add(self, part: Part) -> None:
        if isinstance(part, Text):
            self.first = self.first or self.elapsed()
            self.texts.append(part)
        elif isinstance(part, Citation):
            self.citations.append(part)

    def elapsed(self) -> float:
        return (time.perf_counter() - self.started) * 1000

    def timings(self) -> dict[str, float]:
        total = self.elapsed()
        retrieval = sum(getattr(event, "retrieval_ms", 0.0) for event in self.events)
        return {"first": round(self.first or total, 1), "total": round(total, 1), "retrieval": round(retrieval, 1)}


class Tutor:
    """Answers messages, one at a time for each learner, many learners at once."""

    def __init__(self, services: Services, reader: Reader, store: Store, clock: Clock) -> None:
        self._services = services
        self._reader = reader
        self._store = store
        self._clock = clock
        self._locks: defaultdict[tuple[str, str], Lock] = defaultdict(Lock)
        self._locks_guard = Lock()

    def respond(self, message: Message) -> Iterator[Part]:
        """The reply, part by part; the last part is an `Outcome`, yielded when the events are committed.

        Closing the iterator early, or an error, records nothing.

        Raises:
            TutorbotError: the store or a model cannot do its part.
        """
        text = clean(message.text)

        def plan(conversation: Conversation) -> _Plan:
            asked, predicting = without_predict(text)
            reading = self._reader.read(asked, ReadingContext(bool(conversation.topic), conversation.options))
            move = choose(conversation, reading, asked)
            return _Plan(as_prediction(move) if predicting else move, reading.intent, reading.payload)

        yield from self._reply(message, text, plan)

    def run_task(self, message: Message, task: str, arguments: Mapping[str, Any], predict: bool = False) -> Iterator[Part]:
        """The reply of a mini-task that was named, on the message's text, as `respond` gives it.

        Args:
            arguments: the task's arguments beside its text.
            predict: ask the learner first what they expect; their next message is taken as the prediction.

        Raises:
            InputError: there is no such task.
            TutorbotError: the store cannot do its part.
        """
        name, text = find_task(task).name, clean(message.text)
        wanted = RunTask(name, text or None, dict(arguments))
        move = as_prediction(wanted) if predict else wanted
        yield from self._reply(message, text, lambda _: _Plan(move, name, text or None))

    def welcome(self, sender: Sender) -> Iterator[Part]:
        """Greet a learner who comes in: a newcomer, or one who is remembered. Records nothing."""
        with self._store.unit_of_work(sender) as unit:
            learner = unit.learner
        if learner.is_new or learner.last_seen is None:
            yield Text(wording.greeting(sender.name), ends_paragraph=True)
            return
        report = report_progress(learner, self._services.course)
        last = report.topics[0] if report.topics else None
        when = wording.ago(last.last_at if last else learner.last_seen, self._clock.now())
        greeting = wording.welcome_back(sender.name, last.title if last else "", when, report.next_title or "")
        yield Text(greeting, ends_paragraph=True)

    def progress(self, sender: Sender) -> ProgressReport:
        """The learner's progress report."""
        with self._store.unit_of_work(sender) as unit:
            return report_progress(unit.learner, self._services.course)

    def progress_parts(self, sender: Sender) -> Iterator[Part]:
        """The same report as parts."""
        return progress_parts(self.progress(sender))

    def subjects(self) -> tuple[str, ...]:
        """Titles of all topics, for completion."""
        return tuple(topic.title for topic in self._services.course.topics.values())

    def _reply(self, message: Message, text: str, plan: Callable[[Conversation], _Plan]) -> Iterator[Part]:
        """Do what is planned, record it, and say what became of it."""
        shown = _Shown(time.perf_counter())
        with self._lock(message.sender), self._store.unit_of_work(message.sender) as unit:
            conversation = fold(unit.recent(message.conversation, RECENT_EVENTS))
            planned = plan(conversation)
            context = Context(self._services, conversation, unit.learner, self._clock.now(), text)
            for out in act(planned.move, context):
                if isinstance(out, Event):
                    shown.events.append(out)
                else:
                    shown.add(out)
                    yield out
            status = _status(usual_status(planned.move), shown.events)
            if status == "answered" and isinstance(planned.move, Answer):
                # Whatever it was read as, the course had an answer.
                planned = _Plan(planned.move, "question", None)
            timings = shown.timings()
            self._record(unit, message, planned, status, shown, timings)
        yield Outcome(status, planned.intent, planned.payload, timings)

    def _lock(self, sender: Sender) -> Lock:
        with self._locks_guard:
            return self._locks[sender.surface, sender.id]

    def _record(
        self, unit: UnitOfWork, message: Message, planned: _Plan, status: Status, shown: _Shown, timings: dict[str, float]
    ) -> None:
        sent = ReplySent(
            status=status,
            intent=planned.intent,
            payload=planned.payload,
            answer=join_texts(shown.texts),
            citations=tuple(asdict(c) for c in shown.citations),
            sentences=tuple({"text": t.text, "support": t.support, "cites": list(t.cites)} for t in shown.texts),
            message_id=message.id,
            timings_ms=dict(timings),
        )
        unit.append(message.conversation, message.at, [MessageReceived(message.text, message.id), *shown.events, sent])
        _commit(unit)


def _commit(unit: UnitOfWork) -> None:
    """Commit; where the same learner spoke elsewhere meanwhile, what happened here is recorded after it."""
    for attempt in range(COMMIT_ATTEMPTS):
        try:
            unit.commit()
            return
        except ConcurrentUpdateError:
            if attempt == COMMIT_ATTEMPTS - 1:
                raise
            unit.refresh()


def _status(usual: Status, events: list[Event]) -> Status:
    """What the events say, where they say something else than the plan."""
    for event in events:
        match event:
            case happened.QuestionAbstained():
                return "abstained"
            case happened.SubjectDeclined():
                return "declined"
            case happened.ClarificationAsked():
                return "clarify"
            case happened.TaskRun() | happened.CapabilityRequested():
                return "task"
    return usual
