"""Parts on a terminal, with rich. The heavy imports are made when the first part is drawn, or by `prepare`."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, TextIO

from tutorbot.messages import Card, Choices, Citation, Grid, Picture, Table
from tutorbot.repl.heat_map import lines_of, shade
from tutorbot.repl.printable import one_line, printable
from tutorbot.repl.screen import Screen, quote_line, source_line

if TYPE_CHECKING:
    from rich.console import Console

    from tutorbot.repl.paragraph import GrowingMarkdown

_FRAMES = "|/-\\"
_ERASE_LINE = "\r\x1b[2K"


class RichScreen(Screen):
    """Draws on a terminal that knows cursor movements. Colours follow NO_COLOR, as rich and the terminal do."""

    def __init__(self, out: TextIO, width: int | None = None) -> None:
        super().__init__()
        self._out = out
        self._width = width
        self._growing: GrowingMarkdown | None = None
        self._waiting = False

    @cached_property
    def _console(self) -> Console:
        from rich.console import Console

        return Console(file=self._out, width=self._width, markup=False, emoji=False, highlight=False, force_terminal=True)

    def prepare(self) -> None:
        """Import rich and its Markdown."""
        import tutorbot.repl.paragraph  # noqa: F401

    def wait(self, label: str) -> None:
        """A turning bar with the label, while no paragraph is open; the next output erases it."""
        if self._paragraph:
            return
        frame = _FRAMES[int(time.monotonic() * 8) % len(_FRAMES)]
        self._out.write(f"{_ERASE_LINE}{frame} {one_line(label, 60)}")
        self._out.flush()
        self._waiting = True

    def clear(self) -> None:
        """Wipe the screen."""
        self._console.clear()

    def names(self, titles: Sequence[str]) -> None:
        """In columns."""
        from rich.columns import Columns
        from rich.text import Text as RichText

        self._erase_waiting()
        self._console.print(Columns([RichText(one_line(title)) for title in titles], padding=(0, 3), column_first=True))
        self._console.print()

    def finish(self) -> None:
        """The reply is over; a waiting line is erased even where nothing followed it."""
        self._erase_waiting()
        super().finish()

    def _begin(self, tight: bool = False) -> None:
        self._erase_waiting()
        super()._begin(tight)

    def _erase_waiting(self) -> None:
        if self._waiting:
            self._out.write(_ERASE_LINE)
            self._out.flush()
            self._waiting = False

    def _write(self, addition: str) -> None:
        from tutorbot.repl.paragraph import GrowingMarkdown

        if self._growing is None:
            self._growing = GrowingMarkdown(self._console)
        self._growing.add(addition)

    def _line_end(self) -> None:
        self._growing = None
        self._console.print()

    def _blank_line(self) -> None:
        self._console.print()

    def _notice(self, text: str) -> None:
        self._console.print(text, style="yellow")

    def _citation(self, citation: Citation) -> None:
        from rich.padding import Padding
        from rich.text import Text as RichText

        self._console.print(source_line(citation), style="dim")
        if quote := quote_line(citation):
            self._console.print(Padding(RichText(quote), (0, 0, 0, 4)), style="dim italic")

    def _choices(self, choices: Choices, first: int) -> None:
        if choices.prompt:
            self._console.print(one_line(choices.prompt))
        labels = [f"{n} {one_line(option.label)}" for n, option in enumerate(choices.options, first)]
        line = "   ".join(labels)
        if choices.prompt or len(line) > self._console.width - 2:
            line = "\n  ".join(labels)
        self._console.print(f"  {line}", style="cyan")

    def _block(self, part: Card | Table | Picture) -> None:
        match part:
            case Card():
                self._card(part)
            case Table():
                self._table(part)
            case Picture(grid=Grid() as grid):
                self._heat_map(grid)
            case Picture():
                self._console.print(f"[picture: {one_line(part.alt)}]", style="italic")

    def _heat_map(self, grid: Grid) -> None:
        from rich.text import Text as RichText

        drawn = RichText(no_wrap=True, overflow="crop")
        for line in lines_of(grid, self._console.width):
            for run in line:
                drawn.append(run.text, shade(run.share) if run.share is not None and run.text.strip() else None)
            drawn.append("\n")
        self._console.print(drawn, end="")

    def _card(self, card: Card) -> None:
        from tutorbot.repl.paragraph import markdown

        self._console.print(one_line(card.title), style="bold")
        self._console.print(markdown(printable(card.text)))

    def _table(self, table: Table) -> None:
        from rich import box
        from rich.table import Table as RichTable
        from rich.text import Text as RichText

        drawn = RichTable(
            title=RichText(one_line(table.title)) if table.title else None,
            title_justify="left",
            box=box.SIMPLE,
            show_edge=False,
        )
        for name in table.header:
            drawn.add_column(RichText(one_line(name)))
        for row in table.rows:
            drawn.add_row(*(RichText(one_line(cell)) for cell in row))
        self._console.print(drawn)
