from __future__ import annotations

import json

import pytest
from glass_fakes import SmallSpecimen, tools

from tutorbot.errors import InputError, ModelError
from tutorbot.ports import Tokens
from tutorbot.tasks.task import Result, perform
from tutorbot.tasks.token_story import story
from tutorbot.tasks.tokenize import TASK


def run(text: str, specimen: SmallSpecimen | None = None, **more: object) -> Result:
    return perform(TASK, {"text": text, **more}, tools(specimen))


def names(result: Result) -> list[str]:
    return [entry["name"] for entry in result.values["tokenizers"]]


def test_both_tokenizers_side_by_side() -> None:
    result = run("snowboarding rocks")
    first, second = result.values["tokenizers"]
    assert first == {
        "name": "wordpiece",
        "pieces": ["snow", "##boar", "##ding", "rock", "##s"],
        "ids": [0, 1, 2, 3, 4],
        "count": 5,
        "characters_per_token": 3.6,
    }
    assert (second["name"], second["pieces"], second["count"]) == ("bpe", ["snowboarding", "Ġrocks"], 2)
    said = TASK.render(result)
    assert "**WordPiece**: 5 tokens" in said and "`snow | ##boar | ##ding | rock | ##s`" in said
    assert json.loads(json.dumps(result.values)) == result.values
    assert TASK.outcome(result) == "5"


@pytest.mark.parametrize("asked", ["bert", "BERT tokenizer", "bert-base-uncased", "WordPiece", "word piece"])
def test_the_encoder_reads_as_bert_does(asked: str) -> None:
    result = run("hi", tokenizer=asked)
    assert (names(result), result.notes) == (["wordpiece"], ())


@pytest.mark.parametrize("asked", ["gpt", "GPT-2", "gpt2 tokenizer", "tiktoken", "gpt-4"])
def test_other_byte_level_vocabularies_are_shown_by_the_writers(asked: str) -> None:
    result = run("hi", tokenizer=asked)
    assert names(result) == ["bpe"]
    assert asked in result.notes[0] and "works the same way" in result.notes[0]


def test_a_cased_vocabulary_is_another_one() -> None:
    assert "does not carry" in run("hi", tokenizer="bert-base-cased").notes[0]


def test_an_unknown_tokenizer_gets_those_that_there_are() -> None:
    result = run("hi", tokenizer="sentencepiece")
    assert names(result) == ["wordpiece", "bpe"]
    assert result.notes == ("The tutor has no tokenizer `sentencepiece`; these are the ones that it has.",)


def test_without_the_embedded_writer_one_tokenizer_is_left() -> None:
    silent = SmallSpecimen(writes=False)
    result = run("hi there", silent)
    assert names(result) == ["wordpiece"]
    assert "TUTORBOT_WRITER=openvino" in result.notes[0]
    with pytest.raises(ModelError):
        run("hi", silent, tokenizer="bpe")


def test_costs_only_at_a_price_that_was_given() -> None:
    result = run("snowboarding rocks", price_per_million=200_000)
    assert [entry["cost"] for entry in result.values["tokenizers"]] == [1.0, 0.4]
    assert "0.4 at the price you gave" in TASK.render(result)
    assert "cost" not in run("hi").values["tokenizers"][0]
    with pytest.raises(InputError, match="price_per_million"):
        run("hi", price_per_million=-1)


def test_the_story_is_about_this_text() -> None:
    told = " ".join(TASK.explain(run("Snowboarding in São 🎉 in 2024")))
    assert '"Snowboarding" is no single piece, so it became snow + ##boar + ##ding' in told
    assert '"São" to "sao"' in told
    assert '"🎉" cannot be put together' in told
    assert '"Ġin" and "in" are two different tokens' in told
    assert "Digits are kept apart" in told


def test_a_text_of_small_letters_loses_nothing() -> None:
    told = " ".join(TASK.explain(run("all is well")))
    assert "uncased" not in told and "[UNK]" not in told


def test_an_emoji_without_a_token_of_its_own() -> None:
    torn = Tokens("bpe", ("a", "Ġ<0xF0><0x9F>", "<0x8E>", "<0x89>"), (1, 2, 3, 4), ((0, 1), (1, 3), (2, 3), (2, 3)))
    assert any('"🎉" has 4 bytes in UTF-8' in s and "it took 3 tokens" in s for s in story("a 🎉", [torn]))


@pytest.mark.parametrize(
    "text", ["a" * 10_000, "<b>x</b> `code`", "def f():\n\treturn 1", "日本語 عربي", "\ud800", "🎉" * 500]
)
def test_strange_texts(text: str) -> None:
    result = run(text)
    assert TASK.render(result)
    assert TASK.explain(result)
    assert len(TASK.render(result)) < 3_000
    assert all(len(row) == 2 for table in TASK.parts(result) for row in table.rows)  # type: ignore[union-attr]


class Wordless(SmallSpecimen):
    """The real WordPiece drops characters that take no room."""

    def tokenize(self, text: str, tokenizer: str) -> Tokens:
        return Tokens(tokenizer, (), (), ())


def test_a_text_without_any_token_is_said_to_have_none() -> None:
    result = run("\u200b", Wordless(writes=False))
    assert TASK.render(result) == "- **WordPiece**: 0 tokens"
    assert "nothing in this text" in TASK.explain(result)[0]
    assert TASK.parts(result) == ()
    with pytest.raises(InputError, match="text"):
        run("   ")
