"""How a trained head is described beside its weights: `head.json` next to `head.safetensors`."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from tutorbot.errors import WeightsError
from tutorbot.models.word_shapes import SHAPES

SPEC_FILE = "head.json"
HEAD_FILE = "head.safetensors"
ADAPTER_FILE = "adapter_model.safetensors"
REINSTALL = "Install tutorbot again; the trained heads are part of it."


@dataclass(frozen=True)
class HeadSpec:
    """What a head reads and says.

    Attributes:
        labels: one output each.
        pooled: one row of logits a text (from the mean of its pieces) rather than one a piece.
        shapes: the second input is not which of two texts a piece is from but the shape of its word, because the encoder
            itself sees no capitals (see `tutorbot.models.word_shapes`).
        threshold: what the head's score must pass to count, as tuned on rows it was not trained on.
    """

    labels: tuple[str, ...]
    pooled: bool
    shapes: bool = False
    threshold: float = 0.0

    @property
    def segments(self) -> int:
        """How many values the second input takes."""
        return len(SHAPES) if self.shapes else 2


def write_spec(spec: HeadSpec, folder: Path) -> None:
    """Write `head.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / SPEC_FILE).write_text(json.dumps(asdict(spec), indent=2) + "\n", encoding="utf-8")


def read_spec(folder: Path) -> HeadSpec:
    """The spec in a head's folder.

    Raises:
        WeightsError: there is none, or it cannot be understood.
    """
    try:
        content = json.loads((folder / SPEC_FILE).read_text(encoding="utf-8"))
        labels, threshold = tuple(content["labels"]), float(content["threshold"])
        return HeadSpec(labels, bool(content["pooled"]), bool(content["shapes"]), threshold)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WeightsError(f"The trained head in {folder} has no readable {SPEC_FILE}: {error}", REINSTALL) from error


def head_folders() -> list[Path]:
    """The folders of the heads that come with tutorbot; a folder's name is the head's."""
    return sorted(path.parent for path in (Path(__file__).parents[1] / "weights").glob(f"*/{SPEC_FILE}"))


@cache
def heads_digest() -> str:
    """Changes whenever a head does: twelve hex digits of a hash over all files of all heads."""
    digest = hashlib.sha256()
    for folder in head_folders():
        for name in (SPEC_FILE, HEAD_FILE, ADAPTER_FILE):
            digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:12]
