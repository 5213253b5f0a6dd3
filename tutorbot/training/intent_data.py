"""Labelled messages for the intent head, from the exemplars, the course and public data.

Everything is drawn with a seeded generator: the same files and seed give the same rows.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from tutorbot.curriculum.markdown import read_topic
from tutorbot.training.rows import read_rows

Row = tuple[str, str]
_FILLINGS = 6
_SLOT = re.compile(r"\{(\w+)\}")
# CLINC's intents that are no requests about something else. Those mapped to None could belong to several of ours.
CLINC_INTENTS: dict[str, str | None] = {
    **dict.fromkeys(("goodbye", "thank_you"), "thanks_bye"),
    **dict.fromkeys(
        (
            "greeting", "are_you_a_bot", "what_is_your_name", "who_made_you", "tell_joke", "do_you_have_pets",
            "how_old_are_you", "where_are_you_from", "what_are_your_hobbies", "who_do_you_work_for",
        ),
        "smalltalk",
    ),
    **dict.fromkeys(("yes", "no", "maybe", "repeat", "cancel", "definition", "user_name", "reset_settings"), None),
    **dict.fromkeys(("change_language", "spelling", "fun_fact", "change_speed"), None),
    "translate": "translate",
    "what_can_i_ask_you": "help",
}  # fmt: skip
_NEAR_THE_COURSE = frozenset(("Computational_complexity_theory", "Prime_number", "Packet_switching"))
_SHORT = {"you": "u", "please": "plz", "are": "r", "for": "4", "and": "n", "to": "2", "about": "abt", "your": "ur"}
_OPENERS = ("can you ", "could you please ", "hey, ", "hi! ", "ok ", "pls ", "i want you to ", "now ", "yo ", "so ")
_CLOSERS = (" please", " pls", "!", "!!", "?", " 🙂", " thanks", "...", " plz", " :)", " now", " bro")
_ENGLISH = re.compile(r"\b(the|you|your|and|is|are|what|of|to|me|in|a)\b", re.IGNORECASE)


def exemplars(path: Path, generator: random.Random) -> Iterator[Row]:
    """The exemplars with their slots filled, each also once as a hurried learner would type it."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    fillers = {kind: lines.strip().split("\n") for kind, lines in content["fillers"].items()}
    for intent, lines in content["intents"].items():
        for template in lines.strip().split("\n"):
            times = _FILLINGS if "{" in template else 1
            for _ in range(times):
                text = fill(template, fillers, generator)
                yield text, intent
                yield hurried(text, generator), intent


def fill(template: str, fillers: dict[str, list[str]], generator: random.Random) -> str:
    """A message from a template such as "translate {phrase} to {language}"."""
    passage, asked = generator.choice(fillers["reading"]).split(" || ")
    fixed = {"passage": passage, "asked": asked}
    return _SLOT.sub(lambda m: fixed.get(m[1]) or generator.choice(fillers[m[1]]), template)


def hurried(text: str, generator: random.Random) -> str:
    """The message with an opener or closer, chat speak, or a slip of the finger."""
    words = text.split(" ")
    if generator.random() < 0.5:
        words = [_SHORT.get(w, w) for w in words]
    if generator.random() < 0.5:
        i = generator.randrange(min(len(words), 8))
        words[i] = _slip(words[i], generator)
    text = " ".join(words)
    if generator.random() < 0.3:
        text = generator.choice(_OPENERS) + text
    if generator.random() < 0.3:
        text += generator.choice(_CLOSERS)
    return text.upper() if generator.random() < 0.03 else text


def _slip(word: str, generator: random.Random) -> str:
    if len(word) < 5 or not word.isalpha():
        return word
    i = generator.randrange(1, len(word) - 1)
    return generator.choice((word[:i] + word[i + 1 :], word[:i] + word[i] + word[i:],
                             word[:i] + word[i + 1] + word[i] + word[i + 2 :]))  # fmt: skip


def clinc(path: Path, generator: random.Random, per_intent: int = 40) -> Iterator[Row]:
    """CLINC150's requests, most of them out of scope here; all rows of its own "oos"."""
    by_intent: dict[str, list[str]] = {}
    for row in read_rows(path):
        by_intent.setdefault(row["intent"], []).append(row["text"])
    for name, texts in sorted(by_intent.items()):
        intent = CLINC_INTENTS.get(name, "out_of_scope")
        if intent is not None:
            chosen = texts if name == "oos" else generator.sample(texts, min(per_intent, len(texts)))
            yield from ((text, intent) for text in chosen)


def injections(path: Path) -> Iterator[Row]:
    """English attacks as `injection`, their harmless look-alikes as `out_of_scope`."""
    for row in read_rows(path):
        text = row["text"]
        if len(_ENGLISH.findall(text)) * 8 >= len(text.split()):
            yield text, "injection" if row["injection"] else "out_of_scope"


def strangers(path: Path, generator: random.Random, count: int = 1500) -> Iterator[Row]:
    """Questions of general knowledge from a reading-comprehension set, out of scope here."""
    asked = [row["question"].strip() for row in read_rows(path) if row["title"] not in _NEAR_THE_COURSE]
    yield from ((text, "out_of_scope") for text in generator.sample(asked, min(count, len(asked))))


def course(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Learners' questions and wrong beliefs in the topics of the course: (text, topic id, question it is a wording of).

    Raises:
        CurriculumError: a topic file breaks the format.
    """
    for path in sorted(folder.glob("**/*.md")):
        if path.name.lower() == "readme.md":
            continue
        topic = read_topic(path)
        for question in topic.questions:
            yield from ((wording, topic.id, question.text) for wording in question.all_wordings)
        for belief in topic.wrong_beliefs:
            yield from ((wording, topic.id, belief.belief) for wording in (belief.belief, *belief.wordings))
        yield from ((name, topic.id, name) for name in topic.names)
