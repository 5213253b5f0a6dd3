"""What holds for every mini-task, whichever it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tutorbot.bootstrap import House, build_house
from tutorbot.curriculum.course import Course, load_course
from tutorbot.errors import InputError
from tutorbot.settings import load_settings
from tutorbot.tasks.arguments import checked
from tutorbot.tasks.catalogue import TASKS, find_task
from tutorbot.tasks.task import Task, perform

KNOWLEDGE = Path(__file__).parent.parent.parent / "knowledge"
every_task = pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)


@pytest.fixture(scope="module")
def whole_course() -> Course:
    return load_course(KNOWLEDGE)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    store = tmp_path_factory.mktemp("store") / "learners.db"
    with build_house(load_settings(database_url=f"sqlite:///{store}")) as house:
        yield house


def test_names_are_unique_and_found() -> None:
    assert len({task.name for task in TASKS}) == len(TASKS)
    assert all(find_task(task.name) is task for task in TASKS)


@pytest.mark.parametrize("name", ["", "Classify", "juggle" * 1_000, "\ud800"])
def test_a_name_that_is_none_gets_those_there_are(name: str) -> None:
    with pytest.raises(InputError, match="no mini-task") as caught:
        find_task(name)
    assert "classify" in caught.value.fix and len(caught.value.what) < 100


@every_task
def test_arguments_have_names_of_their_own_and_say_what_they_are(task: Task) -> None:
    names = [argument.name for argument in task.arguments]
    assert names and len(set(names)) == len(names)
    # Those of the command line and of a batch line stand beside them.
    assert not {"id", "task", "json", "predict", "confidence", "name", "batch", "list"} & set(names)
    assert all(argument.what for argument in task.arguments)
    assert task.purpose.endswith((".", "?")) and "\n" not in task.purpose


@every_task
def test_the_example_and_the_defaults_are_within_the_limits(task: Task) -> None:
    values, notes = checked(task.name, task.arguments, task.example)
    assert notes == ()
    given = {name: value for name, value in values.items() if value is not None}
    assert checked(task.name, task.arguments, given)[0] == values


@every_task
def test_the_topic_that_teaches_it_is_in_the_course(task: Task, whole_course: Course) -> None:
    assert task.topic in whole_course.topics


@pytest.mark.slow
@every_task
def test_the_example_runs_on_the_real_weights(task: Task, house: House) -> None:
    result = perform(task, task.example, house.tools)
    json.dumps([dict(result.values), dict(result.trace)], allow_nan=False)
    assert result.task == task.name and result.seconds > 0
    assert result.model.name and result.model.licence
    assert result.confidence is None or 0 <= result.confidence <= 1
    assert task.render(result).strip()
    steps = task.explain(result)
    assert len(steps) >= 2 and all(step.strip().endswith((".", "?", "!", ")", '"')) for step in steps)
    task.parts(result)
    assert bool(task.guess) == bool(task.outcome(result))


@pytest.mark.slow
@every_task
@pytest.mark.parametrize("text", ["a" * 10_000, "<b>&amp;</b> ```x = 1```", "日本語のテキスト", "🎉 \ud800 !", "."])
def test_odd_texts_give_a_result_or_a_kind_error(task: Task, text: str, house: House) -> None:
    first = task.arguments[0]
    if first.kind != "text":
        pytest.skip("it takes no text")
    try:
        result = perform(task, {**task.example, first.name: text}, house.tools)
    except InputError as error:
        assert error.fix
        return
    assert task.render(result).strip() and task.explain(result)
    json.dumps(dict(result.values), allow_nan=False)
    assert result.seconds < 30
