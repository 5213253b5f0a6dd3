"""Makes the trained heads' OpenVINO models: `python -m tutorbot.models.prepare_heads SOURCE TARGET THREADS`.

Each head's adapter is merged into the encoder, so it runs as fast as the encoder itself; TARGET gets a folder a head.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

from tutorbot.models.head_format import SPEC_FILE, head_folders
from tutorbot.models.openvino_encoder import MODEL_FILE, TOKENIZER_FILE
from tutorbot.models.openvino_head import LOGITS, OpenVinoHead
from tutorbot.models.telemetry import forbid_telemetry


def prepare(source: Path, target: Path, threads: int) -> None:
    """Convert every head that comes with tutorbot, on the encoder in `source`, and compile it for this processor."""
    forbid_telemetry()
    import openvino

    target.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source / TOKENIZER_FILE, target / TOKENIZER_FILE)
    for folder in head_folders():
        made = target / folder.name
        made.mkdir()
        openvino.save_model(_convert(source, folder), made / MODEL_FILE, compress_to_fp16=True)
        shutil.copyfile(folder / SPEC_FILE, made / SPEC_FILE)
        OpenVinoHead(made, target / TOKENIZER_FILE, threads).warm_up()


def _convert(source: Path, folder: Path) -> Any:
    import openvino
    import torch

    from tutorbot.models.headed_encoder import load_headed

    names = ("input_ids", "attention_mask", "token_type_ids")
    example = {name: torch.ones((2, 8), dtype=torch.int64) for name in names}
    with torch.no_grad():
        model = openvino.convert_model(load_headed(source, folder), example_input=example)
    model.outputs[0].get_tensor().set_names({LOGITS})
    model.reshape({name: [-1, -1] for name in names})
    return model


if __name__ == "__main__":
    prepare(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
