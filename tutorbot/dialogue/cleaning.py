"""Cleans what a learner typed before anything else looks at it."""

from __future__ import annotations

import re
import unicodedata

MAX_CHARACTERS = 8_000
_ZWJ, _EMOJI_STYLE = "\u200d", "\ufe0f"
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# Cc (control), Cf (format: zero-width, bidi overrides, soft hyphen, tags) and the fillers that are drawn as nothing.
_FILLERS = "\u115f\u1160\u3164\uffa0"


def clean(text: str) -> str:
    """The text as the tutor reads it: NFC, without what cannot be seen, trimmed, at most 8,000 characters.

    Newlines and tabs stay, and so do the joiners inside emoji sequences. A lone surrogate, which no encoding can
    write, becomes U+FFFD. Never raises.
    """
    # Cut first with room to spare, so that a pasted book costs nothing.
    text = _SURROGATE.sub("\ufffd", text[: 4 * MAX_CHARACTERS]).replace("\r\n", "\n").replace("\r", "\n")
    text = unicodedata.normalize("NFC", text)
    kept = "".join(c for i, c in enumerate(text) if not _is_invisible(c) or _joins_emoji(text, i))
    return kept.strip()[:MAX_CHARACTERS].rstrip()


def _is_invisible(character: str) -> bool:
    if character in "\n\t":
        return False
    return unicodedata.category(character) in ("Cc", "Cf") or character in _FILLERS


def _joins_emoji(text: str, i: int) -> bool:
    if text[i] != _ZWJ or not 0 < i < len(text) - 1:
        return False
    before = text[i - 2] if text[i - 1] == _EMOJI_STYLE and i > 1 else text[i - 1]
    return _is_symbol(before) and _is_symbol(text[i + 1])


def _is_symbol(character: str) -> bool:
    # Sk holds the skin tones, which stand between a person and a joiner.
    return unicodedata.category(character) in ("So", "Sk")
