"""Trains the entity head: python -m tutorbot.training.entities --help.

People, organisations, places and other names, from news (CoNLL-2003; Tjong Kim Sang and De Meulder 2003,
https://aclanthology.org/W03-0419/) and social media (WNUT-17; Derczynski et al. 2017, https://aclanthology.org/W17-4418/).
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from typing import Any

import torch
from tokenizers import Tokenizer

from tutorbot.models.head_format import HeadSpec
from tutorbot.models.headed_encoder import HeadedEncoder
from tutorbot.models.word_shapes import piece_shapes
from tutorbot.ports import PieceScores
from tutorbot.tasks.bio import OUTSIDE, decode, tag_names
from tutorbot.training.adapters import new_model, save_model
from tutorbot.training.loop import Example, fit, predict
from tutorbot.training.recipe import load_tokenizer, parser, schedule, write_card
from tutorbot.training.rows import Row, read_rows

TYPES = ("PER", "ORG", "LOC", "MISC")
TAGS = tag_names(TYPES)
# WNUT's finer types as the four of CoNLL.
_AS_CONLL = {
    "person": "PER",
    "location": "LOC",
    "corporation": "ORG",
    "group": "ORG",
    "product": "MISC",
    "creative-work": "MISC",
}
_IGNORED = -100
Span = tuple[int, int, str]


def main(arguments: Sequence[str] | None = None) -> None:
    """Train on both, measure each; writes weights and card."""
    sets = {"news": "CoNLL-2003 train", "news_dev": "CoNLL-2003 dev", "social": "WNUT-17 train", "social_dev": "WNUT-17 dev"}
    options = parser("entities", main.__doc__ or "", **sets).parse_args(arguments)
    plan = schedule(options, epochs=6, rate=7e-4)
    tokenizer = load_tokenizer(options.base, 256)
    news, social = read_rows(options.news), read_rows(options.social)
    chance = random.Random(options.seed)
    # What people type often has no capitals; a tenth of the news is shown so as well.
    plain = [{**r, "tokens": [t.lower() for t in r["tokens"]]} for r in chance.sample(news, len(news) // 10)]
    joined = [_joined(news, chance) for _ in range(len(news) // 8)]
    examples = [tagged_example(tokenizer, row) for row in [*news, *plain, *joined, *social, *social]]
    model = new_model(options.base, HeadSpec(TAGS, pooled=False, shapes=True), options.rank, options.dropout)
    seconds = fit(model, examples, token_cross_entropy, plan, options.scratch, pad=_IGNORED)
    save_model(model, options.out)
    sets_measured = {"CoNLL-2003 dev": (options.news_dev, news), "WNUT-17 dev": (options.social_dev, social)}
    figures = {name: _measured(model, tokenizer, read_rows(path), known) for name, (path, known) in sets_measured.items()}
    lowered = [{**r, "tokens": [t.lower() for t in r["tokens"]]} for r in read_rows(options.news_dev)]
    figures["CoNLL-2003 dev"]["f1_without_capitals"] = span_f1(_spans(model, tokenizer, lowered), lowered)["f1"]
    write_card(options.out, _card(len(examples), figures), options, plan, seconds)


def tagged_example(tokenizer: Tokenizer, row: Row) -> Example:
    """Tokens joined by blanks, each piece with the tag of its token (of a token's later pieces: I- for B-)."""
    text, starts = join_tokens(row["tokens"])
    encoded = tokenizer.encode(text)
    token_at = {
        start + k: n for n, (start, token) in enumerate(zip(starts, row["tokens"], strict=True)) for k in range(len(token))
    }
    targets, seen = [], -1
    for (start, end), word in zip(encoded.offsets, encoded.word_ids, strict=True):
        if word is None or start == end:
            targets.append(_IGNORED)
            continue
        token = token_at[start]
        tag = conll_tag(row["tags"][token])
        targets.append(TAGS.index(tag.replace("B-", "I-") if token == seen else tag))
        seen = token
    return Example(tuple(encoded.ids), piece_shapes(text, encoded.offsets, encoded.word_ids), tuple(map(float, targets)))


def conll_tag(tag: str) -> str:
    """A tag of either set as one of `TAGS`."""
    prefix, _, kind = tag.partition("-")
    return tag if tag == OUTSIDE else f"{prefix}-{_AS_CONLL.get(kind, kind)}"


def join_tokens(tokens: Sequence[str]) -> tuple[str, list[int]]:
    """The tokens with blanks between, and where each starts."""
    starts, position = [], 0
    for token in tokens:
        starts.append(position)
        position += len(token) + 1
    return " ".join(tokens), starts


def token_cross_entropy(logits: torch.Tensor, targets: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """Over all pieces that have a tag."""
    wanted = targets.long().reshape(-1)
    return torch.nn.functional.cross_entropy(logits.reshape(len(wanted), -1), wanted, ignore_index=_IGNORED)


def gold_spans(row: Row) -> set[Span]:
    """(start, end, type) of each entity, in characters of the joined tokens."""
    _, starts = join_tokens(row["tokens"])
    found: list[Span] = []
    before = OUTSIDE
    for start, token, raw in zip(starts, row["tokens"], row["tags"], strict=True):
        tag = conll_tag(raw)
        if tag.startswith("I-") and before[2:] == tag[2:]:
            found[-1] = (found[-1][0], start + len(token), tag[2:])
        elif tag != OUTSIDE:
            found.append((start, start + len(token), tag[2:]))
        before = tag
    return set(found)


def span_f1(found: Sequence[set[Span]], rows: Sequence[Row]) -> dict[str, float]:
    """Strict: start, end and type must agree. Micro average."""
    gold = [gold_spans(row) for row in rows]
    hits = sum(len(f & g) for f, g in zip(found, gold, strict=True))
    precision, recall = hits / max(1, sum(map(len, found))), hits / max(1, sum(map(len, gold)))
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def _joined(rows: Sequence[Row], chance: random.Random) -> Row:
    """Two or three sentences that follow each other, as one text."""
    at = chance.randrange(len(rows) - 3)
    some = rows[at : at + chance.choice((2, 3))]
    return {name: [x for row in some for x in row[name]] for name in ("tokens", "tags")}


def _spans(model: HeadedEncoder, tokenizer: Tokenizer, rows: Sequence[Row]) -> list[set[Span]]:
    examples = [tagged_example(tokenizer, row) for row in rows]
    found = []
    for row, logits in zip(rows, predict(model, examples), strict=True):
        text, _ = join_tokens(row["tokens"])
        encoded = tokenizer.encode(text)
        inner = range(1, len(encoded.ids) - 1)
        scores = logits.numpy()
        pieces = PieceScores(
            scores[1:-1], tuple(encoded.offsets[n] for n in inner), tuple(encoded.word_ids[n] or 0 for n in inner), scores[0]
        )
        found.append({(e.start, e.end, e.label) for e in decode(text, [pieces], TAGS)})
    return found


def _measured(model: HeadedEncoder, tokenizer: Tokenizer, rows: Sequence[Row], known: Sequence[Row]) -> dict[str, Any]:
    return {
        "rows": len(rows),
        **span_f1(_spans(model, tokenizer, rows), rows),
        "baseline_word_list": _word_list(rows, known),
    }


def _word_list(rows: Sequence[Row], known: Sequence[Row]) -> float:
    """F1 of giving each span of the training set its commonest type, longest match first: a gazetteer."""
    kinds: dict[tuple[str, ...], Counter[str]] = {}
    for row in known:
        text, _ = join_tokens(row["tokens"])
        for start, end, kind in gold_spans(row):
            kinds.setdefault(tuple(text[start:end].split()), Counter())[kind] += 1
    found = [_matches(row["tokens"], kinds) for row in rows]
    return span_f1(found, rows)["f1"]


def _matches(tokens: Sequence[str], kinds: dict[tuple[str, ...], Counter[str]]) -> set[Span]:
    _, starts = join_tokens(tokens)
    found: set[Span] = set()
    at = 0
    while at < len(tokens):
        size = next((n for n in range(min(6, len(tokens) - at), 0, -1) if tuple(tokens[at : at + n]) in kinds), 0)
        if size:
            last = at + size - 1
            kind = kinds[tuple(tokens[at : at + size])].most_common(1)[0][0]
            found.add((starts[at], starts[last] + len(tokens[last]), kind))
        at += max(1, size)
    return found


def _card(rows: int, figures: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": "entities",
        "for": "spans of people (PER), organisations (ORG), places (LOC) and other names (MISC) in English text",
        "licence": "Apache-2.0",
        "data": {
            "CoNLL-2003 train": "Reuters text, used for training only",
            "WNUT-17 train": "CC BY 4.0; its six types as four: corporation and group are ORG, product and work are MISC",
            "rows": rows,
        },
        "note": "The encoder sees no capitals; the shape of each word (lower, Capital, UPPER ...) is added to its input.",
        "figures": figures,
        "published": "BERT-base 0.964, BERT-large 0.966 F1 on CoNLL-2003 dev, with capitals (Devlin et al. 2019)",
    }


if __name__ == "__main__":
    main()
