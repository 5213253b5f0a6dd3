""" "Simpler", "example", "shorter", "more": another view of the topic last spoken of, or of one that is named."""

from __future__ import annotations

from collections.abc import Iterator

from tutorbot.actions.answer import answer
from tutorbot.actions.context import Context
from tutorbot.answering.citing import Bibliography
from tutorbot.answering.followup import mentioned
from tutorbot.answering.sentences import sentences
from tutorbot.dialogue.events import Event, TopicOpened
from tutorbot.dialogue.moves import Answer, How, OpenTopic
from tutorbot.messages import Part, Text
from tutorbot.retrieval.passages import Passage

# What each wish shows: the first of these sections that has not been shown yet.
SECTIONS: dict[How, tuple[str, ...]] = {
    "simpler": ("In plain words", "Summary"),
    "example": ("Worked example", "In plain words"),
    "shorter": ("Summary",),
    "more": ("How it works", "Worked example", "Common mistakes", "When to use it", "In plain words"),
}
MOST_WORDS = 160


def open_topic(move: OpenTopic, context: Context) -> Iterator[Part | Event]:
    """Show the next section of the kind asked for; a subject that is no topic is answered as a question."""
    topic = _topic(move, context)
    if topic is None:
        yield from answer(Answer(f"{_QUESTION[move.how]} {move.name}?"), context)
        return
    if move.how == "shorter" and move.name is None and context.conversation.answer and not context.conversation.opened:
        yield from _first_sentence(topic, context)
        return
    shown = context.conversation.opened if topic == context.conversation.topic else ()
    order = SECTIONS[move.how]
    section = next((s for s in order if s not in shown), order[0])
    passages = [p for p in context.services.retriever.passages(topic, section) if p.kind == "section"]
    yield from _show(passages)
    yield TopicOpened(topic, move.how, (section,))


_QUESTION: dict[How, str] = {
    "simpler": "what is",
    "example": "what is an example of",
    "shorter": "what is",
    "more": "how does it work:",
}


def _topic(move: OpenTopic, context: Context) -> str | None:
    """The id of the topic meant."""
    if move.name is None:
        return context.conversation.topic
    names = context.services.course.names
    name = mentioned(move.name, names.keys()).lower()
    return names.get(name) or names.get(name.removesuffix("s")) or names.get(f"{name}s")


def _show(passages: list[Passage]) -> Iterator[Part]:
    """The passages' sentences, cited, up to the length of an answer."""
    sources, words = Bibliography(), 0
    for passage in passages:
        for block in passage.text.split("\n"):
            said = sentences(block)
            if words and words + len(block.split()) > MOST_WORDS:
                yield from sources.citations
                return
            words += len(block.split())
            for n, sentence in enumerate(said, 1):
                yield Text(sentence, 1.0, (sources.cite(passage, sentence),), ends_paragraph=n == len(said))
    yield from sources.citations


def _first_sentence(topic: str, context: Context) -> Iterator[Part | Event]:
    """The point of the last answer: the course's answers begin with it."""
    point = sentences(context.conversation.answer)[0]
    passages = context.services.retriever.passages(topic)
    source = next((p for p in passages if point in p.text), passages[0])
    sources = Bibliography()
    number = sources.cite(source, point)
    yield Text(point, 1.0 if point in source.text else None, (number,), ends_paragraph=True)
    yield from sources.citations
    yield TopicOpened(topic, "shorter")
