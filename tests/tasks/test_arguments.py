"""What learners and scripts give becomes what a task can rely on, or an error that says how to mend it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutorbot.errors import InputError
from tutorbot.tasks.arguments import Argument, checked, text
from tutorbot.tasks.catalogue import BY_NAME
from tutorbot.tasks.command_line import read_call

ARGUMENTS = (
    text("the text", longest=20),
    Argument("times", "integer", "how often", default=1, lowest=1, highest=5),
    Argument("share", "number", "how much", lowest=0, highest=1),
    Argument("mode", "choice", "which way", default="fast", choices=("fast", "slow")),
    Argument("labels", "list", "the labels", longest=3),
    Argument("table", "mapping", "what stands for what", longest=3),
    Argument("examples", "examples", "texts with labels", longest=3),
)
WILD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=()), max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=8,
)


def check(**given: Any) -> dict[str, Any]:
    return checked("task", ARGUMENTS, {"text": "hello", **given})[0]


def deep(depth: int) -> Any:
    value: Any = "x"
    for _ in range(depth):
        value = [value]
    return value


def test_what_is_not_given_has_its_default() -> None:
    assert check() == {
        "text": "hello",
        "times": 1,
        "share": None,
        "mode": "fast",
        "labels": None,
        "table": None,
        "examples": None,
    }


def test_numbers_and_choices_may_be_written_as_text() -> None:
    found = check(times="3", share="0.25", mode=" SLOW ")
    assert (found["times"], found["share"], found["mode"]) == (3, 0.25, "slow")


@pytest.mark.parametrize(
    ("written", "labels"),
    [
        ("sport, politics", ("sport", "politics")),
        ("one, two | three", ("one, two", "three")),
        ("a, b\nc | d\n", ("a, b", "c | d")),
        ('["a", "b"]', ("a", "b")),
        ("alone", ("alone",)),
        (",", ()),
    ],
)
def test_lists_as_people_write_them(written: str, labels: tuple[str, ...]) -> None:
    assert check(labels=written)["labels"] == labels


@pytest.mark.parametrize(
    ("written", "pairs"),
    [
        ("play jazz = music, lamp on=device", {"play jazz": "music", "lamp on": "device"}),
        ("1+1=2 = sum | a, b = letters", {"1+1=2": "sum", "a, b": "letters"}),
        ('{"play": "music"}', {"play": "music"}),
    ],
)
def test_examples_as_people_write_them(written: str, pairs: dict[str, str]) -> None:
    assert check(examples=written)["examples"] == check(table=written)["table"] == pairs


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"text": ""}, "needs `text`"),
        ({"text": " \n"}, "needs `text`"),
        ({"text": 5}, "should be a text, not 5"),
        ({"colour": "red"}, "no argument `colour`"),
        ({"times": 6}, "from 1 to 5, not 6"),
        ({"times": "1.5"}, "from 1 to 5, not '1.5'"),
        ({"times": True}, "not True"),
        ({"share": float("nan")}, "from 0 to 1, not nan"),
        ({"share": "inf"}, "from 0 to 1"),
        ({"times": float("inf")}, "from 1 to 5"),
        ({"times": 10**400}, "from 1 to 5"),
        ({"times": deep(900)}, "from 1 to 5"),
        ({"mode": "sideways"}, "cannot be 'sideways'"),
        ({"labels": 3}, "should be a list"),
        ({"labels": "[1,"}, "is not JSON"),
        ({"labels": "[" * 100_000}, "is not JSON"),
        ({"labels": '{"a": 1'}, "is not JSON"),
        ({"table": ["a"]}, "should be a mapping"),
        ({"table": "[1]"}, "should be a mapping"),
        ({"examples": "jazz, lamp"}, "a part without `=`"),
        ({"examples": "=music"}, "a part without `=`"),
    ],
)
def test_what_cannot_be_used_is_named(given: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError) as caught:
        check(**given)
    assert words in caught.value.what
    assert caught.value.fix


def test_what_is_too_long_is_cut_and_a_note_says_so() -> None:
    values, notes = checked("task", ARGUMENTS, {"text": "x" * 21, "labels": list("abcd")})
    assert (values["text"], values["labels"]) == ("x" * 20, ("a", "b", "c"))
    assert notes == (
        "text has 21 characters; the limit is 20, and only the first were used.",
        "labels has 4 entries; the limit is 3, and only the first were used.",
    )


@given(st.fixed_dictionaries({}, optional={argument.name: WILD for argument in ARGUMENTS}))
def test_anything_is_checked_or_refused_kindly(wild: dict[str, Any]) -> None:
    try:
        values, notes = checked("task", ARGUMENTS, wild)
    except InputError as error:
        assert error.what and error.fix
        return
    assert values["text"].strip() and len(values["text"]) <= 20
    values["text"].encode("utf-8")
    assert 1 <= values["times"] <= 5 and values["mode"] in ("fast", "slow")
    assert values["share"] is None or 0 <= values["share"] <= 1
    assert all(len(values[name] or ()) <= 3 for name in ("labels", "table", "examples"))
    assert all(note.endswith("only the first were used.") for note in notes)


@given(st.sampled_from(["classify", "extractive_qa", "few_shot", "juggle"]), st.text(max_size=80))
def test_a_call_on_one_line_loses_no_words(task: str, line: str) -> None:
    words, options = read_call(task, line)
    assert set(options) <= {a.name for a in BY_NAME[task].arguments} if task in BY_NAME else not options
    if "--" not in line:
        assert words == line.strip()


def test_options_after_the_text() -> None:
    line = "Signed in 1713 -- at last. --question When --ever --text other"
    assert read_call("extractive_qa", line) == ("other", {"question": "When --ever"})
    assert read_call("few_shot", 'play --examples {"a": "b"}') == ("play", {"examples": json.dumps({"a": "b"})})
