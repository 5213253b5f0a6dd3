"""What learners and scripts give becomes what a task can rely on, or a sentence that says what is wrong."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutorbot.errors import InputError
from tutorbot.tasks.arguments import Argument, checked, text

ARGUMENTS = (
    text("the text", 50),
    Argument("temperature", "number", "how wild", default=0.7, lowest=0.0, highest=2.0),
    Argument("top_k", "integer", "how many", lowest=1, highest=100),
    Argument("mode", "choice", "which way", default="short", choices=("short", "long")),
    Argument("labels", "list", "what may come out", longest=3),
    Argument("examples", "examples", "texts with their labels", longest=3),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def check(**given: Any) -> dict[str, Any]:
    return checked("sort", ARGUMENTS, given)[0]


def complaint(**given: Any) -> str:
    with pytest.raises(InputError) as raised:
        check(**given)
    return f"{raised.value.what} {raised.value.fix}"


def test_what_is_not_given_takes_its_default() -> None:
    assert check(text="fine") == {
        "text": "fine",
        "temperature": 0.7,
        "top_k": None,
        "mode": "short",
        "labels": None,
        "examples": None,
    }


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("temperature", "1.5", 1.5),
        ("temperature", 0, 0.0),
        ("top_k", "7", 7),
        ("mode", " LONG ", "long"),
        ("labels", "sports, politics", ("sports", "politics")),
        ("labels", "yes, indeed|no, never", ("yes, indeed", "no, never")),
        ("labels", '["a, b", "c"]', ("a, b", "c")),
        ("labels", ["a"], ("a",)),
        ("examples", "play jazz=music, lamp on=device", {"play jazz": "music", "lamp on": "device"}),
        ("examples", "1+1=2=arithmetic", {"1+1=2": "arithmetic"}),
        ("examples", "play it, loud = music\nlamp on = device", {"play it, loud": "music", "lamp on": "device"}),
        ("examples", '{"play jazz": "music"}', {"play jazz": "music"}),
    ],
)
def test_values_may_be_written_as_people_write_them(name: str, value: Any, read: Any) -> None:
    assert check(**{"text": "fine", name: value})[name] == read


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, ("sort needs `text`", "the text")),
        ({"text": ""}, ("sort needs `text`",)),
        ({"text": " \n "}, ("sort needs `text`",)),
        ({"text": 7}, ("`text` should be a text, not 7",)),
        ({"text": "x", "colour": "red"}, ("no argument `colour`", "temperature")),
        ({"text": "x", "temperature": 9}, ("from 0 to 2, not 9", "how wild")),
        ({"text": "x", "temperature": "warm"}, ("from 0 to 2",)),
        ({"text": "x", "temperature": float("nan")}, ("from 0 to 2",)),
        ({"text": "x", "temperature": True}, ("from 0 to 2",)),
        ({"text": "x", "top_k": float("inf")}, ("from 1 to 100",)),
        ({"text": "x", "top_k": 10**400}, ("from 1 to 100",)),
        ({"text": "x", "mode": "medium"}, ("cannot be 'medium'", "short, long")),
        ({"text": "x", "labels": 5}, ("`labels` should be a list",)),
        ({"text": "x", "labels": "[1, 2"}, ("`labels` is not JSON",)),
        ({"text": "x", "labels": "[" * 100_000}, ("`labels` is not JSON",)),
        ({"text": "x", "examples": "play jazz"}, ("a part without `=`", "play jazz=music")),
    ],
)
def test_what_cannot_be_used_is_named_with_what_would_do(given: dict[str, Any], words: tuple[str, ...]) -> None:
    said = complaint(**given)
    assert all(word in said for word in words), said


def test_what_is_too_long_is_cut_and_said() -> None:
    values, notes = checked("sort", ARGUMENTS, {"text": "x" * 12_000, "labels": ["a", "b", "c", "d"]})
    assert (len(values["text"]), values["labels"]) == (50, ("a", "b", "c"))
    assert notes == (
        "text has 12,000 characters; the limit is 50, and only the first were used.",
        "labels has 4 entries; the limit is 3, and only the first were used.",
    )


def test_what_no_tokenizer_takes_is_gone() -> None:
    assert check(text="a\ud800b\x00c")["text"] == "a?b c"


@given(st.dictionaries(st.sampled_from([a.name for a in ARGUMENTS]) | st.text(max_size=5), JSON, max_size=6))
def test_wild_input_is_taken_or_refused_in_a_few_words(given: dict[str, Any]) -> None:
    try:
        values, notes = checked("sort", ARGUMENTS, given)
    except InputError as error:
        assert len(error.what) < 300 and error.fix
    else:
        assert set(values) == {a.name for a in ARGUMENTS}
        assert values["text"].strip() and len(values["text"]) <= 50
        assert 0 <= values["temperature"] <= 2
        assert all(note.endswith("only the first were used.") for note in notes)
