"""The whole process on a pseudo-terminal, and between pipes."""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest
from repl_talk import ANA
from terminal import Terminal

from tutorbot.repl.chat import GOODBYE, WAKING

HERE = Path(__file__).parent
CHAT = [sys.executable, str(HERE / "chat_process.py")]
WITH_FAKES = {"PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parent)])}
# The prompt after a reply; a source also has a ">" in it.
NEXT = "\n>"
CTRL_C, CTRL_D = "\x03", "\x04"


def terminal(data_dir: Path, wake: float = 0, pause: float = 0, **environment: str) -> Terminal:
    return Terminal([*CHAT, str(data_dir), str(wake), str(pause)], WITH_FAKES | environment)


def piped(data_dir: Path, typed: bytes, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*CHAT, str(data_dir), "0", "0"],
        input=typed,
        capture_output=True,
        env={**os.environ, **WITH_FAKES, **environment},
        check=False,
    )


def test_the_prompt_comes_first_and_a_question_waits_for_the_tutor(tmp_path: Path) -> None:
    with terminal(tmp_path, wake=1.0) as screen:
        assert screen.expect("> ") < 1.0
        assert ANA.name not in screen.shown
        screen.type("what is attention?\r")
        screen.expect(WAKING)
        assert screen.expect("Hello, Ana!") > 1.0
        screen.expect("Attention mixes values.")
        screen.expect("1 Simpler   2 Example")
        screen.expect(NEXT)
        screen.type(CTRL_D)
        screen.expect(GOODBYE)
        assert screen.end() == 0
    assert (tmp_path / "recorded").read_text() == "1"


def test_ctrl_c_stops_an_answer_and_keeps_the_session(tmp_path: Path) -> None:
    with terminal(tmp_path, pause=0.3) as screen:
        screen.expect("Hello, Ana!")
        screen.type("what is attention?\r")
        screen.expect("Attention mixes values.")
        screen.type(CTRL_C)
        screen.expect("Stopped. This answer is not recorded.")
        screen.expect(NEXT)
        screen.type("what is attention?\r")
        screen.expect("1 Simpler   2 Example")
        screen.expect(NEXT)
        screen.type("/quit\r")
        assert screen.end() == 0
    assert (tmp_path / "recorded").read_text() == "1"
    assert "^C" not in screen.shown


def test_ctrl_c_while_a_question_waits_for_the_tutor_keeps_the_session(tmp_path: Path) -> None:
    with terminal(tmp_path, wake=1.5) as screen:
        screen.expect("> ")
        screen.type("too early\r")
        screen.expect(WAKING)
        time.sleep(0.3)
        screen.type(CTRL_C)
        screen.expect("Not sent.")
        screen.expect(NEXT)
        screen.type(CTRL_D)
        assert screen.end() == 0


def test_what_is_typed_during_an_answer_waits_for_the_prompt(tmp_path: Path) -> None:
    with terminal(tmp_path, pause=0.3) as screen:
        screen.expect("Hello, Ana!")
        screen.type("first\r")
        screen.expect("Attention mixes values.")
        screen.type("second\r")
        screen.expect("1 Simpler")
        assert "second" not in screen.shown
        screen.expect("second")
        screen.expect("1 Simpler")
        screen.expect(NEXT)
        screen.type(CTRL_D)
        assert screen.end() == 0


def test_leaving_at_once_does_not_wait_for_the_tutor(tmp_path: Path) -> None:
    with terminal(tmp_path, wake=30) as screen:
        screen.expect("> ")
        screen.type(CTRL_D)
        assert screen.end(seconds=3) == 0


def test_a_dumb_terminal_gets_lines_without_control_sequences(tmp_path: Path) -> None:
    with terminal(tmp_path, pause=0.2, TERM="dumb") as screen:
        screen.expect("Hello, Ana!")
        screen.expect("> ")
        screen.type("what is attention?\n")
        screen.expect("Attention mixes values.")
        screen.type(CTRL_C)
        screen.expect("Stopped.")
        screen.expect("> ")
        screen.type(CTRL_C)
        screen.expect("> ")
        screen.type(CTRL_D)
        screen.expect(GOODBYE)
        assert screen.end() == 0
    assert "\x1b" not in screen.raw


def test_no_color_means_no_colour(tmp_path: Path) -> None:
    with terminal(tmp_path, NO_COLOR="1") as screen:
        screen.expect("Hello, Ana!")
        screen.type("what is attention?\r")
        screen.expect("1 Simpler")
        screen.expect(NEXT)
        screen.type(CTRL_D)
        assert screen.end() == 0
    assert "\x1b[36m" not in screen.raw


def test_lines_in_a_pipe_are_answered_in_plain_text(tmp_path: Path) -> None:
    done = piped(tmp_path, b"what is attention?\n\xff\xfe\n\n2")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.count(b"Attention mixes values. The weights add up to one. [1]\n\n[1] Self-attention") == 3
    assert b"\x1b" not in done.stdout
    assert b"Hello" not in done.stdout
    assert (tmp_path / "recorded").read_text() == "3"


def test_no_input_at_all_is_a_short_chat(tmp_path: Path) -> None:
    assert (piped(tmp_path, b"").returncode, piped(tmp_path, b"").stdout) == (0, b"")
    closed = subprocess.run(
        f"{sys.executable} {CHAT[1]} {tmp_path} 0 0 <&-",
        shell=True,
        capture_output=True,
        env={**os.environ, **WITH_FAKES},
        check=False,
    )
    assert (closed.returncode, closed.stderr) == (0, b"")


def test_ctrl_c_ends_a_pipe(tmp_path: Path) -> None:
    chat = subprocess.Popen(
        [*CHAT, str(tmp_path), "0", "0.5"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, **WITH_FAKES}
    )
    assert chat.stdin
    assert chat.stdout
    chat.stdin.write(b"what is attention?\nnever\n")
    chat.stdin.flush()
    assert chat.stdout.read(9) == b"Attention"
    chat.send_signal(signal.SIGINT)
    chat.communicate(timeout=5)
    assert chat.returncode == -signal.SIGINT


@pytest.mark.slow
def test_the_real_prompt_appears_within_its_time(tmp_path: Path) -> None:
    times = []
    for _ in range(7):
        with Terminal([sys.executable, "-m", "tutorbot", "chat"], {"TUTORBOT_DATA_DIR": str(tmp_path)}) as screen:
            times.append(screen.expect("> "))
            screen.type(CTRL_D)
            assert screen.end() == 0
    assert statistics.median(times) < 0.7


@pytest.mark.slow
def test_the_real_tutor_remembers_after_a_restart(tmp_path: Path) -> None:
    environment = {**os.environ, "TUTORBOT_DATA_DIR": str(tmp_path)}

    def chat(*lines: str) -> str:
        typed = "".join(f"{line}\n" for line in lines)
        command = [sys.executable, "-m", "tutorbot", "chat"]
        return subprocess.run(command, input=typed, capture_output=True, text=True, env=environment, check=True).stdout

    shown = chat("why do transformers need positional encodings?", "what is the weather in Lisbon?")
    assert "[1] Positional encodings >" in shown
    assert "[1] Positional encodings >" in chat("simpler")
    assert "You have asked about 1 of" in chat("/progress")
