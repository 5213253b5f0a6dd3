"""The tutor's translator: which model does which pair, what is refused, and two real engines, one of them made here."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any, NoReturn

import pytest

from tutorbot.errors import InputError, ModelError
from tutorbot.models import bergamot
from tutorbot.models.marian import MarianEngine, is_here
from tutorbot.models.translator import LocalTranslator

USUAL = "Helsinki-NLP/opus-mt-en-fr"
SIZES = (("layers", 1), ("attention_heads", 1), ("ffn_dim", 4))
WORDS = ("<pad>", "</s>", "<unk>", ">>pt<<", ">>pt_br<<", ">>fr<<", "the", "cat", "olá", "gato")


class Hub:
    """Opens models that shout their language, and remembers which were asked for."""

    def __init__(self, *here: str) -> None:
        self.here = here
        self.opened: list[tuple[str, str, bool]] = []

    def load(self, model: str, target: str, local: bool) -> Callable[[str], str]:
        self.opened.append((model, target, local))
        return lambda sentence: f"{target.upper()} {sentence}"

    def is_here(self, model: str) -> bool:
        return model in self.here

    @property
    def translator(self) -> LocalTranslator:
        return LocalTranslator(self.load, self.is_here)


def test_a_pair_without_a_model_names_the_pairs_and_the_command() -> None:
    hub = Hub()
    with pytest.raises(InputError, match=r"from English \(en\) to French \(fr\)") as caught:
        hub.translator.translate("It rains.", "en", "fr")
    assert "English (en) to Portuguese (pt), Portuguese (pt) to English (en)" in caught.value.what
    assert f"tutorbot demo translate --source en --target fr --model {USUAL}" in caught.value.fix
    assert hub.opened == []


def test_the_usual_model_of_a_pair_works_once_it_is_here() -> None:
    hub = Hub(USUAL)
    done = hub.translator.translate("It rains. We stay.", "en", "fr")
    assert done.text == "FR It rains. FR We stay."
    assert done.pairs == (("It rains.", "FR It rains."), ("We stay.", "FR We stay."))
    assert (done.model, done.licence, done.notes) == (USUAL, "as its own model card says", ())
    assert hub.opened == [(USUAL, "fr", True)]


def test_a_model_that_is_named_may_be_downloaded_also_where_one_is_embedded() -> None:
    hub = Hub()
    done = hub.translator.translate("It rains.", "en", "pt", "somebody/en-pt")
    assert (done.text, done.model) == ("PT It rains.", "somebody/en-pt")
    assert hub.opened == [("somebody/en-pt", "pt", False)]


def test_the_last_two_models_stay_open() -> None:
    hub = Hub()
    translator = hub.translator
    for model in ("a", "b", "a", "c", "b"):
        translator.translate("It rains.", "en", "fr", model)
    assert [model for model, _, _ in hub.opened] == ["a", "b", "c"]
    translator.translate("It rains.", "en", "fr", "a")
    assert [model for model, _, _ in hub.opened] == ["a", "b", "c", "a"]


def test_a_model_of_many_languages_is_opened_once_for_each() -> None:
    hub = Hub()
    translator = hub.translator
    assert translator.translate("It rains.", "en", "fr", "many").text == "FR It rains."
    assert translator.translate("It rains.", "en", "de", "many").text == "DE It rains."
    assert len(hub.opened) == 2


def test_the_notes_on_a_text_come_with_it() -> None:
    translator = LocalTranslator(lambda *_: lambda sentence: "nada", lambda _: True)
    assert "Check the numbers: 42" in translator.translate("It costs 42 euros.", "en", "fr").notes[0]


def test_the_embedded_engine_is_not_loaded_before_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[str] = []

    class Engine:
        def translate(self, sentence: str) -> str:
            return f"<{sentence}>"

    def load(direction: str) -> Engine:
        loaded.append(direction)
        return Engine()

    monkeypatch.setattr(bergamot, "_load", load)
    translator = Hub().translator
    assert translator.pairs == (("en", "pt"), ("pt", "en")) and loaded == []
    for _ in range(2):
        done = translator.translate("It rains.", "en", "pt")
    assert (done.text, done.model, done.licence) == ("<It rains.>", "Bergamot tiny en-pt", "MPL-2.0")
    assert loaded == ["en-pt"]


def test_an_embedded_engine_that_stops_says_so_kindly(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def translate(self, sentence: str) -> str:
            raise RuntimeError("out of memory")

    monkeypatch.setattr(bergamot, "_load", lambda direction: Broken())
    with pytest.raises(ModelError, match="out of memory") as caught:
        Hub().translator.translate("It rains.", "pt", "en")
    assert "tutorbot doctor" in caught.value.fix


@pytest.fixture(scope="module")
def small_marian(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real Marian model of 2,500 parameters with a vocabulary of ten words; whatever it reads, it says "olá".

    Its tokenizer is one of words: Marian's own needs sentencepiece, which is not among the requirements.
    """
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import MarianConfig, MarianMTModel, PreTrainedTokenizerFast
    from transformers.utils import logging

    logging.disable_progress_bar()
    folder = tmp_path_factory.mktemp("marian")
    vocabulary = Tokenizer(models.WordLevel({word: n for n, word in enumerate(WORDS)}, unk_token="<unk>"))
    vocabulary.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    marks = {"unk_token": "<unk>", "pad_token": "<pad>", "eos_token": "</s>"}
    PreTrainedTokenizerFast(tokenizer_object=vocabulary, **marks).save_pretrained(folder)
    sizes = {f"{side}_{what}": n for side in ("encoder", "decoder") for what, n in SIZES}
    ends = {
        "pad_token_id": 0,
        "eos_token_id": 1,
        "forced_eos_token_id": 1,
        "decoder_start_token_id": 0,
        "bos_token_id": None,
    }
    torch.manual_seed(7)
    model = MarianMTModel(MarianConfig(vocab_size=len(WORDS), d_model=4, max_position_embeddings=260, **sizes, **ends))
    model.final_logits_bias[0, WORDS.index("olá")] = 50
    model.save_pretrained(folder)
    return folder


