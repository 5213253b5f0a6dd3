from __future__ import annotations

import re
import subprocess
import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from tutorbot.discord_bot.escaping import ZERO_WIDTH, literal, markdown, plain
from tutorbot.discord_bot.limits import shorten, units
from tutorbot.discord_bot.rendering import Abilities, Page, echo, render
from tutorbot.discord_bot.splitting import split
from tutorbot.messages import Card, Choice, Choices, Citation, Part, Picture, Progress, Table, Text

PING = re.compile(r"@everyone|@here|<@[!&]?\d|<#\d", re.IGNORECASE)
TEXTS = st.text(alphabet=st.one_of(st.sampled_from("ab .\n`@<>#*[]()é😀字"), st.characters()), max_size=6_000) | st.lists(
    st.sampled_from(["@everyone", "<@1>", "<@&2>", "```", "```py\n", "word", ". ", "\n\n", "x" * 900])
).map("".join)


def essence(text: str) -> str:
    """What must not be lost: everything but blanks, backticks and zero-width spaces."""
    return re.sub(rf"[\s`{ZERO_WIDTH}]", "", text)


def holds(whole: str, part: str) -> bool:
    """All characters of `part` stand in `whole` in their order; what reopens a code block may stand between."""
    left = iter(whole)
    return all(character in left for character in part)


@given(TEXTS, st.integers(64, 2_000))
@settings(max_examples=200, deadline=None)
def test_any_text_is_split_within_the_limit_and_nothing_is_lost(text: str, limit: int) -> None:
    text = markdown(text)
    pieces = split(text, limit)

    assert all(0 < units(piece) <= limit for piece in pieces)
    assert all(piece.count("```") % 2 == 0 for piece in pieces)
    assert holds(essence("".join(pieces)), essence(text))
    assert "```" in text or essence("".join(pieces)) == essence(text)


@given(st.lists(TEXTS, min_size=1, max_size=4), TEXTS)
@settings(max_examples=100, deadline=None)
def test_any_reply_keeps_every_limit_and_pings_nobody(texts: list[str], other: str) -> None:
    parts: list[Part] = [Text(text, 1.0, (1,), ends_paragraph=True) for text in texts]
    parts += [Citation(1, "t", other, other, other), Card(other, other), Table(other, (other,), ((other,),))]
    parts += [Progress(other, 1, 2), Choices(other, tuple(Choice(text, text) for text in (other, *texts)))]
    for final in (True, False):
        for page in render(parts, echo(other, other), final):
            assert units(page.content) <= 2_000
            assert len(page.embeds) <= 10
            assert sum(units(e.title) + units(e.description) for e in page.embeds) <= 6_000
            assert all(units(e.title) <= 256 and units(e.description) <= 4_096 for e in page.embeds)
            assert len(page.buttons) <= 25
            assert all(units(b.label) <= 80 and units(f"say:{b.text}") <= 100 for b in page.buttons)
            shown = [page.content, *(e.title + e.description for e in page.embeds), *(b.label for b in page.buttons)]
            assert not any(PING.search(text) for text in shown)
    assert render(parts)[-1].content or render(parts)[-1].embeds


def test_a_long_text_is_cut_at_paragraphs_then_sentences_then_words() -> None:
    assert split("a" * 40 + "\n\n" + "b" * 40, 64) == ["a" * 40, "b" * 40]
    assert split("One sentence of some length here. Another sentence of some length here.", 64) == [
        "One sentence of some length here.",
        "Another sentence of some length here.",
    ]
    assert split("word " * 20, 64) == [("word " * 12).strip(), ("word " * 8).strip()]
    assert split("x" * 100, 64) == ["x" * 60, "x" * 40]


def test_a_code_block_is_closed_and_opened_again_where_it_is_cut() -> None:
    code = "```python\n" + "\n".join(f"print({i})" for i in range(20)) + "\n```"
    first, second, *_ = split(f"Look:\n{code}", 100)

    assert first.startswith("Look:\n```python\nprint(0)\n")
    assert first.endswith("\n```")
    assert second.startswith("```python\nprint(")


def test_a_code_block_that_would_only_begin_goes_to_the_next_piece() -> None:
    first, second = split("word " * 14 + "\n```python\n" + "x = 1\n" * 5 + "```", 90)

    assert first == ("word " * 14).strip()
    assert second.startswith("```python\nx = 1")


def test_sentences_carry_the_numbers_of_their_sources() -> None:
    parts = [
        Text("One.", 0.9, (1,)),
        Text("Two.", 0.9, (1,)),
        Text("Three.", 0.9, (1, 2), ends_paragraph=True),
        Text("And a remark."),
        Citation(1, "attention", "Attention", "What it is", "Attention weighs @everyone."),
        Citation(2, "bert", "BERT", "", "x " * 200),
    ]
    (page,) = render(parts)
    body, sources = page.content.split("\n\n-# [1]")

    assert body == "One. Two. [1] Three. [1][2]\n\nAnd a remark."
    first, second = sources.splitlines()
    assert first == f' Attention > What it is: "Attention weighs @{ZERO_WIDTH}everyone."'
    assert second.startswith('-# [2] BERT: "x x')
    assert len(second) < 150


