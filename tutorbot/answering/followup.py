"""Puts into a follow-up what its pronouns stand for, so that it can be searched by itself. Pure.

"and what happens without them?" after a question on positional encodings becomes
"what happens without positional encodings?".
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass

from tutorbot.retrieval.words import content_words

_LEAD = re.compile(r"^(?:(?:and|but|so|ok(?:ay)?|then|also|well|hm+|oh|yes|right|no)\b[\s,]*)+", re.IGNORECASE)
_PRONOUN = re.compile(
    r"\b(?P<whose>its|their)\b|\b(?P<thing>it|they|them|this one|that one|these|those|this|that|the same)\b", re.IGNORECASE
)
_ABOUT = re.compile(
    r"^(?:what|how)(?:'s| is)? about\s+(?P<other>.+?)[?!. ]*$|^(?:and|or)\s+(?P<bare>[\w-]+(?: [\w-]+){0,2})[?!. ]*$", re.I
)
_NEW_QUESTION = re.compile(r"^(?:what|how|why|when|where|which|who|is|are|does|do|did|can|could|should|will|would)\b", re.I)
_CIRCUMSTANCE = re.compile(r"^(?:in|for|with|without|on|at|during|after|before|when|if)\b", re.I)
_NO_REFERENCE = re.compile(
    r"\b(?:is|was|would|will|can|could) it (?:ok|okay|true|possible|safe|necessary|worth|normal|common|a good|the case)\b"
    r"|\b(?:is|was|would|will) it \w+ (?:to|that|for)\b"
    r"|\bit (?:mean|cost|take|help|make sense|matter)s?\b.*\b(?:to|that|if|when)\b"
    r"|\bdoes it make sense\b|\bit (?:seems|turns out|depends|takes)\b|\b(?:so|such) that\b"
    r"|\bthat (?:are|were|can|has|have|the|we|you|a)\b"
    # "these weights" names its thing; "do these matter" does not.
    r"|\b(?:this|that|these|those) (?!happen|matter|work|compare|mean|help|differ|look|relate|change)"
    r"(?!also|too|then|and|or|is|in|for|with)[a-z]{3,}",
    re.IGNORECASE,
)
_ENDED = re.compile(r"[.?!]\s")
_NAME_WORDS = 5
_NAME_WORD = re.compile(r"[\w+-]+(?:['’]s)?")
# Words that ask about a thing without naming it: "why is that better?", "any limitations?".
_ASKING = frozenset(
    """advantage advantages bad benefit benefits best better cheap cheaper come compare cost costs disadvantage
    disadvantages drawback drawbacks difference different else example examples expensive fast faster feature features good
    happen happened happens help helps important instead invented limit limitation limitations limits long matter matters
    mean meaning means much many need needed needs point problem problems purpose reason slow slower tho though true used
    useful worse without work working works yet kidding really sure actually""".split()
)


@dataclass(frozen=True)
class Talked:
    """What was spoken of before: the last stand-alone question and the title of its topic ("" where there is none)."""

    question: str = ""
    title: str = ""


@dataclass(frozen=True)
class Standalone:
    """A question that can be searched by itself.

    Attributes:
        text: the question with what it leans on put in.
        rewritten: it leaned on what was said before.
        dangling: it leans on something, but nothing was said before.
    """

    text: str
    rewritten: bool = False
    dangling: bool = False


def standalone(question: str, talked: Talked, names: Set[str]) -> Standalone:
    """The question as it would be asked by somebody who had not spoken before.

    Args:
        names: what the course's subjects are called, in lower case.
    """
    bare = _LEAD.sub("", question).strip() or question.strip()
    own = mentioned(bare, names)
    focus = mentioned(talked.question, names) or talked.title
    if talked.question and (swapped := _swap(question, bare, talked, names)):
        return Standalone(swapped, rewritten=True)
    pronoun = _reference(bare)
    if pronoun and not _stands_before(bare, own, pronoun.start()):
        if not focus:
            return Standalone(bare, dangling=not own and _asks_only(bare[: pronoun.start()]))
        return Standalone(_put_in(bare, pronoun, focus), rewritten=True)
    if not own and _asks_only(bare):
        if not focus:
            return Standalone(bare, dangling=True)
        return Standalone(f"{bare.rstrip('?!. ')} {focus}?", rewritten=True)
    return Standalone(bare if own else question.strip())


def mentioned(text: str, names: Set[str]) -> str:
    """The longest course name in the text, as it is written there; "" where none is mentioned."""
    return max(mentions(text, names), key=lambda name: len(name.split()), default="")


def mentions(text: str, names: Set[str]) -> list[str]:
    """The course names in the text, as they are written there, in order; of names that overlap the longer one."""
    words = list(_NAME_WORD.finditer(text))
    found: list[tuple[int, int]] = []
    for length in range(min(_NAME_WORDS, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            span = words[start].start(), words[start + length - 1].end()
            if any(a < span[1] and span[0] < b for a, b in found):
                continue
            if not names.isdisjoint(_forms(text[slice(*span)].lower())):
                found.append(span)
    return [text[slice(*span)] for span in sorted(found)]


def _forms(name: str) -> set[str]:
    """A name with and without its plural ending and hyphens."""
    bases = {name, name.replace("-", " "), name.replace(" ", "-")}
    return bases | {f"{b}s" for b in bases} | {b.removesuffix("s") for b in bases}


def _reference(text: str) -> re.Match[str] | None:
    """The first pronoun that stands for something said before."""
    hidden = _NO_REFERENCE.sub(lambda m: "_" * len(m.group()), text)
    return _PRONOUN.search(hidden)


def _stands_before(text: str, name: str, position: int) -> bool:
    """The question itself says, before the pronoun, what it stands for ("what is LoRA and how does it work?")."""
    before = text[:position]
    things = [w for w in content_words(before) if w not in _ASKING]
    return (bool(name) and 0 <= text.find(name) < position) or len(things) > 1 or bool(things and _ENDED.search(before))


def _put_in(text: str, pronoun: re.Match[str], focus: str) -> str:
    name = focus + ("'" if focus.endswith("s") else "'s") if pronoun["whose"] else focus
    return text[: pronoun.start()] + name + text[pronoun.end() :]


def _swap(question: str, bare: str, talked: Talked, names: Set[str]) -> str:
    """ "what about GRU?" after "how does an LSTM forget?" becomes "how does an GRU forget?"; "" where it does not apply."""
    match = _ABOUT.match(bare) or _ABOUT.match(question.strip())
    if not match:
        return ""
    other = (match["other"] or match["bare"]).strip()
    old = mentioned(talked.question, names)
    if _PRONOUN.search(other) or _NEW_QUESTION.match(other):
        return ""
    if _CIRCUMSTANCE.match(other):
        return f"{talked.question.rstrip('?!. ')} {other}?"
    if mentioned(other, names) and old and old.lower() != other.lower():
        return talked.question.replace(old, other)
    return f"{other} {old or talked.title}?" if not mentioned(other, names) else ""


def _asks_only(text: str) -> bool:
    """The text asks, but names nothing that it asks about."""
    return _ASKING.issuperset(content_words(text))
