"""Whole talks without a terminal, as golden files: a line after "> " goes in, the lines below it come out."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from repl_talk import TeachingTutor, chat_with

from tutorbot.repl.lines import messages, run_lines
from tutorbot.tutor import Tutor

TRANSCRIPTS = sorted((Path(__file__).parent.parent / "transcripts" / "terminal").glob("*.txt"))


def typed(transcript: str) -> list[str]:
    return [line.removeprefix("> ") for line in transcript.split("\n") if line.startswith("> ")]


def talk(tutor: object, lines: list[str], data_dir: Path) -> str:
    chat, out = chat_with(tutor, data_dir)

    def echoed() -> Iterator[bytes]:
        for line in lines:
            out.write(f"> {line}\n")
            yield f"{line}\n".encode()

    assert run_lines(chat, echoed()) == 0
    return out.getvalue()


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_transcript(path: Path, tmp_path: Path) -> None:
    expected = path.read_text(encoding="utf-8")
    assert talk(TeachingTutor(), typed(expected), tmp_path) == expected


def test_there_are_transcripts() -> None:
    assert len(TRANSCRIPTS) >= 3


def test_a_learner_is_remembered_after_a_restart(tutor: Tutor, tmp_path: Path) -> None:
    before = talk(tutor, ["what is dropout?"], tmp_path)
    after = talk(tutor, ["simpler"], tmp_path)
    assert "[1] Dropout >" in before
    assert "[1] Dropout > In plain words" in after


def test_lines_become_messages() -> None:
    raw = io.BytesIO(b"\xef\xbb\xbfone\r\ntwo\\\nlines\n\n\xff\xfe broken\nno end \\")
    assert list(messages(raw)) == ["one", "two\nlines", "", "\ufffd\ufffd broken", "no end "]


@pytest.mark.parametrize(
    "line", ["x" * 100_000, "\x00\x07\x1b[2J", "\u202e\u200b", "\ud83d".encode("utf-16", "surrogatepass").hex(), "🙂🙃", "/"]
)
def test_odd_lines_get_a_sensible_reply(line: str, tutor: Tutor, tmp_path: Path) -> None:
    shown = talk(tutor, [line], tmp_path).removeprefix(f"> {line}\n")
    assert shown.strip()
    assert "unexpected" not in shown
    assert "\x1b" not in shown
