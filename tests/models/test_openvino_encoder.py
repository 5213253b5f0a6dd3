from __future__ import annotations

import threading
import time
from pathlib import Path

import numpy as np
import pytest

from tutorbot.errors import WeightsError
from tutorbot.models.openvino_encoder import OpenVinoEncoder, batches, padded, unit
from tutorbot.models.runtimes import encoder_folder, load_encoder
from tutorbot.ports import Encoder
from tutorbot.settings import Settings

TEXTS = [
    "Why do transformers need positional encodings?",
    "",
    "   ",
    "Self-attention lets every token look at every other token.",
    "word " * 600,
    "Olá, você pode explicar embeddings? 日本語 🎉",
    "x" * 5000,
    "lone \ud800 surrogate",
]


def test_batches_hold_every_row_once_and_stay_small() -> None:
    lengths = [256, 3, 256, 17, 40] * 20
    groups = list(batches(lengths))
    assert sorted(row for group in groups for row in group) == list(range(100))
    assert max(len(group) * max(lengths[row] for row in group) for group in groups) <= 4096
    assert len(groups) < 8


def test_no_texts_make_no_batches() -> None:
    assert list(batches([])) == []


def test_padding() -> None:
    ids, mask = padded([[5, 6], [7, 8, 9]])
    assert ids.tolist() == [[5, 6, 0], [7, 8, 9]]
    assert mask.tolist() == [[1, 1, 0], [1, 1, 1]]


def test_unit_leaves_zeros_alone() -> None:
    assert unit(np.array([[3.0, 4.0], [0.0, 0.0]], dtype=np.float32)).tolist() == [
        pytest.approx([0.6, 0.8]),
        [0.0, 0.0],
    ]


def test_a_folder_without_a_model(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"tokenizer\.json is missing") as caught:
        OpenVinoEncoder(tmp_path, 0)
    assert "tutorbot setup" in caught.value.fix


@pytest.fixture(scope="module")
def encoder(real: Settings) -> Encoder:
    return load_encoder(real)


@pytest.mark.slow
def test_equals_what_sentence_transformers_computes(encoder: Encoder, real: Settings) -> None:
    import torch
    from transformers import AutoModel, AutoTokenizer

    # What sentence-transformers does for this model: cut at 256 pieces, mean over the mask, length one.
    tokenizer, model = AutoTokenizer.from_pretrained(encoder_folder(real)), AutoModel.from_pretrained(encoder_folder(real))
    texts = [text for text in TEXTS if "\ud800" not in text]
    inputs = tokenizer(texts, padding=True, truncation=True, max_length=256, return_tensors="pt")
    with torch.inference_mode():
        states = model(**inputs).last_hidden_state
    mask = inputs["attention_mask"].unsqueeze(-1)
    expected = unit(((states * mask).sum(1) / mask.sum(1)).numpy())
    assert (encoder.encode(texts) * expected).sum(axis=1).min() > 0.999


@pytest.mark.slow
def test_vectors_do_not_depend_on_the_company_they_are_in(encoder: Encoder) -> None:
    together = encoder.encode(TEXTS)
    alone = np.concatenate([encoder.encode([text]) for text in TEXTS])
    assert together.shape == (len(TEXTS), encoder.dimension)
    assert (together * alone).sum(axis=1).min() > 0.9999
    assert np.linalg.norm(together, axis=1) == pytest.approx(1.0, abs=1e-4)
    assert encoder.encode([]).shape == (0, 384)


@pytest.mark.slow
def test_pieces_of_words(encoder: Encoder) -> None:
    first, empty, bank_of_river, bank_for_money = encoder.encode_pieces(
        ["Tokenization works.", "", "She sat on the bank of the river.", "She took money to the bank."]
    )
    assert first.pieces == ("token", "##ization", "works", ".")
    assert first.vectors.shape == (4, 384)
    assert np.linalg.norm(first.vectors, axis=1) == pytest.approx(1.0, abs=1e-4)
    assert (empty.pieces, empty.vectors.shape) == ((), (0, 384))
    likeness = (
        bank_of_river.vectors[bank_of_river.pieces.index("bank")]
        @ bank_for_money.vectors[bank_for_money.pieces.index("bank")]
    )
    assert 0.2 < likeness < 0.95


@pytest.mark.slow
def test_many_threads_get_their_own_vectors(encoder: Encoder) -> None:
    texts = [f"question number {n} " * (n + 1) for n in range(16)]
    expected, found = [encoder.encode([text])[0] for text in texts], {}
    threads = [threading.Thread(target=lambda t=t: found.update({t: encoder.encode([t])[0]})) for t in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for text, vector in zip(texts, expected, strict=True):
        assert found[text] @ vector == pytest.approx(1.0, abs=1e-4)


@pytest.mark.slow
def test_loads_quickly(real: Settings) -> None:
    start = time.perf_counter()
    load_encoder(real)
    assert time.perf_counter() - start < 1.0
