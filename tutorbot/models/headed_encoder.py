"""all-MiniLM-L6-v2 with a trained adapter and head, in torch: what training fits and what set-up converts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from peft import PeftModel
from safetensors.torch import load_file
from transformers import BertModel

from tutorbot.models.head_format import HEAD_FILE, HeadSpec, read_spec

_DIMENSION = 384


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
        self.head = torch.nn.Linear(_DIMENSION, len(spec.labels))
        self.types = torch.nn.Embedding(spec.segments, _DIMENSION)
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


def load_headed(base: Path, folder: Path) -> HeadedEncoder:
    """A trained model, its adapter merged into the encoder's weights."""
    adapted = PeftModel.from_pretrained(load_base(base), folder).merge_and_unload()
    model = HeadedEncoder(adapted, read_spec(folder))
    model.load_state_dict({k: v.float() for k, v in load_file(folder / HEAD_FILE).items()}, strict=False)
    model.eval()
    return model


def load_base(folder: Path, dropout: float = 0.0) -> Any:
    """The encoder as transformers reads it, in float32; `dropout` is for training."""
    # On a CPU dropout takes 40 % of a step, so recipes ask for it only where it helps, and never for attention weights.
    rates = {"hidden_dropout_prob": dropout, "attention_probs_dropout_prob": 0.0}
    return BertModel.from_pretrained(folder, local_files_only=True, add_pooling_layer=False, **rates)
