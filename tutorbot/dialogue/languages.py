"""Names of languages, as learners write them, and their ISO 639-1 codes."""

from __future__ import annotations

import re

_NAMES = {
    "ar": "arabic arabian",
    "bg": "bulgarian",
    "bn": "bengali bangla",
    "ca": "catalan",
    "cs": "czech",
    "cy": "welsh",
    "da": "danish dansk",
    "de": "german deutsch allemand",
    "el": "greek",
    "en": "english anglais ingles",
    "eo": "esperanto",
    "es": "spanish espanol español castilian castellano",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian farsi",
    "fi": "finnish suomi",
    "fr": "french francais français",
    "ga": "irish gaelic",
    "gl": "galician",
    "he": "hebrew",
    "hi": "hindi",
    "hr": "croatian",
    "hu": "hungarian magyar",
    "id": "indonesian bahasa",
    "is": "icelandic",
    "it": "italian italiano",
    "ja": "japanese",
    "ko": "korean",
    "la": "latin",
    "lt": "lithuanian",
    "lv": "latvian",
    "ms": "malay",
    "nl": "dutch nederlands flemish",
    "no": "norwegian norsk",
    "pl": "polish polski",
    "pt": "portuguese portugues português brazilian",
    "ro": "romanian",
    "ru": "russian",
    "sk": "slovak",
    "sl": "slovenian slovene",
    "sr": "serbian",
    "sv": "swedish svenska",
    "sw": "swahili",
    "ta": "tamil",
    "te": "telugu",
    "th": "thai",
    "tl": "tagalog filipino",
    "tr": "turkish",
    "uk": "ukrainian",
    "ur": "urdu",
    "vi": "vietnamese",
    "zh": "chinese mandarin cantonese",
    "zu": "zulu",
}
CODES = {name: code for code, names in _NAMES.items() for name in names.split()}
# "polish" the verb and "thai", "irish" ... the adjectives are told apart by the words around them, not here.
NAME = "(?:" + "|".join(sorted(CODES, key=len, reverse=True)) + ")"
_TARGET = (
    re.compile(rf"\b(?:to|into|in|for|2|auf|en|->|=>) *(?:the )?(?P<name>{NAME})\b"),
    re.compile(rf"\b(?P<name>{NAME}) (?:for|word|translation|version|equivalent|please)\b"),
    re.compile(rf"(?:^|[^\w])(?P<name>{NAME})\W*$"),
    re.compile(rf"^(?:please )?(?P<name>{NAME})\b"),
    re.compile(rf"\b(?P<name>{NAME})\b"),
)
_SOURCE = re.compile(rf"\bfrom (?:the )?(?P<name>{NAME})\b")


def target_language(instruction: str) -> str | None:
    """The ISO code of the language to translate into, named in an instruction in plain small letters."""
    instruction = _SOURCE.sub(" ", instruction)
    for pattern in _TARGET:
        if match := pattern.search(instruction):
            return CODES[match["name"]]
    return None


def source_language(instruction: str) -> str | None:
    """The ISO code of the language to translate from, if the instruction names it ("from german")."""
    match = _SOURCE.search(instruction)
    return CODES[match["name"]] if match else None
