"""Translation in chat's terms: which direction, what is said about it, what is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fakes import WordEncoder

from tutorbot.errors import InputError
from tutorbot.messages import Table
from tutorbot.models.translator import LocalTranslator
from tutorbot.ports import Translation, Translator
from tutorbot.tasks import translate
from tutorbot.tasks.task import Result, perform
from tutorbot.tasks.tools import Tools


class Dictionary:
    """Says which way it was asked to go, sentence by sentence."""

    pairs = (("en", "pt"), ("pt", "en"))

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, str, str]] = []

    def translate(self, text: str, source: str, target: str, model: str = "") -> Translation:
        self.asked.append((text, source, target, model))
        pairs = tuple((part, f"{target}:{part}") for part in text.split(". "))
        return Translation(f"{target}:{text}", model or "dictionary", "MIT", ("It is small.",), pairs)


def never(model: str, target: str, local: bool) -> Callable[[str], str]:
    raise AssertionError("no model may be opened")


def translated(translator: Translator, **given: Any) -> Result:
    absent: Any = None
    tools = Tools(
        encoder=WordEncoder(),
        heads={},
        writer=None,
        translator=translator,
        specimen=absent,
        course=absent,
        retriever=absent,
    )
    return perform(translate.TASK, given, tools)


@pytest.mark.parametrize(
    ("given", "source", "target"),
    [
        ({"text": "The weather is fine today."}, "en", "pt"),
        ({"text": "O tempo está bom hoje."}, "pt", "en"),
        ({"text": "The weather is fine.", "target": "Brazilian Portuguese"}, "en", "pt"),
        ({"text": "Il fait beau.", "target": "french", "source": "en"}, "en", "fr"),
        ({"text": "Das Wetter ist gut.", "target": "eng"}, "de", "en"),
        ({"text": "gato", "source": "pt-BR"}, "pt", "en"),
    ],
)
def test_the_direction_is_told_or_guessed(given: dict[str, str], source: str, target: str) -> None:
    translator = Dictionary()
    result = translated(translator, **given)
    assert translator.asked[0] == (given["text"], source, target, "")
    assert dict(result.values) == {"text": f"{target}:{given['text']}", "source": source, "target": target}
    assert result.notes == ("It is small.",)


def test_a_guess_is_explained_by_the_words_that_gave_it_away() -> None:
    result = translated(Dictionary(), text="O tempo está bom. O gato dorme.")
    first, second, last = translate.explain(result)
    assert first == 'I took the text for Portuguese, because of "o", "está", "bom".'
    assert "(2 of them)" in second and "decoder writes English" in second
    assert "check names, numbers and idioms" in last
    assert translate.render(result).endswith("(Portuguese to English)")
    assert translate.parts(result) == (
        Table(
            "Sentence by sentence",
            ("Portuguese", "English"),
            (("O tempo está bom", "en:O tempo está bom"), ("O gato dorme.", "en:O gato dorme.")),
        ),
    )


def test_a_language_that_was_named_is_not_explained_as_a_guess() -> None:
    result = translated(Dictionary(), text="gato", source="Portuguese")
    assert not any("I took the text" in step for step in translate.explain(result))
    assert translate.parts(result) == ()


def test_a_text_in_the_target_language_stays_as_it_is_without_a_model() -> None:
    translator = Dictionary()
    result = translated(translator, text="The weather is fine.", target="English")
    assert translator.asked == []
    assert (result.values["text"], result.model.name) == ("The weather is fine.", "no model")
    assert "in English already" in result.notes[0]
    assert translate.explain(result)[-1] == "Source and target are the same, so no model ran."
    assert translate.parts(result) == ()


def test_another_model_can_be_named() -> None:
    result = translated(Dictionary(), text="It rains.", target="fr", model="Helsinki-NLP/opus-mt-en-fr")
    assert result.model.name == "Helsinki-NLP/opus-mt-en-fr"


def test_a_long_text_is_shown_by_its_first_eight_sentences() -> None:
    result = translated(Dictionary(), text=". ".join(["It rains"] * 20), source="en")
    (table,) = translate.parts(result)
    assert isinstance(table, Table) and len(table.rows) == 8
    result = translated(Dictionary(), text="It rains. " * 1_000, source="en")
    assert "the limit is 4,000" in result.notes[0]


@pytest.mark.parametrize("text", ["", "  \n", None])
def test_without_a_text_it_asks_for_one(text: str | None) -> None:
    with pytest.raises(InputError, match="translate needs `text`"):
        translated(Dictionary(), text=text)


def test_a_language_that_is_none_is_named_in_the_error() -> None:
    with pytest.raises(InputError, match="no language called `Klingonese`") as caught:
        translated(Dictionary(), text="The weather is fine.", target="Klingonese")
    assert "Portuguese or pt" in caught.value.fix


def test_a_pair_without_a_model_names_the_pairs_there_are() -> None:
    with pytest.raises(InputError, match=r"English \(en\) to Portuguese \(pt\), Portuguese"):
        translated(LocalTranslator(never, lambda model: False), text="It is late.", target="Japanese")
