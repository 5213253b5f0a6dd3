from __future__ import annotations

import io
import json

import pytest
from glass_fakes import SmallSpecimen, tools

from tutorbot.errors import InputError
from tutorbot.messages import Grid, Picture, Table
from tutorbot.tasks.attention import TASK
from tutorbot.tasks.heat_map import colour, draw
from tutorbot.tasks.task import Result, perform


def run(text: str, specimen: SmallSpecimen | None = None, **more: object) -> Result:
    return perform(TASK, {"text": text, **more}, tools(specimen))


def test_the_weights_of_a_head_that_was_asked_for() -> None:
    result = run("the cat sat on it", SmallSpecimen(strong=[(1, 2, 5, 2)]), layer=2, head=3)
    values = result.values
    assert values["pieces"] == ["[CLS]", "the", "cat", "sat", "on", "it", "[SEP]"]
    assert (values["layer"], values["head"]) == (2, 3)
    assert values["links"][0] == {"from": "it", "to": "cat", "weight": 1.0, "from_at": 6, "to_at": 3}
    assert TASK.render(result) == 'Layer 2, head 3: the strongest link goes from **"it" (6)** to **"cat" (3)** (100 %).'
    assert [sum(row) for row in values["weights"]] == pytest.approx([1.0] * 7, abs=1e-3)
    assert json.loads(json.dumps(values)) == values
    assert not any("chosen because" in step for step in TASK.explain(result))


def test_left_open_the_most_telling_head_is_chosen() -> None:
    strong = [(0, 1, 1, 2), (0, 1, 2, 3), (0, 1, 3, 4)]  # Only neighbours.
    strong += [(1, 0, n, 1) for n in (3, 4, 5)]  # All at the same piece.
    strong += [(1, 1, 1, 3), (1, 1, 5, 2), (1, 1, 4, 1)]  # Far, and at different pieces.
    result = run("the cat sat on it", SmallSpecimen(strong=strong))
    assert (result.values["layer"], result.values["head"]) == (2, 2)
    assert any("chosen because" in step and "% on average" in step for step in TASK.explain(result))
    assert run("the cat sat on it", SmallSpecimen(strong=strong), head=1).values["layer"] == 2
    assert run("the cat sat on it", SmallSpecimen(strong=strong), layer=1).values["layer"] == 1


def test_a_layer_that_is_not_there() -> None:
    with pytest.raises(InputError, match="no layer 9") as caught:
        run("the cat", layer=9)
    assert "has 2 of them" in caught.value.fix


def test_attention_is_not_sold_as_an_explanation() -> None:
    told = TASK.explain(run("the cat sat"))
    assert "not an explanation" in told[-1]
    assert any("[CLS] and [SEP]: heads that find nothing" in step for step in told)


def test_long_texts_are_cut_to_what_can_be_read() -> None:
    result = run("word " * 100)
    assert len(result.values["pieces"]) == 42
    assert "100 word pieces; the limit is 40" in result.notes[0]


def test_the_picture_has_words_and_numbers_for_those_who_do_not_see_it() -> None:
    picture, links = TASK.parts(run("the cat sat", SmallSpecimen(strong=[(0, 0, 3, 1)]), layer=1, head=1))
    assert isinstance(picture, Picture) and isinstance(links, Table)
    assert picture.png.startswith(b"\x89PNG")
    assert 'Strongest links: "sat" (4) to "the" (2) 1.00' in picture.alt
    assert picture.grid is not None and picture.grid.rows == ("[CLS]", "the", "cat", "sat", "[SEP]")
    assert links.rows[0] == ('"sat" (4)', '"the" (2)', "1.000")


@pytest.mark.parametrize("text", ["hi", "?", "a" * 10_000, "<b>x</b>", "日本語", "\ud800", "🎉🎉", "\u200b", "x\x00y"])
def test_strange_texts(text: str) -> None:
    result = run(text)
    assert TASK.render(result) and TASK.explain(result)
    assert isinstance(TASK.parts(result)[0], Picture)


def test_the_darkest_cell_is_the_greatest_number() -> None:
    from PIL import Image

    names = ("a", "b")
    image = Image.open(io.BytesIO(draw(Grid("A map", names, names, ((0.0, 0.8), (0.4, 0.0)), 0.8)))).convert("RGB")
    colours = {pixel for _, pixel in image.getcolors(1 << 20) or []}
    assert {colour(0.0), colour(0.5), colour(1.0)} <= colours
    assert sum(colour(1.0)) < sum(colour(0.5)) < sum(colour(0.0))


def test_a_map_of_nothing_but_zeros_can_be_drawn() -> None:
    assert draw(Grid("Empty", ("x",), ("x",), ((0.0,),), 0.0)).startswith(b"\x89PNG")
    assert draw(Grid("Strange names", ("и" * 50, "日本"), ("é", ""), ((0.1, 0.2), (0.3, 0.4)), 0.4))
