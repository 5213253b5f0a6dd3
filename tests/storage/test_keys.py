from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tutorbot.storage.keys import MAX_KEY, as_key

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=600)


@given(ANY_TEXT)
def test_a_key_can_be_stored_and_is_its_own_key(text: str) -> None:
    key = as_key(text)
    assert key.encode("utf-8") and "\0" not in key and len(key) <= MAX_KEY if text else key == ""
    assert as_key(key) == key


def test_an_ordinary_name_stays_as_it_is() -> None:
    assert as_key("fine-tuning/LoRA é 語 🙂") == "fine-tuning/LoRA é 語 🙂"


def test_what_text_columns_cannot_hold_is_written_out() -> None:
    assert as_key("a\udc80b\0c") == "a\\udc80b\\x00c"


def test_long_names_that_begin_alike_stay_two() -> None:
    assert as_key("x" * 300 + "1") != as_key("x" * 300 + "2")
