"""What grammar, paraphrase and question generation share: a prefix says what to do, and text comes out.

T5 (Raffel et al. 2020, https://arxiv.org/abs/1910.10683) casts every job as text to text, told apart by a prefix. The
writer was not trained on these prefixes, so each prompt shows it solved examples first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from tutorbot.ports import Encoder, Turn, WritingJob
from tutorbot.retrieval.words import content_words
from tutorbot.tasks.writing import SECONDS, shots

_STEM = 5
WORDS = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NOT = re.compile(r"\b(?:not|no|never|cannot|without|neither|nor|none|nothing|nobody|hardly)\b|n['’]t\b", re.IGNORECASE)
_NAME = re.compile(r"(?<=[\w,;:] )[A-Z][a-z]{2,}\b")
# What a small model says about itself or its job instead of doing it.
_CHATTER = re.compile(
    r"\b(?:here(?:'s| is)|sentence|as an ai|smollm|hugging ?face|paraphrase|rephrase|grammar)\b", re.IGNORECASE
)


def task_job(system: str, prefix: str, examples: Sequence[tuple[str, str]], text: str, begun: str = "") -> WritingJob:
    """A greedy job: room for what is a little longer than the text."""
    turns: tuple[Turn, ...] = shots(system, prefix, examples, text)
    room = min(120, 16 + 2 * len(text.split()))
    return WritingJob(turns, max_new_tokens=room, begun=begun, seconds=SECONDS, stop=("\n",))


def tidy(written: str, prefix: str) -> str:
    """The first line, without an echoed prefix and quotes that enclose it."""
    line = next((part.strip() for part in written.splitlines() if part.strip()), "")
    line = line.removeprefix(prefix.strip()).strip()
    return line[1:-1].strip() if len(line) > 2 and line[0] == line[-1] == '"' else line


def loses(source: str, output: str) -> str:
    """What of the source's sense the output loses or makes up: "a number", "a negation", "a name", or ""."""
    if sorted(set(_NUMBER.findall(source))) != sorted(set(_NUMBER.findall(output))):
        return "a number"
    if len(_NOT.findall(source)) != len(_NOT.findall(output)):
        return "a negation"
    low = output.lower(), source.lower()
    if any(n.lower() not in low[0] for n in _NAME.findall(source)) or any(
        n.lower() not in low[1] for n in _NAME.findall(output)
    ):
        return "a name"
    return ""


def chatters(source: str, output: str) -> bool:
    """The output speaks about the job instead of doing it."""
    return any(m.lower() not in source.lower() for m in _CHATTER.findall(output))


def similarity(encoder: Encoder, source: str, outputs: Sequence[str]) -> list[float]:
    """Cosine of each output's meaning vector with the source's."""
    if not outputs:
        return []
    vectors = encoder.encode([source, *outputs])
    return [float(score) for score in vectors[1:] @ vectors[0]]


def word_change(source: str, output: str) -> float:
    """Share of words that differ, 0 (the same words in the same order) to 1."""
    before, after = (tuple(w.lower() for w in WORDS.findall(t) if w[0].isalnum()) for t in (source, output))
    return 1 - SequenceMatcher(None, before, after, autojunk=False).ratio()


def new_words(source: str, output: str) -> float:
    """Share of the output's content words that the source has not."""
    # By their first letters, so that another ending is no new word.
    there = {w[:_STEM] for w in content_words(source)}
    said = content_words(output)
    return sum(w[:_STEM] not in there for w in said) / len(said) if said else 0.0


def changes(source: str, output: str) -> list[dict[str, str]]:
    """Words that were replaced, each with what stands there now; "" for what was added or dropped."""
    before, after = WORDS.findall(source), WORDS.findall(output)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return [
        {"from": " ".join(before[a:b]), "to": " ".join(after[c:d])}
        for kind, a, b, c, d in matcher.get_opcodes()
        if kind != "equal"
    ]
