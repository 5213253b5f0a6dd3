"""Names from outside (accounts, conversations, message ids, topics) in a form that every database can index. Pure."""

from __future__ import annotations

import hashlib

MAX_KEY = 255
_DIGEST = 64


def as_key(text: str) -> str:
    """The name as it is stored: at most 255 characters, without lone surrogates and NUL.

    Neither can be written to a text column (PostgreSQL refuses NUL, SQLite's driver the surrogates), so they are
    written out as `\\udc80` and `\\x00`. A longer name keeps its beginning and gets its SHA-256, so that two names
    that begin alike stay two. Applying it twice changes nothing.
    """
    clean = text.encode("utf-8", "backslashreplace").decode("utf-8").replace("\0", "\\x00")
    if len(clean) <= MAX_KEY:
        return clean
    digest = hashlib.sha256(clean.encode("utf-8")).hexdigest()
    return f"{clean[: MAX_KEY - _DIGEST - 1]}:{digest}"
