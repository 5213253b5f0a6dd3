"""The prompts the writer receives. Pure.

What a learner typed is quoted as data inside the user turn, never put into the system turn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

from tutorbot.ports import Turn, WritingJob

# A learner waits about a second; when many ask at once the course's own words are better than a queue.
SECONDS = 1.5
_COMPOSE = (
    "You are a tutor for language models. Answer the question in two or three short sentences, "
    "using only facts from the notes. Do not add anything that the notes do not say."
)
_CHAT = (
    "You are tutorbot, a friendly tutor for language models. Reply to the small talk in one or two short, kind sentences. "
    "You are a computer program. Do not state facts about the world."
)
# A remark that goes on for pages would keep its sender waiting for seconds, and is no small talk.
_REMARK_CHARACTERS = 600


def compose_job(question: str, passages: Sequence[str], seed: int = 0) -> WritingJob:
    """Answer `question` from `passages`."""
    notes = "\n".join(f"- {passage}" for passage in passages)
    user = f"Notes:\n{notes}\n\nQuestion: {question}"
    return WritingJob((Turn("system", _COMPOSE), Turn("user", user)), max_new_tokens=120, seconds=SECONDS, seed=seed)


def chat_job(text: str, seed: int = 0) -> WritingJob:
    """Reply to small talk; of a long remark the beginning is read."""
    turns = Turn("system", _CHAT), Turn("user", text[:_REMARK_CHARACTERS])
    return WritingJob(turns, max_new_tokens=50, temperature=0.7, top_p=0.9, seed=seed)


def as_text(job: WritingJob) -> str:
    """The prompt as it is shown to people who look inside."""
    return "\n\n".join(f"[{turn.role}]\n{turn.text}" for turn in job.turns)


def turns_of(prompt: str) -> tuple[str, str]:
    """The system turn and the user turn of a `compose_job` out of `as_text`; the first is one of tutorbot's own texts."""
    system, _, user = prompt.removeprefix("[system]\n").partition("\n\n[user]\n")
    return system, user


def decoding_of(job: WritingJob) -> dict[str, object]:
    """How the job asks to be written, as JSON: everything but the prompt."""
    given = {f.name: getattr(job, f.name) for f in fields(job) if f.name != "turns"}
    return given | {"stop": list(job.stop)}
