from __future__ import annotations

import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tutorbot.messages import Grid, Picture
from tutorbot.repl.heat_map import lines_of, shade
from tutorbot.repl.plain import PlainScreen
from tutorbot.repl.render import RichScreen
from tutorbot.repl.screen import Screen

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
SMALL = Grid("Layer 1, head 2", ("the", "cat"), ("the", "cat"), ((0.1, 0.5), (0.3, 0.0)), 0.5)


def shown(screen: Screen, out: io.StringIO, grid: Grid) -> str:
    screen.show(Picture(b"", "a map", grid))
    screen.finish()
    return out.getvalue()


def drawn(grid: Grid, width: int = 80) -> str:
    out = io.StringIO()
    return shown(RichScreen(out, width), out, grid)


def square(size: int) -> Grid:
    names = tuple(f"##piece{n}" for n in range(size))
    return Grid("Big", names, names, tuple(tuple(n / size for n in range(size)) for _ in names), 1.0)


def test_a_map_in_a_pipe() -> None:
    out = io.StringIO()
    assert shown(PlainScreen(out), out, SMALL) == (
        "Layer 1, head 2\n      1  2\n1 the ░░░███\n2 cat ▓▓▓\n0   ░░▒▒▓▓██ 0.50\n\n"
    )


def test_on_a_terminal_it_has_colours_and_still_needs_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured = drawn(SMALL)
    assert "\x1b[38;5;227m███" in coloured
    lines = [line.rstrip() for line in COLOUR.sub("", coloured).split("\n")]
    assert lines[2:4] == ["1 the ░░░███", "2 cat ▓▓▓"]
    assert shade(0.0) != shade(0.5) != shade(1.0)


@pytest.mark.parametrize(("size", "cell"), [(2, 3), (20, 3), (30, 2), (42, 1)])
def test_cells_are_as_wide_as_fits(size: int, cell: int) -> None:
    *_, row, legend = lines_of(square(size), 80)
    assert len(row[-1].text) == cell
    assert legend[-1].text == " 1.00"


def test_columns_have_numbers_wherever_they_are() -> None:
    lines = ["".join(run.text for run in line) for line in lines_of(square(42), 80)]
    tens, ones, *rows = lines[1:]
    left = len("42 ##piece41 ")
    assert (tens[left + 19], ones[left + 19], ones[left + 41]) == ("2", "0", "2")
    assert rows[41].startswith("42 ##piece41 ")


def test_names_that_are_wide_or_control_a_terminal() -> None:
    names = ("日本", "\x1b[31mred", "", "x" * 50)
    cells = tuple((0.9, 0.0, 0.0, 0.0) for _ in names)
    text = COLOUR.sub("", drawn(Grid("A\nmap", names, names, cells, 0.9)))
    rows = text.split("\n")[2:6]
    assert {cell_len(row.split("█")[0]) for row in rows} == {cell_len(rows[0].split("█")[0])}
    assert "\x1b" not in text


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=20), min_size=1, max_size=20), st.floats(0, 1), st.integers(30, 120))
def test_any_map_keeps_to_the_width(names: list[str], value: float, width: int) -> None:
    grid = Grid("Map", tuple(names), tuple(names), tuple(tuple(value for _ in names) for _ in names), value)
    assert all(cell_len(line) <= width for line in COLOUR.sub("", drawn(grid, width)).split("\n"))
