"""Settings: one frozen object, read from TUTORBOT_* variables over tutorbot.toml over defaults.

There is no module-level instance: whoever needs settings is given them.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

import platformdirs

from tutorbot.errors import SettingsError

PREFIX = "TUTORBOT_"
FILE_NAME = "tutorbot.toml"
_PACKAGE = Path(__file__).parent
# A password may hold any character, so everything up to the last @ goes; a query may hold one by name.
_PASSWORD = re.compile(r"(://[^/:@\s]*:)\S*@")
_SECRET_IN_QUERY = re.compile(r"([?&][^=&#\s]*(?:pass|pwd|key|token|secret)[^=&#\s]*=)[^&#\s]+", re.IGNORECASE)
_DATABASE_URL = re.compile(r"^[a-z][a-z0-9+_]*://")


@dataclass(frozen=True)
class Settings:
    """Everything that can be chosen.

    Attributes:
        database_url: any SQLAlchemy URL; learners' events are kept there.
        cache_dir: prepared weights and the passage index; can be deleted and made again.
        data_dir: what belongs to the user: the SQLite file, the prompt's history.
        knowledge: the folder of the course.
        writer: "openvino" (the embedded model), "hf:ID_OR_FOLDER" (transformers), "http(s)://HOST/v1#MODEL" (a server
            that speaks the OpenAI protocol) or "none" (answers only from the course's own words).
        big_writer: a second writer, as "hf:..." or "http(s)://...", whose output stands beside the first one's in the
            mini-tasks; "" for none.
        writer_key: key for a remote server.
        discord_token: the bot's token.
        threads: processor threads for the models, 0 for as many as there are.
        learner: name of the learner in the terminal.
    """

    database_url: str
    cache_dir: Path
    data_dir: Path
    knowledge: Path
    writer: str = "openvino"
    big_writer: str = ""
    writer_key: str = ""
    discord_token: str = ""
    threads: int = 0
    learner: str = ""

    def public(self) -> dict[str, str]:
        """The settings for showing: secrets only as "set" or "not set", passwords in URLs as ***."""
        shown = {f.name: str(getattr(self, f.name)) for f in fields(self)}
        for secret in ("writer_key", "discord_token"):
            shown[secret] = "set" if shown[secret] else "not set"
        for url in ("database_url", "writer", "big_writer"):
            shown[url] = _SECRET_IN_QUERY.sub(r"\1***", _PASSWORD.sub(r"\1***@", shown[url]))
        return shown


def load_settings(environment: Mapping[str, str] | None = None, folder: Path | None = None, **chosen: str) -> Settings:
    """Read the settings.

    Args:
        environment: variables, os.environ by default.
        folder: where tutorbot.toml is looked for first (then the user's configuration folder).
        chosen: values from the command line, which win over everything.

    Raises:
        SettingsError: an unknown name, a value that makes no sense, or a file that is not TOML.
    """
    environment = os.environ if environment is None else environment
    names = {f.name for f in fields(Settings)}
    values = _from_file(environment, folder or Path.cwd(), names)
    for variable, value in environment.items():
        if variable.startswith(PREFIX) and (name := variable.removeprefix(PREFIX).lower()) in names and value:
            values[name] = value
    values |= {name: value for name, value in chosen.items() if value}
    return _build(values)


def bundled_folder(name: str) -> Path:
    """`knowledge` or `alembic`: beside the package in a checkout, inside it once installed."""
    installed = _PACKAGE / f"_{name}"
    return installed if installed.is_dir() else _PACKAGE.parent / name


def _from_file(environment: Mapping[str, str], folder: Path, names: set[str]) -> dict[str, str]:
    named = environment.get(f"{PREFIX}CONFIG")
    places = [Path(named)] if named else [folder / FILE_NAME, platformdirs.user_config_path("tutorbot") / FILE_NAME]
    path = next((p for p in places if p.is_file()), None)
    if path is None:
        if named:
            raise SettingsError(f"TUTORBOT_CONFIG names {named}, which is not a file.", "Correct the path or unset it.")
        return {}
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not TOML: {error}.", "Mend that line, or move the file away.") from error
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}.", "Check its permissions.") from error
    if unknown := sorted(content.keys() - names):
        raise SettingsError(f"{path} has an unknown setting `{unknown[0]}`.", f"Known are: {', '.join(sorted(names))}.")
    return {name: str(value) for name, value in content.items()}


def _build(values: dict[str, str]) -> Settings:
    data_dir = _folder(values, "data_dir", platformdirs.user_data_path("tutorbot"))
    return Settings(
        database_url=_database_url(values.get("database_url") or f"sqlite:///{data_dir / 'tutorbot.db'}"),
        cache_dir=_folder(values, "cache_dir", platformdirs.user_cache_path("tutorbot")),
        data_dir=data_dir,
        knowledge=_folder(values, "knowledge", bundled_folder("knowledge")),
        writer=_writer(values.get("writer", "openvino")),
        big_writer=_writer(values["big_writer"], "big_writer") if values.get("big_writer") else "",
        writer_key=values.get("writer_key", ""),
        discord_token=values.get("discord_token", "").strip(),
        threads=_whole_number(values, "threads"),
        learner=values.get("learner", ""),
    )


def _folder(values: dict[str, str], name: str, default: Path) -> Path:
    return Path(values[name]).expanduser().resolve() if values.get(name) else default


def _whole_number(values: dict[str, str], name: str) -> int:
    text = values.get(name, "0")
    if not text.isdecimal():
        raise SettingsError(f"The setting {name} is `{text}`.", "Give a whole number, 0 for the default.")
    return int(text)


def _database_url(url: str) -> str:
    # Only the shape is checked here: loading SQLAlchemy would slow down every command that needs no store.
    if not _DATABASE_URL.match(url):
        raise SettingsError(
            "The setting database_url is not a database URL.",
            "Write it as sqlite:////folder/file.db or postgresql+psycopg://user:password@host/name.",
        )
    return url


def _writer(name: str, setting: str = "writer") -> str:
    if (
        name in ("openvino", "none")
        or (name.startswith("hf:") and len(name) > 3)
        or name.startswith(("http://", "https://"))
    ):
        return name
    raise SettingsError(
        f"The setting {setting} is `{name}`.",
        "Use openvino, hf:ID_OR_FOLDER, http://HOST/v1#MODEL or none.",
    )
