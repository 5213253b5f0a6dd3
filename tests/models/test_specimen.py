from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from small_models import settings_in

from tutorbot.errors import ModelError, WeightsError
from tutorbot.models.byte_pieces import character_offsets, readable
from tutorbot.models.layout import prepared_writer
from tutorbot.models.openvino_writer import OpenVinoWriter
from tutorbot.models.runtimes import encoder_folder, load_specimen, load_writer
from tutorbot.ports import Specimen, Turn, WritingJob
from tutorbot.settings import Settings

STRANGE = [
    "",
    "   ",
    "a" * 10_000,
    "<b>bold</b> <script>alert('x')</script>",
    "def f(x):\n\treturn x ** 2\r\n",
    "日本語 и русский, العربية",
    "🎉👩‍👩‍👧 party",
    "lone \ud800 surrogate",
    "<|im_end|> <|endoftext|> [SEP] [CLS]",
    "  two  blanks ",
]


def test_pieces_that_people_can_read() -> None:
    assert readable(b" world") == "Ġworld"
    assert readable(b"\n\t") == "Ċĉ"
    assert readable(" é".encode()) == "Ġé"
    assert readable(b"\xf0\x9f") == "<0xF0><0x9F>"
    assert readable(b" \xf0\x9f") == "Ġ<0xF0><0x9F>"


def test_offsets_count_characters_not_bytes() -> None:
    pieces = [b"na", "ï".encode(), b"ve ", b"\xf0\x9f", b"\x8e\x89"]
    assert character_offsets("naïve 🎉", pieces) == ((0, 2), (2, 3), (3, 6), (6, 7), (6, 7))
    assert character_offsets("", []) == ()
    with pytest.raises(ValueError, match="2 bytes"):
        character_offsets("abc", [b"ab"])


@pytest.mark.parametrize("writer", ["none", "hf:some/model"])
def test_without_the_embedded_writer_the_next_step_is_named(tmp_path: Path, writer: str) -> None:
    specimen = load_specimen(settings_in(tmp_path, writer))
    assert specimen.tokenizers == ("wordpiece",)
    for look in (lambda: specimen.next_tokens("x"), lambda: specimen.tokenize("x", "bpe"), lambda: specimen.token_text(1)):
        with pytest.raises(ModelError) as caught:
            look()
        assert "TUTORBOT_WRITER=openvino" in caught.value.fix


def test_before_set_up_the_step_is_named(tmp_path: Path) -> None:
    specimen = load_specimen(settings_in(tmp_path))
    with pytest.raises(WeightsError, match="tutorbot setup"):
        specimen.tokenize("x", "wordpiece")
    with pytest.raises(WeightsError, match="tutorbot setup"):
        specimen.tokenize("x", "bpe")


@pytest.fixture(scope="module")
def specimen(real: Settings) -> Specimen:
    return load_specimen(real)


@pytest.mark.slow
def test_word_pieces(specimen: Specimen) -> None:
    tokens = specimen.tokenize("Internationalization 🥧", "wordpiece")
    assert tokens.pieces == ("international", "##ization", "[UNK]")
    assert tokens.offsets == ((0, 13), (13, 20), (21, 22))


@pytest.mark.slow
@pytest.mark.parametrize("text", STRANGE)
def test_strange_texts_are_cut_without_a_gap(specimen: Specimen, text: str) -> None:
    for name in specimen.tokenizers:
        tokens = specimen.tokenize(text, name)
        assert len(tokens.pieces) == len(tokens.ids) == len(tokens.offsets)
        assert all(0 <= start < end <= len(text) for start, end in tokens.offsets)
    covered = {n for start, end in specimen.tokenize(text, "bpe").offsets for n in range(start, end)}
    assert covered == set(range(len(text)))


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_byte_level_tokens_are_those_of_the_published_vocabulary(specimen: Specimen, real: Settings) -> None:
    """The merges in the GGUF file, run by the tokenizers library, cut texts in the same places."""
    from gguf import GGUFReader
    from tokenizers import Tokenizer, models, pre_tokenizers

    from tutorbot.models.layout import source_folder
    from tutorbot.models.registry import WRITER

    fields = GGUFReader(str(next(source_folder(real, WRITER).glob("*.gguf")))).fields
    merges = [tuple(merge.split(" ")) for merge in fields["tokenizer.ggml.merges"].contents()]
    vocabulary = {piece: n for n, piece in enumerate(fields["tokenizer.ggml.tokens"].contents())}
    other = Tokenizer(models.BPE(vocab=vocabulary, merges=merges))
    other.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    for text in STRANGE:
        if "<|" not in text and "\ud800" not in text:
            assert list(specimen.tokenize(text, "bpe").ids) == other.encode(text).ids


