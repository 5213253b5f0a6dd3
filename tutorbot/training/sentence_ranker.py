"""Trains the sentence ranker: python -m tutorbot.training.sentence_ranker --help.

Ridge regression (numpy) of how much ROUGE-L a sentence alone would score against the reference summary, less the mean of
its text, on what tutorbot.tasks.sentence_ranker sees of it. Trained on paper abstracts and, so that it does not take
every text for a paper, on news.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tutorbot.answering.sentences import sentences
from tutorbot.evaluation.rouge import evaluate_summaries, rouge_l
from tutorbot.ports import Encoder, FloatArray
from tutorbot.tasks.sentence_ranker import MOST_SENTENCES, RANKER_FILE, SentenceRanker, features
from tutorbot.training.rows import Row, read_rows

_PACKAGE = Path(__file__).parents[1]
_NEWS_SENTENCES = 24
_NEWS_HELD = 200
_BATCH = 512


@dataclass(frozen=True)
class Document:
    """A text's sentences and its reference summaries."""

    parts: tuple[str, ...]
    references: tuple[str, ...]


def main(arguments: Sequence[str] | None = None) -> None:
    """Train, measure, and write ranker.npz and card.json."""
    options = _parser().parse_args(arguments)
    encoder = load_encoder(options.encoder)
    papers = documents(read_rows(options.papers))
    news = documents(read_rows(options.news), _NEWS_SENTENCES) if options.news else []
    kept, held = news[:-_NEWS_HELD], news[-_NEWS_HELD:]
    blocks = [*examples(papers, encoder), *examples(kept, encoder)]
    save(options.out, train(blocks, options.strength))
    figures: dict[str, Any] = {}
    if options.papers_dev:
        figures["SciTLDR dev, best of the references"] = measure(
            documents(read_rows(options.papers_dev)), encoder, options.out
        )
    if held:
        figures["CNN/DailyMail, 200 held-out texts, one sentence against all highlights"] = measure(
            held, encoder, options.out
        )
    _write_card(options, {"papers": len(papers), "news": len(kept)}, figures)
    print(json.dumps(figures, indent=2))


def load_encoder(folder: Path) -> Encoder:
    """The encoder whose prepared model stands in `folder`."""
    from tutorbot.models.openvino_encoder import OpenVinoEncoder

    return OpenVinoEncoder(folder, 0)


def documents(rows: Sequence[Row], most: int = MOST_SENTENCES) -> list[Document]:
    """Texts of two sentences and more, cut after `most`."""
    found = []
    for row in rows:
        parts = tuple(sentences(row["source"])[:most])
        references = tuple(row["summaries"]) if "summaries" in row else (row["summary"],)
        found += [Document(parts, references)] if len(parts) > 1 else []
    return found


def examples(texts: Sequence[Document], encoder: Encoder) -> list[tuple[FloatArray, FloatArray]]:
    """Features and target of each text's sentences, both less their mean over the text: only the order matters."""
    flat = [part[:600] for text in texts for part in text.parts]
    if not flat:
        return []
    vectors = np.concatenate([encoder.encode(flat[n : n + _BATCH]) for n in range(0, len(flat), _BATCH)])
    blocks, start = [], 0
    for text in texts:
        matrix = features(text.parts, vectors[start : start + len(text.parts)])
        start += len(text.parts)
        gains = np.array([np.mean([rouge_l(p, r) for r in text.references]) for p in text.parts], np.float32)
        blocks.append((matrix - matrix.mean(axis=0), gains - gains.mean()))
    return blocks


def train(blocks: Sequence[tuple[FloatArray, FloatArray]], strength: float) -> FloatArray:
    """Weights, shape (features,)."""
    matrix = np.concatenate([m for m, _ in blocks]).astype(np.float64)
    target = np.concatenate([t for _, t in blocks]).astype(np.float64)
    scale = matrix.std(axis=0) + 1e-6
    scaled = matrix / scale
    inner = scaled.T @ scaled + strength * np.eye(matrix.shape[1])
    weights: FloatArray = (np.linalg.solve(inner, scaled.T @ target) / scale).astype(np.float32)
    return weights


def save(folder: Path, weights: FloatArray) -> None:
    """Write ranker.npz."""
    folder.mkdir(parents=True, exist_ok=True)
    np.savez(folder / RANKER_FILE, weights=weights)


def measure(texts: Sequence[Document], encoder: Encoder, folder: Path) -> dict[str, float]:
    """ROUGE-L of the lead sentence, of the ranker's choice, and of the best sentence."""
    ranker = SentenceRanker(encoder, folder)

    def chosen(source: str) -> str:
        parts = sentences(source)[:MOST_SENTENCES]
        return parts[ranker.best(parts, 1)[0]]

    rows = [{"source": " ".join(t.parts), "summaries": t.references} for t in texts]
    return {"texts": len(rows), **evaluate_summaries(rows, {"ranker": chosen})}


def _write_card(options: argparse.Namespace, rows: Mapping[str, int], figures: Mapping[str, Any]) -> None:
    card = {
        "name": "sentence-ranker",
        "for": "the sentence that says what a text is about: extractive summaries",
        "kind": "ridge regression over nearness to the text, place, length and cues, on all-MiniLM-L6-v2 vectors",
        "ridge": options.strength,
        "rows": dict(rows),
        "data": {
            "SciTLDR train": "Cachola et al. 2020, Apache-2.0",
            "CNN/DailyMail": "See et al. 2017, to train only; no text of it is kept here" if rows["news"] else "not used",
        },
        "figures": figures,
        "measured": "mean ROUGE-L F1, lower-case words, no stemming; several references: the best",
    }
    (options.out / "card.json").write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tutorbot.training.sentence_ranker", description=main.__doc__)
    parser.add_argument("--encoder", type=Path, required=True, help="folder of the prepared encoder")
    parser.add_argument("--papers", required=True, help="SciTLDR train: a file of JSON lines or hf:NAME:SPLIT")
    parser.add_argument("--papers-dev", help="SciTLDR dev, to measure on")
    parser.add_argument("--news", help="CNN/DailyMail, JSON lines with source and summary; the last 200 are held out")
    parser.add_argument("--out", type=Path, default=_PACKAGE / "weights" / "sentence-ranker")
    parser.add_argument("--strength", type=float, default=30.0, help="of the regularisation")
    return parser


if __name__ == "__main__":
    main()
