"""Reads a few-shot message: labelled examples and the item that is to be labelled like them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from tutorbot.dialogue.folding import Folded
from tutorbot.dialogue.splitting import Span, quoted, trim

_MARK = re.compile(
    r"\s*(?:=+>|-+>|→|⇒|=+|(?<=[\w\"'”’!?.)])\s*:(?!\w)|(?<=[\w\"'”’]):(?=\w)|\s[-–—](?=\s)|\bis to\b"
    r"|\bmeans\b|(?<=[\"'”’]) is\b)\s*"
)
_BREAK = re.compile(
    r"\s*(?:,|;|\n|\||[()]|\s/\s|\.\s|\?\s|\band(?=\s+[\"'“]?[^\s=:>]+[\"'”]?\s*(?:=|->|:))"
    r"|\band(?=\s+[\"'“])|\bas\b(?=.*\bis to\b))\s*"
)
_ASK = re.compile(
    r"\b(?:(?:and |so |now |then |please )*(?:what about|how about|what would|what is|what's|what does"
    r"|what should|then what|label(?: the (?:text|next one|following))?"
    r"|classify(?: the text| this)?|do(?: the same for)?|predict|try|guess|figure out|tell me what"
    r"|complete|decide|which (?:label|class) (?:for|has|fits)|apply (?:it|this|that) to|your turn"
    r"|next|test|query|input|now))\b[\s:,>\-=]*|(?:^|[.;,!?\n]\s*)and\s+(?=[^=:>]+\??$)"
)
_TAIL = re.compile(
    r"(?:[\s,]*\b(?:be|get|then|become|please|is it|fall under|go|labelled|labeled|count as|classified as"
    r"|in my pattern|for me|called)\b)+[\s?!.]*$"
)
_LEAD = re.compile(
    r"^(?:(?:ok|okay|hey|hi|please|here|are|is|my|the|these|those|this|some|a|few|two|three|four|2|3|4|5"
    r"|shots?|examples?|samples?|for|you|given|using|use|learn|from|by|pattern"
    r"|patterns|labels?|follow|following|like|classify|with|i|show|give|take|as|in|context|based|on|do"
    r"|same|if|so|first|try|prompt|shot|how it goes|it|goes|we|have|analogies|analog(?:y|ies)"
    r"|complete|mapping|can|could|would|question(?= mark)|few-shot|and|to|me|let us|say|suppose|that|know"
    r"|know that)\b[\s,:;>\-]*)+"
)
_UNKNOWN = frozenset("?_…")


@dataclass(frozen=True)
class _Pair:
    left: Span
    right: Span
    mark: str


def read_examples(folded: Folded) -> tuple[str | None, dict[str, Any]]:
    """The item to label, and the argument `examples`: item to label, both as they were typed."""
    plain = folded.plain
    pairs, query = _pairs_and_query(plain)
    given = [p for p in pairs if not _is_unknown(plain, p.right) and not _is_unknown(plain, p.left)]
    open_pair = next((p for p in reversed(pairs) if p not in given), None)
    label_left = _label_is_left(plain, given, open_pair)
    if query is None and open_pair is not None:
        query = open_pair.right if _is_unknown(plain, open_pair.left) else open_pair.left
    if query is None and given:
        query, given = _last_item(plain, given, label_left)
    examples = {}
    for pair in given:
        item, label = (pair.right, pair.left) if label_left else (pair.left, pair.right)
        examples[folded.source(*item)] = folded.source(*label)
    payload = folded.source(*query) if query else ""
    return payload or None, {"examples": examples} if examples else {}


def _pairs_and_query(plain: str) -> tuple[list[_Pair], Span | None]:
    pairs: list[_Pair] = []
    query: Span | None = None
    for start, end in _chunks(plain):
        lead = _ask_before(plain, start, end)
        if lead is not None and pairs:
            query = _unquote(plain, *_query_span(plain, lead, end))
        elif pair := _pair(plain, start, end, first=not pairs):
            pairs.append(pair)
        elif pairs and re.search(r"\w", plain[start:end]):
            query = _unquote(plain, *_query_span(plain, start, end))
    return pairs, query if query and query[0] < query[1] else None


def _chunks(plain: str) -> list[Span]:
    inside = [(a - 1, b + 1) for a, b in quoted(plain)]
    chunks, start = [], 0
    for match in _BREAK.finditer(plain):
        if not any(a < match.start() < b for a, b in inside):
            stop = match.start() + (1 if match[0].strip()[:1] == "?" else 0)
            chunks.append((start, stop))
            start = match.end()
    chunks.append((start, len(plain)))
    return [(a, b) for a, b in chunks if plain[a:b].strip()]


def _ask_before(plain: str, start: int, end: int) -> int | None:
    """Where the item begins, if this chunk asks for a label ("what about ...", "now do: ...")."""
    inside = quoted(plain[start:end])
    match = next((m for m in _ASK.finditer(plain[start:end]) if not any(a <= m.start() < b for a, b in inside)), None)
    if match is None or (match.start() > 0 and _MARK.search(plain[start : start + match.start()])):
        return None
    rest = plain[start + match.end() : end]
    mark = _MARK.search(rest)
    if mark and rest[mark.end() :].strip(" ?_."):
        return None
    return start + match.end() if rest.strip(" ?") else None


def _query_span(plain: str, start: int, end: int) -> Span:
    if mark := re.search(r"\s*(?:=+>?|-+>|→|:)\s*[?_.]*\s*$", plain[start:end]):
        end = start + mark.start()
    if tail := _TAIL.search(plain, start, end):
        end = tail.start()
    end = start + len(plain[start:end].rstrip(" ?_"))
    return trim(plain, start, end)


def _pair(plain: str, start: int, end: int, first: bool) -> _Pair | None:
    if first:
        start = _after_lead(plain, start, end)
    inside = [(a - 1, b + 1) for a, b in quoted(plain[start:end])]
    marks = [m for m in _MARK.finditer(plain[start:end]) if not any(a < m.start() < b - 1 for a, b in inside)]
    marks = [m for m in marks if m.start() > 0]
    if not marks:
        return None
    m = marks[0]
    return _Pair(_unquote(plain, start, start + m.start()), _unquote(plain, start + m.end(), end), m[0].strip())


def _after_lead(plain: str, start: int, end: int) -> int:
    """Skips "here are my examples:", but never a whole pair."""
    piece = plain[start:end]
    colon = re.match(
        r"[^:=>\n]*\b(?:examples?|this|shots?|pattern|these|goes|samples?|labels|do|you|mapping|prompt"
        r"|analogies)\s*(?::|-(?= )|>+)\s*(?=.*\S)",
        piece,
    )
    if colon:
        return start + colon.end()
    lead = _LEAD.match(piece)
    if lead and _MARK.search(piece[lead.end() :]) and not _MARK.match(piece[lead.end() :]):
        return start + lead.end()
    return start


def _label_is_left(plain: str, given: list[_Pair], open_pair: _Pair | None) -> bool:
    if open_pair is not None:
        return _is_unknown(plain, open_pair.left)
    if not given:
        return False
    lefts = [plain[slice(*p.left)] for p in given]
    rights = [plain[slice(*p.right)] for p in given]
    if len(set(lefts)) != len(set(rights)):
        return len(set(lefts)) < len(set(rights))
    quotes = [
        sum(plain[s[0] - 1 : s[0]] in tuple("'\"“‘") for s in side)
        for side in ([p.left for p in given], [p.right for p in given])
    ]
    if quotes[0] != quotes[1]:
        return quotes[1] > quotes[0]
    return sum(map(_words, rights)) > sum(map(_words, lefts))


def _words(text: str) -> int:
    return len(text.split())


def _last_item(plain: str, given: list[_Pair], label_left: bool) -> tuple[Span | None, list[_Pair]]:
    """ "bad movie - neg, nice - pos, awful -": the last pair asks when its label says nothing."""
    last = given[-1]
    label = last.left if label_left else last.right
    if re.fullmatch(r"(?:now|next|query|test|input|then|guess|classify|label)", plain[slice(*label)].strip()):
        return (last.right if label_left else last.left), given[:-1]
    if re.fullmatch(
        r"(?:now|next|query|test|input|and|guess|classify|label|try)(?: do| this| it)?", plain[slice(*last.left)].strip()
    ):
        return last.right, given[:-1]
    return None, given


def _unquote(plain: str, start: int, end: int) -> Span:
    start, end = trim(plain, start, end)
    for a, b in quoted(plain[start:end]):
        return start + a, start + b
    return start, start + len(plain[start:end].rstrip(" ."))


def _is_unknown(plain: str, span: Span) -> bool:
    return not plain[slice(*span)].strip(" ?_….") or plain[slice(*span)].strip() in _UNKNOWN
