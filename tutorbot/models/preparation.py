"""Runs modules that need torch in a process of their own, so that its memory is gone when they are done."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from tutorbot.errors import WeightsError

Prepare = Callable[[str, Path, Path, int], None]
"""(module, source folder, target folder, threads): fill the target folder."""

_CHECKOUT = Path(__file__).resolve().parents[2]


def run_module(module: str, arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """`python -m MODULE ARGUMENTS`, offline, with this very tutorbot; its output is captured."""
    paths = [str(_CHECKOUT), *filter(None, [os.environ.get("PYTHONPATH")])]
    changes = {"HF_HUB_OFFLINE": "1", "PYTHONPATH": os.pathsep.join(paths), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env=os.environ | changes,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


def run_preparation(module: str, source: Path, target: Path, threads: int) -> None:
    """Have a `prepare_*` module fill the target folder.

    Raises:
        WeightsError: it failed; its last line is in the message.
    """
    done = run_module(module, [str(source), str(target), str(threads)])
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines() or [f"exit status {done.returncode}"]
        raise WeightsError(
            f"The step `{module}` failed: {lines[-1]}",
            "Close other programs if memory or disk is short, then run `tutorbot setup` again.",
        )
