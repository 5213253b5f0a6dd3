"""`tutorbot demo`, with fakes for the models and a real store."""

from __future__ import annotations

import io
import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from command_line import Run, assert_says

from tutorbot.bootstrap import House
from tutorbot.tasks.catalogue import TASKS

FIELDS = {"id", "task", "status", "result", "confidence", "notes", "model", "others", "timings_ms"}
JSON_FIELDS = FIELDS - {"id"} | {"arguments", "explanation", "topic"}
GOOD = {"task": "classify", "text": "a good film"}


def predictions(home: Path) -> list[dict[str, Any]]:
    with sqlite3.connect(home / "data" / "learners.db") as connection:
        rows = connection.execute("SELECT payload FROM events WHERE kind = 'PredictionMade'").fetchall()
    connection.close()
    return [json.loads(payload) for (payload,) in rows]


class Terminal(io.StringIO):
    """Somebody who types these lines."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    return lambda lines: monkeypatch.setattr("sys.stdin", Terminal(lines))


@pytest.fixture
def pipes(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    return lambda raw: monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))


def test_the_list_names_every_task_and_needs_no_model(tutorbot: Run) -> None:
    shown = tutorbot("demo", "--list")
    assert (shown.status, shown.err) == (0, "")
    assert shown.out.startswith(
        "classify             Is a text positive or negative? With probabilities and the words that mattered.\n"
        "                     tutorbot demo classify TEXT\n"
    )
    assert "tutorbot demo extractive_qa TEXT [--question ...]\n" in shown.out
    assert all(f"{task.name} " in shown.out and task.purpose in shown.out for task in TASKS)


def test_the_list_as_json_has_arguments_with_their_limits(tutorbot: Run) -> None:
    (rows,) = tutorbot("demo", "--list", "--json").rows
    assert [row["name"] for row in rows] == [task.name for task in TASKS]
    generate = next(row for row in rows if row["name"] == "generate")
    assert set(generate) == {"name", "purpose", "topic", "arguments", "example"}
    temperature = next(a for a in generate["arguments"] if a["name"] == "temperature")
    assert (temperature["kind"], temperature["lowest"], temperature["highest"]) == ("number", 0, 2)


def test_a_task_on_the_learners_own_words(tutorbot: Run, fake_models: list[House]) -> None:
    shown = tutorbot("demo", "classify", "a", "good", "film")
    assert (shown.status, shown.err) == (0, "")
    lines = shown.out.splitlines()
    assert lines[0].startswith("**positive** (")
    assert lines[2:5] == ["Words that mattered", "Word  Pull towards positive", "----  ---------------------"]
    assert "What just happened" in lines
    assert "1. The text was cut into word pieces, and the encoder (six transformer layers)" in shown.out
    assert lines[-2].startswith("all-MiniLM-L6-v2 + sentiment head, trained on film reviews (SST-2, IMDb) (Apache-2.0), ")


@pytest.mark.parametrize("arguments", [["classify"], ["classify", ""]])
def test_without_a_text_the_example_is_run_and_that_is_said(
    tutorbot: Run, fake_models: list[House], arguments: list[str]
) -> None:
    shown = tutorbot("demo", *arguments)
    assert shown.out.startswith("On the example: The first half drags, but the ending is wonderful.\n\n**")


@pytest.mark.parametrize(
    "arguments",
    [
        ["classify", "--json", "a good film"],
        ["classify", "a good film", "--json"],
        ["--json", "classify", "a good film"],
        ["classify", "a", "good", "film", "--json"],
        ["classify", "--text", "a good film", "--json"],
    ],
)
def test_json_may_stand_anywhere(tutorbot: Run, fake_models: list[House], arguments: list[str]) -> None:
    (row,) = tutorbot("demo", *arguments).rows
    assert set(row) == JSON_FIELDS
    assert (row["task"], row["status"], row["result"]["label"]) == ("classify", "ok", "positive")
    assert row["arguments"] == {"text": "a good film"}
    assert row["model"]["licence"] == "Apache-2.0" and row["explanation"] and row["topic"] == "text-classification"
    assert row["timings_ms"]["total"] > 0


def test_options_of_a_task(tutorbot: Run, fake_models: list[House]) -> None:
    (asked,) = tutorbot("demo", "extractive_qa", "Utrecht, 1713.", "--question", "When?", "--json").rows
    assert asked["result"]["answer"] == "1713"
    (seen,) = tutorbot("demo", "next_token", "The capital is", "--top-k=2", "--temperature", "0.5", "--json").rows
    assert (seen["arguments"]["top_k"], seen["arguments"]["temperature"]) == ("2", "0.5")
    (example,) = tutorbot("demo", "extractive_qa", "--question", "Where?", "--json").rows
    assert example["arguments"]["text"].startswith("The treaty") and example["arguments"]["question"] == "Where?"


def test_the_text_may_come_from_standard_input(
    tutorbot: Run, fake_models: list[House], pipes: Callable[[bytes], None]
) -> None:
    pipes(b"A bad film.\nSo bad.\n")
    (row,) = tutorbot("demo", "classify", "-", "--json").rows
    assert (row["result"]["label"], row["arguments"]["text"]) == ("negative", "A bad film.\nSo bad.\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "no mini-task named"),
        (["juggle", "balls"], "There is no mini-task `juggle`"),
        (["classify", "good", "--colour", "red"], "there is no option --colour"),
        (["classify", "good", "--help"], "there is no option --help"),
        (["classify", "good", "--predict", "positive", "--confidence", "101"], "--confidence"),
        (["extractive_qa", "Utrecht."], "needs `question`"),
        (["generate", "Once", "--temperature", "hot"], "from 0 to 2, not 'hot'"),
        (["few_shot", "play", "--examples", "jazz"], "a part without `=`"),
        (["few_shot", "play", "--examples", '{"a'], "is not JSON"),
        (["--batch", "nowhere.jsonl"], "no batch file"),
        (["attention", "a cat", "--predict", "x"], "nothing to predict"),
    ],
)
def test_mistakes_on_the_line_are_named(tutorbot: Run, fake_models: list[House], arguments: list[str], words: str) -> None:
    assert_says(tutorbot("demo", *arguments), words)


def test_a_prediction_given_on_the_line_is_held_against_the_outcome(
    tutorbot: Run, fake_models: list[House], home: Path
) -> None:
    shown = tutorbot("demo", "classify", "a good film", "--predict", "positive", "--confidence", "80")
    assert shown.out.startswith("As you predicted: positive.\n\n**positive**")
    (row,) = tutorbot("demo", "classify", "a good film", "--predict", "negative", "--json").rows
    assert row["prediction"] == {"text": "negative", "confidence": None, "outcome": "positive", "held": False}
    assert predictions(home) == [
        {
            "task": "classify",
            "topic": "text-classification",
            "prediction": said,
            "confidence": sure,
            "outcome": "positive",
            "held": held,
        }
        for said, sure, held in (("positive", 0.8, True), ("negative", None, False))
    ]


def test_a_prediction_is_asked_for_at_a_terminal(
    tutorbot: Run, fake_models: list[House], home: Path, types: Callable[[str], None]
) -> None:
    types("negative\n70 %\n")
    shown = tutorbot("demo", "classify", "a good film", "--predict")
    assert shown.out.startswith("a good film\n\nPositive or negative? How sure are you, in per cent? You predicted")
    assert [(p["prediction"], p["confidence"], p["held"]) for p in predictions(home)] == [("negative", 0.7, False)]


@pytest.mark.parametrize(
    ("typed", "sure"), [("positive 60%\n\n", 0.6), ("positive\nvery\n", None), ("positive\n400\n", 1.0)]
)
def test_a_confidence_may_be_left_out_or_odd(
    tutorbot: Run, fake_models: list[House], home: Path, types: Callable[[str], None], typed: str, sure: float | None
) -> None:
    types(typed)
    assert tutorbot("demo", "classify", "a good film", "--predict").status == 0
    assert [(p["confidence"], p["held"]) for p in predictions(home)] == [(sure, True)]


def test_a_terminal_that_ends_before_the_prediction(
    tutorbot: Run, fake_models: list[House], types: Callable[[str], None]
) -> None:
    types("")
    assert_says(tutorbot("demo", "classify", "a good film", "--predict"), "no prediction", "leave --predict out")


def test_without_a_terminal_the_prediction_must_be_given(
    tutorbot: Run, fake_models: list[House], pipes: Callable[[bytes], None]
) -> None:
    pipes(b"positive\n")
    assert_says(tutorbot("demo", "classify", "good", "--predict"), "no terminal", '--predict "positive" --confidence 80')
    assert fake_models == [], "nothing was built for it"


@pytest.fixture
def batch(tutorbot: Run, fake_models: list[House], home: Path) -> Iterator[Callable[..., list[dict[str, Any]]]]:
    def run(*rows: dict[str, Any] | bytes) -> list[dict[str, Any]]:
        path = home / "tasks.jsonl"
        path.write_bytes(b"\n".join(r if isinstance(r, bytes) else json.dumps(r).encode() for r in rows))
        shown = tutorbot("demo", "--batch", str(path))
        assert (shown.status, shown.err) == (0, "")
        return shown.rows

    yield run


def test_batch_prints_one_record_for_each_line_in_order(batch: Callable[..., list[dict[str, Any]]]) -> None:
    rows = batch(
        {"id": "1", **GOOD},
        {"id": 2, "task": "ner", "text": "Marie Curie in Warsaw"},
        {"id": "3", "task": "extractive_qa", "text": "Utrecht, 1713.", "question": "When?"},
        {"id": "4", "task": "support", "text": "It rained in Utrecht.", "claim": "it rained"},
    )
    assert [row["id"] for row in rows] == ["1", 2, "3", "4"]
    assert all(set(row) == FIELDS and row["status"] == "ok" for row in rows)
    assert set(rows[0]["result"]["probabilities"]) == {"positive", "negative"}
    assert rows[1]["result"]["entities"][0] == {"text": "Marie Curie", "label": "PER", "start": 0, "end": 11}
    assert {"answer", "start", "end", "score"} <= set(rows[2]["result"])
    assert 0 <= rows[3]["result"]["score"] <= 1


def test_a_broken_line_gets_a_record_and_ends_nothing(batch: Callable[..., list[dict[str, Any]]]) -> None:
    broken: list[tuple[dict[str, Any] | bytes, str]] = [
        (b'{"id": "x"', "is not JSON"),
        (b"a good film", "is not JSON"),
        (b"[1, 2]", "not an object"),
        (b"null", "not an object"),
        (b"[" * 100_000, "is not JSON"),
        (b'{"id": ' + b"[" * 900 + b"]" * 900 + b"}", '"id"'),
        (b'{"id": "x", "task": "classify", "text": ' + b"[" * 900 + b"]" * 900 + b"}", "should be a text"),
        (b'{"id": "x", "text": "good"}', "no mini-task ``"),
        ({"id": "x", "task": "juggle", "text": "balls"}, "no mini-task `juggle`"),
        ({"id": "x", "task": "classify"}, "needs `text`"),
        ({"id": "x", "task": "classify", "text": 3}, "should be a text"),
        ({"id": "x", "task": "classify", "text": "good", "colour": "red"}, "no argument `colour`"),
        ({"id": "x", "task": "generate", "text": "good", "temperature": 9}, "from 0 to 2"),
        ({"id": "x", "task": "extractive_qa", "text": "In 1713."}, "needs `question`"),
        (b'{"id": "x", "task": "classify", "text": "\xff\xfe", "seed": 1}', "no argument `seed`"),
    ]
    rows = batch(*(line for line, _ in broken), {"id": "last", **GOOD})
    assert len(rows) == len(broken) + 1
    for row, (_, words) in zip(rows, broken, strict=False):
        assert (row["status"], row["result"]) == ("error", None)
        assert words in row["error"]["what"] and row["error"]["fix"]
        assert row["id"] in ("x", None)
    assert (rows[-1]["id"], rows[-1]["status"]) == ("last", "ok")


def test_odd_texts_in_a_batch(batch: Callable[..., list[dict[str, Any]]]) -> None:
    texts = ["good" * 50_000, "\ud800 good", "<b>good</b>\x00", "什么", "🎉", "a" * 10_000]
    rows = batch(*({"id": n, "task": "classify", "text": text} for n, text in enumerate(texts)), b"", b"   ")
    assert [row["status"] for row in rows] == ["ok"] * len(texts)
    assert "the limit is 4,000" in rows[0]["notes"][0]


def test_a_batch_on_standard_input(tutorbot: Run, fake_models: list[House], pipes: Callable[[bytes], None]) -> None:
    pipes(b"\xef\xbb\xbf" + json.dumps({"id": "1", **GOOD}).encode() + b"\r\n\n{\n")
    shown = tutorbot("demo", "--batch", "-")
    assert [row["status"] for row in shown.rows] == ["ok", "error"]
