"""Feeds a text to a translation model in pieces that the model can take, and puts the text together again. Pure.

Small models lose what is not language: code, addresses, emoji, other scripts. These are kept out of the model's sight,
as are line breaks and list marks; a made-up word stands in a sentence for each, which the models copy.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tutorbot.answering.sentences import sentences

Engine = Callable[[str], str]
MOST_WORDS = 45
MOST_CHARACTERS = 240
SECONDS = 6.0
_BLOCK = re.compile(r"(```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|\n+)", re.DOTALL)
_LEAD = re.compile(r"\s*(?:(?:[-*+•>|]|#{1,6}|\d{1,3}[.)])\s+)*")
_LATIN = r"A-Za-zÀ-ÖØ-öø-ɏ"
_KEPT = re.compile(
    r"`[^`\n]+`"
    r"|\$\$?[^$\n]{1,200}[\\^_={}][^$\n]{0,200}\$\$?"
    r"|(?:https?://|www\.)[^\s<>\"]*[^\s<>\".,;:!?)\]]"
    r"|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+"
    r"|</?[A-Za-z][^<>\n]{0,200}>|&\w{2,8};"
    r"|(?<!\w)[@#]\w+"
    r"|\b\w+(?:[._]\w+)*\([^()\n]{0,80}\)|\b[A-Za-z]\w*_\w+\b|\b[A-Za-z]\w*(?:\.[a-z_]\w+)+\b"
    r"|\S{40,}"
    # Letters outside the Latin alphabet, and signs that the vocabulary lacks: emoji, arrows, braces.
    rf"|[^\W\d_{_LATIN}]+(?:\s+[^\W\d_{_LATIN}]+)*|[^\w\s\x20-\x7E¡-ÿ‐-‧€]+(?:\s*[^\w\s\x20-\x7E¡-ÿ‐-‧€]+)*|[{{}}<>\\^~|]"
)
_WORD = re.compile(rf"[{_LATIN}]")
_NUMBER = re.compile(r"\d+(?:[.,\s]?\d+)*")
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_STAND_IN = "XQ{}"
_CLAUSE = re.compile(r"(?<=[,;:)])\s+")


@dataclass
class Run:
    """One text on its way through a model: what was translated, and what there is to say about it."""

    pairs: list[tuple[str, str]] = field(default_factory=list)
    notes: dict[str, None] = field(default_factory=dict)


def translate_text(text: str, engine: Engine, clock: Callable[[], float] = time.monotonic) -> tuple[str, Run]:
    """The text sentence by sentence through `engine`, with its layout; past six seconds the rest stays as it is."""
    run, deadline, out = Run(), clock() + SECONDS, []
    for n, block in enumerate(_BLOCK.split(text)):
        if n % 2 or not block.strip():
            out.append(block)
            continue
        lead = _LEAD.match(block)
        start = lead.end() if lead else 0
        end = max(start, len(block.rstrip()))
        done = [_sentence(part, engine, run, lambda: clock() > deadline) for part in sentences(block[start:])]
        out.append(block[:start] + " ".join(done) + block[end:])
    whole = "".join(out)
    _check_numbers(text, whole, run)
    return whole, run


def _sentence(part: str, engine: Engine, run: Run, late: Callable[[], bool]) -> str:
    done = []
    for chunk in chunks(part):
        if late():
            run.notes["The time was up before the end of the text, so the rest was left as it is."] = None
            done.append(chunk)
        else:
            done.append(_with_kept(chunk, engine, run))
    target = " ".join(done)
    run.pairs.append((part, target))
    return target


def chunks(sentence: str) -> Iterator[str]:
    """A sentence in stretches of at most 45 words and 240 characters, cut after a comma where there is one."""
    waiting: list[str] = []
    for clause in _CLAUSE.split(sentence):
        words = clause.split()
        if waiting and not _fits([*waiting, *words]):
            yield " ".join(waiting)
            waiting = []
        for word in words:
            if waiting and not _fits([*waiting, word]):
                yield " ".join(waiting)
                waiting = []
            waiting.append(word)
    if waiting:
        yield " ".join(waiting)


def _fits(words: list[str]) -> bool:
    return len(words) <= MOST_WORDS and sum(map(len, words)) + len(words) <= MOST_CHARACTERS


def _with_kept(chunk: str, engine: Engine, run: Run) -> str:
    """The chunk translated around what is kept; where the model loses a stand-in, each stretch is translated alone."""
    kept = [match[0] for match in _KEPT.finditer(chunk)]
    if not kept:
        return _words(chunk, engine, run)
    marks = [_STAND_IN.format(n) for n in range(1, len(kept) + 1)]
    names = iter(marks)
    masked = _KEPT.sub(lambda _: next(names), chunk)
    between = [part.strip() for part in _KEPT.split(chunk)]
    if "XQ" not in chunk and len(kept) <= 6 and sum(bool(_WORD.search(part)) for part in between) > 1:
        target = _words(masked, engine, run)
        found = re.findall(r"XQ\d+", target)
        if sorted(found) == sorted(marks):
            back = dict(zip(marks, kept, strict=True))
            return re.sub(r"XQ\d+", lambda match: back[match[0]], target)
    return _around(chunk, engine, run)


def _around(chunk: str, engine: Engine, run: Run) -> str:
    out, last = [], 0
    for match in [*_KEPT.finditer(chunk), None]:
        stretch = chunk[last : match.start() if match else len(chunk)]
        blank_before, blank_after = stretch[: len(stretch) - len(stretch.lstrip())], stretch[len(stretch.rstrip()) :]
        inner = _words(stretch.strip(), engine, run)
        out.append(blank_before + inner + blank_after if inner else stretch)
        if match:
            out.append(match[0])
            last = match.end()
    return "".join(out)


def _words(part: str, engine: Engine, run: Run) -> str:
    """Plain words through the model, and a look at what comes back."""
    if not _WORD.search(part):
        return part
    if _loops(part):
        # What repeats itself is no language, and models take seconds over it.
        run.notes[f'"{part[:40]}" repeats itself, so it stays as it is.'] = None
        return part
    shouted = part.upper() == part and sum(map(str.isalpha, part)) > 5
    target = engine(part.capitalize() if shouted else part).strip()
    if "(" not in part and "(" in target:
        target = _BRACKETS.sub("", target).strip() or target
    if not _WORD.search(target) or len(target) > 3 * len(part) + 30 or _loops(target):
        run.notes[f'The model could make nothing of "{part[:40]}", so it stays as it is.'] = None
        return part
    return target.upper() if shouted else target


def _loops(part: str) -> bool:
    """Whether one word makes up half of it: what was typed so, or a model that fell into a loop."""
    words = part.lower().split()
    most = max(Counter(words).values(), default=0)
    return most > 6 and most > len(words) / 2


def _check_numbers(text: str, whole: str, run: Run) -> None:
    missing = Counter(_numbers(text)) - Counter(_numbers(whole))
    if missing:
        shown = ", ".join(list(missing)[:3])
        run.notes[f"Check the numbers: {shown} stands in your text but not, in digits, in the translation."] = None


def _numbers(text: str) -> Iterator[str]:
    """Digits of each number: 1,234.5 and 1.234,5 are the same number."""
    for match in _NUMBER.finditer(text):
        yield re.sub(r"\D", "", match[0])
