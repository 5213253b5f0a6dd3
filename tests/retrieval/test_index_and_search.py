"""The passage index: built once, rebuilt when the course changes, and what a search finds."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import WordEncoder

from tutorbot.curriculum.course import Course
from tutorbot.messages import Progress
from tutorbot.retrieval.index import open_index
from tutorbot.retrieval.late import LateRetriever
from tutorbot.retrieval.passages import Passage, passages_of, split_text
from tutorbot.retrieval.search import FusedRetriever


class CountingEncoder(WordEncoder):
    def __init__(self) -> None:
        self.encoded = 0

    def encode(self, texts):  # type: ignore[no-untyped-def]
        self.encoded += len(texts)
        return super().encode(texts)


@pytest.fixture(scope="module")
def passages(course: Course) -> tuple[Passage, ...]:
    return passages_of(course.topics.values())


def test_a_learner_question_finds_its_answer(retriever: FusedRetriever) -> None:
    best = retriever.search("why add position information?").hits[0]
    assert best.passage.id == "positional-encodings#answer-0"
    assert best.wording == "why add position information"
    assert best.question == pytest.approx(1.0, abs=1e-5)


def test_hits_come_best_first_and_as_many_as_asked(retriever: FusedRetriever) -> None:
    hits = retriever.search("dropout at inference", 4).hits
    assert len(hits) == 4
    assert [h.fused for h in hits] == sorted((h.fused for h in hits), reverse=True)


def test_the_share_of_known_words_tells_another_subject(retriever: FusedRetriever) -> None:
    assert retriever.search("dropout rate").share == 1.0
    assert retriever.search("zebra quarterly invoices dropout").share == 0.25
    assert retriever.search("").share == 0.0


@pytest.mark.parametrize("query", ["", " ", "?!", "😀", "ä" * 5000, "the of and"])
def test_strange_queries_find_something_or_nothing_but_never_fail(retriever: FusedRetriever, query: str) -> None:
    assert len(retriever.search(query, 3).hits) == 3


def test_passages_carry_their_heading_path_and_no_code(passages: tuple[Passage, ...]) -> None:
    sections = [p for p in passages if p.kind == "section"]
    assert all("```" not in p.text for p in sections)
    assert {p.heading_path for p in sections} >= {"Dropout > How it works", "Self-attention > Worked example"}
    assert len({p.id for p in passages}) == len(passages)


def test_a_long_section_is_cut_at_paragraphs() -> None:
    paragraphs = [f"{name} " * 60 for name in ("one", "two", "three")]
    assert [p.split()[0] for p in split_text("\n\n".join(paragraphs))] == ["one", "three"]
    assert split_text("one long " * 200) == [("one long " * 200).strip()]


def test_the_index_is_built_once(passages: tuple[Passage, ...], tmp_path: Path) -> None:
    first, second = CountingEncoder(), CountingEncoder()
    steps: list[Progress] = []
    built = open_index(passages, "v1", tmp_path, first, steps.append)
    loaded = open_index(passages, "v1", tmp_path, second)
    assert first.encoded > 0
    assert second.encoded == 0
    assert steps[-1].done == steps[-1].total
    assert loaded.dense.size == built.dense.size == len(built.keys)


def test_an_edit_encodes_only_what_is_new(passages: tuple[Passage, ...], tmp_path: Path) -> None:
    open_index(passages, "v1", tmp_path, WordEncoder())
    encoder = CountingEncoder()
    edited = (
        *passages,
        Passage("new#answer-0", "new", "New", "Questions > q", "answer", "A new answer.", ("a new question",)),
    )
    index = open_index(edited, "v2", tmp_path, encoder)
    assert encoder.encoded == 2
    assert FusedRetriever(index, WordEncoder()).search("a new question").hits[0].passage.topic == "new"


def test_a_build_that_was_killed_leaves_no_half_index(passages: tuple[Passage, ...], tmp_path: Path) -> None:
    class Killed(WordEncoder):
        def encode(self, texts):  # type: ignore[no-untyped-def]
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        open_index(passages, "v1", tmp_path, Killed())
    assert not list(tmp_path.glob("building-*"))
    assert open_index(passages, "v1", tmp_path, WordEncoder()).dense.size


def test_old_indexes_are_cleared_away(passages: tuple[Passage, ...], tmp_path: Path) -> None:
    for version in ("v1", "v2", "v3", "v4"):
        open_index(passages, version, tmp_path, WordEncoder())
    assert len(list(tmp_path.glob("*/done"))) == 2


def test_a_broken_cache_of_vectors_only_costs_time(passages: tuple[Passage, ...], tmp_path: Path) -> None:
    open_index(passages, "v1", tmp_path, WordEncoder())
    (tmp_path / "vectors.npz").write_bytes(b"broken")
    assert open_index(passages, "v2", tmp_path, WordEncoder()).dense.size


def test_a_late_search_is_opened_once_and_only_when_it_is_used(retriever: FusedRetriever) -> None:
    opened: list[FusedRetriever] = []

    def opens() -> FusedRetriever:
        opened.append(retriever)
        return retriever

    late = LateRetriever(opens)
    assert opened == []
    assert late.search("what is dropout?") == retriever.search("what is dropout?")
    assert late.passages("dropout") == retriever.passages("dropout")
    assert opened == [retriever]
