"""Takes a reading-comprehension message apart: the passage and what is asked about it."""

from __future__ import annotations

import re
from typing import Any

from tutorbot.dialogue.folding import Folded
from tutorbot.dialogue.splitting import Span, quoted, trim

_TEXT = r"(?:texts?|passages?|paragraphs?|context|documents?|articles?|excerpts?|snippets?|story|sentences?)"
_TEXT_MARK = re.compile(rf"(?:^|(?<=[\s.?!,;|(]))(?:the )?(?:{_TEXT}|p|c)\s*(?::|=|->|>+|-(?= ))\s*")
_ASK_MARK = re.compile(r"(?:^|(?<=[\s.?!,;|(\"'”]))(?:my |the )?(?:question|query|ask)\s*(?::|=|->|>+|-(?= ))\s*")
_WH = r"(?:who|whom|whose|what|when|where|why|which|how)"
_AUXILIARY = r"(?:is|are|was|were|do|does|did|can|could|will|would|has|have|had|should)"
_ASKS = re.compile(rf"\b{_WH}\b")
_STARTS_ASKING = re.compile(
    r"^(?:and |so |now |then |please |(?:please )?tell me |(?:can you )?find (?:out )?"
    rf"|answer(?: this)?:? )*(?:{_WH}\b|(?:in|on|at|to|for|from|by|with) (?:what|which|whom)\b"
    rf"|{_AUXILIARY} (?!(?:this|that) (?:the )?{_TEXT}))"
)
_REFERS = (
    r"(?:(?:please )?(?:according to|based on|using|given|in|from|within|with|by|use|see|read"
    r"|look(?:ing)? (?:at|in)|considering)"
    r"(?: only| just)?(?: to| the| this| that| my| following| below| above| short"
    rf"| next)*(?: {_TEXT})?(?: (?:below|above|here))?)"
)
_TRAILING_REFERENCE = re.compile(rf"[\s,;:\-–(]*\b(?:answer )?{_REFERS}[\s?!.:,;\-–)]*$")
_LEADING = re.compile(
    r"^\s*(?:(?:please|kindly|ok|hey|hi|so|now|here is|here are|i have|i give you|(?:can|could|would) you"
    r"|i want you to|let us|try to|and you answer"
    r"|(?:then )?(?:please )?(?:answer|find|extract|give|get|look for|tell me"
    r"|quote)(?: me)?(?: out)?(?: (?:the|an|my|this))?(?: (?:answers?|questions?|following question))?"
    rf"|{_REFERS}|reading comprehension|span question|(?:extractive )?(?:qa|question answering)|(?:a|the"
    rf"|my|short|following) (?:short |following )?{_TEXT}|(?:this|that|following)(?: {_TEXT})?|{_TEXT}|and"
    r"|from|of|on|about|in"
    r"|below|above|given|answer|for me|to me|where does it say|what does the text say(?: about it)?|it says|question|q)"
    r"(?![\w'])[\s,.:;!?\-–>=|]*)+"
)
_CONTENT = re.compile(r"[^\W_]{4,}")
_COMMON = frozenset("what which when where does many much have from with that this there they text long".split())
_PERSONAL = re.compile(r"\b(?:i|me|my|you|your|we|suppose|assume|imagine)\b")
_PRONOUN = re.compile(r"\b(?:it|he|she|they|there)\b")
_PIECE = re.compile(r"[.!?…]+[\"'”’)]*\s+|\s*\n+\s*|\s+(?:[-–—|]+|=+>|-+>|>+|→)\s+|(?<=\w):\s+")


def read_passage(folded: Folded) -> tuple[str | None, dict[str, Any]]:
    """The passage, and the argument `question` where one is asked."""
    plain = folded.plain
    for find in (_by_marks, _by_quotes, _by_pieces):
        passage, question = find(plain)
        if passage[0] < passage[1]:
            asked = folded.source(*question)
            return folded.source(*passage), {"question": asked} if asked else {}
    return None, {}


def is_reading(plain: str) -> bool:
    """Whether statements are followed by a question in their own words, as in a reading exercise."""
    pieces = _pieces(plain)
    if len(pieces) < 2 or _asks(plain[slice(*pieces[0])]) or not _asks(plain[slice(*pieces[-1])]):
        return False
    told, asked = plain[: pieces[-1][0]], plain[slice(*pieces[-1])]
    words = set(_CONTENT.findall(told))
    shared = {w for w in _CONTENT.findall(asked) if w in words or w.rstrip("s") in words or f"{w}s" in words}
    enough = 0 if _PRONOUN.search(asked) else 1
    return len(told.split()) >= 5 and not _PERSONAL.search(told) and len(shared - _COMMON) > enough


