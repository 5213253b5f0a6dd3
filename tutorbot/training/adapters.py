"""Adapter and head before training, and how they are kept.

The adapter (Hu et al. 2021, https://arxiv.org/abs/2106.09685) is kept in the format of the peft library, the head in a
safetensors file beside it. `tutorbot.models.prepare_heads` merges both into the encoder at set-up.
"""

from __future__ import annotations

from pathlib import Path

from peft import LoraConfig, get_peft_model
from safetensors.torch import load_file, save_file

from tutorbot.models.head_format import ADAPTER_FILE, HEAD_FILE, HeadSpec, write_spec
from tutorbot.models.headed_encoder import HeadedEncoder, load_base

# What the adapter belongs to, rather than the folder it was read from on this machine.
_BASE = "sentence-transformers/all-MiniLM-L6-v2"
_LINEAR = ["query", "key", "value", "dense"]


def new_model(base: Path, spec: HeadSpec, rank: int = 16, dropout: float = 0.0) -> HeadedEncoder:
    """An untrained head and adapter on the encoder in folder `base`."""
    config = LoraConfig(r=rank, lora_alpha=2 * rank, target_modules=_LINEAR)
    return HeadedEncoder(get_peft_model(load_base(base, dropout), config), spec)


def save_model(model: HeadedEncoder, folder: Path) -> None:
    """Write adapter, head and spec, in half precision."""
    model.bert.peft_config["default"].base_model_name_or_path = _BASE
    model.bert.save_pretrained(folder)
    adapter = folder / ADAPTER_FILE
    save_file({name: value.half().contiguous() for name, value in load_file(adapter).items()}, adapter)
    (folder / "README.md").unlink(missing_ok=True)
    own = {"head.weight": model.head.weight, "head.bias": model.head.bias, "types.weight": model.types.weight}
    save_file({name: value.detach().half().contiguous() for name, value in own.items()}, folder / HEAD_FILE)
    write_spec(model.spec, folder)
