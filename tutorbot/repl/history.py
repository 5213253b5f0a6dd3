"""What was typed, kept over sessions. A disk that is full or read-only costs the memory, not the session."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from prompt_toolkit.history import History

HISTORY_NAME = "history"
# Enough for thousands of questions, and read in no time.
MOST_BYTES = 262_144


class PatientHistory(History):
    """The format of prompt-toolkit's FileHistory: a comment line, then each line of the entry after a "+"."""

    def __init__(self, path: Path, warn: Callable[[str], None]) -> None:
        super().__init__()
        self._path = path
        self._warn = warn
        self._warned = False

    def load_history_strings(self) -> Iterable[str]:
        """Entries, newest first, from the last 256 kB of the file."""
        try:
            with self._path.open("rb") as file:
                file.seek(max(0, self._path.stat().st_size - MOST_BYTES))
                text = file.read().decode("utf-8", errors="replace")
        except FileNotFoundError:
            return []
        except OSError as error:
            self._note("read", error)
            return []
        return reversed(entries(text))

    def store_string(self, string: str) -> None:
        """Append an entry to the file, which only its owner can read."""
        lines = "".join(f"+{line}\n" for line in string.split("\n"))
        entry = f"\n# {datetime.now(UTC):%Y-%m-%d %H:%M:%S}\n{lines}"
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "ab") as file:
                file.write(entry.encode("utf-8", errors="replace"))
        except OSError as error:
            self._note("written", error)

    def _note(self, what: str, error: OSError) -> None:
        if not self._warned:
            self._warn(f"The history {self._path} cannot be {what} ({error.strerror}); it lasts for this session only.")
        self._warned = True


def entries(text: str) -> list[str]:
    """The entries in a history file's text, oldest first; a half entry at its beginning is kept as it is."""
    found: list[list[str]] = []
    inside = False
    for line in text.split("\n"):
        if line.startswith("+"):
            if not inside:
                found.append([])
            found[-1].append(line[1:])
        inside = line.startswith("+")
    return ["\n".join(lines) for lines in found]