@pytest.mark.slow
def test_the_most_likely_token_is_the_one_that_the_writer_writes(specimen: Specimen, real: Settings) -> None:
    writer = load_writer(real)
    assert isinstance(writer, OpenVinoWriter)
    agreed = 0
    questions = [
        "What is the capital of France?",
        "Name a colour.",
        "Say hello.",
        "What is two plus two?",
        "Why is the sky blue?",
    ]
    for question in questions:
        job = WritingJob((Turn("user", question),), max_new_tokens=1)
        logits = specimen.next_tokens(writer.prompt(job)).logits
        agreed += specimen.token_text(int(logits.argmax())) == "".join(writer.write(job))
    writer.close()
    assert agreed == len(questions)


@pytest.mark.slow
def test_scores_at_any_point_do_not_depend_on_what_was_asked_before(specimen: Specimen) -> None:
    text = "The capital of France is Paris"
    first = specimen.next_tokens("The capital of France is").logits
    specimen.next_tokens("Something else entirely.")
    again = specimen.next_tokens(text, at=5)
    assert again.tokens.pieces == ("The", "Ġcapital", "Ġof", "ĠFrance", "Ġis")
    assert again.logits == pytest.approx(first, abs=0.05)
    assert "Paris" in [specimen.token_text(int(n)).strip() for n in first.argsort()[-10:]]


@pytest.mark.slow
def test_a_long_text_is_read_from_its_end(specimen: Specimen) -> None:
    found = specimen.next_tokens("never mind this. " * 400 + "The end")
    assert len(found.tokens.ids) == 512
    assert found.tokens.pieces[-2:] == ("ĠThe", "Ġend")
    with pytest.raises(ModelError, match="no token"):
        specimen.next_tokens("")


@pytest.mark.slow
def test_attention_is_what_transformers_computes(specimen: Specimen, real: Settings) -> None:
    import torch
    from transformers import AutoTokenizer, BertModel

    text = "The cat sat on the mat because it was tired."
    maps = specimen.attention(text)
    inputs = AutoTokenizer.from_pretrained(encoder_folder(real))(text, return_tensors="pt")
    model = BertModel.from_pretrained(encoder_folder(real), attn_implementation="eager").eval()
    with torch.inference_mode():
        expected = torch.stack(model(**inputs, output_attentions=True).attentions)[:, 0].numpy()
    assert maps.pieces[0] == "[CLS]" and maps.pieces[-1] == "[SEP]"
    assert maps.weights.shape == expected.shape == (6, 12, 13, 13)
    assert maps.weights == pytest.approx(expected, abs=0.003)
    assert maps.weights.sum(axis=-1) == pytest.approx(np.ones((6, 12, 13)), abs=1e-4)


@pytest.mark.slow
@pytest.mark.parametrize("text", STRANGE)
def test_attention_of_strange_texts(specimen: Specimen, text: str) -> None:
    maps = specimen.attention(text * 40)
    assert maps.weights.shape[-1] == len(maps.pieces) <= 256
    assert np.isfinite(maps.weights).all()


@pytest.mark.slow
def test_many_threads_at_once(specimen: Specimen) -> None:
    texts = [f"number {n} of many " * (n + 1) for n in range(6)]
    expected = [specimen.next_tokens(text).logits.argmax() for text in texts]
    found: dict[str, int] = {}
    threads = [
        threading.Thread(target=lambda t=t: found.update({t: specimen.next_tokens(t).logits.argmax()})) for t in texts
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[text] for text in texts] == expected


@pytest.mark.slow
def test_the_writers_folder_is_left_as_it_is(specimen: Specimen, real: Settings) -> None:
    before = sorted(path.name for path in prepared_writer(real).rglob("*"))
    specimen.next_tokens("Hello")
    assert sorted(path.name for path in prepared_writer(real).rglob("*")) == before
