"""Keeps the keyboard quiet between prompts: what is typed while an answer is written waits for the next one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def held_keys(descriptor: int) -> Iterator[None]:
    """No echo and no line editing on this terminal; Ctrl-C still interrupts. Does nothing on Windows."""
    if sys.platform == "win32":
        yield
        return
    import termios

    before = termios.tcgetattr(descriptor)
    held = termios.tcgetattr(descriptor)
    held[3] &= ~(termios.ECHO | termios.ICANON)
    termios.tcsetattr(descriptor, termios.TCSANOW, held)
    try:
        yield
    finally:
        termios.tcsetattr(descriptor, termios.TCSANOW, before)
