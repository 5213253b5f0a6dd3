"""What appears on a terminal. A small terminal stands in for the real one: it knows colours and nothing else."""

import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from repl_talk import ATTENTION, DONE
from rich.cells import cell_len

from tutorbot.messages import Card, Choice, Choices, Citation, Part, Picture, Progress, Table, Text
from tutorbot.repl.plain import PlainScreen
from tutorbot.repl.render import RichScreen
from tutorbot.repl.screen import Screen

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
WILD = st.text(st.one_of(st.characters(), st.sampled_from("\x1b[]0;m\x07\x9b\u202e\ud800\r\n\t`*_<>[]()#|-+!$\\ &ab1.")))


def drawn(*parts: Part, width: int = 80, keep_colours: bool = False) -> str:
    out = io.StringIO()
    screen = RichScreen(out, width)
    _show(screen, parts)
    text = out.getvalue() if keep_colours else COLOUR.sub("", out.getvalue())
    return "\n".join(line.rstrip() for line in text.split("\n"))


def written(*parts: Part) -> str:
    out = io.StringIO()
    _show(PlainScreen(out), parts)
    return out.getvalue()


def _show(screen: Screen, parts: tuple[Part, ...]) -> None:
    first = 1
    for part in parts:
        screen.show(part, first)
        first += len(part.options) if isinstance(part, Choices) else 0
    screen.finish()


def test_an_answer_with_its_source_and_suggestions() -> None:
    assert drawn(*ATTENTION) == (
        "Attention mixes values. The weights add up to one. [1]\n\n"
        "[1] Self-attention > How it works\n"
        '    "Attention mixes values. The weights add up to one."\n\n'
        "  1 Simpler   2 Example\n\n"
    )


def test_a_sentence_is_shown_when_it_arrives_and_stays() -> None:
    out = io.StringIO()
    screen = RichScreen(out, 30)
    before = ""
    for sentence in ("Each token makes a query.", "It meets **all the keys** of the sequence.", "Softmax gives `weights`."):
        screen.show(Text(sentence))
        assert out.getvalue().startswith(before), "nothing that was shown is taken back"
        assert sentence.split()[-1].strip("*`.") in out.getvalue().removeprefix(before)
        before = out.getvalue()
    screen.finish()
    assert COLOUR.sub("", out.getvalue()) == (
        "Each token makes a query. It\nmeets all the keys of the\nsequence. Softmax gives\nweights.\n\n"
    )
    assert "\x1b[1mall" in out.getvalue()


def test_a_mark_stands_where_the_source_changes() -> None:
    shown = drawn(Text("One.", 1, (1,)), Text("Two.", 1, (1,)), Text("Three.", 1, (2, 3)), Text("Mine."))
    assert shown == "One. Two. [1] Three. [2][3] Mine.\n\n"


def test_markup_that_only_now_closes_leaves_what_was_shown() -> None:
    shown = drawn(Text("A *star"), Text("that closes* here."))
    assert shown == "A *star\nthat closes* here.\n\n"


def test_sources_wait_for_the_end_of_the_text() -> None:
    source = Citation(1, "t", "Topic", "Section", "")
    assert drawn(Text("One.", 1, (1,)), source, Text("Two.", 1, (1,))) == "One. Two. [1]\n\n[1] Topic > Section\n\n"


def test_list_items_stand_close_together() -> None:
    items = [Text(t, ends_paragraph=True) for t in ("Three kinds:", "- one", "- two", "After.")]
    assert drawn(*items) == "Three kinds:\n\n • one\n • two\n\nAfter.\n\n"
    assert written(*items) == "Three kinds:\n\n- one\n- two\n\nAfter.\n\n"


def test_code_that_arrives_in_pieces_is_one_block() -> None:
    pieces = [Text(t, ends_paragraph=True) for t in ("```python", "a = [1, 2]", "print(a)", "```", "Done.")]
    assert written(*pieces) == "```python\na = [1, 2]\nprint(a)\n```\n\nDone.\n\n"
    assert [line.strip() for line in drawn(*pieces).split("\n")] == ["a = [1, 2]", "print(a)", "", "Done.", "", ""]


