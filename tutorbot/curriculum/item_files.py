"""Reads knowledge/items/<topic>.yaml. Every mistake is a CurriculumError that names file and line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from tutorbot.curriculum.item import KINDS, Choice, Cloze, Item, Key, KeyPoint, Numeric, Order, Output, ShortAnswer
from tutorbot.curriculum.yaml_files import FAST_LOADER, load_yaml
from tutorbot.errors import CurriculumError

_LINE = "\0line"


class _Loader(FAST_LOADER):  # type: ignore[misc]
    """Keeps the line of every mapping, for messages."""


def _with_line(loader: Any, node: Any) -> dict[str, Any]:
    mapping: dict[str, Any] = loader.construct_mapping(node, deep=True)
    mapping[_LINE] = node.start_mark.line + 1
    return mapping


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _with_line)


def read_items(path: Path) -> tuple[Item, ...]:
    """The items of a file.

    Raises:
        CurriculumError: the file cannot be read or an item breaks the format.
    """
    content = load_yaml(path, _Loader)
    if not isinstance(content, dict) or not isinstance(content.get("items"), list) or "topic" not in content:
        raise CurriculumError(f"{path}:1 has no `topic` and list of `items`.", "Begin with `topic: ...` and `items:`.")
    return tuple(_item(row, str(content["topic"]), path) for row in content["items"])


def _item(row: Any, topic: str, path: Path) -> Item:
    line = row.get(_LINE, 1) if isinstance(row, dict) else 1
    try:
        kind = row["kind"]
        if kind not in KINDS:
            raise ValueError(f"the kind `{kind}` is unknown; use one of {', '.join(KINDS)}")
        return Item(
            id=str(row["id"]),
            topic=topic,
            kind=kind,
            difficulty=int(row["difficulty"]),
            objective=int(row["objective"]),
            question=str(row["question"]).strip(),
            key=_KEYS[kind](row),
            hints=_texts(row, "hints"),
            explanation=str(row["explanation"]).strip(),
            path=str(path),
            line=line,
        )
    except KeyError as error:
        raise CurriculumError(f"{path}:{line} has an item without {error}.", "Add the field.") from error
    except (TypeError, ValueError) as error:
        raise CurriculumError(f"{path}:{line} has an item that cannot be used: {error}.", "Mend the field.") from error


def _texts(row: dict[str, Any], field: str) -> tuple[str, ...]:
    value = row[field]
    if not isinstance(value, list):
        raise ValueError(f"`{field}` is not a list")
    return tuple(str(v).strip() for v in value)


def _choice(row: dict[str, Any]) -> Choice:
    options = _texts(row, "options")
    answer = row["answer"]
    right = frozenset(int(n) - 1 for n in (answer if isinstance(answer, list) else [answer]))
    if not right or not right <= set(range(len(options))):
        raise ValueError("`answer` names no option; options are counted from 1")
    return Choice(options, right)


def _short(row: dict[str, Any]) -> ShortAnswer:
    points = tuple(KeyPoint(str(p["point"]), _texts(p, "any")) for p in row["key_points"])
    wrong = _texts(row, "wrong") if "wrong" in row else ()
    return ShortAnswer(points, int(row.get("needed", len(points))), wrong, _texts(row, "accept"), _texts(row, "reject"))


def _cloze(row: dict[str, Any]) -> Cloze:
    return Cloze(tuple(tuple(str(w) for w in (gap if isinstance(gap, list) else [gap])) for gap in row["answer"]))


def _output(row: dict[str, Any]) -> Output:
    return Output(str(row["code"]), str(row["answer"]))


def _numeric(row: dict[str, Any]) -> Numeric:
    return Numeric(float(row["answer"]), float(row["tolerance"]), str(row.get("unit", "")))


_KEYS: dict[str, Callable[[dict[str, Any]], Key]] = {
    "single": _choice,
    "multiple": _choice,
    "short": _short,
    "order": lambda row: Order(_texts(row, "steps")),
    "cloze": _cloze,
    "output": _output,
    "numeric": _numeric,
}
