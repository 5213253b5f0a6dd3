"""What `tutorbot doctor` says about models."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tutorbot.checks import Check
from tutorbot.errors import ModelError, WeightsError
from tutorbot.models.layout import prepared_encoder, prepared_writer, source_folder
from tutorbot.models.registry import ENCODER, WRITER, ModelCard
from tutorbot.models.verify import is_present, verify
from tutorbot.settings import Settings

_NOT_THERE = "Run `tutorbot setup`."
_CONNECT_SECONDS = 5.0


def check_models(settings: Settings) -> list[Check]:
    """Every weight file hashed, and whether the chosen writer could be used."""
    checks = [_source(settings, ENCODER), _prepared("encoder", prepared_encoder(settings))]
    if settings.writer == "openvino":
        checks += [_source(settings, WRITER), _prepared("writer", prepared_writer(settings))]
    return [*checks, _writer(settings)]


def _source(settings: Settings, card: ModelCard) -> Check:
    folder = source_folder(settings, card)
    about = f"{card.requirement}, {card.licence}, {card.size // 1_000_000} MB, sha256 as expected, in {folder}"
    return _verified(f"weights {card.name}", folder, card.digests, about)


def _prepared(name: str, folder: Path) -> Check:
    return _verified(f"prepared {name}", folder, None, f"OpenVINO {_version('openvino')}, unchanged, in {folder}")


def _verified(name: str, folder: Path, digests: Mapping[str, str] | None, about: str) -> Check:
    if not is_present(folder):
        return Check(name, False, f"not (completely) in {folder}", _NOT_THERE)
    try:
        verify(folder, digests, thorough=True)
    except WeightsError as error:
        return Check(name, False, error.what, error.fix)
    return Check(name, True, about)


def _writer(settings: Settings) -> Check:
    chosen = settings.public()["writer"]
    if chosen == "none":
        return Check("writer", True, "none: answers are the course's own words")
    if chosen == "openvino":
        return Check("writer", True, f"{WRITER.name} on OpenVINO GenAI {_version('openvino-genai')}")
    if chosen.startswith("hf:"):
        return Check("writer", True, f"{chosen.removeprefix('hf:')} on transformers {_version('transformers')}")
    return _server(settings)


def _server(settings: Settings) -> Check:
    from tutorbot.models.openai_writer import OpenAiWriter

    try:
        writer = OpenAiWriter.at(settings.writer, settings.writer_key)
        try:
            models = writer.models(_CONNECT_SECONDS)
        finally:
            writer.close()
    except ModelError as error:
        return Check("writer", False, error.what, error.fix)
    if writer.model not in models:
        return Check("writer", False, f"the server has no model `{writer.model}`", f"It has: {', '.join(models) or 'none'}.")
    return Check("writer", True, f"{writer.name} answers")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "(not installed)"
