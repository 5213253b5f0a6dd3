"""Why a text was cut into these tokens, told on the text itself. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from tutorbot.ports import Tokens

_UNKNOWN = "[UNK]"
_NAMED = 3
_LONGEST_NAMED = 24


def story(text: str, cut: Sequence[Tokens]) -> Iterator[str]:
    """A sentence or two on each thing that happened."""
    for tokens in cut:
        if not tokens.ids:
            yield "There is nothing in this text that this tokenizer turns into a token."
        elif tokens.tokenizer == "wordpiece":
            yield from _word_pieces(text, tokens)
        else:
            yield from _byte_pairs(text, tokens)
    if len(cut) == 2 and all(tokens.ids for tokens in cut):
        yield _compared(text, cut)


def _word_pieces(text: str, tokens: Tokens) -> Iterator[str]:
    yield (
        "WordPiece first splits the text at blanks and punctuation, then takes from each word the longest beginning that "
        "its vocabulary of 30,522 pieces has, and goes on with the rest; ## marks a piece that continues a word."
    )
    word, pieces = _longest_split(text, tokens)
    if pieces:
        yield f"Here {_quoted(word)} is no single piece, so it became {_listed(pieces)}."
    if changed := _changed(text):
        yield (
            f"This vocabulary is uncased: capitals and accents are gone before the cutting ({', '.join(changed)}), so the "
            "encoder cannot tell them apart."
        )
    if lost := [text[a:b] for piece, (a, b) in zip(tokens.pieces, tokens.offsets, strict=True) if piece == _UNKNOWN]:
        named = ", ".join(_quoted(word) for word in dict.fromkeys(lost[:_NAMED]))
        yield (
            f"{named} cannot be put together from its pieces and became {_UNKNOWN}: the model sees that something was "
            "there, but not what."
        )


def _byte_pairs(text: str, tokens: Tokens) -> Iterator[str]:
    yield (
        "Byte-level BPE starts from the bytes of the text and joins neighbours in the order that was learned from a large "
        "corpus, 48,900 merges; Ġ is the blank before a word, which belongs to the token."
    )
    if spaced := next((p for p in tokens.pieces if p.startswith("Ġ") and len(p) > 2), None):
        yield f'So "{spaced}" and "{spaced[1:]}" are two different tokens with different ids.'
    if torn := _torn(text, tokens):
        yield (
            f'"{torn[0]}" has {len(torn[0].encode())} bytes in UTF-8 and no token of its own, so it took {torn[1]} tokens; '
            "nothing is ever unknown."
        )
    if any(character.isdigit() for character in text):
        yield "Digits are kept apart, one token each: numbers take more tokens, but are always cut alike."
    if tokens.pieces.count(tokens.pieces[0]) == len(tokens.pieces) > 3:
        yield f'The text is "{tokens.pieces[0]}" {len(tokens.pieces):,} times: even the longest merge is only that long.'


def _torn(text: str, tokens: Tokens) -> tuple[str, int] | None:
    """The first character that was cut into several tokens, and how many."""
    halves = [span for piece, span in zip(tokens.pieces, tokens.offsets, strict=True) if "<0x" in piece]
    places = sorted({n for start, end in halves for n in range(start, end) if not text[n].isspace()})
    for place in places[:1]:
        return text[place], sum(start <= place < end for start, end in tokens.offsets)
    return None


def _compared(text: str, cut: Sequence[Tokens]) -> str:
    counts = f"The same text is {len(cut[0].ids):,} long under one and {len(cut[1].ids):,} under the other"
    return f"{counts}; a model's limit and an API's price are in its own tokens, so a count holds for one tokenizer only."


def _longest_split(text: str, tokens: Tokens) -> tuple[str, list[str]]:
    """The word that was cut into the most pieces, with these; no pieces where every word is whole."""
    words: list[tuple[int, int, list[str]]] = []
    for piece, (start, end) in zip(tokens.pieces, tokens.offsets, strict=True):
        if piece.startswith("##") and words:
            first, _, pieces = words[-1]
            words[-1] = (first, end, [*pieces, piece])
        else:
            words.append((start, end, [piece]))
    start, end, pieces = max(words, key=lambda word: len(word[2]))
    return text[start:end], pieces if len(pieces) > 1 else []


def _changed(text: str) -> list[str]:
    """Words that lose their capitals or accents, each as what it becomes."""
    found: dict[str, str] = {}
    for word in text.split():
        lowered = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn")
        if lowered != unicodedata.normalize("NFD", word) and len(word) <= _LONGEST_NAMED:
            found[word] = f"{_quoted(word)} to {_quoted(lowered)}"
        if len(found) == _NAMED:
            break
    return list(found.values())


def _listed(pieces: Sequence[str]) -> str:
    shown = " + ".join(pieces[:8])
    return f"{shown} and {len(pieces) - 8:,} more" if len(pieces) > 8 else shown


def _quoted(word: str) -> str:
    return f'"{word}"' if len(word) <= _LONGEST_NAMED else f'"{word[:_LONGEST_NAMED]}..."'
