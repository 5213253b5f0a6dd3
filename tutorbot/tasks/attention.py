"""What each word piece takes from each other one, in one attention head of the encoder."""

from __future__ import annotations

from typing import Any

import numpy as np

from tutorbot.errors import InputError
from tutorbot.messages import Grid, Part, Picture, Table
from tutorbot.ports import AttentionMaps, FloatArray
from tutorbot.tasks.arguments import Argument, text
from tutorbot.tasks.heat_map import draw
from tutorbot.tasks.probabilities import percent
from tutorbot.tasks.task import ModelUsed, Result, Task, Values
from tutorbot.tasks.tools import Tools

MODEL = ModelUsed("all-MiniLM-L6-v2", "Apache-2.0", "the tutor's own encoder, 6 layers of 12 heads")
_MOST_PIECES = 40
_LINKS = 5
_SPECIAL = ("[CLS]", "[SEP]")


def run(arguments: Values, tools: Tools) -> Result:
    """The weights of one head, and its strongest links."""
    given, notes = _short_enough(arguments["text"], tools)
    maps = tools.specimen.attention(given)
    layer, head = _chosen(maps, arguments["layer"], arguments["head"])
    weights = maps.weights[layer, head]
    inner = [n for n, piece in enumerate(maps.pieces) if piece not in _SPECIAL]
    special = [n for n in range(len(maps.pieces)) if n not in inner]
    if not inner:
        notes = (*notes, "There is no word piece in this text, only the marks that every text gets.")
    return Result(
        values={
            "pieces": list(maps.pieces),
            "layer": layer + 1,
            "head": head + 1,
            "weights": [[round(float(w), 4) for w in row] for row in weights],
            "links": _links(maps.pieces, weights, inner),
        },
        model=MODEL,
        notes=notes,
        trace={
            "layers": maps.weights.shape[0],
            "heads": maps.weights.shape[1],
            "sought": arguments["layer"] is None or arguments["head"] is None,
            "reach": float(_reach(weights[None], inner)[0][0]),
            "special": float(weights[inner][:, special].sum(axis=1).mean()) if inner else 1.0,
        },
    )


def _short_enough(given: str, tools: Tools) -> tuple[str, tuple[str, ...]]:
    cut = tools.specimen.tokenize(given, "wordpiece")
    if len(cut.offsets) <= _MOST_PIECES:
        return given, ()
    note = f"The text has {len(cut.offsets):,} word pieces; the limit is {_MOST_PIECES}, and only the first were used."
    return given[: cut.offsets[_MOST_PIECES - 1][1]], (note,)


def _chosen(maps: AttentionMaps, layer: int | None, head: int | None) -> tuple[int, int]:
    """Layer and head, counted from 0: those asked for; what is left open goes to the most telling head."""
    layers, heads = maps.weights.shape[:2]
    for name, asked, most in (("layer", layer, layers), ("head", head, heads)):
        if asked is not None and asked > most:
            raise InputError(f"attention: there is no {name} {asked}.", f"{maps.model} has {most} of them, counted from 1.")
    inner = [n for n, piece in enumerate(maps.pieces) if piece not in _SPECIAL]
    reach, spread = _reach(maps.weights.reshape(-1, *maps.weights.shape[2:]), inner)
    telling = (reach * spread).reshape(layers, heads)
    open_to = np.zeros((layers, heads), dtype=bool)
    open_to[slice(None) if layer is None else layer - 1, slice(None) if head is None else head - 1] = True
    best = int(np.where(open_to, telling, -1.0).argmax())
    return best // heads, best % heads


def _reach(heads: FloatArray, inner: list[int]) -> tuple[FloatArray, FloatArray]:
    """For each head, the mean over pieces of the greatest weight on another piece that is no neighbour; and how many
    different pieces these are, as a share of all.

    Most heads look at the marks [CLS] and [SEP], at a neighbour or at the piece itself (Clark et al. 2019,
    https://arxiv.org/abs/1906.04341), which says little about the sentence.
    """
    if len(inner) < 2:
        return np.zeros(len(heads), dtype=np.float32), np.ones(len(heads), dtype=np.float32)
    places = np.array(inner)
    apart = np.abs(places[:, None] - places[None, :])
    far = apart > (1 if len(inner) > 2 else 0)
    within = np.where(far, heads[:, places[:, None], places[None, :]], 0.0)
    targets = within.argmax(axis=2)
    spread = np.array([len(set(row.tolist())) / len(inner) for row in targets], dtype=np.float32)
    return within.max(axis=2).mean(axis=1).astype(np.float32), spread


