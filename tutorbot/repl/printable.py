"""Makes any text harmless on a terminal: no control sequence, no text that runs backwards. Pure."""

from __future__ import annotations

import re

# An escape sequence is taken out whole, so that its letters do not stay behind as litter: CSI; then OSC, DCS, APC and PM,
# which run to a string terminator; then a lone ESC.
_SEQUENCE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?|\x1b"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_LINE_END = re.compile(r"\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def printable(text: str) -> str:
    """The text without control characters, newline and tab excepted; lone surrogates become U+FFFD."""
    text = _SEQUENCE.sub("", _LINE_END.sub("\n", text))
    return _SURROGATE.sub("\ufffd", _CONTROL.sub("", text))


def one_line(text: str, characters: int | None = None) -> str:
    """The same on one line, cut at a word where it is longer than `characters`."""
    line = " ".join(printable(text).split())
    if characters is None or len(line) <= characters:
        return line
    cut = line[: characters - 4]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut) + " ..."