def _by_marks(plain: str) -> tuple[Span, Span]:
    """ "Text: ... Question: ..." in either order; one of the two marks is enough if the other part is clear."""
    asks = list(_ASK_MARK.finditer(plain))
    texts = [m for m in _TEXT_MARK.finditer(plain) if not any(a.start() <= m.start() < a.end() for a in asks)]
    if not asks:
        return (0, 0), (0, 0)
    ask, text = asks[-1], texts[-1] if texts else None
    if text and ask.start() < text.start():
        return _bare(plain, text.end(), len(plain)), trim(plain, ask.end(), text.start())
    start = text.end() if text else _skip(plain, 0, ask.start())
    return _bare(plain, start, ask.start()), trim(plain, ask.end(), len(plain))


def _by_quotes(plain: str) -> tuple[Span, Span]:
    quotes = quoted(plain)
    if not quotes:
        return (0, 0), (0, 0)
    a, b = max(quotes, key=lambda q: q[1] - q[0])
    if len(plain[a:b].split()) < 4:
        return (0, 0), (0, 0)
    for start, end in ((b + 1, len(plain)), (0, a - 1)):
        question = _question_in(plain, start, end)
        if question[0] < question[1]:
            return (a, b), question
    return (a, b), (0, 0)


def _by_pieces(plain: str) -> tuple[Span, Span]:
    """Sentences: the one that asks is the question, what is left after instructions the passage."""
    pieces = _pieces(plain)
    asking = [i for i, (a, b) in enumerate(pieces) if _asks(plain[a:b])]
    if not asking or len(pieces) < 2:
        return (_start(plain, len(plain)), len(plain)), (0, 0)
    if asking[-1] == len(pieces) - 1:
        first = asking[-1]
        start = _start(plain, pieces[first][0])
        return _bare(plain, start, pieces[first][0]), _question_in(plain, *pieces[first])
    first = asking[0]
    start = pieces[first][1]
    question = _question_in(plain, *pieces[first])
    return _bare(plain, _skip(plain, start, len(plain)), len(plain)), question


def _pieces(plain: str) -> list[Span]:
    found, start = [], 0
    for match in _PIECE.finditer(plain):
        mark = match[0].rstrip()
        end = match.start() + len(mark) if mark[:1] in ".!?…" and mark else match.start()
        found.append((start, end))
        start = match.end()
    return [(a, b) for a, b in [*found, (start, len(plain))] if a < b]


def _asks(piece: str) -> bool:
    if piece.rstrip(" \"'”’)").endswith("?"):
        return True
    rest = piece[_skip(piece, 0, len(piece)) :]
    if _STARTS_ASKING.match(piece) or _STARTS_ASKING.match(rest):
        return True
    return bool(_ASKS.search(piece)) and bool(re.search(rf"\b(?:find|tell|say|answer|look|{_TEXT})\b", piece))


def _question_in(plain: str, start: int, end: int) -> Span:
    """The words of the question itself, without "according to this text" and what stands before it."""
    piece = plain[start:end]
    match = _ASKS.search(piece)
    if match and not piece[: match.start()].strip():
        first = match.start()
    else:
        first = _skip(piece, 0, len(piece))
        later = _ASKS.search(piece, 0)
        if later and (first >= len(piece) or not _STARTS_ASKING.match(piece[first:])):
            first = later.start()
            if prefix := re.search(r"\b(?:in|on|at|to|for|from|by|with) $", piece[:first]):
                first = prefix.start()
    stop = len(piece)
    if reference := _TRAILING_REFERENCE.search(piece, first):
        stop = reference.start()
    return trim(plain, start + first, start + stop)


def _skip(plain: str, start: int, end: int) -> int:
    """Where the instruction at the head of this stretch ends."""
    match = _LEADING.match(plain[start:end])
    return start + match.end() if match else start


def _start(plain: str, end: int) -> int:
    """Where the passage begins in plain[:end]: after its mark, or after the instruction."""
    mark = _TEXT_MARK.search(plain, 0, min(end, 120))
    return mark.end() if mark else _skip(plain, 0, end)


def _bare(plain: str, start: int, end: int) -> Span:
    start, end = trim(plain, start, end)
    for a, b in quoted(plain[start:end]):
        if a <= 3 and b >= end - start - 4:
            return start + a, start + b
    return start, end
