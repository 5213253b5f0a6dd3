"""Tables as aligned text in a code block. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from tutorbot.discord_bot.escaping import FENCE, literal, plain
from tutorbot.messages import Table


def table_text(table: Table) -> str:
    """The title in bold, then the rows in a code block, columns aligned."""
    rows = [[" ".join(cell.split()) for cell in row] for row in (table.header, *table.rows)]
    widths = [max(_width(row[i]) for row in rows) for i in range(len(table.header))]
    lines = [_line(rows[0], widths), "  ".join("-" * width for width in widths), *(_line(r, widths) for r in rows[1:])]
    title = f"**{plain(table.title)}**\n" if table.title else ""
    return f"{title}{FENCE}\n" + "\n".join(lines) + f"\n{FENCE}"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (literal(cell) + " " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=True))
    return "  ".join(padded).rstrip()


def _width(text: str) -> int:
    """Columns that the text takes: wide East Asian characters take two, combining marks none."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
