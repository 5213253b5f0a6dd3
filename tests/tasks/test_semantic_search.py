"""Search by meaning: the learner's sentences, the course, and nothing at all."""

from __future__ import annotations

from typing import Any

import pytest
from task_fakes import small_tools

from tutorbot.curriculum.course import Course
from tutorbot.errors import InputError
from tutorbot.messages import Table
from tutorbot.retrieval.evidence import Evidence, Retriever
from tutorbot.tasks import semantic_search
from tutorbot.tasks.task import Result, perform

SHOP = ["We open at nine.", "Refunds take five days.", "The parcel is on its way."]


class Search:
    """The task over the small course."""

    def __init__(self, course: Course, retriever: Retriever) -> None:
        self._tools = small_tools(course, retriever, None)

    def __call__(self, **given: Any) -> Result:
        return perform(semantic_search.TASK, given, self._tools)


@pytest.fixture
def search(course: Course, retriever: Retriever) -> Search:
    return Search(course, retriever)


def texts(result: Result) -> list[str]:
    return [hit["text"] for hit in result.values["hits"]]


def test_the_sentence_nearest_in_meaning_comes_first(search: Search) -> None:
    result = search(query="how long do refunds take", sentences=SHOP)
    assert texts(result)[0] == "Refunds take five days." and sorted(texts(result)) == sorted(SHOP)
    scores = [hit["score"] for hit in result.values["hits"]]
    assert scores == sorted(scores, reverse=True) and all(-1 <= score <= 1 for score in scores)
    assert result.notes == ()
    assert semantic_search.TASK.outcome(result) == "refunds take five days."
    assert semantic_search.render(result).startswith(f"1. Refunds take five days. ({scores[0]:.2f})\n2. ")


def test_meaning_stands_beside_words(search: Search) -> None:
    result = search(text="refunds take", sentences=SHOP)
    (table,) = semantic_search.parts(result)
    assert isinstance(table, Table)
    assert [row[2] for row in table.rows] == ["1.00", "0.00", "0.00"]
    steps = semantic_search.explain(result)
    assert "shares 100% of the query's content words: a search by words sees it too." in steps[1]
    assert len(steps) == 2


def test_a_sentence_without_the_words_is_what_a_search_by_words_misses(search: Search) -> None:
    result = search(query="money back", sentences=SHOP)
    assert "a search by words would have found little in it" in semantic_search.explain(result)[1]
    assert "the order below says little" in result.notes[0]


def test_without_sentences_the_course_is_searched(search: Search) -> None:
    result = search(text="What does dropout do to a layer?")
    first = result.values["hits"][0]
    assert (first["topic"], first["title"]) == ("dropout", "Dropout")
    assert ", Dropout)" in semantic_search.render(result)
    assert "as for a question" in semantic_search.explain(result)[-1]
    assert len(texts(result)) <= 5


def test_as_many_hits_as_asked_for(search: Search) -> None:
    assert len(texts(search(query="refunds", sentences=SHOP, top=1))) == 1
    assert len(texts(search(query="refunds", sentences=SHOP, top=20))) == 3
    with pytest.raises(InputError, match="from 1 to 20"):
        search(query="refunds", sentences=SHOP, top=0)


def test_equal_sentences_keep_their_order_and_sentences_may_come_as_text(search: Search) -> None:
    assert texts(search(query="refunds", sentences="refunds late | open at nine | refunds late")) == [
        "refunds late",
        "refunds late",
        "open at nine",
    ]


@pytest.mark.parametrize("given", [{}, {"sentences": SHOP}, {"query": "", "text": ""}, {"query": None}])
def test_without_a_query_it_asks_for_one(search: Search, given: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="semantic_search needs `query`"):
        search(**given)


def test_beside_a_query_the_text_is_searched(search: Search) -> None:
    result = search(query="refunds", text=" ".join(SHOP))
    assert texts(result)[0] == "Refunds take five days." and len(texts(result)) == 3


def test_white_space_is_nothing_to_look_for(search: Search) -> None:
    with pytest.raises(InputError, match="semantic_search needs `query`"):
        search(query="  \n", sentences=SHOP)


def test_blank_sentences_are_passed_over(search: Search) -> None:
    assert texts(search(query="refunds", sentences=["", " ", "Refunds take days.", 7])) == ["Refunds take days.", "7"]


def test_more_than_two_hundred_sentences_are_cut_and_said(search: Search) -> None:
    result = search(query="number 3", sentences=[f"number {n}" for n in range(300)])
    assert "the limit is 200" in result.notes[0]


def test_an_empty_course_says_so(course: Course) -> None:
    class Nothing:
        def search(self, query: str, k: int = 10) -> Evidence:
            return Evidence(query, ())

    result = perform(semantic_search.TASK, {"query": "dropout"}, small_tools(course, Nothing(), None))
    assert semantic_search.render(result) == "There was nothing to search in."
    assert semantic_search.parts(result) == () and semantic_search.explain(result)
    assert semantic_search.TASK.outcome(result) == "none"
    assert "Nothing here is close" in result.notes[0]


@pytest.mark.parametrize("text", ["a" * 10_000, "🎉 \ud800", "日本語", "<b>```x```</b>"])
def test_odd_queries_give_an_order_all_the_same(search: Search, text: str) -> None:
    assert sorted(texts(search(query=text, sentences=SHOP))) == sorted(SHOP)
