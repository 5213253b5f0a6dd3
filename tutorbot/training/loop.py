"""One training loop for all heads: bf16, warm-up and linear decay, checkpoints to resume from."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from tutorbot.models.headed_encoder import HeadedEncoder

Loss = Callable[[torch.Tensor, torch.Tensor, torch.Tensor], torch.Tensor]
"""(logits, targets, attention mask) -> the mean loss of the batch."""
_CHECKPOINT = "checkpoint.pt"
_SAVE_EVERY = 200
_TELL_EVERY = 50


@dataclass(frozen=True)
class Example:
    """One row, tokenised: ids and segments of equal length; `target` as the loss reads it."""

    ids: tuple[int, ...]
    segments: tuple[int, ...]
    target: tuple[float, ...]


@dataclass(frozen=True)
class Schedule:
    """How long and how fast.

    Attributes:
        pieces: word pieces a batch, padding counted; a batch holds texts of like length.
        rate: highest learning rate; it rises over the first tenth of the steps, then falls to zero.
    """

    epochs: int
    pieces: int = 2048
    rate: float = 5e-4
    seed: int = 7


def fit(
    model: HeadedEncoder, examples: Sequence[Example], loss: Loss, schedule: Schedule, scratch: Path, pad: float = -100
) -> float:
    """Train in place; returns seconds. A run that was stopped goes on from its last checkpoint in `scratch`."""
    torch.manual_seed(schedule.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model.to(device).train()
    trained = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=schedule.rate, weight_decay=0.01)
    plan = [batch for epoch in range(schedule.epochs) for batch in batches(examples, schedule, epoch)]
    rising = max(1, len(plan) // 10)
    decay = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min((n + 1) / rising, (len(plan) - n) / max(1, len(plan) - rising))
    )
    state = {"model": model, "optimizer": optimizer, "decay": decay}
    first, spent = _resume(state, scratch)
    start = time.monotonic()
    for step in range(first, len(plan)):
        ids, mask, segments, targets = (t.to(device) for t in collate([examples[n] for n in plan[step]], pad))
        with torch.autocast(device, dtype=torch.bfloat16):
            logits = model(ids, mask, segments)
        value = loss(logits.float(), targets, mask)
        value.backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        decay.step()
        optimizer.zero_grad(set_to_none=True)
        seconds = spent + time.monotonic() - start
        if step % _TELL_EVERY == 0:
            print(f"step {step}/{len(plan)} loss {value.item():.3f} {seconds:.0f} s", flush=True)
        if step % _SAVE_EVERY == _SAVE_EVERY - 1:
            _save(state, scratch, step + 1, seconds)
    (scratch / _CHECKPOINT).unlink(missing_ok=True)
    return spent + time.monotonic() - start


def batches(examples: Sequence[Example], schedule: Schedule, epoch: int) -> list[list[int]]:
    """Row numbers in batches of like length, in an order that depends on seed and epoch alone."""
    chance = random.Random(schedule.seed * 1000 + epoch)
    # The noise keeps neighbours from being the same in every epoch.
    rows = sorted(range(len(examples)), key=lambda n: len(examples[n].ids) * chance.uniform(0.9, 1.1))
    found: list[list[int]] = [[]]
    for row in rows:
        widest = max((len(examples[n].ids) for n in [*found[-1], row]), default=0)
        if found[-1] and widest * (len(found[-1]) + 1) > schedule.pieces:
            found.append([])
        found[-1].append(row)
    chance.shuffle(found)
    return found


def collate(rows: Sequence[Example], pad: float) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """Ids, mask, segments of shape (rows, longest) and targets of shape (rows, longest target), filled with `pad`."""
    width, length = max(len(r.ids) for r in rows), max(len(r.target) for r in rows)
    ids, mask, segments = (torch.zeros((len(rows), width), dtype=torch.int64) for _ in range(3))
    targets = torch.full((len(rows), length), float(pad))
    for n, row in enumerate(rows):
        ids[n, : len(row.ids)] = torch.tensor(row.ids)
        mask[n, : len(row.ids)] = 1
        segments[n, : len(row.ids)] = torch.tensor(row.segments)
        targets[n, : len(row.target)] = torch.tensor(row.target)
    return ids, mask, segments, targets


@torch.inference_mode()  # type: ignore[untyped-decorator]
def predict(model: HeadedEncoder, examples: Sequence[Example], pieces: int = 4096) -> list[torch.Tensor]:
    """Logits of each example, float32: (outputs,) or (length, outputs)."""
    device = next(model.parameters()).device
    model.eval()
    found: list[Any] = [None] * len(examples)
    for rows in batches(examples, Schedule(1, pieces), 0):
        ids, mask, segments, _ = (t.to(device) for t in collate([examples[n] for n in rows], 0))
        with torch.autocast(device.type, dtype=torch.bfloat16):
            logits = model(ids, mask, segments).float().cpu()
        for n, row in zip(rows, logits, strict=True):
            found[n] = row if model.spec.pooled else row[: len(examples[n].ids)]
    return found


def _save(state: dict[str, Any], scratch: Path, step: int, seconds: float) -> None:
    scratch.mkdir(parents=True, exist_ok=True)
    content = {name: thing.state_dict() for name, thing in state.items()}
    # Written beside and renamed, so that a kill never leaves half a checkpoint.
    torch.save(content | {"step": step, "seconds": seconds, "random": torch.get_rng_state()}, scratch / "new.pt")
    (scratch / "new.pt").replace(scratch / _CHECKPOINT)


def _resume(state: dict[str, Any], scratch: Path) -> tuple[int, float]:
    path = scratch / _CHECKPOINT
    if not path.is_file():
        return 0, 0.0
    content = torch.load(path, weights_only=True)
    for name, thing in state.items():
        thing.load_state_dict(content[name])
    torch.set_rng_state(content["random"])
    print(f"Going on from step {content['step']} in {path}.", flush=True)
    return int(content["step"]), float(content["seconds"])
