"""Settings: where they come from, and what is said of a wrong one."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from tutorbot.errors import SettingsError
from tutorbot.settings import Settings, load_settings


def load(folder: Path, environment: dict[str, str] | None = None, **chosen: str) -> Settings:
    return load_settings(environment or {}, folder, **chosen)


def test_defaults_are_a_sqlite_file_in_the_users_folder(tmp_path: Path) -> None:
    settings = load(tmp_path, {"TUTORBOT_DATA_DIR": str(tmp_path)})
    assert settings.database_url == f"sqlite:///{tmp_path / 'tutorbot.db'}"
    assert settings.writer == "openvino"
    assert (settings.knowledge / "path.yaml").is_file()


def test_command_line_wins_over_environment_over_file(tmp_path: Path) -> None:
    (tmp_path / "tutorbot.toml").write_text('writer = "none"\nthreads = 3\nlearner = "file"\n')
    settings = load(tmp_path, {"TUTORBOT_WRITER": "hf:gpt2", "TUTORBOT_LEARNER": "environment"}, learner="chosen")
    assert (settings.writer, settings.threads, settings.learner) == ("hf:gpt2", 3, "chosen")


def test_secrets_are_never_shown(tmp_path: Path) -> None:
    environment = {
        "TUTORBOT_DISCORD_TOKEN": "sesame",
        "TUTORBOT_WRITER_KEY": "sk-1",
        "TUTORBOT_DATABASE_URL": "postgresql+psycopg://me:hush@host/db",
    }
    shown = str(load(tmp_path, environment).public())
    assert not any(secret in shown for secret in ("sesame", "sk-1", "hush"))
    assert "postgresql+psycopg://me:***@host/db" in shown


def test_settings_cannot_be_changed(tmp_path: Path) -> None:
    with pytest.raises(FrozenInstanceError):
        load(tmp_path).writer = "none"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"TUTORBOT_WRITER": "gpt5"}, "hf:ID_OR_FOLDER"),
        ({"TUTORBOT_THREADS": "many"}, "whole number"),
        ({"TUTORBOT_DATABASE_URL": "my.db"}, "sqlite:///"),
        ({"TUTORBOT_CONFIG": "/nowhere/x.toml"}, "not a file"),
    ],
)
def test_a_wrong_value_is_told_with_what_to_write(tmp_path: Path, environment: dict[str, str], told: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, environment)
    assert told in str(caught.value)


@pytest.mark.parametrize(("content", "told"), [("writer = ", "is not TOML"), ("colour = 1", "unknown setting `colour`")])
def test_a_mistake_in_the_file_is_told(tmp_path: Path, content: str, told: str) -> None:
    (tmp_path / "tutorbot.toml").write_text(content)
    with pytest.raises(SettingsError) as caught:
        load(tmp_path)
    assert told in str(caught.value)
