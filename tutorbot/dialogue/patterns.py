"""Weighs the cues of a message: evidence for and against intents, over what the trained head says.

A weight is in nats, added to the head's log probability: 6 overrules the head unless it is very sure, 3 tips a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tutorbot.dialogue.cues import CUES, POLITE, cued
from tutorbot.dialogue.examples import read_examples
from tutorbot.dialogue.folding import Folded
from tutorbot.dialogue.languages import NAME
from tutorbot.dialogue.leads import BARE, TAILS
from tutorbot.dialogue.passages import is_reading
from tutorbot.dialogue.payload import split_is_told
from tutorbot.dialogue.splitting import mask, splits
from tutorbot.dialogue.wishes import INJECTION, STRONG, TIPS

SETTLED, SURE, TIP = 10.0, 6.0, 3.0
_TEXT_TASKS = tuple(CUES)
_BEGINNING = ("classify", "ner", "summarize", "grammar", "tokenize", "translate")
_ENDING = ("classify", "summarize", "grammar", "tokenize", "ner", "generate")
# Rules that look at the text a message carries; all others must not be moved by what is inside it.
_SEES_TEXT = frozenset(("few_shot", "extractive_qa", "tokenize", "next_token", "attention", "embed", "generate"))
_POLITE = re.compile(rf"^{POLITE}")
_CLOSING = re.compile(r"(?:[\s,]+(?:please|thanks|bro|mate|now|pretty please))+[\s!.?]*$")
_MARKS = " ?!.,…"
_ASKING = re.compile(
    r"^(?:and |but |so |well |ok |hey |hi |um+ |sorry |please |(?:can|could"
    r"|would) you (?:please )?(?=explain|tell|describe|define))*"
    r"(?:what|why|how|when|who|which|is|are|does|do|did|can|should|will|suppose|assume|imagine|explain|define|describe"
    r"|tell me (?:about|what|how|why)|difference between|compare)\b"
)
# "tell me (more) about RAG", but not "tell me about yourself" nor "tell me more about it".
_ABOUT_A_THING = re.compile(
    r"^(?:and |so |now |ok |hey |please |(?:can|could|would) you )*(?:tell|talk to|speak to|inform) me"
    r"(?: something| smth| sth| a bit| a little| all| everything| more)? (?:about|on)"
    r" (?!you|me\b|my\b|this\b|that\b|it\b|them\b)"
)
_PLEASE_IN_LANGUAGE = re.compile(rf"\w (?:in|to|into) {NAME} please\W*$")
_SAID_IN_LANGUAGE = re.compile(
    r"^(?:how (?:do|would|can|to)|what is|say|translate|put)\b(?!.*\b(?:models?|tokens?|work|works"
    rf"|data ?sets?)\b).{{4,}} (?:in|to|into) {NAME}$"
)
_HEADINGS = frozenset(("text", "passage", "context", "paragraph"))


def _compiled(table: dict[str, tuple[str, ...]]) -> dict[str, re.Pattern[str]]:
    return {intent: re.compile("|".join(f"(?:{p})" for p in patterns), re.DOTALL) for intent, patterns in table.items()}


_STRONG, _TIPS, _INJECTION = _compiled(STRONG), _compiled(TIPS), _compiled({"injection": INJECTION})
_BY_WEIGHT = ((TIP, _TIPS), (SURE, _STRONG), (SETTLED, _INJECTION))


def evidence(plain: str, has_previous_answer: bool) -> dict[str, float]:
    """Weights of evidence by intent for a folded message.

    Args:
        has_previous_answer: whether there is something to ask "why?" about.
    """
    told = told_tasks(plain)
    weights: dict[str, float] = {}
    for intent, weight in _all(plain, told):
        weights[intent] = max(weights.get(intent, 0.0), weight)
    if _ABOUT_A_THING.match(plain):
        weights["question"] = max(weights.get("question", 0.0), TIP * 1.5)
    if _ASKING.match(plain) and not weights:
        # A question that no rule knows is about the course or about something else, but hardly a task.
        weights = dict.fromkeys((*_TEXT_TASKS, "few_shot", "extractive_qa"), -TIP)
    if not has_previous_answer:
        weights["why"] = weights.get("why", 0.0) - TIP / 2
    return weights


def _all(plain: str, told: list[str]) -> Iterator[tuple[str, float]]:
    core, masked = _core(plain), _core(mask(plain))
    for weight, table in _BY_WEIGHT:
        for intent, pattern in table.items():
            if pattern.search(masked if told and intent not in _SEES_TEXT else core):
                yield intent, weight
    yield from ((intent, SURE) for intent in told)
    if len(_examples(plain)) > 1 and "translate" not in told:
        yield "few_shot", SETTLED
    if not told:
        yield from _untold(plain, core)


def _untold(plain: str, core: str) -> Iterator[tuple[str, float]]:
    """Evidence in a message whose instruction no mark sets apart from its text."""
    if is_reading(plain):
        yield "extractive_qa", TIP
    if _PLEASE_IN_LANGUAGE.search(plain) or _SAID_IN_LANGUAGE.search(core):
        yield "translate", SURE
    if not _ASKING.match(plain):
        yield from ((intent, TIP) for intent in (*_begun(plain), *_ended(plain)))


def told_tasks(plain: str) -> list[str]:
    """Text tasks for which some split of the message leaves a plain instruction and a text."""
    asking = bool(_ASKING.match(plain))
    for split in splits(plain):
        content = plain[slice(*split.content)]
        if len(content.strip()) < 3 or (split.kind == "sentence" and _ASKING.match(content)):
            continue
        around = " ".join(plain[a:b] for a, b in split.instruction)
        if found := [task for task in _candidates(around, asking) if split_is_told(plain, split, task)]:
            return found
    return []


def _candidates(around: str, asking: bool) -> Iterable[str]:
    for task in _TEXT_TASKS:
        if asking and task in ("attention", "embed", "next_token") and len(around.split()) > 10:
            continue
        # "what does "transfer learning" mean" asks about the course; only a language makes it a translation.
        if task == "translate" and not re.search(rf"\b(?:translat\w*|{NAME})\b", around):
            continue
        yield task


def _examples(plain: str) -> dict[str, str]:
    """Labelled examples with a thing to label, if labels are short and none is a heading of a reading exercise."""
    payload, arguments = read_examples(Folded(plain, plain, tuple(range(len(plain))), tuple(range(1, len(plain) + 1))))
    examples: dict[str, str] = arguments.get("examples", {})
    labels = set(examples.values())
    unlike = labels & _HEADINGS or any(len(label.split()) > 3 for label in labels)
    return examples if payload and not unlike else {}


def _begun(plain: str) -> list[str]:
    """Text tasks that the message begins with, the text following at once."""
    matches = ((intent, BARE[intent].match(plain)) for intent in _BEGINNING)
    return [i for i, m in matches if m and len(plain[m.end() :].split()) > 1 and cued(m[0], i)]


def _ended(plain: str) -> list[str]:
    """Text tasks that the message ends with, the text before."""
    matches = ((intent, TAILS[intent].search(plain)) for intent in _ENDING)
    return [i for i, m in matches if m and len(plain[: m.start()].split()) > 2 and cued(m[0], i)]


def _core(plain: str) -> str:
    """The message without politeness around and marks at the end."""
    match = _POLITE.match(plain)
    rest = (plain[match.end() :] if match else plain).rstrip(_MARKS)
    return _CLOSING.sub("", rest).rstrip(_MARKS) or plain.strip(_MARKS)