def test_a_table_a_card_and_a_picture() -> None:
    parts = (
        Table("Topics", ("Topic", "Asked"), (("Dropout", "3"), ("BERT", "12"))),
        Card("A card", "Some **text**."),
        Picture(b"", "A heat map\nof attention"),
    )
    assert drawn(*parts) == (
        "Topics\n Topic     Asked\n─────────────────\n Dropout   3\n BERT      12\n\n"
        "A card\nSome text.\n\n[picture: A heat map of attention]\n\n"
    )
    assert written(*parts) == (
        "Topics\nTopic    Asked\n-------  -----\nDropout  3\nBERT     12\n\n"
        "A card\nSome **text**.\n\n[picture: A heat map of attention]\n\n"
    )


def test_html_and_rich_markup_are_only_text() -> None:
    assert drawn(Text("The <s> token and [bold red]this[/] and :smile: stay.")) == (
        "The <s> token and [bold red]this[/] and :smile: stay.\n\n"
    )
    assert drawn(Text("<script>x</script>", ends_paragraph=True)) == "<script>x</script>\n\n"


def test_a_link_shows_where_it_leads() -> None:
    assert "example.org" in drawn(Text("See [the paper](https://example.org/paper)."))


def test_waiting_is_erased_by_what_comes() -> None:
    out = io.StringIO()
    screen = RichScreen(out, 80)
    screen.wait("thinking ...")
    screen.show(Progress("Training", 3, 10))
    screen.show(Text("Here."))
    screen.wait("a paragraph is open: nothing is shown")
    screen.finish()
    *waits, last = out.getvalue().split("\r\x1b[2K")
    assert [w[2:] for w in waits] == ["", "thinking ...", "Training 3/10"]
    assert last == "Here.\n\n"
    assert written(Progress("Training", 3, 10), Text("Here.")) == "Here.\n\n"


def test_colours_follow_no_color(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b[36m" in drawn(*ATTENTION, keep_colours=True)
    monkeypatch.setenv("NO_COLOR", "1")
    assert not re.search(r"\x1b\[[0-9;]*3\d", drawn(*ATTENTION, keep_colours=True))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(WILD, st.booleans(), st.sets(st.integers(1, 3))), max_size=4), st.integers(20, 100))
def test_wild_text_controls_nothing_and_keeps_to_the_width(texts: list[tuple[str, bool, set[int]]], width: int) -> None:
    parts = [Text(t, None, tuple(sorted(c)), e) for t, e, c in texts]
    shown = drawn(*parts, width=width)
    _is_harmless(shown)
    _is_harmless(written(*parts))
    assert all(cell_len(line) <= width for line in shown.split("\n"))


@settings(max_examples=60, deadline=None)
@given(WILD, WILD)
def test_wild_words_in_every_part_control_nothing(one: str, two: str) -> None:
    parts = (
        Card(one, two),
        Table(one, (one, two), ((two, one),)),
        Picture(b"", one),
        Citation(1, one, two, one, two),
        Choices(two, (Choice(one, two), Choice(two, one))),
        Progress(one, 1, 2),
        DONE,
    )
    _is_harmless(drawn(*parts).replace("\r\x1b[2K", ""))
    _is_harmless(written(*parts))


def _is_harmless(shown: str) -> None:
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text("ab *_`.", min_size=1, max_size=12), min_size=1, max_size=8), st.integers(20, 60))
def test_every_word_of_every_sentence_is_shown(sentences: list[str], width: int) -> None:
    plain = [s for s in ("".join(c for c in s if c in "ab .") for s in sentences) if s.strip()]
    shown = drawn(*(Text(s) for s in plain), width=width)
    assert "".join(shown.split()) == "".join("".join(plain).split())
