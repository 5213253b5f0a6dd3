"""Exercises, glossary, resources, dialogues and syllabus: each rule, told with file and line."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from fakes import COURSE

from tutorbot.curriculum.item_files import read_items
from tutorbot.curriculum.lint import lint_course
from tutorbot.errors import CurriculumError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(COURSE, tmp_path / "course"))


@pytest.fixture
def told(folder: Path) -> Callable[[], str]:
    return lambda: "\n".join(map(str, lint_course(folder, run_code=False)))


def spoil(folder: Path, old: str, new: str) -> None:
    path = folder / "items" / "dropout.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_items_of_every_kind_are_read() -> None:
    items = read_items(COURSE / "items" / "dropout.yaml")
    assert [i.kind for i in items] == ["single", "multiple", "short", "order", "cloze", "output", "numeric"]
    assert items[1].line == 12


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("kind: single", "kind: guess", "the kind `guess` is unknown"),
        ("    answer: 1\n", "    answer: 9\n", "names no option"),
        ("    difficulty: 1\n", "", "an item without 'difficulty'"),
        ("    tolerance: 0.5\n", "    tolerance: wide\n", "cannot be used"),
        ("items:", "tasks:", "no `topic` and list of `items`"),
        ("kind: single", "kind: [", "is not YAML"),
    ],
)
def test_a_file_that_cannot_be_used_is_told(folder: Path, told: Callable[[], str], old: str, new: str, what: str) -> None:
    spoil(folder, old, new)
    with pytest.raises(CurriculumError):
        read_items(folder / "items" / "dropout.yaml")
    assert what in told()


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("id: dropout-1", "id: other-1", "The id does not begin with the topic."),
        ("objective: 1", "objective: 7", "There is no objective 7."),
        ("difficulty: 1", "difficulty: 9", "The difficulty is 9."),
        ("hints: [Not the weights., Not at inference.]", "hints: [Not the weights.]", "There are 1 hints."),
        ("question: Dropout zeroes random ___ during ___.", "question: Dropout zeroes random ___.", "1 gaps and 2 answers"),
        ("tolerance: 0.5", "tolerance: 0", "The tolerance is not above 0."),
        ("      - it makes the network faster\n", "      - neurons depend less\n", "should be rejected but is accepted"),
        (
            "      - It keeps neurons from relying on each other\n",
            "      - it is nice\n",
            "should be accepted but is graded 0.00",
        ),
        ("answer: [1, 3]", "answer: [1]", "two or more right options"),
        (
            "[Draw a random mask, Zero the masked activations, Scale up the kept ones, Compute the loss]",
            "[A, A, B]",
            "three different",
        ),
    ],
)
def test_each_rule_for_an_item(folder: Path, told: Callable[[], str], old: str, new: str, what: str) -> None:
    spoil(folder, old, new)
    assert what in told()


def test_the_code_of_an_item_must_print_its_answer(folder: Path) -> None:
    spoil(folder, 'answer: "4.0"', 'answer: "5.0"')
    assert any("prints `4.0` and not `5.0`" in str(f) for f in lint_course(folder))


def test_a_topic_without_exercises_and_exercises_without_a_topic(folder: Path, told: Callable[[], str]) -> None:
    (folder / "items" / "dropout.yaml").rename(folder / "items" / "nothing.yaml")
    assert "The topic `dropout` has 0 items." in told()
    assert "`nothing` is no topic." in told()


def test_keys_that_give_themselves_away_are_told(folder: Path, told: Callable[[], str]) -> None:
    rows = "".join(
        f"  - {{id: dropout-{n}, kind: single, difficulty: 1, objective: 1, question: q{n}, options: [a{n} very long, b, c],"
        " answer: 1, hints: [one, two], explanation: one two three four five six seven eight}\n"
        for n in range(30)
    )
    (folder / "items" / "dropout.yaml").write_text(f"topic: dropout\nitems:\n{rows}")
    assert "the longest option is right" in told()
    assert "option 1 is right" in told()


@pytest.mark.parametrize(
    ("file", "content", "what"),
    [
        ("glossary.yaml", "terms: [{term: a, definition: One. Two., topic: dropout}]", "is not one sentence"),
        ("glossary.yaml", "terms: [{term: a, definition: One., topic: x}]", "unknown topic `x`"),
        ("glossary.yaml", "terms: [{term: a}]", "entry 1 of `terms`"),
        ("glossary.yaml", "terms: 3", "has no list `terms`"),
        ("resources.yaml", "resources: [{name: a, author: b, kind: book, url: 'http://a', topics: []}]", "is not https"),
        (
            "dialogues/a.yaml",
            "dialogues: [{id: a, topic: x, shows: [], turns: [{learner: h}, {tutor: h}]}]",
            "unknown topic `x`",
        ),
        (
            "dialogues/a.yaml",
            "dialogues: [{id: a, topic: null, shows: [], turns: [{tutor: h}, {learner: h}]}]",
            "do not alternate",
        ),
        ("dialogues/a.yaml", "dialogues: [{id: a, topic: null, shows: [], turns: [{learner: h}]}]", "There are 1 turns."),
        ("syllabus.yaml", "basics: [dropout, quantum gravity]", "`quantum gravity` (basics) has no home"),
        ("syllabus.yaml", "basics: [", "is not YAML"),
    ],
)
def test_each_rule_beside_the_topics(folder: Path, told: Callable[[], str], file: str, content: str, what: str) -> None:
    (folder / "dialogues").mkdir(exist_ok=True)
    (folder / file).write_text(content)
    assert what in told()
