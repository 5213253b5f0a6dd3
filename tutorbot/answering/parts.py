"""A message with several questions becomes several questions. Pure.

"What is dropout? Why is it useful?" is two questions about one thing; each is searched by itself.
"""

from __future__ import annotations

import re

from tutorbot.retrieval.words import content_words

# The whole course is about language models, so saying so tells nothing, and pulls the search to general passages.
_FIELD = (
    r"(?:the |a |an |modern )?(?:context of )?(?:large language models?(?: \(?llms?\)?)?|llms?|language models?|nlp"
    r"|(?:the )?transformers?(?:[ -](?:models?|architecture|layers?))?|deep learning|machine learning|ai)"
    r"(?: (?:pre-?training|training|inference|models?|systems?))?"
)
_LEADING_FIELD = re.compile(rf"^in {_FIELD},\s*", re.IGNORECASE)
_TRAILING_FIELD = re.compile(rf"\s+(?:in|for|of|within|with|during) {_FIELD}(?=\W*$)", re.IGNORECASE)
# What can be asked of anything: with these alone the field itself is the subject ("what are the types of LLMs?").
_OF_ANYTHING = frozenset(
    """advantages applications basics benefits challenge challenges components considerations definition disadvantages
    drawbacks example examples future history importance important kind kinds limitation limitations main mean meaning name
    part parts problem problems purpose risk risks role stages steps type types usage uses used work works""".split()
)
_END = re.compile(r"(?<=\?)\s+(?=\S)")
_JOINED = re.compile(
    r"(?:,\s*|\s+)(?:and|or)\s+(?=(?:what|how|why|when|where|which|who)\b)|,\s+(?=(?:what|how|why|when|where|which)\b)",
    re.IGNORECASE,
)
MOST_PARTS = 3
_LEAST_WORDS = 3


def split_question(text: str) -> tuple[str, ...]:
    """The questions of a message, at most three; a lead-in such as "Hi." stays with the question that follows."""
    parts: list[str] = []
    for sentence in _END.split(text.strip()):
        parts += _split_joined(sentence)
    merged: list[str] = []
    for part in parts:
        if merged and len(merged[-1].split()) < _LEAST_WORDS and not merged[-1].endswith("?"):
            merged[-1] = f"{merged[-1]} {part}"
        else:
            merged.append(part)
    return tuple(merged[:MOST_PARTS]) or (text.strip(),)


def _split_joined(sentence: str) -> list[str]:
    pieces = [p.strip() for p in _JOINED.split(sentence) if p.strip()]
    long_enough = all(len(p.split()) >= 2 for p in pieces)
    if len(pieces) < 2 or not long_enough or len(pieces[0].split()) < _LEAST_WORDS:
        return [sentence.strip()]
    return [p if p.endswith("?") else f"{p}?" for p in pieces]


def search_words(question: str) -> str:
    """The question without the mere naming of the field ("in the Transformer model", "in LLMs"), where enough is left."""
    bare = _TRAILING_FIELD.sub("", _LEADING_FIELD.sub("", question))
    return bare if set(content_words(bare)) - _OF_ANYTHING else question
