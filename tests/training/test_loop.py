"""The training loop on a tiny encoder of the real kind: it learns, and a run that was stopped goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from transformers import BertConfig, BertModel

from tutorbot.models.head_format import HeadSpec
from tutorbot.models.headed_encoder import HeadedEncoder
from tutorbot.training import loop
from tutorbot.training.loop import Example, Schedule, batches, fit, predict
from tutorbot.training.sentiment import cross_entropy

# Texts with word 7 are of one kind, those with word 8 of the other.
ROWS = [Example((1, 5 + n % 2, 7 + n % 2, 2), (0, 0, 0, 0), (float(n % 2),)) for n in range(16)]
PLAN = Schedule(epochs=4, pieces=16, rate=5e-3)


def model() -> HeadedEncoder:
    torch.manual_seed(0)
    shape = BertConfig(vocab_size=20, hidden_size=384, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16)
    bert = BertModel(shape, add_pooling_layer=False)
    return HeadedEncoder(bert, HeadSpec(("no", "yes"), pooled=True))


def test_it_learns_to_tell_two_kinds_apart(tmp_path: Path) -> None:
    trained = model()
    fit(trained, ROWS, cross_entropy, PLAN, tmp_path)
    assert [int(logits.argmax()) for logits in predict(trained, ROWS)] == [int(row.target[0]) for row in ROWS]
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_was_stopped_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(loop, "_SAVE_EVERY", 2)
    whole = model()
    fit(whole, ROWS, cross_entropy, PLAN, tmp_path / "whole")
    left = 7

    def stopping(logits: torch.Tensor, targets: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        nonlocal left
        left -= 1
        if left == 0:
            raise KeyboardInterrupt
        return cross_entropy(logits, targets, mask)

    with pytest.raises(KeyboardInterrupt):
        fit(model(), ROWS, stopping, PLAN, tmp_path / "cut")
    resumed = model()
    fit(resumed, ROWS, cross_entropy, PLAN, tmp_path / "cut")
    assert "Going on from step 6" in capsys.readouterr().out
    for one, other in zip(predict(whole, ROWS), predict(resumed, ROWS), strict=True):
        assert torch.allclose(one, other, atol=0.05)


def test_batches_hold_every_row_once_within_their_size() -> None:
    found = batches(ROWS, PLAN, epoch=1)
    assert sorted(n for batch in found for n in batch) == list(range(len(ROWS)))
    assert all(len(batch) * 4 <= PLAN.pieces for batch in found)
    assert found == batches(ROWS, PLAN, epoch=1) != batches(ROWS, PLAN, epoch=2)
