"""Warnings and tracebacks go to a file while a learner chats, not into the conversation."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOG_NAME = "tutorbot.log"
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class LogFile(logging.FileHandler):
    """A log that stays silent where it cannot write: a full disk must not print tracebacks into the chat."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, encoding="utf-8", errors="replace", delay=True)
        self.setFormatter(logging.Formatter(_FORMAT))
        self.setLevel(logging.WARNING)
        self.path = path
        self.writable = True

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record; `writable` says afterwards whether that could be done."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            super().emit(record)
        except OSError:
            self.writable = False

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """What logging calls when writing failed."""
        self.writable = False

    def keep(self, error: BaseException) -> str:
        """Log an unexpected error with its traceback; a sentence that says where it is."""
        logging.getLogger("tutorbot").error("unexpected error", exc_info=error)
        if self.writable:
            return f"The details are in {self.path}."
        return f"The details could not be written to {self.path}."


@contextmanager
def log_file(data_dir: Path) -> Iterator[LogFile]:
    """Send warnings, those of Python's `warnings` too, to data_dir/tutorbot.log."""
    handler = LogFile(data_dir / LOG_NAME)
    root = logging.getLogger()
    root.addHandler(handler)
    logging.captureWarnings(True)
    try:
        yield handler
    finally:
        logging.captureWarnings(False)
        root.removeHandler(handler)
        handler.close()
