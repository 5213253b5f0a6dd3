"""Runs commands and looks at what came out."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from tutorbot.cli import main


@dataclass(frozen=True)
class Result:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Standard output as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]


def run_here(capsys: pytest.CaptureFixture[str], *arguments: str) -> Result:
    """Run a command in this process; argparse's own exits count as a status."""
    capsys.readouterr()
    try:
        status = main(arguments)
    except SystemExit as leaving:
        status = int(leaving.code or 0)
    return Result(status, *capsys.readouterr())


def run_process(*arguments: str, stdin: bytes = b"") -> Result:
    """Run a command in a process of its own, with the environment of this one."""
    done = subprocess.run(
        [sys.executable, "-m", "tutorbot", *arguments], input=stdin, check=False, capture_output=True, timeout=120
    )
    return Result(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def assert_says(result: Result, *words: str, status: int = 1) -> None:
    """The command ended with one message that holds the words: what was wrong and where, then how to mend it."""
    assert result.status == status, result
    assert "Traceback" not in result.err + result.out
    what, fix = result.err.strip().splitlines()[-2:]
    assert what.startswith("tutorbot: ") and fix.startswith("  ") and fix.strip(), result.err
    for word in words:
        assert word in result.err, f"{word!r} is not in {result.err!r}"


Run = Callable[..., Result]
