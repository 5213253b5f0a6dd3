"""Which way a question is answered, from made-up scores."""

from __future__ import annotations

from tutorbot.answering.plan import Abstain, Authored, Written, make_plan
from tutorbot.retrieval.evidence import Evidence, Hit
from tutorbot.retrieval.passages import Passage


def hit(name: str, question: float, text: float = 0.3, words: int = 50) -> Hit:
    kind = "answer" if question else "section"
    passage = Passage(
        name, name.split("#", maxsplit=1)[0], "Title", "Section", kind, "word " * words, ("q",) if question else ()
    )  # type: ignore[arg-type]
    return Hit(passage, question, text, 0.5, question, "q")


def found(*hits: Hit, share: float = 1.0) -> Evidence:
    return Evidence("query", hits, share)


def test_the_courses_own_answer_comes_first() -> None:
    plan = make_plan([found(hit("bert#1", 0.9), hit("gpt#1", 0.5))])
    assert isinstance(plan, Authored)
    assert [h.passage.id for h in plan.hits] == ["bert#1"]


def test_each_question_of_a_message_gets_its_answer_once() -> None:
    plan = make_plan([found(hit("a#1", 0.9)), found(hit("b#1", 0.9)), found(hit("a#1", 0.9))])
    assert isinstance(plan, Authored)
    assert [h.passage.id for h in plan.hits] == ["a#1", "b#1"]


def test_an_answer_does_not_grow_without_end() -> None:
    plan = make_plan([found(hit(f"t{n}#1", 0.9, words=90)) for n in range(3)])
    assert isinstance(plan, Authored)
    assert len(plan.hits) == 1


def test_near_passages_are_for_the_writer() -> None:
    plan = make_plan([found(hit("a#1", 0.0, text=0.65), hit("b#1", 0.0, text=0.5))])
    assert isinstance(plan, Written)
    assert [h.passage.id for h in plan.hits] == ["a#1", "b#1"]


def test_nothing_near_is_not_guessed_at() -> None:
    plan = make_plan([found(hit("a#1", 0.2, text=0.1), hit("b#1", 0.1, text=0.1))])
    assert plan == Abstain(("a", "b"))


def test_words_the_course_never_heard_of_are_a_reason_to_abstain() -> None:
    assert isinstance(make_plan([found(hit("a#1", 0.55), share=0.1)]), Abstain)


def test_what_may_be_another_subject_must_come_closer() -> None:
    evidence = [found(hit("a#1", 0.55, text=0.45))]
    assert not isinstance(make_plan(evidence, sure=True), Abstain)
    assert isinstance(make_plan(evidence, sure=False), Abstain)


def test_no_evidence_at_all() -> None:
    assert make_plan([]) == Abstain(())


def test_the_writer_can_be_made_to_compose_what_the_course_has() -> None:
    assert isinstance(make_plan([found(hit("bert#1", 0.9))], authored_first=False), Written)
