"""Makes the encoder's OpenVINO model: `python -m tutorbot.models.prepare_encoder SOURCE TARGET THREADS`.

The model has two outputs: the last hidden state, from which sentence vectors are pooled, and the mean of the hidden
states after layers 4 and 6, in which word pieces that mean the same lie nearer to each other than in the last one.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

from tutorbot.models.openvino_encoder import LAST, MIDDLE, MODEL_FILE, TOKENIZER_FILE, OpenVinoEncoder
from tutorbot.models.telemetry import forbid_telemetry

MIDDLE_LAYERS = (4, 6)


def prepare(source: Path, target: Path, threads: int) -> None:
    """Convert the Hugging Face folder `source` into `target`, and compile it for this machine's processor."""
    forbid_telemetry()
    import openvino

    target.mkdir(parents=True, exist_ok=True)
    model = _convert(source)
    openvino.save_model(model, target / MODEL_FILE, compress_to_fp16=True)
    shutil.copyfile(source / TOKENIZER_FILE, target / TOKENIZER_FILE)
    OpenVinoEncoder(target, threads).encode(["ready?"])


def _convert(source: Path) -> Any:
    import openvino
    import torch
    from transformers import BertModel

    class TwoOutputs(torch.nn.Module):  # type: ignore[misc]
        def __init__(self, bert: torch.nn.Module) -> None:
            super().__init__()
            self.bert = bert

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
            out = self.bert(input_ids=input_ids, attention_mask=attention_mask, output_hidden_states=True)
            layers = [out.hidden_states[n] for n in MIDDLE_LAYERS]
            return out.last_hidden_state, sum(layers) / len(layers)

    bert = BertModel.from_pretrained(source, local_files_only=True, add_pooling_layer=False).eval()
    example = {name: torch.ones((2, 8), dtype=torch.int64) for name in ("input_ids", "attention_mask")}
    with torch.no_grad():
        model = openvino.convert_model(TwoOutputs(bert), example_input=example)
    for output, name in zip(model.outputs, (LAST, MIDDLE), strict=True):
        output.get_tensor().set_names({name})
    model.reshape({name: [-1, -1] for name in example})
    return model


if __name__ == "__main__":
    prepare(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
