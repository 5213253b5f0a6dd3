"""Sentences as vectors: pairs, neighbours, and how a text is parted into sentences."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from task_fakes import small_tools

from tutorbot.curriculum.course import Course
from tutorbot.errors import InputError
from tutorbot.messages import Table
from tutorbot.retrieval.evidence import Retriever
from tutorbot.tasks import embed
from tutorbot.tasks.embed import _texts as parted
from tutorbot.tasks.task import Result, perform

SENTENCES = ["the cat sleeps", "rates rose again", "the cat naps"]
_word = st.text("abcdefghij", min_size=3, max_size=8)
_sentence = st.lists(_word, min_size=1, max_size=4).map(" ".join)


class Embed:
    """The task over the small course."""

    def __init__(self, course: Course, retriever: Retriever) -> None:
        self._tools = small_tools(course, retriever, None)

    def __call__(self, **given: Any) -> Result:
        return perform(embed.TASK, given, self._tools)


@pytest.fixture
def compare(course: Course, retriever: Retriever) -> Embed:
    return Embed(course, retriever)


def test_the_nearest_of_each_sentence_is_found(compare: Embed) -> None:
    values = compare(sentences=SENTENCES).values
    assert values["sentences"] == SENTENCES
    assert values["nearest"][0]["nearest"] == "the cat naps" and values["nearest"][2]["nearest"] == "the cat sleeps"
    matrix = values["similarity"]
    assert [matrix[n][n] for n in range(3)] == pytest.approx([1.0] * 3, abs=1e-3)
    assert all(matrix[i][j] == pytest.approx(matrix[j][i], abs=1e-4) for i in range(3) for j in range(3))
    assert values["nearest"][0]["score"] == pytest.approx(matrix[0][2], abs=1e-4)
    assert [len(row) for row in values["vectors"]] == [8, 8, 8]


def test_it_is_shown_explained_and_can_be_predicted(compare: Embed) -> None:
    result = compare(sentences=SENTENCES)
    score = result.values["nearest"][0]["score"]
    assert embed.render(result).startswith(f'- "the cat sleeps" is nearest to "the cat naps" ({score:.2f})\n')
    first, second, last = embed.explain(result)
    assert "one vector of 64 numbers" in first and "cosine" in second
    assert last.startswith(f'"the cat sleeps" and "the cat naps" have {score:.2f}.')
    matrix, vectors = embed.parts(result)
    assert isinstance(matrix, Table) and isinstance(vectors, Table)
    assert matrix.header == ("", "1", "2", "3") and len(matrix.rows[0]) == 4
    assert [row[0] for row in vectors.rows] == SENTENCES
    assert embed.outcome(result) == "the cat sleeps the cat naps"


def test_a_single_text_is_compared_with_the_names_of_the_course(compare: Embed) -> None:
    result = compare(text="dropout layers")
    assert result.values["nearest"][0]["nearest"] in ("Dropout", "dropout layer")
    assert len(result.values["nearest"]) == 5
    assert "names of the course's subjects" in result.notes[0]
    assert len(embed.explain(result)) == 3 and len(embed.parts(result)) == 2


def test_long_names_are_cut_in_the_tables_only(compare: Embed) -> None:
    long = "a sentence that is longer than a table likes"
    result = compare(sentences=[long, "short"])
    matrix, _ = embed.parts(result)
    assert isinstance(matrix, Table) and matrix.rows[0][0] == "a sentence that is lon.."
    assert result.values["sentences"][0] == long


def test_more_than_twelve_are_cut_and_said(compare: Embed) -> None:
    as_list = compare(sentences=[f"word{n}" for n in range(20)])
    as_text = compare(text="; ".join(f"word{n}" for n in range(20)))
    assert as_list.values["sentences"] == as_text.values["sentences"] == [f"word{n}" for n in range(12)]
    assert "the limit is 12" in as_list.notes[0] and "the limit is 12" in as_text.notes[0]


@pytest.mark.parametrize("given", [{}, {"text": ""}, {"text": " ; | \n "}, {"sentences": ["", ' " ']}, {"text": None}])
def test_without_a_sentence_it_asks_for_some(compare: Embed, given: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="embed needs sentences"):
        compare(**given)


@pytest.mark.parametrize("text", ["a" * 7_000 + "; b", "🎉; \ud800", "日本語 | 中文", "same; same"])
def test_odd_sentences_have_neighbours_too(compare: Embed, text: str) -> None:
    result = compare(text=text)
    assert len(result.values["nearest"]) == 2
    assert embed.render(result) and embed.explain(result)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("king vs queen", ["king", "queen"]),
        ("king vs. queen", ["king", "queen"]),
        ('"a king" and "a queen"', ["a king", "a queen"]),
        ("“a king” with “a queen”", ["a king", "a queen"]),
        ("one;two;; three", ["one", "two", "three"]),
        ("one | two\nthree", ["one", "two", "three"]),
        ("a|b and c", ["a|b and c"]),
        ("the cat, the dog and the bird", ["the cat, the dog and the bird"]),
        ("It's O'Neill's", ["It's O'Neill's"]),
    ],
)
def test_texts_are_parted_where_people_part_them(text: str, sentences: list[str]) -> None:
    assert parted({"text": text, "sentences": None}) == sentences


@given(st.lists(_sentence, min_size=1, max_size=12), st.sampled_from(["; ", ";", " | ", "\n", "\n\n"]))
def test_whatever_mark_parts_them_the_same_sentences_come_out(sentences: list[str], mark: str) -> None:
    assert parted({"text": mark.join(sentences), "sentences": None}) == sentences


@given(st.lists(_sentence, min_size=2, max_size=5), st.sampled_from([", ", " and ", " with "]))
def test_quoted_sentences_are_parted_between_the_quotes(sentences: list[str], mark: str) -> None:
    assert parted({"text": mark.join(f'"{s}"' for s in sentences), "sentences": None}) == sentences


@given(st.text(max_size=200))
def test_no_text_is_parted_into_nothing_but_marks(text: str) -> None:
    try:
        sentences = parted({"text": text, "sentences": None})
    except InputError:
        assert not any(map(str.isalnum, text.replace("vs", "")))
        return
    assert all(s and s in text for s in sentences)
