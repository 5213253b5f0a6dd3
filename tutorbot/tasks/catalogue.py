"""All mini-tasks, in the order in which they are listed. Chat, command line, Discord and tests read this."""

from __future__ import annotations

from tutorbot.errors import InputError
from tutorbot.tasks import (
    attention,
    chat,
    classify,
    embed,
    extractive_qa,
    few_shot,
    generate,
    grammar,
    ner,
    next_token,
    paraphrase,
    question_generation,
    semantic_search,
    summarize,
    support,
    tokenize,
    translate,
)
from tutorbot.tasks.task import Task

TASKS: tuple[Task, ...] = (
    classify.TASK,
    generate.TASK,
    ner.TASK,
    extractive_qa.TASK,
    summarize.TASK,
    translate.TASK,
    grammar.TASK,
    paraphrase.TASK,
    question_generation.TASK,
    few_shot.TASK,
    chat.TASK,
    semantic_search.TASK,
    support.TASK,
    tokenize.TASK,
    next_token.TASK,
    attention.TASK,
    embed.TASK,
)
BY_NAME = {task.name: task for task in TASKS}


def find_task(name: str) -> Task:
    """The task of this name.

    Raises:
        InputError: there is none; the message names those there are.
    """
    if name not in BY_NAME:
        raise InputError(f"There is no mini-task `{name:.60}`.", f"There are {', '.join(BY_NAME)}.")
    return BY_NAME[name]
