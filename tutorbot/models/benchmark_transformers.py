"""Decoding speed of `transformers.generate`, greedy, on a GGUF file's weights.

`python -m tutorbot.models.benchmark_transformers FOLDER GGUF_FILE PROMPT NEW_TOKENS DTYPE THREADS RUNS`
prints one JSON object.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any


def measure(
    folder: str, gguf_file: str, prompt: str, new_tokens: int, dtype: str, threads: int, runs: int
) -> dict[str, Any]:
    """Best of `runs` generations after one that does not count, as `benchmark.decode_speed` measures the others."""
    import torch
    import transformers

    torch.set_num_threads(threads)
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder, gguf_file=gguf_file)
    model = transformers.AutoModelForCausalLM.from_pretrained(
        folder, gguf_file=gguf_file, dtype=getattr(torch, dtype)
    ).eval()
    messages = [{"role": "user", "content": prompt}]
    inputs = tokenizer.apply_chat_template(messages, add_generation_prompt=True, return_tensors="pt", return_dict=True)
    speeds = [_speed(model, inputs, new_tokens) for _ in range(runs + 1)]
    return {
        "tokens_per_second": max(speeds[1:]),
        "dtype": dtype,
        "threads": threads,
        "torch": str(torch.__version__),
        "transformers": transformers.__version__,
    }


def _speed(model: Any, inputs: Any, new_tokens: int) -> float:
    import torch
    from transformers import StoppingCriteriaList

    times: list[float] = []

    def note_time(input_ids: torch.Tensor, scores: Any, **_: Any) -> torch.Tensor:
        times.append(time.perf_counter())
        return torch.zeros(input_ids.shape[0], dtype=torch.bool)

    with torch.inference_mode():
        model.generate(
            **inputs, max_new_tokens=new_tokens, do_sample=False, stopping_criteria=StoppingCriteriaList([note_time])
        )
    return (len(times) - 1) / (times[-1] - times[0])


if __name__ == "__main__":
    _folder, _file, _prompt, _new_tokens, _dtype, _threads, _runs = sys.argv[1:]
    print(json.dumps(measure(_folder, _file, _prompt, int(_new_tokens), _dtype, int(_threads), int(_runs))))
