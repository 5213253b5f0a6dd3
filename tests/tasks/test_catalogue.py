"""Every task keeps the contract, on fakes and, marked slow, on the real models."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from fakes import QueuedWriter
from task_fakes import small_tools

from tutorbot.bootstrap import build_house
from tutorbot.commands.common import scratch_store
from tutorbot.curriculum.course import Course, load_course
from tutorbot.errors import InputError, ModelError
from tutorbot.messages import Table
from tutorbot.retrieval.search import FusedRetriever
from tutorbot.settings import load_settings
from tutorbot.tasks.catalogue import BY_NAME, TASKS, find_task
from tutorbot.tasks.task import Result, Task, perform
from tutorbot.tasks.tools import Tools

EVERY_TASK = pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
WILD = (
    "a" * 10_000,
    "<script>alert(1)</script> **bold** `code` @everyone",
    "def f(x):\n    return x ** 2\n" * 20,
    "Привет, мир. 你好，世界。 مرحبا",
    "🦊🦊🦊",
    "\ud800 \x00 \u202e",
    "?",
    "." * 500,
)


@pytest.fixture
def tools(course: Course, retriever: FusedRetriever) -> Tools:
    return small_tools(course, retriever, QueuedWriter(*["Nobody was there. It was dark."] * 20))


@pytest.fixture(scope="module")
def real_tools() -> Iterator[Tools]:
    with scratch_store(load_settings()) as settings, build_house(settings) as house:
        yield house.tools


def assert_keeps_the_contract(task: Task, result: Result) -> None:
    assert result.task == task.name
    assert json.loads(json.dumps(dict(result.values), allow_nan=False)) is not None
    assert result.model.name and result.model.licence
    assert result.confidence is None or 0 <= result.confidence <= 1
    assert task.render(result).strip()
    steps = task.explain(result)
    assert steps and all(step.strip() for step in steps)
    for part in task.parts(result):
        if isinstance(part, Table):
            assert all(len(row) == len(part.header) for row in part.rows)


@EVERY_TASK
def test_a_task_says_what_it_is(task: Task) -> None:
    assert task.purpose.strip().endswith((".", "?"))
    names = [argument.name for argument in task.arguments]
    assert len(set(names)) == len(names)
    assert set(task.example) <= set(names)
    assert names[0] in task.example, "the first argument is the learner's own text, and the example has one"
    assert all(argument.what for argument in task.arguments)


@EVERY_TASK
def test_a_task_is_taught_by_a_topic_of_the_course(task: Task, whole_course: Course) -> None:
    assert task.topic in whole_course.topics


@pytest.fixture(scope="module")
def whole_course() -> Course:
    return load_course(load_settings().knowledge)


def test_names_are_unique_and_unknown_ones_are_told_with_what_there_is() -> None:
    assert len(BY_NAME) == len(TASKS)
    with pytest.raises(InputError, match="no mini-task `juggle`") as raised:
        find_task("juggle")
    assert "classify" in raised.value.fix


@EVERY_TASK
def test_the_example_runs_on_fakes(task: Task, tools: Tools) -> None:
    assert_keeps_the_contract(task, perform(task, task.example, tools))


@EVERY_TASK
def test_what_can_be_predicted_has_an_outcome(task: Task, tools: Tools) -> None:
    outcome = task.outcome(perform(task, task.example, tools))
    assert bool(outcome) == bool(task.guess)


@EVERY_TASK
@pytest.mark.parametrize("wild", WILD, ids=range(len(WILD)))
def test_wild_text_is_a_result_or_a_kind_refusal(task: Task, wild: str, tools: Tools) -> None:
    given = {**task.example, task.arguments[0].name: wild}
    try:
        assert_keeps_the_contract(task, perform(task, given, tools))
    except (InputError, ModelError) as refused:
        assert refused.what and refused.fix


@pytest.mark.slow
@EVERY_TASK
def test_the_example_runs_on_the_real_models(task: Task, real_tools: Tools) -> None:
    assert_keeps_the_contract(task, perform(task, task.example, real_tools))


@pytest.mark.slow
@EVERY_TASK
@pytest.mark.parametrize("wild", WILD, ids=range(len(WILD)))
def test_wild_text_takes_no_wild_time_on_the_real_models(task: Task, wild: str, real_tools: Tools) -> None:
    given = {**task.example, task.arguments[0].name: wild}
    try:
        result = perform(task, given, real_tools)
    except (InputError, ModelError) as refused:
        assert refused.what and refused.fix
    else:
        assert_keeps_the_contract(task, result)
        # Far above the bars for usual text, so that a loaded machine does not fail it, and far below a blow-up.
        assert result.seconds < 20
