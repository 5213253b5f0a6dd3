"""Makes text harmless on Discord: it pings nobody, hides no link, and stays inside its code block. Pure."""

from __future__ import annotations

import re

ZERO_WIDTH = "\u200b"
FENCE = "```"
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_PING = re.compile(r"@(?=everyone|here)|<(?=@[!&]?\d|#\d)", re.IGNORECASE)
_CODE = re.compile(r"(```.*?```|``[^\n]+?``|`[^`\n]+`)", re.DOTALL)
_HEADING = re.compile(r"^(?P<quote>(?:> ?)*)#{1,6}[ \t]+(?P<title>.*?)[ \t#]*$", re.MULTILINE)
_LINK = re.compile(r"\[(?P<label>[^\[\]\n]+)\]\(\s*<?(?P<url>https?://[^\s()<>]+)>?(?:\s+\"[^\"\n]*\")?\s*\)")
_MARKUP = re.compile(r"([\\*_~`|\[\]<]|^[#>-])")


def unping(text: str) -> str:
    """The text with a zero-width space in every mention, so that it reads the same and pings nobody.

    Lone surrogates, which no encoding can write, become U+FFFD.
    """
    return _PING.sub(lambda found: found[0] + ZERO_WIDTH, _SURROGATE.sub("\ufffd", text))


def markdown(text: str) -> str:
    """Markdown for showing: headings in bold, links with their address in sight, every code block closed."""
    halves = _CODE.split(text)
    # re.split with one group puts what lies between code at even places and the code itself at odd ones.
    halves[::2] = [_soften(half) for half in halves[::2]]
    return balanced(unping("".join(halves)))


def plain(text: str) -> str:
    """Somebody's own words on one line, without any markup or link in effect."""
    line = _MARKUP.sub(r"\\\1", " ".join(text.split()))
    return unping(line.replace("://", f":{ZERO_WIDTH}//"))


def literal(text: str) -> str:
    """Text for the inside of a code block, which it cannot end."""
    return unping(text.replace("`", f"`{ZERO_WIDTH}"))


def balanced(text: str) -> str:
    """The text with a code block that it leaves open closed."""
    return text if text.count(FENCE) % 2 == 0 else f"{text}\n{FENCE}"


def _soften(text: str) -> str:
    text = _HEADING.sub(lambda found: f"{found['quote']}**{found['title'].replace('**', '')}**", text)
    text = _LINK.sub(lambda found: f"{found['label']} (<{found['url']}>)", text)
    # Whatever the pattern above did not recognise must still not hide an address behind a label.
    return text.replace("](", f"]{ZERO_WIDTH}(")
