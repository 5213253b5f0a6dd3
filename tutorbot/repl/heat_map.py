"""A heat map in letters. Each cell is a block that is the fuller the greater its number, so it needs no colour. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import east_asian_width

from tutorbot.messages import Grid
from tutorbot.repl.printable import one_line

_BLOCKS = " ░▒▓█"
_LONGEST_NAME = 14
_WIDEST_CELL = 3
# Of the 256 colours of a terminal, from dark blue to yellow: also told apart by those who see no red or green.
_COLOURS = (17, 18, 19, 61, 97, 133, 168, 203, 209, 215, 221, 227)


@dataclass(frozen=True)
class Run:
    """A piece of a line; `share` is the number of its cell as a part of the greatest, None for names."""

    text: str
    share: float | None = None


def lines_of(grid: Grid, width: int) -> Iterator[list[Run]]:
    """The title, the columns' numbers, the rows, and what the blocks mean; cells as wide as fits into `width`."""
    names = [one_line(name, _LONGEST_NAME)[:_LONGEST_NAME] or "?" for name in grid.rows]
    left = max((_cells(f"{n} {name}") for n, name in enumerate(names, 1)), default=0) + 1
    cell = max(1, min(_WIDEST_CELL, (width - left) // max(1, len(grid.columns))))
    yield [Run(one_line(grid.title))]
    for heading in _headings(len(grid.columns), cell):
        yield [Run(" " * left + heading)]
    for n, (name, row) in enumerate(zip(names, grid.cells, strict=True), 1):
        shares = [min(1.0, max(0.0, value / grid.top)) if grid.top > 0 else 0.0 for value in row]
        label = f"{n} {name}"
        yield [Run(label + " " * (left - _cells(label))), *(Run(_block(share) * cell, share) for share in shares)]
    steps = [(step + 0.5) / len(_BLOCKS) for step in range(len(_BLOCKS))]
    yield [Run("0 "), *(Run(_block(share) * 2, share) for share in steps), Run(f" {grid.top:.2f}")]


def shade(share: float) -> str:
    """The style of a cell, as rich writes it."""
    colour = _COLOURS[min(len(_COLOURS) - 1, int(share * len(_COLOURS)))]
    return f"color({colour})"


def _cells(text: str) -> int:
    """How wide a terminal draws it: Chinese characters and emoji take two places."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _block(share: float) -> str:
    return _BLOCKS[min(len(_BLOCKS) - 1, int(share * len(_BLOCKS)))]


def _headings(columns: int, cell: int) -> list[str]:
    """Numbers above the columns: written out where there is room, else tens above ones."""
    numbers = range(1, columns + 1)
    if cell >= _WIDEST_CELL:
        return ["".join(f"{n:<{cell}}" for n in numbers)]
    tens = "".join(str(n // 10 if n % 10 == 0 else "").ljust(cell) for n in numbers)
    ones = "".join(str(n % 10).ljust(cell) for n in numbers)
    return [tens, ones] if columns > 9 else [ones]
