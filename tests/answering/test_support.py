"""What counts as supported."""

from __future__ import annotations

import pytest
from fakes import WordEncoder

from tutorbot.answering.support import SUPPORTED, SupportChecker, blind_spots

PASSAGE = "BERT-base has 12 layers and 110 million parameters. It was trained with masked language modelling by Google."


@pytest.fixture
def checker() -> SupportChecker:
    return SupportChecker(WordEncoder())


def test_the_passages_own_words_are_fully_supported(checker: SupportChecker) -> None:
    support = checker.check("BERT-base has 12 layers and 110 million parameters.", ["Something else.", PASSAGE])
    assert (support.score, support.passage) == (1.0, 1)


def test_another_order_of_the_same_facts_holds(checker: SupportChecker) -> None:
    assert checker.check("110 million parameters and 12 layers has BERT-base.", [PASSAGE]).holds


def test_words_gathered_from_several_sentences_do_not_hold(checker: SupportChecker) -> None:
    assert not checker.check("Masked language modelling has 12 layers.", [PASSAGE]).holds


@pytest.mark.parametrize(
    "sentence",
    [
        "BERT-base has 32 layers and 110 million parameters.",
        "BERT-base was not trained with masked language modelling.",
        "OpenAI trained BERT-base with masked language modelling for Napoleon.",
        "Bananas grow in warm countries near the equator.",
        "",
    ],
)
def test_a_wrong_number_a_negation_a_strange_name_and_another_subject_do_not_hold(
    checker: SupportChecker, sentence: str
) -> None:
    support = checker.check(sentence, [PASSAGE])
    assert not support.holds
    assert support.score < SUPPORTED


def test_blind_spots_are_left_out_where_there_are_none() -> None:
    assert blind_spots("BERT-base has 12 layers", PASSAGE) == 1.0
    assert blind_spots("it has 13 layers", PASSAGE) < 0.5


def test_a_passage_is_encoded_once(checker: SupportChecker) -> None:
    seen: list[str] = []

    class Counting(WordEncoder):
        def encode_pieces(self, texts):  # type: ignore[no-untyped-def]
            seen.extend(texts)
            return super().encode_pieces(texts)

    counting = SupportChecker(Counting())
    for sentence in ("It has many layers.", "It was trained by someone."):
        counting.check(sentence, [PASSAGE])
    assert seen.count("BERT-base has 12 layers and 110 million parameters.") == 1
