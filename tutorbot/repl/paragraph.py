"""Markdown that grows by sentences on a terminal: what is on the screen stays, only what is new is printed."""

from __future__ import annotations

from itertools import groupby

from markdown_it import MarkdownIt
from rich.console import Console
from rich.markdown import Markdown
from rich.segment import Segment, Segments
from rich.style import Style

Cell = tuple[str, Style | None]
# Beyond this, lines are hard to read.
MOST_COLUMNS = 100


def markdown(text: str) -> Markdown:
    """The text as rich draws it: HTML is shown as it is typed, links show their address and hide nothing."""
    drawn = Markdown("", code_theme="ansi_dark", hyperlinks=False)
    drawn.markup = text
    drawn.parsed = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).parse(text)
    return drawn


class GrowingMarkdown:
    """One paragraph. Each addition is drawn with all that came before it, and the difference is printed.

    Lines are filled greedily, so what was drawn is nearly always the beginning of what is drawn next. Where it is not
    (an asterisk that only now finds its partner, a window that was resized), the addition starts on a line of its own.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._source = ""
        self._shown: list[Cell] = []

    def add(self, addition: str) -> None:
        """Print what the addition adds."""
        self._source += addition
        cells = self._cells()
        if cells[: len(self._shown)] != self._shown:
            self._console.print()
            self._source, self._shown = addition.lstrip(), []
            cells = self._cells()
        self._print(cells[len(self._shown) :])
        self._shown = cells

    def _cells(self) -> list[Cell]:
        options = self._console.options.update(width=min(self._console.width, MOST_COLUMNS))
        lines = self._console.render_lines(markdown(self._source), options, pad=False)
        rows = [_trimmed([(c, s.style or None) for s in line if not s.control for c in s.text]) for line in lines]
        while rows and not rows[-1]:
            rows.pop()
        while rows and not rows[0]:
            rows.pop(0)
        return [cell for n, row in enumerate(rows) for cell in ([("\n", None)] if n else []) + row]

    def _print(self, cells: list[Cell]) -> None:
        runs = [Segment("".join(c for c, _ in run), style) for style, run in groupby(cells, key=lambda cell: cell[1])]
        self._console.print(Segments(runs), end="", crop=False)


def _trimmed(row: list[Cell]) -> list[Cell]:
    while row and row[-1][0] == " ":
        row.pop()
    return row
