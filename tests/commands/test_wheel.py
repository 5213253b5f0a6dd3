"""The wheel carries everything: an installed tutorbot answers outside the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import tutorbot
from tutorbot.settings import bundled_folder

pytestmark = pytest.mark.slow
CHECKOUT = bundled_folder("alembic").parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-deps", "--wheel-dir", str(folder), str(CHECKOUT))
    (path,) = folder.glob("tutorbot-*.whl")
    return path


def pip(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "pip", "--quiet", *arguments], check=True, capture_output=True, timeout=300)


def test_the_wheel_carries_course_migrations_weights_and_words(wheel: Path) -> None:
    carried = set(zipfile.ZipFile(wheel).namelist())
    package = CHECKOUT / "tutorbot"
    for source, target in ((CHECKOUT / "knowledge", "_knowledge"), (CHECKOUT / "alembic", "_alembic"), (package, "")):
        files = [p.relative_to(source) for p in source.rglob("*") if p.is_file() and "__pycache__" not in p.parts]
        assert files
        missing = {str(Path("tutorbot", target, file)) for file in files} - carried
        assert not missing
    for name in ("weights/intent-head/head.npz", "dialogue/exemplars.yaml", "_knowledge/path.yaml", "_alembic/env.py"):
        assert f"tutorbot/{name}" in carried
    assert any(name.endswith("licenses/LICENSE") for name in carried)
    assert not any(name.startswith(("tests/", "knowledge/", "alembic/")) for name in carried)


def test_the_installed_program_answers_outside_the_checkout(
    wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    pip("install", "--no-deps", "--target", str(site), str(wheel))
    for name in [name for name in os.environ if name.startswith("TUTORBOT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PYTHONPATH", str(site))
    monkeypatch.setenv("TUTORBOT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)

    where = [sys.executable, "-c", "import tutorbot; print(tutorbot.__file__)"]
    assert Path(shown(*where).strip()).is_relative_to(site)
    assert shown(str(site / "bin" / "tutorbot"), "--version") == f"tutorbot {tutorbot.__version__}\n"
    answer = shown(sys.executable, "-m", "tutorbot", "ask", "what is dropout?")
    assert "[1]" in answer and "Dropout" in answer
    assert (tmp_path / "data" / "tutorbot.db").is_file()


def shown(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=300).stdout
