"""Reads a YAML file of the course; every mistake is a CurriculumError that names file and line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from tutorbot.errors import CurriculumError

# The C loader reads the whole course in a tenth of the time; PyYAML may be built without it.
FAST_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_yaml(path: Path, loader: Any = FAST_LOADER) -> Any:
    """What the file holds.

    Raises:
        CurriculumError: it cannot be read, is not UTF-8 or is not YAML.
    """
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    except (OSError, UnicodeDecodeError) as error:
        raise CurriculumError(f"{path}:1 cannot be read ({error}).", "Check the file; save it as UTF-8.") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise CurriculumError(
            f"{path}:{line} is not YAML: {getattr(error, 'problem', error)}.", "Mend this line."
        ) from error
