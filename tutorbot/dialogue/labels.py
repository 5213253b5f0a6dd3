"""Labels that a learner wants a text sorted into: "(sports, politics or science)", "happy or sad"."""

from __future__ import annotations

import re

_BRACKETED = re.compile(r"[(\[{]([^()\[\]{}]*(?:,|/|\||\bor\b|\band\b)[^()\[\]{}]*)[)\]}]")
_TRAILING = re.compile(r"\s*[(\[{][^()\[\]{}\n]*(?:,|/|\||\bor\b)[^()\[\]{}\n]*[)\]}][\s.?!]*$")
_NAMED = re.compile(
    r"\b(?:labels?|categories|classes|options|one of|choose from|among|as|into|between)\b:?\s+(?P<list>[^?!]+)"
)
_OR = re.compile(r"(?P<list>(?:(?:an? )?[\w-]+(?: ?[,/] ?))*(?:an? )?[\w-]+,? or (?:an? |not )?[\w-]+)")
_SEPARATOR = re.compile(r"\s*(?:,\s*or\b|,\s*and\b|,|/|\||\bor\b|\band\b)\s*")
_USUAL = frozenset(("positive", "negative", "neutral"))
_LEAD = re.compile(r"^(?:labels?|categories|classes|options|one of|choose from|either|is it|as|a|an|the)\b:?\s*")
_MOST_WORDS = 3


def trailing_label_list(text: str) -> int:
    """Where a bracketed list of labels at the end of the text begins; 0 where there is none."""
    match = _TRAILING.search(text)
    return match.start() if match else 0


def wanted_labels(instruction: str) -> list[str]:
    """The labels named in an instruction in plain letters; empty for the usual positive and negative."""
    for pattern in (_BRACKETED, _NAMED, _OR):
        if match := pattern.search(instruction):
            labels = _split(match[1])
            if len(labels) > 1:
                return [] if set(labels) <= _USUAL else labels
    return []


def _split(text: str) -> list[str]:
    labels = [_LEAD.sub("", part.strip(" .:;'\"")) for part in _SEPARATOR.split(text.strip())]
    return [label for label in labels if label and len(label.split()) <= _MOST_WORDS and label != "..."]
