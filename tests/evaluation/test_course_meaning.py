"""Twins and the homeless: a course in which two questions mean the same, and an exercise that nothing answers."""

from __future__ import annotations

from dataclasses import replace

from fakes import WordEncoder

from tutorbot.curriculum.course import Course
from tutorbot.curriculum.item import Choice, Item
from tutorbot.evaluation.course_meaning import own_topic, right_answer, twin_items, twin_questions, unanswerable_items
from tutorbot.retrieval.search import FusedRetriever

ITEM = Item(
    id="self-attention-1", topic="self-attention", kind="single", difficulty=1, objective=1,
    question="what does self-attention compute?", key=Choice(("a weighted sum", "a sort"), frozenset({0})),
    hints=("Think of weights.", "They sum to one."), explanation="self-attention weighs the values.", path="x.yaml", line=3,
)  # fmt: skip


def with_question(course: Course, topic: str, text: str) -> Course:
    changed = course.topics[topic]
    question = replace(changed.questions[0], text=text)
    return replace(course, topics={**course.topics, topic: replace(changed, questions=(question,))})


def test_the_same_question_in_two_topics_is_found(course: Course) -> None:
    first, second = list(course.topics)[:2]
    text = course.topics[first].questions[0].text
    (finding,) = twin_questions(with_question(course, second, text), WordEncoder())
    assert text in finding.what
    assert "move the wordings" in finding.fix


def test_a_sound_course_has_no_twins(course: Course) -> None:
    assert list(twin_questions(course, WordEncoder())) == []


def test_the_same_exercise_twice_is_found_and_another_answer_is_another_exercise() -> None:
    again = replace(ITEM, id="self-attention-2")
    assert [f.what for f in twin_items([ITEM, again], WordEncoder())] == [
        "The exercise `self-attention-1` asks what `self-attention-2` asks."
    ]
    other = replace(again, key=Choice(("a weighted sum", "a sort"), frozenset({1})))
    assert list(twin_items([ITEM, other], WordEncoder())) == []


def test_an_exercise_about_something_else_is_found(course: Course, retriever: FusedRetriever) -> None:
    topic = next(iter(course.topics))
    title = course.topics[topic].questions[0]
    known = replace(ITEM, topic=topic, question=title.text, explanation=title.answer)
    strange = replace(known, id="odd", question="zebra quagga okapi?", explanation="okapi giraffe tapir.",
                      key=Choice(("tapir", "lynx"), frozenset({0})))  # fmt: skip
    found = list(unanswerable_items([known, strange], course, retriever, WordEncoder()))
    assert [f.what.split("`")[1] for f in found] == ["odd"]


def test_questions_find_their_own_topic(course: Course, retriever: FusedRetriever) -> None:
    own, lost = own_topic(course, retriever)
    assert own.questions == sum(len(topic.questions) for topic in course.topics.values())
    assert own.first <= own.among_five <= own.questions
    assert len(lost) == own.questions - own.among_five


def test_the_right_answer_in_words() -> None:
    assert right_answer(ITEM) == "a weighted sum"
