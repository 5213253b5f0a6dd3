"""What only the encoder can see of a course: questions and exercises that mean the same, and those that find no home."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from tutorbot.curriculum.course import Course
from tutorbot.curriculum.item import Choice, Cloze, Item, Numeric, Order, Output, ShortAnswer
from tutorbot.curriculum.lint_topic import Finding
from tutorbot.curriculum.topic import Question, Topic
from tutorbot.ports import Encoder, FloatArray
from tutorbot.retrieval.evidence import Retriever

SAME_QUESTION = 0.97
SAME_ITEM = 0.985
# Below this no passage of the topic is about what the exercise asks (measured on the course: median 0.75).
ANSWERABLE = 0.3
_BLOCK = 512


@dataclass(frozen=True)
class OwnTopic:
    """Questions whose own topic is first, or among the first five, when everything is in the index."""

    questions: int
    first: int
    among_five: int

    def __str__(self) -> str:
        share = f"{self.first / max(1, self.questions):.3f}", f"{self.among_five / max(1, self.questions):.3f}"
        return f"{self.questions} learner questions find their own topic: hit@1 {share[0]}, hit@5 {share[1]}"


def twin_questions(course: Course, encoder: Encoder) -> Iterator[Finding]:
    """Questions of different topics that mean the same: one question has one home."""
    rows = [(topic, question) for topic in course.topics.values() for question in topic.questions]
    for a, b in _twins(encoder.encode([q.text for _, q in rows]), SAME_QUESTION):
        (topic, question), (other, twin) = rows[a], rows[b]
        if topic.id != other.id:
            what = f'"{question.text}" asks what "{twin.text}" of `{other.id}` asks.'
            yield Finding(topic.path, question.line, what, "Keep the better answer and move the wordings there.")


def twin_items(items: Sequence[Item], encoder: Encoder) -> Iterator[Finding]:
    """Exercises that ask the same and have the same answer."""
    for a, b in _twins(encoder.encode([f"{i.question} {right_answer(i)}" for i in items]), SAME_ITEM):
        first, second = items[a], items[b]
        if first.kind == second.kind and right_answer(first) == right_answer(second):
            what = f"The exercise `{first.id}` asks what `{second.id}` asks."
            yield Finding(first.path, first.line, what, "Ask something else in one of them.")


def unanswerable_items(items: Sequence[Item], course: Course, retriever: Retriever, encoder: Encoder) -> Iterator[Finding]:
    """Exercises about which their topic says nothing."""
    for topic in course.topics.values():
        # What a program prints can be worked out, and is hardly written anywhere.
        own = [item for item in items if item.topic == topic.id and item.kind != "output"]
        passages = retriever.passages(topic.id)
        if not own or not passages:
            continue
        asked = encoder.encode([f"{item.question} {right_answer(item)} {item.explanation}" for item in own])
        nearest = (asked @ encoder.encode([p.text for p in passages]).T).max(axis=1)
        for item, cosine in zip(own, nearest.tolist(), strict=True):
            if cosine < ANSWERABLE:
                what = f"Nothing in the topic answers the exercise `{item.id}` (nearest passage {cosine:.2f})."
                yield Finding(item.path, item.line, what, "Teach it in the topic, or ask about what is taught.")


def own_topic(course: Course, retriever: Retriever) -> tuple[OwnTopic, list[Finding]]:
    """How often a question, as it stands in the index, finds its own topic; those that do not even among the first five."""
    first = five = count = 0
    lost: list[Finding] = []
    for topic, question in _questions(course):
        topics = list(dict.fromkeys(hit.passage.topic for hit in retriever.search(question.text, 30).hits))
        count += 1
        first += topics[:1] == [topic.id]
        five += topic.id in topics[:5]
        if topic.id not in topics[:5]:
            what = f'"{question.text}" finds `{topics[0] if topics else "nothing"}` before its own topic.'
            lost.append(Finding(topic.path, question.line, what, "Name the topic's subject in the question."))
    return OwnTopic(count, first, five), lost


def right_answer(item: Item) -> str:
    """What counts as right, as text."""
    match item.key:
        case Choice(options=options, right=right):
            return "; ".join(options[n] for n in sorted(right))
        case ShortAnswer(key_points=points):
            return "; ".join(point.point for point in points)
        case Order(steps=steps):
            return "; ".join(steps)
        case Cloze(gaps=gaps):
            return "; ".join(gap[0] for gap in gaps)
        case Output(printed=printed):
            return printed
        case Numeric(value=value, unit=unit):
            return f"{value:g} {unit}".strip()


def _questions(course: Course) -> Iterator[tuple[Topic, Question]]:
    for topic in course.topics.values():
        yield from ((topic, question) for question in topic.questions)


def _twins(vectors: FloatArray, least: float) -> Iterator[tuple[int, int]]:
    """Pairs (a, b), a < b, with a cosine of at least `least`."""
    for start in range(0, len(vectors), _BLOCK):
        near = vectors[start : start + _BLOCK] @ vectors.T
        for a, b in np.argwhere(near >= least).tolist():
            if start + a < b:
                yield start + a, b
