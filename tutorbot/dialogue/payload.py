"""Which part of a message a capability should run on, and with what arguments.

A payload is an exact substring of the message, without quotes and separators around it; None where a capability runs
on nothing.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from tutorbot.dialogue.cues import CUES, POLITE, cued, instructs
from tutorbot.dialogue.examples import read_examples
from tutorbot.dialogue.folding import Folded
from tutorbot.dialogue.labels import trailing_label_list, wanted_labels
from tutorbot.dialogue.languages import source_language, target_language
from tutorbot.dialogue.leads import BARE, TAILS
from tutorbot.dialogue.passages import read_passage
from tutorbot.dialogue.splitting import SEPARATOR, Span, Split, quoted, splits, trim
from tutorbot.dialogue.topics import TOPICAL, topic_span

JSON = Any
TEXT_TASKS = frozenset(CUES)
_CREATE = re.compile(
    rf"^{POLITE}(?:(?:write|compose|make up|make|create|generate|come up with|invent|draft|produce"
    r"|think of|tell|give|rap|sing"
    r"|imagine|brainstorm|improvise|craft|design|how about|what about|(?:can|could|may) i (?:get|have)"
    r"|have the model write|let the model write|i need|i want|i would like)"
    r"(?: (?:me|us|for me|down|something creative,?|up|out))*)\s+(?=\S)"
)
_CONTINUES = re.compile(
    r"\b(?:continu|complet|finish|extend|autocomplet|keep (?:writing|going)|go on|carry on|comes next"
    r"|happens next|the rest|spin|from here)"
)
_CLOSING = re.compile(
    r"(?:[\s,]+(?:please|for me|thanks|thank you|now|asap|right now|bro|mate|dude|would you|can you|could you|will you"
    r"|if you can))+[\s!.?]*$"
)
_PARAPHRASE = re.compile(
    r"rephras|reword|paraphras|another (?:way|wording)|other (?:words|wording)|different(?:ly| way"
    r"| words)|how else|restat|alternative wording"
    r"|(?:formal|polite|professional|casual)"
)
_TOKENIZER = re.compile(r"\b(bert|gpt-?\d?|roberta|t5|wordpiece|bpe|sentencepiece|llama)\b")


def find_payload(folded: Folded, intent: str) -> tuple[str | None, dict[str, JSON]]:
    """The payload of a message with this intent, and the intent's arguments.

    Arguments are `target` and `source` (ISO codes), `labels`, `question`, `mode` ("correct", "paraphrase"), `examples`
    (item to label) and `tokenizer`, where the message names them.
    """
    if intent == "few_shot":
        return read_examples(folded)
    if intent == "extractive_qa":
        return read_passage(folded)
    if intent in TOPICAL:
        start, end = topic_span(folded.plain, intent)
        return folded.source(start, end) or None, {}
    if intent not in TEXT_TASKS:
        return None, {}
    start, end = text_span(folded.plain, intent)
    instruction = f"{folded.plain[:start]} ... {folded.plain[end:]}" if start < end else folded.plain
    return folded.source(start, end) or None, _arguments(instruction, folded, intent)


def text_span(plain: str, intent: str) -> Span:
    """Where the text that a task should run on stands; an empty span where there is none."""
    if not plain.strip():
        return 0, 0
    if intent == "generate" and not _CONTINUES.search(plain) and (match := _CREATE.match(plain)):
        return _close(plain, match.end(), len(plain))
    found = _split_span(plain, intent, True) or _bare_span(plain, intent) or _split_span(plain, intent, False)
    if found:
        return _without_labels(plain, *found)
    if instructs(plain, intent) and len(plain.split()) < 8:
        return 0, 0
    return _without_labels(plain, *_last_resort(plain))


def split_is_told(plain: str, split: Split, intent: str, strict: bool = True) -> bool:
    """Whether what stands around the text of this split is an instruction for the task."""
    around = " ... ".join(plain[a:b] for a, b in split.instruction)
    return bool(around) and instructs(around, intent, strict)


def _split_span(plain: str, intent: str, strict: bool) -> Span | None:
    for split in splits(plain):
        if split_is_told(plain, split, intent, strict):
            found = _tidy(plain, *split.content)
            if found[0] < found[1] and not (split.kind != "quote" and instructs(plain[slice(*found)], intent)):
                return found
    return None


def _bare_span(plain: str, intent: str) -> Span | None:
    start, end = _after_lead(plain, intent), len(plain)
    if (pattern := TAILS.get(intent)) and (tail := pattern.search(plain, start)):
        end = tail.start()
    if (start, end) == (0, len(plain)) or not plain[start:end].strip():
        return None
    if end == len(plain):
        return _close(plain, start, end, keep_marks=len(plain[start:].split()) > 3 and intent != "tokenize")
    return trim(plain, start, end)


def _after_lead(plain: str, intent: str) -> int:
    """Where the text begins after an instruction that leads the message, or leads it after a first mark."""
    if match := BARE[intent].match(plain):
        return match.end()
    for split in islice(splits(plain), 6):
        begin = split.content[0]
        if split.kind != "quote" and begin and (match := BARE[intent].match(plain[begin:])) and cued(match[0], intent):
            return begin + match.end()
    return 0


def _last_resort(plain: str) -> Span:
    quotes = quoted(plain)
    if quotes:
        return max(quotes, key=lambda q: q[1] - q[0])
    mark = SEPARATOR.search(plain)
    if mark and mark.end() < len(plain) and mark.start() > 0:
        return _tidy(plain, mark.end(), len(plain))
    opening = re.match(POLITE, plain)
    return _close(plain, opening.end() if opening else 0, len(plain), keep_marks=True)


def _tidy(plain: str, start: int, end: int) -> Span:
    """Without separators and, where one pair encloses everything, without quotes."""
    start, end = trim(plain, start, end)
    for a, b in quoted(plain[start:end]):
        if a <= 3 and b >= end - start - 4 and not re.search(r"\w", plain[start : start + a] + plain[start + b : end]):
            return start + a, start + b
    return start, end


def _close(plain: str, start: int, end: int, keep_marks: bool = False) -> Span:
    """Without closing politeness and, unless they belong to the text, closing marks."""
    if closing := _CLOSING.search(plain, start, end):
        end = closing.start()
    if not keep_marks:
        end = start + len(plain[start:end].rstrip(" .?!"))
    return _tidy(plain, start, end)


def _without_labels(plain: str, start: int, end: int) -> Span:
    labels = trailing_label_list(plain[start:end])
    return _tidy(plain, start, start + labels) if labels else (start, end)


def _arguments(instruction: str, folded: Folded, intent: str) -> dict[str, JSON]:
    found: dict[str, JSON] = {}
    if intent == "translate":
        found = {"target": target_language(instruction), "source": source_language(instruction)}
    elif intent == "classify":
        found = {"labels": wanted_labels(instruction) or None}
    elif intent == "grammar":
        found = {"mode": "paraphrase" if _PARAPHRASE.search(instruction) else "correct"}
    elif intent == "tokenize" and (match := _TOKENIZER.search(instruction)):
        found = {"tokenizer": match[1]}
    return {name: value for name, value in found.items() if value is not None}
