"""The recipe of the sentence ranker: reproducible, and able to learn that papers tell their news late."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fakes import WordEncoder

from tutorbot.tasks.sentence_ranker import RANKER_FILE, SentenceRanker
from tutorbot.training import sentence_ranker


def train(folder: Path, out: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    things = ["ants", "birds", "clouds", "stones", "rivers", "lamps"]
    papers = [
        {"source": f"Much is known of {t}. We propose a model of {t}. It was hard.", "summaries": [f"A model of {t}."]}
        for t in things
    ]
    news = [{"source": f"The {t} fell. Nobody knew why. Rain came.", "summary": f"The {t} fell."} for t in things * 40]
    for name, rows in (("papers", papers), ("news", news)):
        (folder / f"{name}.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    monkeypatch.setattr(sentence_ranker, "load_encoder", lambda _: WordEncoder())
    given = ["--papers", str(folder / "papers.jsonl"), "--papers-dev", str(folder / "papers.jsonl")]
    given += ["--news", str(folder / "news.jsonl"), "--strength", "0.1"]
    sentence_ranker.main([*given, "--encoder", "unused", "--out", str(folder / out)])
    return folder / out


def test_the_ranker_learns_and_is_the_same_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    once, again = train(tmp_path, "a", monkeypatch), train(tmp_path, "b", monkeypatch)
    assert (once / RANKER_FILE).read_bytes() == (again / RANKER_FILE).read_bytes()
    ranker = SentenceRanker(WordEncoder(), once)
    assert ranker.best(["Much is known of hats.", "We propose a model of hats.", "It was hard."], 1) == [1]
    assert ranker.best(["The hats fell.", "Nobody knew why.", "Rain came."], 1) == [0]
    card = json.loads((once / "card.json").read_text(encoding="utf-8"))
    assert card["rows"] == {"papers": 6, "news": 40}
    measured = card["figures"]["SciTLDR dev, best of the references"]
    assert measured["lead"] < measured["ranker"] <= measured["oracle"]
