"""Turns the tutor's parts into Discord messages within Discord's limits. Pure: knows nothing of discord.py."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from tutorbot.discord_bot import limits
from tutorbot.discord_bot.escaping import markdown, plain, unping
from tutorbot.discord_bot.limits import shorten, units
from tutorbot.discord_bot.splitting import split
from tutorbot.discord_bot.tables import table_text
from tutorbot.messages import Card, Choice, Choices, Citation, Part, Picture, Progress, Table, Text, join_texts

BUTTON_PREFIX = "say:"
NOTHING = "I have nothing to say to that."
WHAT_NEXT = "What next?"
_QUOTE = 120
_ECHO = 300
# Room for the line that shows how far long work is.
_PROGRESS_LABEL = 100


@dataclass(frozen=True)
class Embed:
    """A titled box under a message."""

    title: str
    description: str


@dataclass(frozen=True)
class Attachment:
    """A file; `alt` is what a screen reader says for it."""

    name: str
    data: bytes
    alt: str


@dataclass(frozen=True)
class Page:
    """One Discord message."""

    content: str = ""
    embeds: tuple[Embed, ...] = ()
    buttons: tuple[Choice, ...] = ()
    files: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Abilities:
    """What the bot may put into messages where it speaks."""

    embeds: bool = True
    files: bool = True


EVERYTHING = Abilities()


def render(parts: Iterable[Part], header: str = "", final: bool = True, can: Abilities = EVERYTHING) -> tuple[Page, ...]:
    """The messages that show the parts.

    As parts are added, the number of messages never shrinks: pages that are full stay as they are.

    Args:
        header: Markdown above the reply, already made harmless (see `echo`).
        final: the reply is complete; sources and buttons are shown only then, a line of progress only before.
        can: where embeds or files are not allowed, text stands for them.
    """
    seen = tuple(parts)
    body = [block for block in (header, *_blocks(seen, can)) if block]
    if not final:
        return tuple(_with_progress(_flow(body), seen))
    buttons, spoken = _buttons(seen)
    # Sources stand under the words they belong to, before a card or picture that follows these.
    words_end = max((i + 1 for i, block in enumerate(body) if isinstance(block, str)), default=0)
    blocks = [*body[:words_end], _sources(seen), *body[words_end:], *_prompts(seen), spoken]
    pages = _flow([block for block in blocks if block]) or [Page(WHAT_NEXT if buttons else NOTHING)]
    return (*pages[:-1], replace(pages[-1], buttons=buttons))


def echo(name: str, text: str) -> str:
    """A small line that says who asked what, for where Discord does not show it."""
    return f"-# {plain(shorten(name, _ECHO))} asked: {plain(shorten(text, _ECHO))}"


def _blocks(parts: Sequence[Part], can: Abilities) -> Iterator[str | Embed | Attachment]:
    for is_text, run in groupby(parts, key=lambda part: isinstance(part, Text)):
        if is_text:
            yield markdown(_marked([part for part in run if isinstance(part, Text)]))
        else:
            for part in run:
                yield from _block(part, can)


def _block(part: Part, can: Abilities) -> Iterator[str | Embed | Attachment]:
    match part:
        case Table():
            yield table_text(part)
        case Card() if can.embeds:
            title = shorten(unping(part.title), limits.EMBED_TITLE)
            for text in split(markdown(part.text), limits.EMBED_DESCRIPTION):
                yield Embed(title, text)
        case Card():
            yield f"**{plain(part.title)}**\n{markdown(part.text)}"
        case Picture() if can.files:
            yield Attachment("picture.png", part.png, shorten(unping(part.alt), limits.FILE_DESCRIPTION))
        case Picture():
            yield markdown(part.alt)


def _marked(texts: Sequence[Text]) -> str:
    """The texts as one, with the numbers of the sources after the last of the sentences that share them."""
    following = [*texts[1:], None]
    return join_texts(
        replace(text, text=f"{text.text} {''.join(f'[{n}]' for n in text.cites)}")
        if text.cites and (after is None or text.ends_paragraph or after.cites != text.cites)
        else text
        for text, after in zip(texts, following, strict=True)
    )


def _flow(blocks: Sequence[str | Embed | Attachment]) -> list[Page]:
    """The blocks in order; what is not text hangs on the message before it."""
    pages: list[Page] = []
    for is_text, run in groupby(blocks, key=lambda block: isinstance(block, str)):
        if is_text:
            text = "\n\n".join(block for block in run if isinstance(block, str))
            pages += [Page(piece) for piece in split(text, limits.MESSAGE)]
        else:
            for block in run:
                _hang(pages, block)
    return pages


def _hang(pages: list[Page], block: str | Embed | Attachment) -> None:
    page = pages.pop() if pages else Page()
    if isinstance(block, Embed):
        held = sum(units(e.title) + units(e.description) for e in page.embeds)
        size = units(block.title) + units(block.description)
        if len(page.embeds) == limits.EMBEDS_IN_MESSAGE or held + size > limits.EMBEDS_TOTAL:
            pages.append(page)
            page = Page()
        pages.append(replace(page, embeds=(*page.embeds, block)))
    elif isinstance(block, Attachment):
        if len(page.files) == limits.FILES_IN_MESSAGE:
            pages.append(page)
            page = Page()
        pages.append(replace(page, files=(*page.files, block)))


def _with_progress(pages: list[Page], parts: Sequence[Part]) -> list[Page]:
    work = next((part for part in reversed(parts) if isinstance(part, Progress)), None)
    if work is None:
        return pages
    share = min(1.0, work.done / work.total) if work.total else 1.0
    line = f"-# {plain(shorten(work.label, _PROGRESS_LABEL))}: {share:.0%}"
    last = pages[-1] if pages else Page()
    content = f"{last.content}\n\n{line}".strip()
    # A line that came and went must not make a message of its own.
    return [*pages[:-1], replace(last, content=content)] if units(content) <= limits.MESSAGE else pages


def _sources(parts: Sequence[Part]) -> str:
    return "\n".join(_source(part) for part in parts if isinstance(part, Citation))


def _source(citation: Citation) -> str:
    place = " > ".join(part for part in (citation.title, citation.section) if part)
    quote = f': "{plain(shorten(citation.quote, _QUOTE))}"' if citation.quote else ""
    return f"-# [{citation.n}] {plain(place)}{quote}"


def _prompts(parts: Sequence[Part]) -> Iterator[str]:
    return (markdown(part.prompt) for part in parts if isinstance(part, Choices))


def _buttons(parts: Sequence[Part]) -> tuple[tuple[Choice, ...], str]:
    """Choices as buttons, and as lines of text those that do not fit on buttons."""
    options = {option.text: option for part in parts if isinstance(part, Choices) for option in part.options}
    fit = [o for o in options.values() if units(BUTTON_PREFIX + o.text) <= limits.CUSTOM_ID][: limits.BUTTONS_IN_MESSAGE]
    rest = [f"- {plain(o.text)}" for o in options.values() if o not in fit]
    buttons = tuple(Choice(shorten(unping(o.label or o.text), limits.BUTTON_LABEL), o.text) for o in fit)
    return buttons, "\n".join(rest)
