"""The state of a conversation, folded from its events. Nothing here is ever changed in place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce

from tutorbot.dialogue.events import (
    ClarificationAsked,
    Event,
    JsonObject,
    MessageReceived,
    PredictionAsked,
    QuestionAnswered,
    ReplySent,
    StoredEvent,
    TopicOpened,
)


@dataclass(frozen=True)
class Conversation:
    """What has to be known of a conversation to understand the next message.

    Attributes:
        replies: how many replies stand in the recent events.
        question: the last question that was answered, with pronouns put in.
        topic: id of the topic last spoken of.
        answer: what was said about it.
        opened: sections of that topic that were shown, in order.
        options: what the learner was offered when the tutor last asked what was meant.
        made_from: the passages of the last answer, as its event holds them.
        writer: who wrote the last answer; `prompt` and `decoding` are what the writer received, `left_out` the sentences
            of it that were not shown.
        sentences: the last answer to a question, as its reply holds them; `timings` are the reply's.
        predicting: the mini-task that waits for the learner's prediction.
    """

    replies: int = 0
    question: str = ""
    topic: str = ""
    answer: str = ""
    opened: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    made_from: tuple[JsonObject, ...] = ()
    writer: str = ""
    prompt: str = ""
    decoding: JsonObject | None = None
    left_out: tuple[JsonObject, ...] = ()
    sentences: tuple[JsonObject, ...] = ()
    timings: JsonObject | None = None
    predicting: PredictionAsked | None = None


def fold(events: Iterable[StoredEvent]) -> Conversation:
    """The state after these events, oldest first."""
    return reduce(lambda state, stored: apply(state, stored.event), events, Conversation())


def apply(state: Conversation, event: Event) -> Conversation:
    """The state after one more event."""
    match event:
        case MessageReceived():
            # A prediction is the very next message, or it lapses.
            return replace(state, options=(), predicting=None)
        case QuestionAnswered():
            return replace(
                state,
                question=event.standalone,
                topic=event.topic,
                opened=(),
                made_from=event.passages,
                writer=event.writer,
                prompt=event.prompt,
                decoding=event.decoding,
                left_out=event.left_out,
                sentences=(),
                timings=None,
            )
        case TopicOpened(topic=topic, sections=sections):
            earlier = state.opened if topic == state.topic else ()
            return replace(state, topic=topic, opened=(*earlier, *sections))
        case ClarificationAsked(options=options):
            return replace(state, options=options)
        case PredictionAsked():
            return replace(state, predicting=event)
        case ReplySent(status=status, answer=answer):
            sent = replace(state, replies=state.replies + 1, answer=answer if status == "answered" else state.answer)
            # Replies that open more of the topic come later; this one is the answer itself.
            fresh = state.made_from and state.timings is None
            return replace(sent, sentences=event.sentences, timings=event.timings_ms or {}) if fresh else sent
    return state