def _links(pieces: tuple[str, ...], weights: FloatArray, inner: list[int]) -> list[dict[str, Any]]:
    pairs = sorted(((float(weights[a, b]), a, b) for a in inner for b in inner if a != b), reverse=True)
    return [
        {"from": pieces[a], "to": pieces[b], "weight": round(w, 4), "from_at": a + 1, "to_at": b + 1}
        for w, a, b in pairs[:_LINKS]
    ]


def render(result: Result) -> str:
    """Where to look in the map."""
    values = result.values
    head = f"Layer {values['layer']}, head {values['head']}"
    if not values["links"]:
        return f"{head}: there are no two word pieces that could look at each other."
    link = values["links"][0]
    ends = f"from **{_named(link, 'from')}** to **{_named(link, 'to')}**"
    return f"{head}: the strongest link goes {ends} ({percent(link['weight'])})."


def explain(result: Result) -> tuple[str, ...]:
    """How the weights come about on this text, and what they do not mean."""
    values, trace = result.values, result.trace
    steps = [
        f"The text became {len(values['pieces'])} pieces, [CLS] before and [SEP] behind them among these. In each of "
        f"{trace['layers']} layers, each of {trace['heads']} heads compares every piece's query with every piece's key (a "
        "dot product, divided by the square root of the head's 32 dimensions), and softmax turns each row into weights "
        "that sum to 1.",
    ]
    if trace["sought"] and values["links"]:
        steps.append(
            f"This is layer {values['layer']}, head {values['head']}, chosen because here pieces look hard at others that "
            f"are no neighbours ({percent(trace['reach'])} on average), and not all at the same one. Name a layer and a "
            "head to see another."
        )
    if values["links"]:
        shown = "; ".join(
            f"{_named(k, 'from')} takes {percent(k['weight'])} from {_named(k, 'to')}" for k in values["links"][:3]
        )
        steps.append(f"The strongest links are: {shown}.")
    steps.append(
        f"{percent(trace['special'])} of the word pieces' attention here goes to [CLS] and [SEP]: heads that find nothing "
        "to do rest there."
    )
    steps.append(
        "Read the map with care: a weight says how much of a piece's value was mixed in, not why the model decided "
        "anything. Other weights can lead to the same output (Jain and Wallace 2019), so attention is a trace, not an "
        "explanation."
    )
    return tuple(steps)


def parts(result: Result) -> tuple[Part, ...]:
    """The heat map, and the strongest links as a table."""
    values = result.values
    names = tuple(values["pieces"])
    title = f"Layer {values['layer']}, head {values['head']}: what each row takes from each column"
    cells = tuple(tuple(row) for row in values["weights"])
    grid = Grid(title, names, names, cells, max(max(row) for row in cells))
    rows = tuple((_named(k, "from"), _named(k, "to"), f"{k['weight']:.3f}") for k in values["links"])
    links = (Table("Strongest links", ("From", "To", "Weight"), rows),) if rows else ()
    return (Picture(draw(grid), f"Heat map of attention weights. {title}. {_words(values)}", grid), *links)


def _words(values: Values) -> str:
    links = [f"{_named(k, 'from')} to {_named(k, 'to')} {k['weight']:.2f}" for k in values["links"]]
    return f"Strongest links: {', '.join(links)}." if links else "No links between word pieces."


def _named(link: Values, end: str) -> str:
    """A piece, with its place, by which it is found in the map."""
    return f'"{link[end]}" ({link[f"{end}_at"]})'


TASK = Task(
    name="attention",
    purpose="A heat map of what each word piece looks at, in any layer and head of the encoder.",
    topic="multi-head-attention",
    arguments=(
        text("a sentence, up to 40 word pieces", 4_000),
        Argument(
            "layer", "integer", "which layer, counted from 1; left out, a telling one is chosen", lowest=1, highest=100
        ),
        Argument("head", "integer", "which head, counted from 1; left out, a telling one is chosen", lowest=1, highest=100),
    ),
    example={"text": "The cat sat on the mat because it was tired."},
    run=run,
    render=render,
    explain=explain,
    parts=parts,
)
