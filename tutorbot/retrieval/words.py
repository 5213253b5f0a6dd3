"""Words of a text that carry meaning. Pure."""

from __future__ import annotations

import re

_WORD = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?", re.IGNORECASE)
_ANY_WORD = re.compile(r"\w+")
_STOP = """a about above after again all also am an and any are as at be because been before being below between both but by
can could did do does doing down during each few for from further get had has have having he her here hers him his how
i if in into is it its itself just let like me more most my no nor not now of off on once only or other our out over
own please same she should so some such tell than that the their them then there these they this those through to too
under until up us use very was we were what when where which while who whom why will with would you your explain
im ive dont doesnt isnt cant u r ur pls plz thx"""
STOP_WORDS = frozenset(_STOP.split())


def content_words(text: str) -> tuple[str, ...]:
    """Lower-case words that are no stop words, in order."""
    return tuple(w for raw in _WORD.findall(text.lower()) if (w := raw.replace("’", "'")) not in STOP_WORDS)


def bare_words(text: str) -> str:
    """The words of a text in small letters, one blank between, for telling whether two wordings are the same."""
    return " ".join(_ANY_WORD.findall(text.lower()))
