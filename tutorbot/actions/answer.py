"""Answer a question, or abstain, decline or ask back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tutorbot.actions.context import Context
from tutorbot.actions.run_task import run_task
from tutorbot.answering.followup import Standalone, Talked, standalone
from tutorbot.dialogue import wording
from tutorbot.dialogue.events import ClarificationAsked, Event, QuestionAbstained, SubjectDeclined
from tutorbot.dialogue.moves import Answer, Clarify, Decline, RunTask
from tutorbot.messages import Choice, Choices, Part, Text

AFTER_ANSWER = Choices(
    "", (Choice("Simpler", "simpler"), Choice("Example", "give me an example"), Choice("More", "tell me more"))
)


_DECLINED = {
    "empty": wording.EMPTY,
    "injection": wording.INJECTION,
    "off_topic": wording.OFF_TOPIC,
    "language": wording.LANGUAGE,
}


def answer(move: Answer, context: Context) -> Iterator[Part | Event]:
    """Rewrite the question to stand alone, find, and let the answerer write."""
    asked = stand_alone(move.question, context)
    # "Will it rain tomorrow?" leans on nothing that was said before.
    if asked.dangling and move.sure:
        yield from clarify(Clarify(move.question), context)
        return
    found = context.services.answerer.find(move.question, asked, context.services.course.names.keys())
    abstained = False
    made_from = context.conversation.made_from
    just_shown = str(made_from[0]["id"]) if made_from and asked.rewritten else ""
    for out in context.services.answerer.answer(found, move.sure, just_shown):
        if isinstance(out, QuestionAbstained):
            abstained = True
            yield from _say_no(out, move, context)
        else:
            yield out
    if not abstained:
        yield AFTER_ANSWER


def stand_alone(question: str, context: Context) -> Standalone:
    """The question with what it leans on put in from the conversation."""
    course, conversation = context.services.course, context.conversation
    title = course.title(conversation.topic) if conversation.topic else ""
    return standalone(question, Talked(conversation.question or title, title), course.names.keys())


def _say_no(event: QuestionAbstained, move: Answer, context: Context) -> Iterator[Part | Event]:
    if isinstance(move.instead, RunTask):
        yield from run_task(move.instead, context)
        return
    if isinstance(move.instead, Decline):
        yield from decline(move.instead, context)
        return
    titles = [context.services.course.title(topic) for topic in event.nearest]
    if move.sure:
        yield Text(wording.abstain(titles), ends_paragraph=True)
        yield event
    else:
        titles = _starting_points(context)
        yield Text(wording.OFF_TOPIC, ends_paragraph=True)
        yield SubjectDeclined("off_topic")
    yield _topics(titles)


def clarify(move: Clarify, context: Context) -> Iterator[Part | Event]:
    """Ask what is meant, offering where to begin."""
    options = _starting_points(context)
    yield Text(wording.clarify(move.text), ends_paragraph=True)
    yield _topics(options)
    yield ClarificationAsked(tuple(options))


def _starting_points(context: Context) -> list[str]:
    """Titles to offer: what the learner asked about last, then what comes next."""
    course = context.services.course
    recent = [a.topic for a in sorted(context.learner.topics, key=lambda a: a.last_at, reverse=True)]
    following = course.next_after(recent)
    return [
        course.title(topic) for topic in dict.fromkeys([*recent[:2], *([following.id] if following else []), *course.topics])
    ][:3]


def decline(move: Decline, context: Context) -> Iterator[Part | Event]:
    """Say kindly that this is not what the tutor is for."""
    yield Text(_DECLINED[move.reason])
    yield SubjectDeclined(move.reason)


def _topics(titles: Sequence[str]) -> Choices:
    return Choices("You could ask:", tuple(Choice(title, f"what is {title}?") for title in titles))
