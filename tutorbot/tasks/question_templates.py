"""Questions made from a sentence by its pattern: the part that answers it is taken out. Pure."""

from __future__ import annotations

import re

from tutorbot.tasks.word_forms import BASES, VERBS

_BE = r"(?P<be>is|are|was|were)"
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_BE_SENTENCE = re.compile(rf"^(?P<subject>[\w' -]{{2,50}}?) {_BE} (?P<rest>[^;]{{4,}}?)[.!]?$")
_WHEN = re.compile(
    r",? (?:in (?:1\d{3}|20\d{2}|the \d+(?:st|nd|rd|th) century|(?:january|february|march|april|may|june|july|august"
    r"|september|october|november|december)(?: \d{4})?)|at (?:dawn|noon|midnight|dusk)"
    r"|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|next year|last year|next week|last week)\b",
    re.IGNORECASE,
)
_WHERE = re.compile(rf" in (?:the )?(?!{_MONTHS})(?:[A-Z][a-z]+(?: [A-Z][a-z]+)*)(?=[ .,]|$)")
_WHY = re.compile(r",? because [^.]+")
_LASTS = re.compile(r"^(?P<subject>[\w' -]{2,50}?) (?P<have>has|have) been (?P<rest>[^;,]{3,}?) (?:for|since) [^;,]+$")
_ACTS = re.compile(
    r"^(?P<subject>(?:The|A|An|My|Our|[A-Z][a-z]+)(?: [a-z]+| [A-Z][a-z]+)?) (?P<verb>[a-z]+) (?P<rest>[^;]{3,}?)[.!]?$"
)
_LEANS = frozenset("it they he she this these those that there i we you".split())


def template_questions(sentence: str) -> list[str]:
    """Questions that the sentence answers, by pattern; none where no pattern fits surely."""
    plain = sentence.strip()
    if "?" in plain or plain.split(" ", 1)[0].lower() in _LEANS or "\n" in plain:
        return []
    if found := _LASTS.match(plain):
        return [f"How long {found['have']} {_inside(found['subject'])} been {found['rest']}?"]
    if found := _BE_SENTENCE.match(plain):
        return _about_being(found)
    if found := _ACTS.match(plain):
        return _about_doing(found)
    return []


def _about_being(found: re.Match[str]) -> list[str]:
    subject, be, rest = _inside(found["subject"]), found["be"].lower(), found["rest"]
    if " and " in rest or rest.startswith(("not ", "n't")):
        rest = re.split(r",? and (?=[a-z]+ (?:will|is|are|was|were|has|have)\b)", rest)[0]
    asked = []
    for word, pattern in (("When", _WHEN), ("Where", _WHERE), ("Why", _WHY)):
        if pattern.search(rest):
            left = pattern.sub("", rest, count=1).strip(" ,.")
            asked += [f"{word} {be} {subject} {left}?"] if left else [f"{word} {be} {subject}?"]
    return asked


def _about_doing(found: re.Match[str]) -> list[str]:
    subject, verb, rest = _inside(found["subject"]), found["verb"], found["rest"]
    first = re.split(r",| and | because ", rest)[0]
    asked = [f"{_who(found['subject'])} {verb} {first}?"]
    past = verb.endswith("ed") or (verb in BASES and not verb.endswith("s"))
    base = BASES.get(verb) or (_base(verb) if past else verb.removesuffix("s") if verb.removesuffix("s") in VERBS else "")
    if not base or (verb not in BASES and not past):
        return asked if past or verb in BASES else []
    helper = "did" if past else "does"
    for word, pattern in (("When", _WHEN), ("Where", _WHERE), ("Why", _WHY)):
        if pattern.search(rest):
            left = pattern.sub("", rest, count=1).strip(" ,.")
            asked.append(f"{word} {helper} {subject} {base}{' ' + left if left else ''}?")
    return asked


def _who(subject: str) -> str:
    first, _, second = subject.partition(" ")
    return "Who" if first in ("My", "Our") or (first not in ("The", "A", "An") and second.istitle()) else "Who or what"


def _base(verb: str) -> str:
    """reached -> reach, moved -> move, stopped -> stop."""
    stem = verb.removesuffix("ed")
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "ls":
        return stem[:-1]
    if stem.endswith("i"):
        return stem[:-1] + "y"
    return (
        stem + "e"
        if re.search(r"(?:[aeiou][vsczg]|[vczu]|[^aeiou][lr]|[aiou][dtk]|at)$", stem)
        and not stem.endswith(("ea", "ed", "oa"))
        else stem
    )


def _inside(subject: str) -> str:
    first, _, rest = subject.partition(" ")
    articles = ("the", "a", "an", "my", "our", "his", "her", "their", "some", "all", "every", "many", "most")
    return f"{first.lower() if first.lower() in articles else first}{' ' + rest if rest else ''}"
