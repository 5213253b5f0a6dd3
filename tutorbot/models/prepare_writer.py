"""Makes the writer's OpenVINO model: `python -m tutorbot.models.prepare_writer SOURCE TARGET THREADS`.

OpenVINO GenAI reads the GGUF file itself and saves the model and the tokenizer that it builds from it beside the file.
Loading those, with a compiled model in the cache, takes half as long as reading the GGUF file.
"""

from __future__ import annotations

import os
import shutil
import sys
import warnings
from pathlib import Path

from tutorbot.models.openvino_writer import OpenVinoWriter
from tutorbot.models.telemetry import forbid_telemetry
from tutorbot.ports import Turn, WritingJob


def prepare(source: Path, target: Path, threads: int) -> None:
    """Turn the one GGUF file in `source` into `target`, and compile it for this machine's processor."""
    forbid_telemetry()
    import openvino_genai

    target.mkdir(parents=True, exist_ok=True)
    weights = _borrow(next(source.glob("*.gguf")), target)
    with warnings.catch_warnings():
        # Only this spelling passes the option on.
        warnings.simplefilter("ignore", DeprecationWarning)
        openvino_genai.Tokenizer(weights, {"enable_save_ov_model": True})
    openvino_genai.ContinuousBatchingPipeline(
        weights, openvino_genai.SchedulerConfig(), "CPU", {"enable_save_ov_model": True}
    )
    weights.unlink()
    writer = OpenVinoWriter(target, threads, weights.stem)
    list(writer.write(WritingJob((Turn("user", "Ready?"),), max_new_tokens=2)))
    writer.close()


def _borrow(weights: Path, target: Path) -> Path:
    """The weights under a name in `target`, without copying them where the file system can do that."""
    borrowed = target / weights.name
    try:
        os.link(weights, borrowed)
    except OSError:
        # No hard links on this file system; a real lack of space shows itself in the copy.
        shutil.copyfile(weights, borrowed)
    return borrowed


if __name__ == "__main__":
    prepare(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
