"""The front door of the command line: help, mistakes on the line itself, and what happens to unforeseen errors."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from command_line import Run, assert_says, run_process

import tutorbot as package


def test_help_names_every_command(tutorbot: Run) -> None:
    shown = tutorbot("--help")
    assert shown.status == 0
    for command in ("chat", "ask", "progress", "discord", "setup", "doctor", "eval", "bench", "curriculum", "db"):
        assert f"\n    {command}" in shown.out


def test_the_version_is_the_packages(tutorbot: Run) -> None:
    assert tutorbot("--version").out == f"tutorbot {package.__version__}\n"


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["ask", "--help"]])
def test_help_is_quick_and_imports_no_command(arguments: list[str], home: Path) -> None:
    times = []
    for _ in range(3):
        started = time.perf_counter()
        assert run_process(*arguments).status == 0
        times.append(time.perf_counter() - started)
    assert min(times) < 0.3


@pytest.mark.parametrize("arguments", [[], ["aks"], ["ask", "--jsn", "x"], ["eval"], ["db", "mend"]])
def test_a_mistyped_command_gets_the_usage(tutorbot: Run, arguments: list[str]) -> None:
    shown = tutorbot(*arguments)
    assert shown.status == 2
    assert shown.err.startswith("usage: tutorbot")


def test_an_unforeseen_error_goes_to_the_log_and_one_sentence_to_the_user(
    tutorbot: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a slip of ours")

    monkeypatch.setattr("tutorbot.commands.progress.report_progress", broken)
    shown = tutorbot("progress")
    log = home / "data" / "tutorbot.log"
    assert (shown.status, shown.out) == (70, "")
    assert shown.err == f"tutorbot: Something went wrong that should not have. The details are in {log}.\n"
    assert "ZeroDivisionError: a slip of ours" in log.read_text()
    assert "Traceback" in log.read_text()


def test_where_the_log_cannot_be_written_there_is_still_no_traceback(
    tutorbot: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "a_file").write_text("")
    monkeypatch.setenv("TUTORBOT_DATA_DIR", str(home / "a_file"))
    monkeypatch.setattr("tutorbot.commands.progress.load_course", lambda _: 1 / 0)
    shown = tutorbot("progress")
    assert shown.status == 70
    assert "could not be written" in shown.err and "Traceback" not in shown.err


def test_ctrl_c_says_that_it_stopped(tutorbot: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tutorbot.commands.progress.load_course", interrupted)
    shown = tutorbot("progress")
    assert (shown.status, shown.err) == (130, "\ntutorbot: stopped.\n")


def test_nobody_who_reads_is_no_error_to_talk_about(home: Path) -> None:
    command = f"{sys.executable} -m tutorbot curriculum stats | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], check=False, capture_output=True, text=True, timeout=60)
    assert done.stderr == ""
    assert done.stdout in ("0\n", "1\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the device that is always full is Linux's")
@pytest.mark.parametrize("command", ["progress", "curriculum stats", "curriculum lint --no-meaning"])
def test_output_on_a_full_disk_is_said_plainly(home: Path, command: str) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "tutorbot", *command.split()],
            check=False,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
        )
    assert done.returncode == 1
    assert done.stderr.startswith("tutorbot: Standard output cannot be written to: No space left on device.\n  Free some")
    assert "Traceback" not in done.stderr and "Exception ignored" not in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("TUTORBOT_DATABASE_URL", "learners.db", ("database_url", "sqlite:////")),
        ("TUTORBOT_DATABASE_URL", "nosql://x", ("nosql", "TUTORBOT_DATABASE_URL")),
        ("TUTORBOT_THREADS", "many", ("threads", "many")),
        ("TUTORBOT_WRITER", "gpt", ("writer", "gpt", "openvino")),
        ("TUTORBOT_CONFIG", "/nowhere/t.toml", ("/nowhere/t.toml",)),
    ],
)
def test_a_wrong_setting_is_named(
    tutorbot: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv(name, value)
    assert_says(tutorbot("progress"), *words)


def test_a_broken_settings_file_is_named_with_its_line(tutorbot: Run, home: Path) -> None:
    (home / "tutorbot.toml").write_text('writer = "none"\nthreads = = 2\n')
    assert_says(tutorbot("progress"), "tutorbot.toml", "line 2")
