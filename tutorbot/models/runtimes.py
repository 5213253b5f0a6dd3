"""Which class runs what the settings name. Constructing is cheap: writers load when they are first used."""

from __future__ import annotations

from pathlib import Path

from tutorbot.errors import ModelError
from tutorbot.models.head_format import head_folders
from tutorbot.models.layout import prepared_encoder, prepared_heads, prepared_writer, source_folder
from tutorbot.models.registry import ENCODER, WRITER
from tutorbot.ports import Encoder, Head, Specimen, Writer
from tutorbot.settings import Settings


def encoder_folder(settings: Settings) -> Path:
    """The encoder's original weights, as transformers reads them."""
    return source_folder(settings, ENCODER)


def load_encoder(settings: Settings) -> Encoder:
    """The embedded encoder, loaded.

    Raises:
        WeightsError: set-up has not run, or what it made cannot be loaded.
    """
    from tutorbot.models.openvino_encoder import OpenVinoEncoder

    return OpenVinoEncoder(prepared_encoder(settings), settings.threads)


def load_heads(settings: Settings) -> dict[str, Head]:
    """The trained heads by name. Each loads when it is first used.

    Raises:
        WeightsError: set-up has not run.
    """
    from tutorbot.models.openvino_encoder import TOKENIZER_FILE
    from tutorbot.models.openvino_head import OpenVinoHead

    folder = prepared_heads(settings)
    names = [head.name for head in head_folders()]
    return {name: OpenVinoHead(folder / name, folder / TOKENIZER_FILE, settings.threads) for name in names}


def load_writer(settings: Settings) -> Writer:
    """The writer that `settings.writer` names, not yet loaded.

    Raises:
        ModelError: the setting is "none" or lacks the model's name.
    """
    if settings.writer == "openvino":
        from tutorbot.models.openvino_writer import OpenVinoWriter

        return OpenVinoWriter(prepared_writer(settings), settings.threads, WRITER.name)
    if settings.writer.startswith("hf:"):
        from tutorbot.models.transformers_writer import TransformersWriter

        return TransformersWriter(settings.writer.removeprefix("hf:"), settings.threads)
    if settings.writer.startswith(("http://", "https://")):
        from tutorbot.models.openai_writer import OpenAiWriter

        return OpenAiWriter.at(settings.writer, settings.writer_key)
    raise ModelError(f"The setting writer is `{settings.writer}`, which does not write.", "Set TUTORBOT_WRITER=openvino.")


def load_specimen(settings: Settings) -> Specimen:
    """The models opened up, not yet loaded. Without the embedded writer only the encoder can be looked into."""
    from tutorbot.models.specimen import OpenVinoSpecimen

    writer = prepared_writer(settings) if settings.writer == "openvino" else None
    return OpenVinoSpecimen(prepared_encoder(settings), writer, settings.threads, ENCODER.name)
