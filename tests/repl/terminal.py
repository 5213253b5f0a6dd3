"""A pseudo-terminal around a process, with the standard library only."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from typing import Self

_SEQUENCE = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\r")


class Terminal:
    """Runs a program on a terminal of 80 by 30.

    Attributes:
        shown: everything the program wrote, without escape sequences.
    """

    def __init__(self, command: Sequence[str], environment: Mapping[str, str] | None = None) -> None:
        self.begun = time.perf_counter()
        self._process, self._fd = pty.fork()
        if self._process == 0:
            os.execvpe(command[0], command, {**os.environ, "TERM": "xterm-256color", **(environment or {})})
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 80, 0, 0))
        self.raw = ""
        self._read = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._fd)

    @property
    def shown(self) -> str:
        return _SEQUENCE.sub("", self.raw)

    def type(self, text: str) -> None:
        os.write(self._fd, text.encode())

    def expect(self, text: str, seconds: float = 10) -> float:
        """Wait until the text is shown after what was expected before; seconds since the start."""
        deadline = time.monotonic() + seconds
        while (found := self.shown.find(text, self._read)) < 0:
            assert time.monotonic() < deadline, f"no {text!r} in {self.shown[self._read :]!r}"
            self._take(0.05)
        self._read = found + len(text)
        return time.perf_counter() - self.begun

    def end(self, seconds: float = 10) -> int:
        """The exit status, when the program has ended."""
        deadline = time.monotonic() + seconds
        while self._take(0.05):
            assert time.monotonic() < deadline, f"still running: {self.shown!r}"
        return os.waitstatus_to_exitcode(os.waitpid(self._process, 0)[1])

    def _take(self, seconds: float) -> bool:
        if not select.select([self._fd], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self._fd, 65_536)
        except OSError:
            # How Linux says that the other end was closed.
            return False
        self.raw += data.decode(errors="replace")
        return bool(data)
