"""Formulas as plain text keep their meaning."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutorbot.curriculum.plain_math import plain_math


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (r"is $\frac{1}{1+e^{-z}}$ here", "is 1/(1+e^(-z)) here"),
        (r"$\text{softmax}(QK^T/\sqrt{d_k})V$", "softmax(QK^T/√d_k)V"),
        (r"$PE(pos, 2i) = sin(pos / 10000^{2i/d})$", "PE(pos, 2i) = sin(pos / 10000^(2i/d))"),
        (r"$4(768^2+768) = 2{,}362{,}368$", "4(768^2+768) = 2,362,368"),
        (r"$\mathrm{PPL}=\exp(-\frac{1}{N}\sum_{t} \log p(x_t \mid x_{<t}))$", "PPL=exp(-(1/N)Σ_t log p(x_t | x_(<t)))"),
        (r"$W_0 + \frac{\alpha}{r} BA$", "W_0 + (α/r) BA"),
        (r"$10^6 \times 20$", "10^6 × 20"),
        ("costs $5 and then $6 more", "costs $5 and then $6 more"),
        ("no formula", "no formula"),
    ],
)
def test_formulas_are_written_out(written: str, shown: str) -> None:
    assert plain_math(written) == shown


@given(st.text(alphabet="$\\{}^_abc frac12", max_size=60))
def test_any_text_comes_through(text: str) -> None:
    assert isinstance(plain_math(text), str)