def test_choices_become_buttons_and_lines_where_they_do_not_fit() -> None:
    options = (Choice("Simpler", "simpler"), Choice("L" * 90, "long label"), Choice("Too long", "n" * 97))
    (page,) = render([Text("Done."), Choices("You could ask:", options)])

    assert page.buttons == (Choice("Simpler", "simpler"), Choice("L" * 79 + "…", "long label"))
    assert page.content == "Done.\n\nYou could ask:\n\n- " + "n" * 97


def test_buttons_and_sources_come_only_when_the_reply_is_complete() -> None:
    parts = [Text("Done.", 1.0, (1,)), Citation(1, "t", "T", "", ""), Choices("Next?", (Choice("More", "more"),))]

    assert render(parts, final=False) == (Page("Done. [1]"),)


def test_cards_hang_on_the_text_before_them() -> None:
    citation = Citation(1, "t", "T", "", "")
    (page, after) = render([Text("Look."), Card("Prompt", "Be **kind**."), Text("That was it."), citation])
    (alone,) = render([Text("Look."), Card("Prompt", "Be kind."), citation])

    assert (page.content, page.embeds[0].title, page.embeds[0].description) == ("Look.", "Prompt", "Be **kind**.")
    assert after.content == "That was it.\n\n-# [1] T"
    assert (alone.content, len(alone.embeds)) == ("Look.\n\n-# [1] T", 1)


def test_where_embeds_and_files_are_not_allowed_text_stands_for_them() -> None:
    parts = [Card("Prompt", "Be kind."), Picture(b"png", "a curve that rises")]
    (page,) = render(parts, can=Abilities(embeds=False, files=False))
    (rich,) = render(parts)

    assert page == Page("**Prompt**\nBe kind.\n\na curve that rises")
    assert (rich.files[0].data, rich.files[0].alt) == (b"png", "a curve that rises")


def test_a_very_long_card_goes_on_in_more_messages() -> None:
    pages = render([Card("Prompt", "word " * 3_000)])

    assert len(pages) == 4
    assert sum(e.description.count("word") for page in pages for e in page.embeds) == 3_000


def test_tables_are_aligned_in_a_code_block() -> None:
    table = Table("Topics", ("Topic", "Questions"), (("Attention", "3"), ("字字", "12")))
    (page,) = render([table])

    assert page.content == ("**Topics**\n```\nTopic      Questions\n---------  ---------\nAttention  3\n字字       12\n```")


def test_progress_is_a_line_that_leaves_with_the_complete_reply() -> None:
    parts = [Text("Training."), Progress("Steps", 30, 100)]

    assert render(parts, final=False) == (Page("Training.\n\n-# Steps: 30%"),)
    assert render(parts) == (Page("Training."),)


def test_a_reply_of_nothing_is_still_a_message() -> None:
    assert render([]) == (Page("I have nothing to say to that."),)
    assert render([Choices("", (Choice("More", "more"),))]) == (Page("What next?", buttons=(Choice("More", "more"),)),)


def test_links_show_where_they_lead_and_headings_are_only_bold() -> None:
    assert markdown("# Big\ntext") == "**Big**\ntext"
    assert markdown("see [the paper](https://example.org/a)") == "see the paper (<https://example.org/a>)"
    assert "](" not in markdown("[a[b]](https://example.org) [c]( javascript:x)")
    assert markdown("```python\n# a comment\nx[0](y)\n```") == "```python\n# a comment\nx[0](y)\n```"
    assert markdown("`f[0](x)` is code") == "`f[0](x)` is code"


def test_words_of_learners_have_no_markup_in_effect() -> None:
    assert plain("# *Hi*\n[x](https://e.org)") == f"\\# \\*Hi\\* \\[x\\](https:{ZERO_WIDTH}//e.org)"
    assert "```" not in literal("``` out")
    assert markdown("an open ```block").count("```") == 2


def test_shorten_cuts_at_a_word() -> None:
    assert shorten("one two three", 13) == "one two three"
    assert shorten("one two three", 10) == "one two…"
    assert units(shorten("😀" * 50, 21)) <= 21


def test_the_pure_modules_do_not_load_discord() -> None:
    names = ("listening", "rendering", "splitting", "escaping", "tables", "streaming", "replying", "waking")
    code = f"import sys\nfor n in {names}: __import__('tutorbot.discord_bot.' + n)\nprint('discord' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
