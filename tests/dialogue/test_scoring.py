"""Scoring: the shipped head over an encoder, and what is said of a head that cannot be used."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from fakes import WordEncoder

from tutorbot.dialogue.scoring import BUCKETS, HEAD_FILE, SHIPPED, HeadScorer, features, width
from tutorbot.errors import WeightsError
from tutorbot.training.intent_head import save


class Widened(WordEncoder):
    """The fake encoder at the width that the shipped head was trained for."""

    dimension = 384


def test_probabilities_of_the_shipped_head() -> None:
    scores = HeadScorer(Widened()).score("quiz me on attention")
    assert len(scores) == 31
    assert sum(scores.values()) == pytest.approx(1.0, abs=1e-5)


def test_features_see_the_message_whole_and_masked() -> None:
    encoder = WordEncoder()
    one, other = features(encoder, ['fix "he go home"', 'fix "she are late"'])
    d = encoder.dimension
    assert one.shape == (width(d),)
    assert not np.allclose(one[:d], other[:d])
    assert np.allclose(one[d : 2 * d + BUCKETS], other[d : 2 * d + BUCKETS])


def test_only_the_beginning_of_a_long_message_is_scored() -> None:
    scorer = HeadScorer(Widened())
    assert scorer.score("summary " * 400) == scorer.score("summary " * 10_000)


def test_a_missing_head_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"head\.npz cannot be read .* train it"):
        HeadScorer(WordEncoder(), tmp_path)


def test_a_damaged_head_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / HEAD_FILE).write_bytes((SHIPPED / HEAD_FILE).read_bytes()[:5_000])
    with pytest.raises(WeightsError, match="cannot be read"):
        HeadScorer(WordEncoder(), tmp_path)


def test_a_head_for_another_encoder_is_refused(tmp_path: Path) -> None:
    save(tmp_path, np.zeros((2, 10), np.float32), np.zeros(2, np.float32), ["question", "quiz"])
    with pytest.raises(WeightsError, match="another width"):
        HeadScorer(WordEncoder(), tmp_path)
