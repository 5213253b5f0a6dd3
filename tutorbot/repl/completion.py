"""What Tab offers: slash commands, names of mini-tasks, and topics after words such as "what is ". Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tutorbot.repl.commands import COMMANDS

MOST_OFFERS = 40
# Longer than any title with the words before it; a pasted page must not make each key slow.
LOOK_BACK = 200
_SLASH = re.compile(r"/(?P<name>[a-z]*)", re.IGNORECASE)
_TASK = re.compile(r"/(?:demo|predict)\s+(?P<name>\w*)", re.IGNORECASE)
_ASKING = re.compile(
    r"(?:\b|(?=/))(?:what(?:'s| is| are| does| do)|how (?:do|does|is|are|can)|why (?:do|does|is|are)|when (?:do|does|is|are)"
    r"|explain|define|describe|compare|teach me|about|between|and|or|vs|versus|than|of|with|without|in"
    r"|/(?:topics|simpler|example|shorter|more))\s+(?:(?:an?|the)\s+)?(?P<name>[^\n]*)$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Offer:
    """A completion: `text` takes the place of the last `replaces` characters; `note` says what it is."""

    text: str
    replaces: int
    note: str = ""


def offers(before: str, subjects: Sequence[str], asked: bool) -> Iterator[Offer]:
    """Completions for the text before the cursor; `asked` is whether Tab was pressed, so that all topics may be offered."""
    if slash := _SLASH.fullmatch(before):
        name = slash["name"].lower()
        yield from (Offer(f"/{c.name}", len(before), c.help) for c in COMMANDS.values() if c.name.startswith(name))
        return
    if task := _TASK.fullmatch(before):
        yield from _tasks(task["name"].lower())
        return
    for begun in _begun(before[-LOOK_BACK:]):
        found = matching(begun, subjects) if begun or asked else []
        if found:
            yield from (Offer(title, len(begun), "topic") for title in found[:MOST_OFFERS])
            return


def _tasks(begun: str) -> Iterator[Offer]:
    # Imported late: with numpy behind it, it must not hold up the first prompt.
    from tutorbot.tasks.catalogue import TASKS

    yield from (Offer(task.name, len(begun), task.purpose) for task in TASKS if task.name.startswith(begun))


def matching(begun: str, subjects: Sequence[str]) -> list[str]:
    """Subjects that begin with what was typed, then those of which another word does."""
    typed = begun.casefold()
    first = [s for s in subjects if s.casefold().startswith(typed)]
    within = [s for s in subjects if s not in first and re.search(rf"\b{re.escape(typed)}", s.casefold())]
    return first + within


def _begun(before: str) -> Iterator[str]:
    """What might be the beginning of a topic, the longest first: in "what is the difference of x", that is "x" too."""
    position = 0
    while found := _ASKING.search(before, position):
        yield found["name"]
        position = found.start() + 1
