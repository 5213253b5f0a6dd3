"""Which action does which move."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tutorbot.actions import answer, open_topic, run_task, show, talk, why
from tutorbot.actions.context import Context
from tutorbot.dialogue import moves
from tutorbot.dialogue.events import Event
from tutorbot.messages import Part, Status

_ACTIONS: dict[type[Any], tuple[Callable[[Any, Context], Iterator[Part | Event]], Status]] = {
    moves.Answer: (answer.answer, "answered"),
    moves.OpenTopic: (open_topic.open_topic, "answered"),
    moves.Talk: (talk.talk, "small_talk"),
    moves.Clarify: (answer.clarify, "clarify"),
    moves.Decline: (answer.decline, "declined"),
    moves.ShowHelp: (show.show_help, "task"),
    moves.ShowProgress: (show.show_progress, "task"),
    moves.ShowSources: (why.show_sources, "task"),
    moves.RunTask: (run_task.run_task, "task"),
    moves.AskPrediction: (run_task.ask_prediction, "task"),
    moves.TakePrediction: (run_task.take_prediction, "task"),
    moves.Announce: (show.announce, "task"),
}


def act(move: moves.Move, context: Context) -> Iterator[Part | Event]:
    """Do the move: yield what is shown and what happened, in order."""
    return _ACTIONS[type(move)][0](move, context)


def usual_status(move: moves.Move) -> Status:
    """What becomes of a message whose move goes as planned."""
    return _ACTIONS[type(move)][1]
