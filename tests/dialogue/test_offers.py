"""What the tutor offers to say starts what it offers, on the real intent head."""

from __future__ import annotations

from pathlib import Path

import pytest

from tutorbot.curriculum.course import load_course
from tutorbot.dialogue import moves
from tutorbot.dialogue.conversation import Conversation
from tutorbot.dialogue.policy import choose
from tutorbot.dialogue.reading import Reader, ReadingContext
from tutorbot.dialogue.scoring import HeadScorer
from tutorbot.dialogue.wording import HELP, task_request
from tutorbot.models.runtimes import load_encoder
from tutorbot.models.setup import ensure_ready
from tutorbot.settings import load_settings
from tutorbot.tasks.catalogue import TASKS

pytestmark = pytest.mark.slow
KNOWLEDGE = Path(__file__).parent.parent.parent / "knowledge"
OFFERED = [(task.name, request) for task in TASKS if (request := task_request(task.name, task.example))]


@pytest.fixture(scope="module")
def reader() -> Reader:
    settings = load_settings()
    ensure_ready(settings, lambda _: None)
    terms = [name for topic in load_course(KNOWLEDGE).topics.values() for name in topic.names]
    return Reader(HeadScorer(load_encoder(settings)), terms)


def move(reader: Reader, text: str) -> moves.Move:
    return choose(Conversation(), reader.read(text, ReadingContext(False)), text)


@pytest.mark.parametrize(("task", "request_text"), OFFERED, ids=[name for name, _ in OFFERED])
def test_the_example_that_is_offered_starts_its_task(reader: Reader, task: str, request_text: str) -> None:
    started = move(reader, request_text)
    assert isinstance(started, moves.RunTask)
    assert started.task == task and started.text


@pytest.mark.parametrize("line", [line[2:] for line in HELP.splitlines() if line.startswith("- ")])
def test_what_help_names_is_answered_or_run(reader: Reader, line: str) -> None:
    started = move(reader, line)
    assert isinstance(started, moves.Answer if line.endswith("?") else moves.RunTask)
    assert not (isinstance(started, moves.Answer) and not started.sure)
