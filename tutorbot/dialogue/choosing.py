"""Which of the offered choices a short message picks: "2", "the first one", "b)", "yes" to the only one."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_LETTERS = "abcdefghi"
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_PICK = re.compile(
    r"^(?:(?:ok|yes|please|i (?:mean|want|take|choose|pick)|option|number|no\.?|choice|answer|the)[\s,]+)*[(#]?"
    rf"(?P<which>last|[1-9]|[a-i]|{'|'.join((*_ORDINALS, *_WORDS))}|[1-9](?:st|nd|rd|th))"
    r"[).:]?(?: (?:one|option|choice|please))*[\s.!]*$"
)
_AGREES = frozenset("yes yep yeah yup sure ok okay y please".split()) | {"yes please", "go ahead"}


def chosen(text: str, options: Sequence[str]) -> str:
    """The text of the option that the message picks; the message itself where it picks none."""
    said = text.strip().lower().rstrip(".!")
    for option in options:
        if said == option.strip().lower().rstrip("?.!"):
            return option
    if len(options) == 1 and said in _AGREES:
        return options[0]
    match = _PICK.match(said)
    place = _place(match["which"], len(options)) if match and options else -1
    return options[place] if 0 <= place < len(options) else text


def _place(which: str, count: int) -> int:
    if which == "last":
        return count - 1
    if which[0].isdecimal():
        return int(which[0]) - 1
    for names in (_ORDINALS, _WORDS, _LETTERS):
        if which in names:
            return names.index(which)
    return -1
