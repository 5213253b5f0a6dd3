import pytest

from tutorbot.repl.completion import offers

SUBJECTS = ("Dropout", "Self-attention", "Cross-attention", "Positional encodings", "The Transformer")


def complete(before: str, tab: bool = False) -> list[str]:
    return [before[: len(before) - o.replaces] + o.text for o in offers(before, SUBJECTS, tab)]


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("/si", ["/simpler"]),
        ("/M", ["/more", "/multi"]),
        ("/dem", ["/demo"]),
        ("/demo cla", ["/demo classify"]),
        ("/predict  Extr", ["/predict  extractive_qa"]),
        ("/topics dro", ["/topics Dropout"]),
        ("what is dro", ["what is Dropout"]),
        ("Explain the cross", ["Explain the Cross-attention"]),
        ("explain posit", ["explain Positional encodings"]),
        ("what is att", ["what is Self-attention", "what is Cross-attention"]),
        ("what is positional enc", ["what is Positional encodings"]),
        ("what is the difference between dropout and self", ["what is the difference between dropout and Self-attention"]),
        ("dro", []),
        ("what is ", []),
        ("what is xyz", []),
        ("", []),
    ],
)
def test_completions(typed: str, completed: list[str]) -> None:
    assert complete(typed) == completed


def test_tab_after_the_asking_words_offers_every_topic() -> None:
    assert complete("what is ", tab=True) == [f"what is {s}" for s in SUBJECTS]


def test_after_demo_every_mini_task_is_offered_with_its_purpose() -> None:
    found = list(offers("/demo ", (), False))
    assert {"classify", "ner", "attention"} <= {o.text for o in found}
    assert all(o.note and o.replaces == 0 for o in found)


def test_a_slash_offers_every_command_with_its_help() -> None:
    found = list(offers("/", (), False))
    assert {"/help", "/why", "/quit"} <= {o.text for o in found}
    assert all(o.note for o in found)


def test_a_very_long_line_is_searched_in_no_time() -> None:
    assert complete("what is " * 5_000 + "dro", tab=False)[0].endswith("Dropout")