def test_a_real_marian_model_reads_and_writes(small_marian: Path) -> None:
    engine = MarianEngine(str(small_marian), "fr", local=True)
    said = engine("the cat").split()
    # Two words and the mark of the language make three tokens in; at most 3 x 3 + 10 come out, the last of them the end.
    assert set(said) == {"olá"} and len(said) == 18
    assert engine("the cat").split() == said
    assert len(engine("the " * 2_000).split()) < 256


def test_a_model_of_many_languages_is_told_which_to_write(small_marian: Path) -> None:
    assert MarianEngine(str(small_marian), "pt", local=True)._prefix == ">>pt<< "
    assert MarianEngine(str(small_marian), "fr", local=True)._prefix == ">>fr<< "
    assert MarianEngine(str(small_marian), "de", local=True)._prefix == ""


def test_what_a_model_makes_nothing_of_comes_back_with_a_note(small_marian: Path) -> None:
    assert is_here(str(small_marian))
    done = LocalTranslator().translate("the cat", "en", "fr", str(small_marian))
    assert done.text == "the cat" and 'could make nothing of "the cat"' in done.notes[0]


def test_a_tokenizer_that_needs_sentencepiece_says_how_to_get_it(
    small_marian: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import transformers

    def needs(*_: Any, **__: Any) -> NoReturn:
        raise ImportError("MarianTokenizer requires the SentencePiece library but it was not found in your environment.")

    monkeypatch.setattr(transformers.AutoTokenizer, "from_pretrained", needs)
    with pytest.raises(ModelError, match="needs sentencepiece") as caught:
        MarianEngine(str(small_marian), "fr", local=True)
    assert "pip install sentencepiece" in caught.value.fix


@pytest.mark.parametrize("name", ["no/such/model/at/all", "", "../x", "a b", "nobody/no-model-of-this-name"])
def test_what_is_no_model_is_refused_without_the_network(name: str) -> None:
    assert not is_here("nobody/no-model-of-this-name")
    with pytest.raises(ModelError) as caught:
        MarianEngine(name, "fr", local=True)
    assert caught.value.fix


def test_a_model_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "bert"}), encoding="utf-8")
    with pytest.raises(ModelError, match="cannot be loaded") as caught:
        MarianEngine(str(tmp_path), "fr", local=True)
    assert "sequence-to-sequence" in caught.value.fix


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> NoReturn:
        raise AssertionError("a socket was opened")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)


@pytest.mark.slow
def test_the_embedded_engine_translates_both_ways_without_network(no_network: None) -> None:
    translator = LocalTranslator()
    there = translator.translate("The kitchen is closed tonight.", "en", "pt")
    assert "cozinha" in there.text.lower() and "fechada" in there.text and there.notes == ()
    assert (there.model, there.licence) == ("Bergamot tiny en-pt", "MPL-2.0")
    back = translator.translate(there.text, "pt", "en")
    assert {"kitchen", "closed"} <= set(back.text.lower().split())


@pytest.mark.slow
def test_the_embedded_engine_keeps_code_and_numbers(no_network: None) -> None:
    text = "- Call `fit(x)` 20 times.\n- See https://example.org for more."
    done = LocalTranslator().translate(text, "en", "pt")
    assert all(kept in done.text for kept in ("`fit(x)`", "20", "https://example.org"))
    assert [line[:2] for line in done.text.split("\n")] == ["- ", "- "]


@pytest.mark.slow
def test_the_embedded_engine_serves_many_at_once() -> None:
    translator, said = LocalTranslator(), []
    jobs = [Thread(target=lambda: said.append(translator.translate("The cat sleeps.", "en", "pt").text)) for _ in range(8)]
    for job in jobs:
        job.start()
    for job in jobs:
        job.join(60)
    assert len(said) == 8 and len(set(said)) == 1
