from __future__ import annotations

from pathlib import Path

import pytest
from small_models import settings_in

from tutorbot.models.checks import check_models
from tutorbot.settings import Settings


def test_before_setup_everything_is_missing_and_setup_is_named(tmp_path: Path) -> None:
    checks = {check.name: check for check in check_models(settings_in(tmp_path))}
    missing = ["weights all-MiniLM-L6-v2", "prepared encoder", "weights SmolLM2-135M-Instruct", "prepared writer"]
    assert [name for name, check in checks.items() if not check.ok] == missing
    assert all("tutorbot setup" in checks[name].fix for name in missing)


def test_a_server_that_is_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    check = check_models(settings_in(tmp_path, "http://127.0.0.1:9/v1#m"))[-1]
    assert not check.ok
    assert "127.0.0.1:9 cannot be reached" in check.detail


@pytest.mark.parametrize("writer", ["none", "hf:microsoft/DialoGPT-small"])
def test_other_writers_need_no_embedded_one(tmp_path: Path, writer: str) -> None:
    checks = check_models(settings_in(tmp_path, writer))
    assert [check.name for check in checks] == ["weights all-MiniLM-L6-v2", "prepared encoder", "writer"]
    assert checks[-1].ok


@pytest.mark.slow
def test_on_real_weights_all_is_well(real: Settings) -> None:
    assert [check for check in check_models(real) if not check.ok] == []
