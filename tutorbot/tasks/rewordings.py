"""Another wording by hand-written rules: clauses change places, frequent phrases are replaced by synonyms. Pure."""

from __future__ import annotations

import re

_PHRASES: tuple[tuple[str, str], ...] = tuple(
    tuple(pair.split("=", 1))  # type: ignore[misc]
    for pair in (
        "went up a lot=rose sharply;have gone up a lot=have risen sharply;has gone up a lot=has risen sharply;"
        "gone up=risen;went up=rose;gone down=fallen;went down=fell;was cancelled=was called off;"
        "were cancelled=were called off;nobody came=no one turned up;nobody=no one;everybody=everyone;"
        "somebody=someone;a lot of=plenty of;lots of=plenty of;very tired=exhausted;very big=huge;very small=tiny;"
        "very happy=delighted;very important=crucial;is not able to=is unable to;in order to=so as to;"
        "as soon as possible=at the earliest opportunity;each other=one another;find out=discover;"
        "looking for=searching for;buy=purchase;bought=purchased;began=started;begins=starts;started=began;"
        "starts=begins;need to=have to;needs to=has to;large=big;quickly=fast;often=frequently;maybe=perhaps;"
        "perhaps=maybe;difficult=hard;easy=simple;kids=children;almost=nearly;nearly=almost;children=kids;"
        "cheap=inexpensive;happy=glad;sad=unhappy;smart=clever;rich=wealthy;ill=sick;finally=in the end;"
        "shows=demonstrates;show=demonstrate;because of=owing to"
    ).split(";")
)
_TABLE = dict(_PHRASES)
_PHRASE = re.compile(r"\b(" + "|".join(sorted(map(re.escape, _TABLE), key=len, reverse=True)) + r")\b")
_REASON = re.compile(
    r"^(?P<a>[^,;.!?]{8,}?),? (?P<word>because|although|when|while|if|after|before) (?P<b>[^,;.!?]{4,})(?P<end>[.!]?)$"
)
_TURNED = re.compile(
    r"^(?P<word>Because|Although|When|While|If|After|Before) (?P<b>[^,;.!?]{4,}), (?P<a>[^,;.!?]{8,})(?P<end>[.!]?)$"
)
_SO = re.compile(r"^(?P<b>[^,;.!?]{8,}), so (?P<a>[^,;.!?]{8,})(?P<end>[.!]?)$")
_TIME = re.compile(
    r"^(?P<a>[^,;.!?]{8,}?) (?P<b>(?:this|last|next|every) (?:year|month|week|summer|winter|spring|autumn|monday|tuesday"
    r"|wednesday|thursday|friday|saturday|sunday|morning|evening)|yesterday|today|tomorrow|in \d{4})(?P<end>[.!]?)$",
    re.IGNORECASE,
)


def reworded(text: str) -> str:
    """The text with another order of its clauses and synonyms in it; the text itself where no rule fits."""
    return _PHRASE.sub(lambda m: _TABLE[m[1]], _turned(text.strip()))


def _turned(text: str) -> str:
    if m := _REASON.match(text):
        return f"{m['word'].capitalize()} {_low(m['b'])}, {_low(m['a'])}{m['end']}"
    if m := _TURNED.match(text):
        return f"{_up(m['a'])} {m['word'].lower()} {m['b']}{m['end']}"
    if m := _SO.match(text):
        return f"Because {_low(m['b'])}, {m['a']}{m['end']}"
    if m := _TIME.match(text):
        return f"{_up(m['b'])}, {_low(m['a'])}{m['end']}"
    return text


def _low(text: str) -> str:
    """With a small letter first, unless it is "I" or a name; only words that are no names are known for sure."""
    first = text.split(maxsplit=1)[0].lower()
    return text[0].lower() + text[1:] if first in _OPENERS else text


def _up(text: str) -> str:
    return text[0].upper() + text[1:]


_OPENERS = frozenset(
    "the a an this that these those my your his her its our their he she it we they you there some many most all every no"
    " nobody everybody people".split()
)
