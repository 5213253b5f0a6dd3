"""Trains the intent head: python -m tutorbot.training.intent_head --help.

Softmax regression (scikit-learn) over what tutorbot.dialogue.scoring sees of a message; at run time numpy is enough.
It is trained twice: without a fifth of the course's questions, to measure on them, and then on everything.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import warnings
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tutorbot.dialogue.scoring import HEAD_FILE, HeadScorer, features
from tutorbot.ports import Encoder, FloatArray
from tutorbot.training.intent_data import Row, clinc, course, exemplars, hurried, injections, strangers
from tutorbot.training.rows import read_rows

_PACKAGE = Path(__file__).parents[1]
_CAP = 1500
_ITERATIONS, _AFTERWARDS = 100, 40


def main(arguments: Sequence[str] | None = None) -> None:
    """Train, measure, and write head.npz and card.json."""
    options = _parser().parse_args(arguments)
    encoder = load_encoder(options.encoder)
    generator = random.Random(options.seed)
    rows = [*exemplars(options.exemplars, generator)]
    rows += clinc(options.clinc, generator) if options.clinc else []
    rows += injections(options.injections) if options.injections else []
    rows += strangers(options.strangers, generator) if options.strangers else []
    asked = [(text, group) for text, _, group in course(options.topics)]
    kept = [(text, "question") for text, group in asked if not _held_out(group)]
    kept += [(hurried(text, generator), "question") for text, _ in kept[::3]]
    held = [(text, "question") for text, group in asked if _held_out(group)]
    matrix = features(encoder, [text for text, _ in [*rows, *kept, *held]])
    labels = [intent for _, intent in [*rows, *kept, *held]]
    seen = len(rows) + len(kept)
    figures: dict[str, Any] = {}
    model = new_model(options.strength)
    if held:
        save(options.out, *train(model, matrix[:seen], labels[:seen]))
        figures["held_out_questions"] = _share(encoder, options.out, held, "question")
        model.set_params(max_iter=_AFTERWARDS)
    save(options.out, *train(model, matrix, labels))
    if options.clinc_val:
        unknown = [(r["text"], "question") for r in read_rows(options.clinc_val) if r["intent"] == "oos"]
        figures["clinc_val_oos_read_as_question"] = _share(encoder, options.out, unknown, "question")
    _write_card(options, rows, asked, figures)
    print(json.dumps(figures, indent=2))


def load_encoder(folder: Path) -> Encoder:
    """The encoder whose prepared model stands in `folder`."""
    from tutorbot.models.openvino_encoder import OpenVinoEncoder

    return OpenVinoEncoder(folder, 0)


def new_model(strength: float) -> Any:
    """An untrained model that goes on from where it was when it is trained again."""
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

    return LogisticRegression(C=strength, max_iter=_ITERATIONS, warm_start=True)


def train(model: Any, matrix: FloatArray, labels: Sequence[str]) -> tuple[FloatArray, FloatArray, list[str]]:
    """Weights (intents, features), bias (intents,) and the names of the intents."""
    from sklearn.exceptions import ConvergenceWarning  # type: ignore[import-untyped]

    counts = Counter(labels)
    # Frequent intents count for more than rare ones, but not in proportion to how much data there happens to be.
    weights = [(min(counts[label], _CAP) / counts[label]) * (200 / min(counts[label], _CAP)) ** 0.5 for label in labels]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(matrix, labels, sample_weight=weights)
    return model.coef_.astype(np.float32), model.intercept_.astype(np.float32), list(model.classes_)


def save(folder: Path, weights: FloatArray, bias: FloatArray, intents: Sequence[str]) -> None:
    """Write head.npz, weights in half precision."""
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        folder / HEAD_FILE, weights=weights.astype(np.float16), bias=bias, intents=np.array(intents, dtype=np.str_)
    )


def _held_out(group: str) -> bool:
    return hashlib.sha256(group.encode()).digest()[0] % 5 == 0


def _share(encoder: Encoder, folder: Path, rows: Sequence[Row], intent: str) -> dict[str, float]:
    scorer = HeadScorer(encoder, folder)
    hits = sum(max((s := scorer.score(text)), key=s.__getitem__) == intent for text, _ in rows)
    return {"rows": len(rows), "share": round(hits / len(rows), 4)}


def _write_card(options: argparse.Namespace, rows: Sequence[Row], asked: Sequence[Any], figures: Any) -> None:
    card = {
        "name": "intent-head",
        "for": "what a learner wants, by intent; the rules of tutorbot.dialogue.patterns stand above it",
        "kind": "softmax regression over all-MiniLM-L6-v2 vectors and hashed word parts",
        "seed": options.seed,
        "inverse_regularisation": options.strength,
        "rows": dict(sorted(Counter(intent for _, intent in rows).items())) | {"question (course)": len(asked)},
        "data": {
            "exemplars.yaml": "written for tutorbot, Apache-2.0",
            "knowledge/topics": "learners' questions of the course, Apache-2.0",
            "CLINC150 train": "Larson et al. 2019, Creative Commons Attribution 3.0" if options.clinc else "not used",
            "SQuAD questions": "Rajpurkar et al. 2016, CC BY-SA 4.0" if options.strangers else "not used",
            "prompt injections": "deepset, Apache-2.0, English rows" if options.injections else "not used",
        },
        "figures": figures | {"note": "the head alone, before the rules"},
    }
    (options.out / "card.json").write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tutorbot.training.intent_head", description=main.__doc__)
    parser.add_argument("--encoder", type=Path, required=True, help="folder of the prepared encoder")
    parser.add_argument("--exemplars", type=Path, default=_PACKAGE / "dialogue" / "exemplars.yaml")
    parser.add_argument("--topics", type=Path, default=_PACKAGE.parent / "knowledge" / "topics")
    parser.add_argument("--clinc", type=Path, help="CLINC150 train, JSON lines with text and intent")
    parser.add_argument("--clinc-val", type=Path, help="CLINC150 validation, to measure on")
    parser.add_argument("--injections", type=Path, help="JSON lines with text and injection (true or false)")
    parser.add_argument("--strangers", type=Path, help="JSON lines with title and question, on general knowledge")
    parser.add_argument("--out", type=Path, default=_PACKAGE / "weights" / "intent-head")
    parser.add_argument("--strength", type=float, default=10.0, help="inverse of the regularisation")
    parser.add_argument("--seed", type=int, default=7)
    return parser


if __name__ == "__main__":
    main()
