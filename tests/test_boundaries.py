"""Which way imports point. A new import in the wrong room fails here, by name."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "tutorbot"
HEAVY = {"discord", "prompt_toolkit", "sqlalchemy", "torch", "transformers", "openvino", "openvino_genai", "faiss", "rich"}
PURE = (
    "dialogue",
    "learner",
    "curriculum",
    "grading",
    "answering",
    "actions",
    "tasks",
    "reports",
    "messages.py",
    "ports.py",
    "errors.py",
    "tutor.py",
)
ADAPTERS = ("repl", "discord_bot", "batch")
BEHIND_THE_DOOR = {"answering", "actions", "retrieval", "storage", "models", "training", "evaluation", "bootstrap"}


def imports(path: Path) -> Iterator[str]:
    """Dotted names of everything the file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def files(*rooms: str) -> list[Path]:
    return [
        p for room in rooms for p in ([PACKAGE / room] if room.endswith(".py") else sorted((PACKAGE / room).rglob("*.py")))
    ]


def offences(rooms: tuple[str, ...], forbidden: set[str]) -> list[str]:
    return [
        f"{p.relative_to(ROOT)} imports {name}"
        for p in files(*rooms)
        for name in imports(p)
        if name.split(".")[0] in forbidden
    ]


def own(rooms: tuple[str, ...], forbidden: set[str]) -> list[str]:
    return [
        f"{p.relative_to(ROOT)} imports {name}"
        for p in files(*rooms)
        for name in imports(p)
        if name.startswith("tutorbot.") and name.split(".")[1] in forbidden
    ]


def test_pure_rooms_know_no_framework() -> None:
    assert offences(PURE, HEAVY) == []


def test_pure_rooms_know_no_adapter_and_no_implementation() -> None:
    assert own(PURE, {"repl", "discord_bot", "storage", "models", "training", "bootstrap", "commands", "evaluation"}) == []


def test_adapters_go_through_the_door() -> None:
    assert own(ADAPTERS, BEHIND_THE_DOOR) == []


def test_nothing_imports_training() -> None:
    rooms = tuple(p.name for p in PACKAGE.iterdir() if p.name != "training" and (p.is_dir() or p.suffix == ".py"))
    assert own(tuple(r for r in rooms if not r.startswith("__pycache__")), {"training"}) == []


def test_only_bootstrap_and_commands_name_the_store_and_the_models() -> None:
    rooms = (
        "dialogue",
        "learner",
        "curriculum",
        "answering",
        "actions",
        "tasks",
        "retrieval",
        "batch",
        "repl",
        "discord_bot",
        "tutor.py",
    )
    assert own(rooms, {"storage", "models"}) == []


@pytest.mark.parametrize(
    "module", ["tutorbot.cli", "tutorbot.settings", "tutorbot.tutor", "tutorbot.repl.app", "tutorbot.tasks.catalogue"]
)
def test_importing_a_door_loads_no_torch(module: str) -> None:
    code = f"import sys, {module}; print([m for m in ('torch', 'transformers', 'openvino', 'discord') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_a_torch_import_in_a_pure_room_would_be_seen(tmp_path: Path) -> None:
    offender = tmp_path / "offender.py"
    offender.write_text("def f():\n    import torch.nn\n    from transformers import pipeline\n")
    assert [n for n in imports(offender) if n.split(".")[0] in HEAVY] == [
        "torch.nn",
        "transformers",
        "transformers.pipeline",
    ]
