"""The tutor's translator: embedded models for its own pairs, models of the Hugging Face hub for any other."""

from __future__ import annotations

import threading
from collections.abc import Callable

from tutorbot.errors import InputError
from tutorbot.models import bergamot, marian
from tutorbot.models.translation_layout import Engine, translate_text
from tutorbot.ports import Translation
from tutorbot.tasks.languages import language_name

USUAL = "Helsinki-NLP/opus-mt-{source}-{target}"
_MOST_LOADED = 2
Load = Callable[[str, str, bool], Engine]
"""(model, target language, only what is on this machine) -> engine."""


class LocalTranslator:
    """Implements `Translator` (see `tutorbot.ports`). Models load when they are first used.

    Args:
        load: opens a model of the hub.
        is_here: whether a model of the hub is on this machine.
    """

    def __init__(self, load: Load = marian.MarianEngine, is_here: Callable[[str], bool] = marian.is_here) -> None:
        self._embedded = {pair: bergamot.BergamotEngine(*pair) for pair in bergamot.PAIRS}
        self._load, self._is_here = load, is_here
        self._lock = threading.Lock()
        self._loaded: dict[tuple[str, str], Engine] = {}

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Pairs (source, target) that work without a download."""
        return tuple(self._embedded)

    def translate(self, text: str, source: str, target: str, model: str = "") -> Translation:
        """The text in the target language.

        Raises:
            InputError: this pair needs a model that is not here; the message names the pairs.
            ModelError: the model cannot run.
        """
        if not model and (source, target) in self._embedded:
            name, licence = bergamot.NAME.format(source=source, target=target), bergamot.LICENCE
            engine: Engine = self._embedded[source, target]
        else:
            name, licence = self._chosen(source, target, model), marian.LICENCE
            engine = self._opened(name, target, local=not model)
        whole, run = translate_text(text, engine)
        return Translation(whole, name, licence, tuple(run.notes), tuple(run.pairs))

    def _chosen(self, source: str, target: str, model: str) -> str:
        """The model that was asked for, or the usual one of the pair where it is on this machine."""
        usual = USUAL.format(source=source, target=target)
        if model or self._is_here(usual):
            return model or usual
        pairs = ", ".join(f"{_named(a)} to {_named(b)}" for a, b in self.pairs)
        raise InputError(
            f"There is no model here that translates from {_named(source)} to {_named(target)}; "
            f"what works at once is {pairs}.",
            f"To download one (about 300 MB), run `tutorbot demo translate --source {source} --target {target} "
            f'--model {usual} "your text"` once; from then on it works by itself.',
        )

    def _opened(self, model: str, target: str, local: bool) -> Engine:
        with self._lock:
            key = (model, target)
            if key not in self._loaded:
                while len(self._loaded) >= _MOST_LOADED:
                    del self._loaded[next(iter(self._loaded))]
                self._loaded[key] = self._load(model, target, local)
            return self._loaded[key]


def _named(code: str) -> str:
    """ "Portuguese (pt)"."""
    return f"{language_name(code)} ({code})"
