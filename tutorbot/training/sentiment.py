"""Trains the sentiment head: python -m tutorbot.training.sentiment --help.

Positive or negative, from the phrases and sentences of the Stanford Sentiment Treebank (Socher et al. 2013,
https://aclanthology.org/D13-1170/).
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from tutorbot.models.head_format import HeadSpec
from tutorbot.models.headed_encoder import HeadedEncoder
from tutorbot.training.adapters import new_model, save_model
from tutorbot.training.loop import Example, fit, predict
from tutorbot.training.recipe import load_tokenizer, parser, pooled_example, schedule, write_card
from tutorbot.training.rows import Row, read_rows

LABELS = ("negative", "positive")
_LONGEST = 128


def main(arguments: Sequence[str] | None = None) -> None:
    """Train on phrases, then measure on whole sentences; writes weights and card."""
    sets = {"phrases": "SST-2 train, phrases", "sentences": "SST-2 train, sentences", "dev": "SST-2 dev", "reviews": "IMDb"}
    options = parser("sentiment", main.__doc__ or "", **sets).parse_args(arguments)
    plan = schedule(options, epochs=3)
    tokenizer = load_tokenizer(options.base, _LONGEST)
    dev = read_rows(options.dev)
    unseen = {row["text"].strip().lower() for row in dev}
    rows = [r for r in _training_rows(options) if r["text"].strip().lower() not in unseen]
    model = new_model(options.base, HeadSpec(LABELS, pooled=True), options.rank, options.dropout)
    examples = [pooled_example(tokenizer, r["text"], None, r["label"]) for r in rows]
    seconds = fit(model, examples, cross_entropy, plan, options.scratch)
    save_model(model, options.out)
    held = [pooled_example(tokenizer, r["text"], None, r["label"]) for r in dev]
    figures = {"rows": len(held), "accuracy": accuracy(model, held), **_baselines(rows, dev, options)}
    write_card(options.out, _card(len(rows), figures), options, plan, seconds)


def cross_entropy(logits: torch.Tensor, targets: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """Of one label a row."""
    return torch.nn.functional.cross_entropy(logits, targets[:, 0].long())


def accuracy(model: HeadedEncoder, held: Sequence[Example]) -> float:
    """Share of rows whose greatest logit is the target."""
    right = [int(logits.argmax()) == row.target[0] for logits, row in zip(predict(model, held), held, strict=True)]
    return round(sum(right) / len(right), 4)


def _training_rows(options: argparse.Namespace) -> list[Row]:
    # Opinions of more than a sentence: the ends of reviews, where the verdict stands.
    reviews = random.Random(options.seed).sample(read_rows(options.reviews), 6000)
    ends = [{"text": " ".join(r["text"].replace("<br />", " ").split()[-60:]), "label": r["label"]} for r in reviews]
    return [*read_rows(options.phrases), *read_rows(options.sentences), *ends]


def _baselines(rows: Sequence[Row], dev: Sequence[Row], options: argparse.Namespace) -> dict[str, Any]:
    """Always the commoner label; the label of the nearest training sentence (cosine of the untrained encoder)."""
    common = sum(r["label"] for r in dev) / len(dev)
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer

    word = Transformer(str(options.base))
    encoder = SentenceTransformer(modules=[word, Pooling(384, "mean")], device="cpu")
    known = read_rows(options.sentences)
    vectors = encoder.encode([r["text"] for r in known], normalize_embeddings=True, show_progress_bar=False)
    asked = encoder.encode([r["text"] for r in dev], normalize_embeddings=True, show_progress_bar=False)
    nearest = np.argmax(asked @ vectors.T, axis=1)
    hits = [known[n]["label"] == r["label"] for n, r in zip(nearest.tolist(), dev, strict=True)]
    return {
        "baseline_majority": round(max(common, 1 - common), 4),
        "baseline_nearest_sentence": round(sum(hits) / len(hits), 4),
        "published": "DistilBERT 0.913, BERT-base 0.927 on the same dev sentences (Sanh et al. 2019)",
    }


def _card(rows: int, figures: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": "sentiment",
        "for": "positive or negative, for English text of up to 128 word pieces",
        "licence": "Apache-2.0",
        "data": {
            "SST-2 train, phrases and sentences": "Socher et al. 2013; licence not stated (research corpus)",
            "IMDb train, last 60 words of 6,000 reviews": "Maas et al. 2011; licence not stated (research corpus)",
            "rows": rows,
        },
        "figures": {"SST-2 dev": figures},
    }


if __name__ == "__main__":
    main()
