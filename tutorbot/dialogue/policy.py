"""From what was said and what the learner wants to exactly one move. Pure."""

from __future__ import annotations

import re

from tutorbot.dialogue.conversation import Conversation
from tutorbot.dialogue.exam import asks_somewhere, is_exam_question
from tutorbot.dialogue.moves import (
    Announce,
    Answer,
    AskPrediction,
    Chat,
    Clarify,
    Decline,
    Move,
    OpenTopic,
    RunTask,
    ShowHelp,
    ShowProgress,
    ShowSources,
    TakePrediction,
    Talk,
)
from tutorbot.dialogue.reading import Reading

_SPOKEN = ("question", "out_of_scope", "smalltalk", "thanks_bye")
_LAST_LATIN = 0x24F
CLEAR, PERHAPS = 0.55, 0.2
_OPENING = {"simpler": "simpler", "example": "example", "shorter": "shorter", "more": "more"}
_FIXED: dict[str, Move] = {
    "help": ShowHelp(),
    "progress": ShowProgress(),
    "why": ShowSources(),
}
_TASKS = frozenset(
    "classify generate ner extractive_qa summarize translate grammar few_shot semantic_search tokenize next_token "
    "attention embed".split()
)
_PREDICT = re.compile(r"^\s*(?:let me |i want to |i'd like to )?(?:predict|guess)(?: first)?\s*[:,-]\s*", re.IGNORECASE)
_ASKING = re.compile(r"^(?:what|why|how|when|who|which)\b", re.IGNORECASE)
_PERHAPS_ASKING = re.compile(r"\?\s*$|^(?:is|are|does|do|can)\b", re.IGNORECASE)
_FAREWELLS = ("bye", "goodbye", "see you", "see ya", "cya", "ttyl", "gtg", "good night", "later")
_GREETINGS = ("hi", "hello", "hey", "hiya", "good morning", "good evening", "good afternoon", "yo", "howdy", "greetings")


def choose(conversation: Conversation, reading: Reading, text: str) -> Move:
    """The move for a message.

    Args:
        text: the cleaned message.
    """
    intent = reading.intent
    if not text:
        return Decline("empty")
    if conversation.predicting and not _is_something_else(intent, text):
        return TakePrediction(text)
    if intent in _SPOKEN and _in_another_script(text):
        return Decline("language")
    if intent == "question":
        return Answer(text)
    if intent == "out_of_scope":
        # Words the reader does not know may still be the course's: the evidence decides.
        return Answer(text, sure=False)
    if intent == "injection":
        # "You serve a chatbot and users complain. What do you do?" sounds like an order, and is an exam's question.
        refusal = Decline("injection")
        return Answer(text, sure=False, instead=refusal) if not reading.told and asks_somewhere(text) else refusal
    if intent in _OPENING:
        return _open_topic(conversation, reading)
    if intent == "next_lesson" and reading.payload:
        return OpenTopic("simpler", reading.payload)
    if intent in ("smalltalk", "thanks_bye"):
        return Talk(_kind(intent, text), text)
    if reading.confidence < CLEAR and reading.scores.get("question", 0.0) > PERHAPS:
        # "how can we find similar words faster?" sounds like a search: where the course has an answer, that is meant.
        return Answer(text, sure=False)
    if intent in _TASKS:
        task = _task(reading)
        return Answer(text, sure=False, instead=task) if is_exam_question(text) else task
    return _FIXED.get(intent) or Announce(intent, reading.payload, reading.arguments)


def without_predict(text: str) -> tuple[str, bool]:
    """The message without a leading "predict:", and whether it had one."""
    rest, found = _PREDICT.subn("", text, count=1)
    return rest, bool(found)


def as_prediction(move: Move) -> Move:
    """The same task, with the learner's prediction asked for first."""
    if isinstance(move, RunTask) and move.text:
        return AskPrediction(move.task, move.text, move.arguments)
    return move


def _is_something_else(intent: str, text: str) -> bool:
    """Not the prediction that was asked for, but a question or an order. "negative?" is a hesitant prediction."""
    asks = _ASKING.search(text) or (len(text.split()) > 2 and _PERHAPS_ASKING.search(text))
    return intent == "injection" or (intent in _SPOKEN and bool(asks))


def _task(reading: Reading) -> RunTask:
    task, arguments = reading.intent, dict(reading.arguments)
    if task == "grammar" and arguments.pop("mode", "") == "paraphrase":
        task = "paraphrase"
    if task == "classify" and arguments.get("labels"):
        # Labels of the learner's own: the sentiment head knows only two.
        task = "few_shot"
    return RunTask(task, reading.payload, arguments)


def _in_another_script(text: str) -> bool:
    """Most letters are not Latin ones, which neither the encoder nor the course can read."""
    letters = [c for c in text if c.isalpha()]
    return sum(ord(c) > _LAST_LATIN for c in letters) > len(letters) / 2


def _open_topic(conversation: Conversation, reading: Reading) -> Move:
    if reading.payload is None and not conversation.topic:
        return Clarify(reading.intent)
    return OpenTopic(_OPENING[reading.intent], reading.payload)  # type: ignore[arg-type]


def _kind(intent: str, text: str) -> Chat:
    low = text.lower().strip(" !.,?")
    if intent == "thanks_bye":
        return "bye" if any(word in low for word in _FAREWELLS) else "thanks"
    starts = any(low == word or low.startswith((f"{word} ", f"{word},")) for word in _GREETINGS)
    return "greeting" if starts and len(low.split()) <= 4 else "talk"
