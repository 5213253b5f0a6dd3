"""The prompt, typed at through prompt-toolkit's own pipe."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput
from repl_talk import ScriptedTutor, chat_with

from tutorbot.errors import StorageError
from tutorbot.repl.chat import GOODBYE, Chat
from tutorbot.repl.history import entries
from tutorbot.repl.prompt import on_enter, run_prompt

UP, ALT_ENTER, CTRL_C, CTRL_D, TAB = "\x1b[A", "\x1b\r", "\x03", "\x04", "\t"


@contextmanager
def keyboard() -> Iterator[PipeInput]:
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        yield keys


def type_in(typed: str, data_dir: Path, tutor: ScriptedTutor) -> str:
    """Type all of it and leave; what was shown."""
    chat, out = chat_with(tutor, data_dir, interactive=True)
    with keyboard() as keys:
        keys.send_text(typed + CTRL_D)
        assert run_prompt(chat, data_dir, None) == 0
    return out.getvalue()


def heard(typed: str, data_dir: Path) -> list[str]:
    tutor = ScriptedTutor()
    type_in(typed, data_dir, tutor)
    return [message.text for message in tutor.heard]


def test_a_message_typed_before_the_tutor_is_awake_is_answered(tmp_path: Path) -> None:
    shown = type_in("what is attention?\r", tmp_path, ScriptedTutor())
    assert shown.startswith("Hello, Ana!\n\nAttention mixes values.")
    assert shown.endswith(f"  2. Example\n\n{GOODBYE}\n\n")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("one\rtwo\r", ["one", "two"]),
        (f"first{ALT_ENTER}second\r", ["first\nsecond"]),
        ("first\\\rsecond\r", ["first\nsecond"]),
        (f"/multi\rfirst\rsecond{ALT_ENTER}/multi\rone\r", ["first\nsecond", "one"]),
        (f"never sent{CTRL_C}sent\r", ["sent"]),
        (f"{CTRL_C}{CTRL_C}sent\r", ["sent"]),
        ("\r  \r\r", []),
        ("\x1b[200~pasted\nlines\x1b[201~\r", ["pasted\nlines"]),
        ("quit\rnever\r", []),
    ],
)
def test_keys(tmp_path: Path, typed: str, said: list[str]) -> None:
    assert heard(typed, tmp_path) == said


def test_what_was_typed_is_there_in_the_next_session(tmp_path: Path) -> None:
    assert heard("what is dropout?\r", tmp_path) == ["what is dropout?"]
    chat, out = chat_with(ScriptedTutor(), tmp_path, interactive=True)

    def learner() -> None:
        until(lambda: "Hello, Ana!" in out.getvalue())
        keys.send_text(f"{UP}\r{CTRL_D}")

    with keyboard() as keys:
        typing = alongside(learner)
        run_prompt(chat, tmp_path, None)
        typing.join()
    assert [m.text for m in chat.waking.result().tutor.heard] == ["what is dropout?"]


def test_a_history_that_cannot_be_kept_is_noted_and_the_talk_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    shown = type_in("one\rtwo\r", tmp_path / "file", ScriptedTutor())
    assert shown.count("it lasts for this session only") == 1
    assert shown.count("2. Example") == 2


class Gate:
    """A tutor that wakes when it is told to."""

    def __init__(self, *, failure: Exception | None = None) -> None:
        self.open = threading.Event()
        self.begun = threading.Event()
        self._failure = failure

    def build(self) -> ScriptedTutor:
        self.begun.set()
        self.open.wait(5)
        if self._failure:
            raise self._failure
        return ScriptedTutor()


def alongside(action: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=action)
    thread.start()
    return thread


def gated_chat(gate: Gate, data_dir: Path) -> tuple[Chat, io.StringIO]:
    return chat_with(None, data_dir, build=gate.build, interactive=True)


def until(true: Callable[[], object]) -> None:
    deadline = time.monotonic() + 5
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_the_welcome_comes_above_a_line_that_is_being_typed(tmp_path: Path) -> None:
    gate = Gate()
    chat, out = gated_chat(gate, tmp_path)

    def learner() -> None:
        keys.send_text("what is at")
        gate.begun.wait(5)
        assert out.getvalue() == ""
        gate.open.set()
        until(lambda: "Hello, Ana!" in out.getvalue())
        keys.send_text(f"tention?\r{CTRL_D}")

    with keyboard() as keys:
        typing = alongside(learner)
        run_prompt(chat, tmp_path, None)
        typing.join()
    [message] = chat.waking.result().tutor.heard
    assert message.text == "what is attention?"
    assert out.getvalue().count("Hello, Ana!") == 1


def test_topics_are_completed_once_the_tutor_is_awake(tmp_path: Path) -> None:
    gate = Gate()
    gate.open.set()
    chat, out = gated_chat(gate, tmp_path)

    def learner() -> None:
        until(lambda: "Hello, Ana!" in out.getvalue())
        for typed in ("what is posi", TAB, "\r", "/mul", TAB):
            keys.send_text(typed)
            time.sleep(0.2)
        keys.send_text(f"\r{CTRL_D}")

    with keyboard() as keys:
        typing = alongside(learner)
        run_prompt(chat, tmp_path, None)
        typing.join()
    assert [m.text for m in chat.waking.result().tutor.heard] == ["what is Positional encodings"]
    assert chat.multi


@pytest.mark.parametrize("sent", [True, False])
def test_a_tutor_that_cannot_wake_ends_the_session_and_keeps_what_was_typed(tmp_path: Path, sent: bool) -> None:
    gate = Gate(failure=StorageError("The database is locked.", "Close the other program."))
    chat, _ = gated_chat(gate, tmp_path)

    def learner() -> None:
        keys.send_text("a long question" + ("\r" if sent else ""))
        gate.begun.wait(5)
        time.sleep(0.2)
        gate.open.set()

    with keyboard() as keys:
        typing = alongside(learner)
        with pytest.raises(StorageError, match="Close the other program"):
            run_prompt(chat, tmp_path, None)
        typing.join()
    assert entries((tmp_path / "history").read_text()) == ["a long question"]


def test_a_bug_while_waking_is_told_in_a_sentence(tmp_path: Path) -> None:
    gate = Gate(failure=KeyError("detail"))
    gate.open.set()
    chat, _ = gated_chat(gate, tmp_path)
    with keyboard(), pytest.raises(Exception, match=f"could not start: KeyError.*{tmp_path}"):
        run_prompt(chat, tmp_path, None)
    assert "detail" in (tmp_path / "tutorbot.log").read_text()


@pytest.mark.parametrize(
    ("text", "multi", "does"),
    [
        ("a question", False, "send"),
        ("a question \\", False, "continue"),
        ("a question", True, "break"),
        ("/multi", True, "send"),
        ("two\n/multi", True, "break"),
    ],
)
def test_what_enter_does(text: str, multi: bool, does: str) -> None:
    assert on_enter(text, multi) == does
