"""Real architectures with random weights: small enough to make in a test, and the code that runs them is the real one."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from tutorbot.errors import ModelError
from tutorbot.models.transformers_writer import TransformersWriter
from tutorbot.ports import Turn, WritingJob

WORDS = "<eos> <pad> <unk> hello what is attention ? it the model good you are a tutor then".split()
TALK = (Turn("system", "you are a tutor"), Turn("user", "hello"), Turn("assistant", "good"), Turn("user", "what is it ?"))


@pytest.fixture(autouse=True, scope="module")
def offline() -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HF_HUB_OFFLINE", "1")
        yield


def seeded() -> None:
    # With these weights and seed 0 no kind of model begins by ending.
    import torch

    torch.manual_seed(0)


def save_tokenizer(folder: Path, template: str | None = None) -> None:
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    backend = Tokenizer(models.WordLevel({word: n for n, word in enumerate(WORDS)}, unk_token="<unk>"))
    backend.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=backend, eos_token="<eos>", pad_token="<pad>", unk_token="<unk>")
    tokenizer.chat_template = template
    tokenizer.save_pretrained(folder)


@pytest.fixture(scope="module")
def gpt2(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from transformers import GPT2Config, GPT2LMHeadModel

    seeded()
    folder = tmp_path_factory.mktemp("gpt2")
    config = GPT2Config(
        vocab_size=len(WORDS), n_positions=64, n_embd=16, n_layer=2, n_head=2, bos_token_id=0, eos_token_id=0
    )
    GPT2LMHeadModel(config).save_pretrained(folder)
    save_tokenizer(folder)
    return folder


@pytest.fixture(scope="module")
def t5(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from transformers import T5Config, T5ForConditionalGeneration

    seeded()
    folder = tmp_path_factory.mktemp("t5")
    config = T5Config(
        vocab_size=len(WORDS), d_model=16, d_kv=8, d_ff=32, num_layers=2, num_heads=2, decoder_start_token_id=1,
        pad_token_id=1, eos_token_id=0,
    )  # fmt: skip
    T5ForConditionalGeneration(config).save_pretrained(folder)
    save_tokenizer(folder)
    return folder


@pytest.fixture(scope="module")
def chat(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from transformers import LlamaConfig, LlamaForCausalLM

    seeded()
    folder = tmp_path_factory.mktemp("chat")
    config = LlamaConfig(
        vocab_size=len(WORDS), hidden_size=16, intermediate_size=32, num_hidden_layers=2, num_attention_heads=2,
        max_position_embeddings=64, bos_token_id=0, eos_token_id=0,
    )  # fmt: skip
    LlamaForCausalLM(config).save_pretrained(folder)
    save_tokenizer(folder, "{% for m in messages %}{{ m['role'] + ' ' + m['content'] + ' then ' }}{% endfor %}")
    return folder


@pytest.mark.parametrize("kind", ["gpt2", "t5", "chat"])
def test_each_kind_of_model_writes(kind: str, request: pytest.FixtureRequest) -> None:
    writer = TransformersWriter(str(request.getfixturevalue(kind)), 1)
    job = WritingJob(TALK, max_new_tokens=12, temperature=5.0, seed=0)
    pieces = list(writer.write(job))
    assert pieces
    assert set("".join(pieces).split()) <= set(WORDS)
    assert list(writer.write(job)) == pieces


def test_without_a_template_turns_are_joined_by_the_end_of_text(gpt2: Path) -> None:
    writer = TransformersWriter(str(gpt2), 1)
    ids = writer._get().inputs(WritingJob(TALK[1:3]))["input_ids"]
    assert writer._get().tokenizer.decode(ids[0]) == "hello <eos> good <eos>"


def test_with_a_template_the_template_is_used(chat: Path) -> None:
    writer = TransformersWriter(str(chat), 1)
    ids = writer._get().inputs(WritingJob(TALK[1:2]))["input_ids"]
    assert writer._get().tokenizer.decode(ids[0]) == "<unk> hello then"


def test_an_encoder_decoder_gets_the_turns_as_one_text(t5: Path) -> None:
    writer = TransformersWriter(str(t5), 1)
    ids = writer._get().inputs(WritingJob(TALK[1:3]))["input_ids"]
    assert writer._get().tokenizer.decode(ids[0]) == "hello good"


def test_a_prompt_longer_than_the_context_loses_its_beginning(gpt2: Path) -> None:
    writer = TransformersWriter(str(gpt2), 1)
    job = WritingJob((Turn("user", "hello " * 500), Turn("user", "what is attention ?")), max_new_tokens=10)
    assert writer._get().inputs(job)["input_ids"].shape == (1, 54)
    list(writer.write(job))


def test_closing_stops_the_thread(gpt2: Path) -> None:
    # The embedded writer of another test may still have its own thread.
    before = set(threading.enumerate())
    writer = TransformersWriter(str(gpt2), 1)
    pieces = writer.write(WritingJob(TALK, max_new_tokens=40, temperature=5.0))
    next(pieces)
    assert any(thread.name == "writer" for thread in set(threading.enumerate()) - before)
    pieces.close()
    assert not [thread for thread in set(threading.enumerate()) - before if thread.name == "writer"]
    assert list(writer.write(WritingJob(TALK, max_new_tokens=10, temperature=5.0)))


def test_many_threads_take_turns(gpt2: Path) -> None:
    writer, written = TransformersWriter(str(gpt2), 1), []
    job = WritingJob(TALK, max_new_tokens=8, temperature=5.0, seed=0)
    threads = [threading.Thread(target=lambda: written.append("".join(writer.write(job)))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(written) == 6
    assert len(set(written)) == 1


def test_a_reader_who_dawdles_keeps_nobody_waiting(gpt2: Path) -> None:
    writer = TransformersWriter(str(gpt2), 1)
    dawdler = writer.write(WritingJob(TALK, max_new_tokens=12, temperature=5.0))
    first = next(dawdler)
    whole = "".join(writer.write(WritingJob(TALK, max_new_tokens=12, temperature=5.0)))
    assert first + "".join(dawdler) == whole


def test_a_failing_model_is_reported(gpt2: Path) -> None:
    writer = TransformersWriter(str(gpt2), 1)
    with pytest.raises(ModelError, match="failed"):
        list(writer.write(WritingJob(TALK, max_new_tokens=-1)))


def test_a_model_that_is_not_there(tmp_path: Path) -> None:
    writer = TransformersWriter("nobody/no-such-model", 1)
    with pytest.raises(ModelError) as caught:
        writer.warm_up()
    assert "nobody/no-such-model" in caught.value.what
    assert "TUTORBOT_WRITER=openvino" in caught.value.fix


def test_a_folder_that_holds_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be loaded"):
        TransformersWriter(str(tmp_path), 1).warm_up()


def test_a_model_that_does_not_write(tmp_path: Path) -> None:
    from transformers import ViTConfig

    ViTConfig(hidden_size=16, num_hidden_layers=1, num_attention_heads=2).save_pretrained(tmp_path)
    save_tokenizer(tmp_path)
    with pytest.raises(ModelError, match="cannot be loaded"):
        TransformersWriter(str(tmp_path), 1).warm_up()
