"""The lines of `tutorbot demo --batch` and its records."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutorbot.batch.task_lines import TaskLine, error_record, ok_record, read_task_line
from tutorbot.errors import InputError
from tutorbot.tasks.task import ModelUsed, Result

SMALL = ModelUsed("small", "MIT", "a test model")
BIG = ModelUsed("big", "Apache-2.0")


def test_whatever_else_a_line_holds_are_the_tasks_arguments() -> None:
    line = read_task_line('{"id": 7, "task": "extractive_qa", "text": "In 1713.", "question": "When?"}')
    assert line == TaskLine(7, "extractive_qa", {"text": "In 1713.", "question": "When?"})


@pytest.mark.parametrize("raw", ['{"text": "x"}', '{"task": 3}', '{"task": null}', '{"task": ["classify"]}', "{}"])
def test_a_line_that_names_no_task_is_left_to_the_catalogue(raw: str) -> None:
    assert read_task_line(raw).task == ""


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("{", "is not JSON"),
        ("good film", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("[]", "not an object"),
        ("null", "not an object"),
        ('"classify"', "not an object"),
        ('{"id": [1]}', '"id"'),
        ('{"id": 1.5}', '"id"'),
        ('{"id": NaN}', '"id"'),
    ],
)
def test_a_line_that_is_no_job_is_refused(raw: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        read_task_line(raw)
    assert words in caught.value.what and '"task"' in caught.value.fix


def test_the_record_of_a_task_that_ran() -> None:
    beside = Result({"text": "other"}, BIG)
    result = Result({"text": "one"}, SMALL, 0.9, ("It was cut.",), {"secret": 1}, (beside,), "generate", 0.0123456)
    assert ok_record(TaskLine("a", "generate", {}), result) == {
        "id": "a",
        "task": "generate",
        "status": "ok",
        "result": {"text": "one"},
        "confidence": 0.9,
        "notes": ["It was cut."],
        "model": {"name": "small", "licence": "MIT", "what": "a test model"},
        "others": [{"model": {"name": "big", "licence": "Apache-2.0", "what": ""}, "result": {"text": "other"}}],
        "timings_ms": {"total": 12.35},
    }


def test_the_record_of_a_line_that_could_not_be_done() -> None:
    assert error_record(None, "ner", InputError("No text.", "Give one.")) == {
        "id": None,
        "task": "ner",
        "status": "error",
        "result": None,
        "error": {"what": "No text.", "fix": "Give one."},
        "model": None,
        "timings_ms": {},
    }


@given(
    st.text(max_size=60)
    | st.dictionaries(st.sampled_from(["id", "task", "text"]), st.none() | st.integers() | st.text(max_size=9)).map(
        json.dumps
    )
)
def test_reading_gives_a_job_or_says_what_is_wrong(raw: str) -> None:
    try:
        line = read_task_line(raw)
    except InputError as error:
        assert error.fix
    else:
        json.dumps(line.id)
        assert isinstance(line.task, str)
