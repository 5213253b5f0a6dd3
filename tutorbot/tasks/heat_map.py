"""A heat map as a PNG image, for channels that show pictures."""

from __future__ import annotations

import io
import unicodedata
from typing import TYPE_CHECKING

from tutorbot.messages import Grid

if TYPE_CHECKING:
    from PIL import Image, ImageDraw
    from PIL.ImageFont import FreeTypeFont, ImageFont

    Font = FreeTypeFont | ImageFont

_TEXT, _PAPER = (30, 30, 30), (255, 255, 255)
# Ends and middle of the scale, from pale to dark, which also differ in brightness alone.
_SCALE = ((255, 255, 229), (65, 182, 196), (8, 29, 88))
_FONT_SIZE = 14
_LONGEST_NAME = 14
_EDGE = 10
_SMALLEST_CELL, _LARGEST_CELL, _WANTED = 18, 34, 620


def draw(grid: Grid) -> bytes:
    """The grid with its names, a title and a scale."""
    from PIL import Image, ImageDraw, ImageFont

    font = ImageFont.load_default(_FONT_SIZE)
    names = [_label(n, name, font) for n, name in enumerate(grid.rows, 1)]
    heads = [_label(n, name, font) for n, name in enumerate(grid.columns, 1)]
    cell = max(_SMALLEST_CELL, min(_LARGEST_CELL, _WANTED // max(1, len(heads))))
    left = max(_width(name, font) for name in names) + 2 * _EDGE
    top = max(_width(head, font) for head in heads) + 2 * _EDGE + 24
    right, bottom = left + cell * len(heads), top + cell * len(names)
    width = max(right, int(_width(grid.title, font)) + _EDGE, left + 240) + _EDGE
    image = Image.new("RGB", (width, bottom + 44), _PAPER)
    canvas = ImageDraw.Draw(image)
    canvas.text((_EDGE, _EDGE), grid.title, _TEXT, font)
    _cells(canvas, grid, (left, top), cell)
    for n, name in enumerate(names):
        canvas.text((left - _EDGE // 2, top + (n + 0.5) * cell), name, _TEXT, font, anchor="rm")
    for n, head in enumerate(heads):
        _upright(image, head, font, (left + n * cell, top - _EDGE // 2), cell)
    _legend(canvas, grid, (left, bottom + 14), font)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def colour(share: float) -> tuple[int, int, int]:
    """The colour of a number as a part of the greatest, 0 to 1."""
    place = min(1.0, max(0.0, share)) * (len(_SCALE) - 1)
    low = min(int(place), len(_SCALE) - 2)
    mixed = [round(a + (b - a) * (place - low)) for a, b in zip(_SCALE[low], _SCALE[low + 1], strict=True)]
    return mixed[0], mixed[1], mixed[2]


def _cells(canvas: ImageDraw.ImageDraw, grid: Grid, corner: tuple[int, int], cell: int) -> None:
    for y, row in enumerate(grid.cells):
        for x, value in enumerate(row):
            left, top = corner[0] + x * cell, corner[1] + y * cell
            # A line of paper stays between cells.
            canvas.rectangle((left, top, left + cell - 2, top + cell - 2), colour(value / grid.top if grid.top else 0.0))


def _upright(image: Image.Image, text: str, font: Font, foot: tuple[int, int], cell: int) -> None:
    """The text from bottom to top above a column."""
    from PIL import Image, ImageDraw

    height = _FONT_SIZE + 4
    strip = Image.new("RGB", (_width(text, font) + 2, height), _PAPER)
    ImageDraw.Draw(strip).text((0, height / 2), text, _TEXT, font, anchor="lm")
    turned = strip.rotate(90, expand=True)
    image.paste(turned, (foot[0] + (cell - height) // 2, foot[1] - turned.height))


def _legend(canvas: ImageDraw.ImageDraw, grid: Grid, corner: tuple[int, int], font: Font) -> None:
    x, y = corner
    canvas.text((x, y + 8), "0", _TEXT, font, anchor="lm")
    for step in range(120):
        canvas.line((x + 16 + step, y, x + 16 + step, y + 16), colour(step / 119))
    canvas.text((x + 144, y + 8), f"{grid.top:.2f}", _TEXT, font, anchor="lm")


def _label(number: int, name: str, font: Font) -> str:
    """The name as far as the font can draw it, with its number, by which it is found where it cannot."""
    unknown = bytes(font.getmask("\ue000"))
    # An accent that the font lacks is left out.
    plain = (c if c.isascii() else unicodedata.normalize("NFKD", c)[0] for c in name[:_LONGEST_NAME])
    drawn = "".join(c if c.isascii() or bytes(font.getmask(c)) != unknown else "?" for c in plain)
    return f"{number}  {drawn}"


def _width(text: str, font: Font) -> int:
    return round(font.getlength(text))
