"""Where everything about models lies below the cache folder.

    models/lock                         held by the one process that sets up
    models/tmp-PID-.../                 work in progress; left-overs are removed by the next set-up
    models/PACKAGE-VERSION/             files out of a wheel
    models/encoder-RECIPE/              the encoder as OpenVINO runs it
    models/writer-RECIPE/               the writer as OpenVINO runs it
    models/heads-DIGEST/                the trained heads as OpenVINO runs them, a folder each
    .../compiled/                       OpenVINO's cache for this machine's processor

A folder appears whole or not at all. A changed recipe gets a new name, so old and new never mix.
"""

from __future__ import annotations

from pathlib import Path

from tutorbot.models.head_format import heads_digest
from tutorbot.models.registry import ModelCard
from tutorbot.settings import Settings

ENCODER_RECIPE = 1
WRITER_RECIPE = 1
COMPILED = "compiled"


def models_folder(settings: Settings) -> Path:
    """The folder of everything about models."""
    return settings.cache_dir / "models"


def source_folder(settings: Settings, card: ModelCard) -> Path:
    """The card's files as they came out of the wheel."""
    return models_folder(settings) / f"{card.package}-{card.version}"


def prepared_encoder(settings: Settings) -> Path:
    """The prepared encoder."""
    return models_folder(settings) / f"encoder-{ENCODER_RECIPE}"


def prepared_writer(settings: Settings) -> Path:
    """The prepared writer."""
    return models_folder(settings) / f"writer-{WRITER_RECIPE}"


def prepared_heads(settings: Settings) -> Path:
    """The prepared heads; other weights get another folder."""
    return models_folder(settings) / f"heads-{heads_digest()}"
