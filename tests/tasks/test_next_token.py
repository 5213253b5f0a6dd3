from __future__ import annotations

import json

import numpy as np
import pytest
from glass_fakes import SmallSpecimen, column, tools

from tutorbot.errors import InputError, ModelError
from tutorbot.messages import Table
from tutorbot.tasks.next_token import TASK, Settings, entropy, sampled
from tutorbot.tasks.task import Result, perform

LOGITS = np.log(np.array([0.5, 0.25, 0.15, 0.1], dtype=np.float32))


def run(text: str, specimen: SmallSpecimen | None = None, **more: object) -> Result:
    return perform(TASK, {"text": text, **more}, tools(specimen))


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (Settings(1, 0, 1), [0.5, 0.25, 0.15, 0.1]),
        (Settings(0, 0, 1), [1, 0, 0, 0]),
        (Settings(1, 2, 1), [0.667, 0.333, 0, 0]),
        (Settings(1, 0, 0.7), [0.667, 0.333, 0, 0]),
        (Settings(1, 0, 0.5), [1, 0, 0, 0]),
        (Settings(1, 0, 0.01), [1, 0, 0, 0]),
        (Settings(0.5, 0, 1), [0.725, 0.181, 0.065, 0.029]),
        (Settings(0.5, 0, 0.8), [0.8, 0.2, 0, 0]),
        (Settings(1e-6, 0, 1), [1, 0, 0, 0]),
        (Settings(1, 1000, 1), [0.5, 0.25, 0.15, 0.1]),
    ],
)
def test_temperature_then_top_k_then_top_p(settings: Settings, expected: list[float]) -> None:
    assert column(sampled(LOGITS, settings)) == expected


def test_it_draws_as_transformers_does() -> None:
    import torch
    from transformers import TemperatureLogitsWarper, TopKLogitsWarper, TopPLogitsWarper

    logits = np.random.default_rng(0).normal(0, 3, 200).astype(np.float32)
    for settings in (Settings(0.7, 20, 0.9), Settings(1.5, 0, 0.95), Settings(1.0, 5, 1.0)):
        scores = TemperatureLogitsWarper(settings.temperature)(None, torch.tensor(logits)[None])
        scores = TopKLogitsWarper(settings.top_k)(None, scores) if settings.top_k else scores
        scores = TopPLogitsWarper(settings.top_p)(None, scores)
        assert sampled(logits, settings) == pytest.approx(scores.softmax(-1)[0].numpy(), abs=1e-5)


def test_entropy_in_bits() -> None:
    assert entropy(np.full(8, 1 / 8, dtype=np.float32)) == 3.0
    assert entropy(np.array([1, 0], dtype=np.float32)) == 0.0


def test_the_most_likely_tokens_with_both_probabilities() -> None:
    result = run("The capital of France is", temperature=0.5, top_p=0.9)
    first = result.values["tokens"][0]
    assert first == {"text": " Paris", "id": 0, "probability": 0.82464, "sampled": 1.0}
    assert (result.values["at"], result.values["of"]) == (5, 5)
    assert result.confidence == first["probability"]
    assert TASK.render(result).startswith('After "The capital of France is" comes most likely **" Paris"** (82 %)')
    (table,) = TASK.parts(result)
    assert isinstance(table, Table)
    assert table.header == ("Token", "Id", "Probability", "With temperature 0.5, top-p 0.9")
    assert table.rows[0] == ('" Paris"', "0", "82 %", "100 %")
    assert [row[0] for row in table.rows[2::2]] == ['"\\n"', '"\'"']
    assert json.loads(json.dumps(result.values)) == result.values
    assert TASK.outcome(result) == "paris"


def test_what_happened_is_told_with_its_numbers() -> None:
    told = " ".join(TASK.explain(run("The capital of France is", temperature=0.5, top_p=0.99)))
    assert "read as 5 tokens" in told and "each of the 6 tokens of its vocabulary" in told
    assert '" Paris" got 82 %, 7.4 times as much as " located" with 11 %' in told
    assert "Temperature 0.5 divides every logit by 0.5, so the distribution is sharper." in told
    assert "Then top-p 0.99 keeps 2 tokens" in told
    assert "Temperature 0 is greedy" in " ".join(TASK.explain(run("x", temperature=0)))
    assert "exactly these probabilities" in " ".join(TASK.explain(run("x")))
    assert "flatter" in " ".join(TASK.explain(run("x", temperature=2)))


def test_any_point_of_a_text() -> None:
    specimen = SmallSpecimen()
    result = run("Here is the rest", specimen, at=2)
    assert specimen.read == [("Here is the rest", 2)]
    assert result.values["actual"] == {"text": " the", "id": 3, "probability": 0.0151, "sampled": 0.0151, "rank": 4}
    assert 'After "Here is" ' in TASK.render(result)
    assert 'The text goes on with " the": 2 %, guess 4.' in TASK.render(result)
    assert '" the" follows, guess 4; it is worth 6.0 bits of surprise' in " ".join(TASK.explain(result))


def test_a_point_behind_the_end_is_the_end() -> None:
    result = run("Here is", at=50)
    assert result.values["at"] == 2
    assert "has 2 tokens" in result.notes[0]
    with pytest.raises(InputError, match="`at` should be a number from 1"):
        run("Here is", at=0)


def test_a_blank_at_the_end_is_pointed_out() -> None:
    assert "belongs to the next word" in run("The sky is ").notes[0]


def test_of_a_long_text_the_end_is_read() -> None:
    notes = run("one two three " * 700).notes
    assert any("limit is 8,000" in note for note in notes)
    assert any("last 512 tokens" in note for note in notes)


def test_without_a_writer() -> None:
    with pytest.raises(ModelError):
        run("hi", SmallSpecimen(writes=False))


@pytest.mark.parametrize("text", ["a" * 10_000, "<b>`x`</b>", "日本語", "\ud800", "🎉", "\x00x"])
@pytest.mark.parametrize("temperature", [0, 0.01, 1, 5])
def test_strange_texts(text: str, temperature: float) -> None:
    result = run(text, temperature=temperature, top_p=0.5, top_k=3)
    assert TASK.render(result) and TASK.explain(result) and TASK.parts(result)
    assert sum(token["sampled"] for token in result.values["tokens"]) == pytest.approx(1, abs=1e-3)


def test_a_model_that_is_certain() -> None:
    result = run("x", SmallSpecimen(logits=(500.0, -500.0, -500.0, -500.0, -500.0, -500.0)), temperature=0.3)
    assert result.values["entropy_bits"] == 0.0
    assert "over 100 times" in " ".join(TASK.explain(result))
