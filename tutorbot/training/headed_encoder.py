"""all-MiniLM-L6-v2 with a LoRA adapter and a small head on top, for training.

The adapter (Hu et al. 2021, https://arxiv.org/abs/2106.09685) is kept in the format of the peft library, the head in a
safetensors file beside it. `tutorbot.models.prepare_head` merges both into the encoder at set-up.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from safetensors.torch import load_file, save_file
from transformers import BertModel

from tutorbot.models.head_format import HEAD_FILE, HeadSpec, read_spec, write_spec

_LINEAR = ["query", "key", "value", "dense"]
_ADAPTER_FILE = "adapter_model.safetensors"


class HeadedEncoder(torch.nn.Module):  # type: ignore[misc]
    """Scores for a text or pair of texts.

    `forward(input_ids, attention_mask, token_type_ids)` takes int64 tensors of shape (batch, length) and gives logits of
    shape (batch, outputs) where the spec pools, else (batch, length, outputs).
    """

    def __init__(self, bert: Any, spec: HeadSpec) -> None:
        super().__init__()
        self.spec = spec
        self.bert = bert
        self.dropout = torch.nn.Dropout(0.1)
        self.head = torch.nn.Linear(384, len(spec.labels))
        self.types = torch.nn.Embedding(spec.segments, 384)
        torch.nn.init.zeros_(self.types.weight)

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor) -> torch.Tensor:
        """Logits; see the class."""
        embedded = self.bert.embeddings.word_embeddings(input_ids) + self.types(token_type_ids)
        states = self.bert(inputs_embeds=embedded, attention_mask=attention_mask).last_hidden_state
        if self.spec.pooled:
            mask = attention_mask[:, :, None].to(states.dtype)
            states = (states * mask).sum(dim=1) / mask.sum(dim=1)
        logits: torch.Tensor = self.head(self.dropout(states))
        return logits


def new_model(base: Path, spec: HeadSpec, rank: int = 16) -> HeadedEncoder:
    """An untrained head and adapter on the encoder in folder `base`."""
    config = LoraConfig(r=rank, lora_alpha=2 * rank, target_modules=_LINEAR)
    return HeadedEncoder(get_peft_model(_base(base), config), spec)


def save_model(model: HeadedEncoder, folder: Path) -> None:
    """Write adapter, head and spec, in half precision."""
    model.bert.save_pretrained(folder)
    adapter = folder / _ADAPTER_FILE
    save_file({name: value.half().contiguous() for name, value in load_file(adapter).items()}, adapter)
    (folder / "README.md").unlink(missing_ok=True)
    own = {"head.weight": model.head.weight, "head.bias": model.head.bias, "types.weight": model.types.weight}
    save_file({name: value.detach().half().contiguous() for name, value in own.items()}, folder / HEAD_FILE)
    write_spec(model.spec, folder)


def load_model(base: Path, folder: Path) -> HeadedEncoder:
    """A trained model, its adapter merged into the encoder's weights."""
    adapted = PeftModel.from_pretrained(_base(base), folder).merge_and_unload()
    model = HeadedEncoder(adapted, read_spec(folder))
    model.load_state_dict({k: v.float() for k, v in load_file(folder / HEAD_FILE).items()}, strict=False)
    return model.eval()


def _base(folder: Path) -> Any:
    # An adapter of low rank needs little regularising, and dropout takes 40 % of a step on a CPU.
    still = {"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0}
    return BertModel.from_pretrained(folder, local_files_only=True, add_pooling_layer=False, **still)
