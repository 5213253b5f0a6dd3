"""Discord's limits, in UTF-16 code units: the strictest way to count them."""

from __future__ import annotations

MESSAGE = 2_000
EMBED_TITLE = 256
EMBED_DESCRIPTION = 4_096
EMBEDS_IN_MESSAGE = 10
EMBEDS_TOTAL = 6_000
BUTTON_LABEL = 80
BUTTONS_IN_MESSAGE = 25
CUSTOM_ID = 100
FILE_DESCRIPTION = 1_024
FILES_IN_MESSAGE = 10
THREAD_NAME = 100
COMMAND_DESCRIPTION = 100
OPTION_TEXT = 6_000
AUTOCOMPLETE_NAME = 100
AUTOCOMPLETE_CHOICES = 25


def units(text: str) -> int:
    """The length of a text as Discord's clients count it: characters beyond the basic plane count twice."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def fitting(text: str, limit: int) -> int:
    """How many characters of the text fit into `limit` units."""
    encoded = text[:limit].encode("utf-16-le", "surrogatepass")
    if len(encoded) <= 2 * limit:
        return min(len(text), limit)
    return len(encoded[: 2 * limit].decode("utf-16-le", "ignore"))


def shorten(text: str, limit: int) -> str:
    """The text, cut at a word and ended with an ellipsis where it is longer than `limit` units."""
    if units(text) <= limit:
        return text
    head = text[: fitting(text, limit - 1)]
    word_end = head.rfind(" ")
    return (head[:word_end] if word_end > limit // 2 else head).rstrip() + "…"
