"""Parts as plain text, for pipes and dumb terminals: no colour, no cursor movement, every piece flushed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from tutorbot.messages import Card, Choices, Citation, Grid, Picture, Table
from tutorbot.repl.heat_map import lines_of
from tutorbot.repl.printable import one_line, printable
from tutorbot.repl.screen import Screen, quote_line, source_line

# Where nobody says how wide it is.
WIDTH = 120


class PlainScreen(Screen):
    """Writes Markdown as it is, a paragraph a line."""

    def __init__(self, out: TextIO) -> None:
        super().__init__()
        self._out = out

    def prepare(self) -> None:
        """Nothing needs to be loaded."""

    def wait(self, label: str) -> None:
        """Shows nothing: a pipe has no line that could be erased again."""

    def clear(self) -> None:
        """Does nothing: what went into a pipe is gone."""

    def names(self, titles: Sequence[str]) -> None:
        """One a line."""
        self._put("".join(f"{one_line(title)}\n" for title in titles) + "\n")

    def _put(self, text: str) -> None:
        self._out.write(text)
        self._out.flush()

    def _write(self, addition: str) -> None:
        self._put(addition)

    def _line_end(self) -> None:
        self._put("\n")

    def _blank_line(self) -> None:
        self._put("\n")

    def _notice(self, text: str) -> None:
        self._put(f"{text}\n")

    def _citation(self, citation: Citation) -> None:
        quote = quote_line(citation)
        self._put(f"{source_line(citation)}{': ' + quote if quote else ''}\n")

    def _choices(self, choices: Choices, first: int) -> None:
        head = f"{one_line(choices.prompt)}\n" if choices.prompt else ""
        self._put(head + "".join(f"  {n}. {one_line(o.label)}\n" for n, o in enumerate(choices.options, first)))

    def _block(self, part: Card | Table | Picture) -> None:
        match part:
            case Card():
                self._put(f"{one_line(part.title)}\n{printable(part.text)}\n")
            case Table():
                self._put("".join(f"{line}\n" for line in table_lines(part)))
            case Picture(grid=Grid() as grid):
                lines = ("".join(run.text for run in line).rstrip() for line in lines_of(grid, WIDTH))
                self._put("".join(f"{line}\n" for line in lines))
            case Picture():
                self._put(f"[picture: {one_line(part.alt)}]\n")


def table_lines(table: Table) -> list[str]:
    """The table with its columns aligned by blanks."""
    rows = [[one_line(cell) for cell in row] for row in (table.header, *table.rows)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rows.insert(1, ["-" * width for width in widths])
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return [one_line(table.title), *lines] if table.title else lines
