"""Translation models of the Hugging Face hub, by id, through transformers: Marian, as in Helsinki-NLP/opus-mt-en-fr.

Source: Junczys-Dowmunt et al. 2018, https://arxiv.org/abs/1804.00344; Tiedemann and Thottingal 2020 (OPUS-MT).
"""

from __future__ import annotations

import threading
import warnings
from pathlib import Path
from typing import Any

from tutorbot.errors import ModelError

LICENCE = "as its own model card says"
_LONG_CODES = {"de": "deu", "en": "eng", "es": "spa", "fr": "fra", "it": "ita", "pt": "por"}
_BEAMS = 2
_MOST_TOKENS = 256


class MarianEngine:
    """A sequence-to-sequence model. Loads when it is constructed; one sentence at a time.

    Args:
        model: an id of the hub, or a folder.
        target: language code, for models that write several languages.
        local: look only at what is on this machine.

    Raises:
        ModelError: the model is not there, cannot be downloaded, or is of another kind.
    """

    def __init__(self, model: str, target: str, local: bool) -> None:
        self._name = model
        self._tokenizer, self._model = _load(model, local)
        self._prefix = _prefix(self._tokenizer, target)
        places = getattr(self._model.config, "max_position_embeddings", None) or _MOST_TOKENS
        self._longest = min(_MOST_TOKENS, self._tokenizer.model_max_length, places)
        self._lock = threading.Lock()

    def __call__(self, sentence: str) -> str:
        """The sentence in the other language.

        Raises:
            ModelError: the model cannot run.
        """
        import torch

        with self._lock, torch.inference_mode():
            batch = self._tokenizer(
                [self._prefix + sentence], return_tensors="pt", truncation=True, max_length=self._longest
            )
            inputs = {name: batch[name] for name in ("input_ids", "attention_mask")}
            longest = min(self._longest - 1, 3 * inputs["input_ids"].shape[1] + 10)
            try:
                written = self._model.generate(**inputs, num_beams=_BEAMS, max_new_tokens=longest)
            except (RuntimeError, ValueError, IndexError) as error:
                raise ModelError(f"{self._name} cannot translate this: {error}.", "Name another model.") from error
        return str(self._tokenizer.decode(written[0], skip_special_tokens=True))


def is_here(model: str) -> bool:
    """Whether the model lies in the hub's cache on this machine, or is a folder."""
    from huggingface_hub import try_to_load_from_cache

    return Path(model).is_dir() or isinstance(try_to_load_from_cache(model, "config.json"), str)


def _load(model: str, local: bool) -> tuple[Any, Any]:
    from huggingface_hub.errors import HFValidationError
    from transformers import AutoModelForSeq2SeqLM, AutoTokenizer
    from transformers.utils import logging

    logging.disable_progress_bar()
    # It is recommended for punctuation from before Unicode, which learners hardly type.
    warnings.filterwarnings("ignore", message="Recommended: pip install sacremoses")
    try:
        tokenizer = AutoTokenizer.from_pretrained(model, local_files_only=local)
        network = AutoModelForSeq2SeqLM.from_pretrained(model, local_files_only=local)
    except HFValidationError as error:
        raise ModelError(f"`{model:.80}` is no id of a model.", "Ids look like Helsinki-NLP/opus-mt-en-fr.") from error
    except ImportError as error:
        raise _lacking(model, error) from error
    except (OSError, ValueError) as error:
        reason = next((line for line in str(error).splitlines() if line.strip()), "no reason given")[:200]
        raise ModelError(
            f"The translation model {model:.80} cannot be loaded: {reason}",
            "Check the id on huggingface.co and the network; only sequence-to-sequence models such as Marian can translate.",
        ) from error
    return tokenizer, network.eval()


def _lacking(model: str, error: ImportError) -> ModelError:
    if "sentencepiece" in str(error).lower():
        return ModelError(f"{model:.80} needs sentencepiece.", "Run `pip install sentencepiece`, then try again.")
    reason = next((line.strip() for line in str(error).splitlines() if line.strip()), "no reason given")[:200]
    return ModelError(f"{model:.80} needs a package that is not here: {reason}", "Install it with pip, then try again.")


def _prefix(tokenizer: Any, target: str) -> str:
    """The mark such as >>pt<< with which models of several languages are told what to write."""
    marks = [mark for mark in tokenizer.get_vocab() if mark.startswith(">>") and mark.endswith("<<")]
    names = (target, _LONG_CODES.get(target, target))
    fitting = sorted((m for m in marks if m.strip("<>").startswith(names)), key=len)
    return f"{fitting[0]} " if fitting else ""
