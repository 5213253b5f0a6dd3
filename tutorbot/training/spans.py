"""Trains the span head: python -m tutorbot.training.spans --help.

Where in a text is the answer to a question, or is there none (SQuAD 2.0; Rajpurkar et al. 2018,
https://aclanthology.org/P18-2124/)? A fifth of the articles is kept apart to measure on.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer

from tutorbot.evaluation.span_metrics import exact_match, overlap_f1
from tutorbot.models.head_format import HeadSpec
from tutorbot.models.headed_encoder import HeadedEncoder
from tutorbot.ports import PieceScores
from tutorbot.tasks.spans import Span, best_spans
from tutorbot.training.adapters import new_model, save_model
from tutorbot.training.loop import Example, fit, predict
from tutorbot.training.recipe import load_tokenizer, parser, schedule, write_card
from tutorbot.training.rows import Row, read_rows

_LONGEST = 320
_COST = 0.02
_NONE = Span(0, 0, float("-inf"))


def main(arguments: Sequence[str] | None = None) -> None:
    """Train on four fifths of the articles and the other sets, measure on the rest; writes weights and card."""
    sets = {"squad2": "SQuAD 2.0", "squad1": "SQuAD 1.1", "policies": "PolicyQA"}
    made = parser("spans", main.__doc__ or "", **sets)
    made.add_argument("--fold", type=int, default=0, help="which fifth of the articles is kept apart; 5 for none")
    options = made.parse_args(arguments)
    plan = schedule(options, epochs=3, rate=5e-4)
    tokenizer = load_tokenizer(options.base, _LONGEST)
    squad2 = read_rows(options.squad2)
    apart = set(sorted({row["title"] for row in squad2})[options.fold :: 5])
    held = [row for row in squad2 if row["title"] in apart]
    rows = _training_rows([row for row in squad2 if row["title"] not in apart], options)
    examples = [e for row in rows if (e := span_example(tokenizer, row)) is not None]
    model = new_model(options.base, HeadSpec(("start", "end"), pooled=False), options.rank, options.dropout)
    seconds = fit(model, examples, span_cross_entropy, plan, options.scratch, pad=0)
    figures, threshold = _measured(model, tokenizer, held)
    model.spec = replace(model.spec, threshold=threshold)
    save_model(model, options.out)
    write_card(options.out, _card(len(examples), sorted(apart), figures), options, plan, seconds)


def span_example(tokenizer: Tokenizer, row: Row) -> Example | None:
    """Question and text with the first and last piece of the answer, 0 and 0 for none; None where the answer is cut off."""
    encoded = tokenizer.encode(row["question"], row["context"])
    if row["impossible"]:
        return Example(tuple(encoded.ids), tuple(encoded.type_ids), (0.0, 0.0))
    start = row["answers"][0]["start"]
    end = start + len(row["answers"][0]["text"])
    second = [n for n, s in enumerate(encoded.sequence_ids) if s == 1]
    inside = [n for n in second if encoded.offsets[n][0] < end and encoded.offsets[n][1] > start]
    if not inside or encoded.offsets[inside[-1]][1] < end:
        return None
    return Example(tuple(encoded.ids), tuple(encoded.type_ids), (float(inside[0]), float(inside[-1])))


def span_cross_entropy(logits: torch.Tensor, targets: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """Mean over start and end; padding cannot be chosen."""
    blocked = logits.masked_fill(mask[:, :, None] == 0, -1e4)
    return torch.stack(
        [torch.nn.functional.cross_entropy(blocked[:, :, side], targets[:, side].long()) for side in (0, 1)]
    ).mean()


def _training_rows(squad2: list[Row], options: argparse.Namespace) -> list[Row]:
    chance = random.Random(options.seed)
    squad1 = read_rows(options.squad1)
    policies = chance.sample(read_rows(options.policies), 800)
    contexts: dict[str, list[str]] = {}
    for row in squad1:
        contexts.setdefault(row["title"], []).append(row["context"])
    # A question beside another paragraph of its article has no answer there, however alike they sound.
    strangers = [{**row, "context": chance.choice(contexts[row["title"]]), "impossible": True} for row in squad1[::2]]
    honest = [s for s, row in zip(strangers, squad1[::2], strict=True) if not _holds(s["context"], row)]
    return [*squad2, *squad1, *policies, *honest]


def _holds(context: str, row: Row) -> bool:
    return any(answer["text"].lower() in context.lower() for answer in row["answers"])


def _measured(model: HeadedEncoder, tokenizer: Tokenizer, held: Sequence[Row]) -> tuple[dict[str, Any], float]:
    """Figures on the articles kept apart. The threshold for one half of them is tuned on the other half."""
    if not held:
        return {}, 0.0
    spans = _spans(model, tokenizer, held)
    halves = [[n for n, row in enumerate(held) if len(row["title"]) % 2 == side] for side in (0, 1)]
    cuts = [_best_cut([held[n] for n in half], [spans[n] for n in half]) for half in halves]
    texts = [""] * len(held)
    for half, cut in zip(halves, reversed(cuts), strict=True):
        for n in half:
            texts[n] = _text(held[n], spans[n], cut)
    figures = {"questions": len(held), **_scores(held, lambda n: texts[n]), **_baselines(held)}
    return figures, round(sum(cuts) / 2, 3)


def _spans(model: HeadedEncoder, tokenizer: Tokenizer, rows: Sequence[Row]) -> list[Span]:
    encoded = [tokenizer.encode(row["question"], row["context"]) for row in rows]
    examples = [Example(tuple(e.ids), tuple(e.type_ids), (0.0, 0.0)) for e in encoded]
    found = []
    for e, logits in zip(encoded, predict(model, examples), strict=True):
        second = [n for n, s in enumerate(e.sequence_ids) if s == 1]
        scores = logits.numpy()
        window = PieceScores(scores[second], tuple(e.offsets[n] for n in second), tuple(second), scores[0])
        found.append((best_spans([window]) or [_NONE])[0])
    return found


def _text(row: Row, span: Span, cut: float) -> str:
    return str(row["context"][span.start : span.end]) if span.margin > cut else ""


def _best_cut(rows: Sequence[Row], spans: Sequence[Span]) -> float:
    """The lowest cut that costs little: half of SQuAD has no answer, learners mostly ask what their text does answer."""
    cuts: list[float] = np.linspace(-6, 6, 49).tolist()
    f1 = [_scores(rows, lambda n, cut=cut: _text(rows[n], spans[n], cut))["f1"] for cut in cuts]  # type: ignore[misc]
    return next(cut for cut, score in zip(cuts, f1, strict=True) if score >= max(f1) - _COST)


def _scores(rows: Sequence[Row], answer: Callable[[int], str]) -> dict[str, float]:
    gold = [[a["text"] for a in row["answers"]] if not row["impossible"] else [""] for row in rows]
    given = [answer(n) for n in range(len(rows))]
    f1 = [overlap_f1(text, texts) for text, texts in zip(given, gold, strict=True)]
    exact = [exact_match(text, texts) for text, texts in zip(given, gold, strict=True)]
    answerable = [score for score, row in zip(f1, rows, strict=True) if not row["impossible"]]
    without = [score for score, row in zip(f1, rows, strict=True) if row["impossible"]]
    means = {"f1": f1, "exact": exact, "f1_answerable": answerable, "f1_unanswerable": without}
    return {name: round(float(np.mean(scores)), 4) for name, scores in means.items()}


def _baselines(rows: Sequence[Row]) -> dict[str, float]:
    """Never an answer; always the sentence that shares most words with the question."""
    return {
        "baseline_never_answers": _scores(rows, lambda n: "")["f1"],
        "baseline_likest_sentence": _scores(rows, lambda n: _likest_sentence(rows[n]))["f1"],
    }


def _likest_sentence(row: Row) -> str:
    words = set(row["question"].lower().split())
    parts: list[str] = row["context"].split(". ")
    return max(parts, key=lambda sentence: len(words & set(sentence.lower().split())))


def _card(rows: int, apart: Sequence[str], figures: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": "spans",
        "for": "the span of an English text that answers a question, or none",
        "licence": "CC-BY-SA-4.0",
        "data": {
            "SQuAD 2.0, articles of its dev set but those kept apart": "Rajpurkar et al. 2018, CC BY-SA 4.0",
            "SQuAD 1.1, 13 articles; each second question also beside a paragraph without its answer": "CC BY-SA 4.0",
            "PolicyQA, 800 questions": "Ahmad et al. 2020, MIT",
            "rows": rows,
            "kept_apart": list(apart),
        },
        "figures": {"SQuAD 2.0, articles kept apart": figures},
        "published": "BERT-base 0.763 F1 on the whole dev set, trained on 130,000 questions",
    }


if __name__ == "__main__":
    main()
