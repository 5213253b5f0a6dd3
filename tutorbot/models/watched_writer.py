"""A writer that remembers how it failed, for commands that have to say so at the end."""

from __future__ import annotations

from collections.abc import Generator, Iterator

from tutorbot.errors import ModelError
from tutorbot.ports import Writer, WritingJob


class WatchedWriter:
    """Any `Writer` (see `tutorbot.ports`), watched. The tutor answers in the course's own words where a writer fails, so
    nothing is raised that a command could report.

    Attributes:
        failure: the first error of the writer, None as long as it has not failed.
    """

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self.failure: ModelError | None = None

    @property
    def name(self) -> str:
        """Model and runtime, for people."""
        return self._writer.name

    def warm_up(self) -> None:
        """Load the model now.

        Raises:
            ModelError: it cannot be loaded.
        """
        self._writer.warm_up()

    def write(self, job: WritingJob) -> Iterator[str]:
        """Yield the text in pieces as they are made. Closing the iterator stops the generation.

        Raises:
            ModelError: as the writer does.
        """
        pieces = self._writer.write(job)
        try:
            yield from pieces
        except ModelError as error:
            self.failure = self.failure or error
            raise
        finally:
            if isinstance(pieces, Generator):
                pieces.close()

    def close(self) -> None:
        """Stop and free what it holds."""
        self._writer.close()
