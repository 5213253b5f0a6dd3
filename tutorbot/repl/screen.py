"""What a reply looks like on any screen; `render` draws it on a terminal, `plain` writes it into a pipe."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence

from tutorbot.errors import TutorbotError
from tutorbot.messages import Card, Choices, Citation, Part, Picture, Progress, Table, Text
from tutorbot.repl.printable import one_line, printable

QUOTE_CHARACTERS = 90
_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s")
_FENCE = re.compile(r"^\s*```", re.MULTILINE)


class Screen(ABC):
    """Shows parts in the order they come; sources wait for the end of the text. Nothing shown is taken back."""

    def __init__(self) -> None:
        self._paragraph = ""
        self._last = ""
        self._cites: tuple[int, ...] = ()
        self._sources: list[Citation] = []
        self._blocks = 0

    def show(self, part: Part, first: int = 1) -> None:
        """Show a part; choices are numbered from `first`."""
        match part:
            case Text():
                self._sentence(part)
            case Citation():
                self._sources.append(part)
            case Progress():
                self.wait(f"{part.label} {part.done}/{part.total}")
            case Choices():
                self._flush()
                self._begin()
                self._choices(part, first)
            case Card() | Table() | Picture():
                self._end_paragraph()
                self._begin()
                self._block(part)

    def finish(self) -> None:
        """The reply is over."""
        self._flush()
        if self._blocks:
            self._blank_line()
        self._blocks, self._last = 0, ""

    def say(self, notice: str) -> None:
        """Something that the terminal says, as opposed to the tutor."""
        self._flush()
        self._begin()
        self._notice(printable(notice))
        self.finish()

    def explain(self, error: TutorbotError) -> None:
        """What went wrong and what to do."""
        self.say(f"{error.what} {error.fix}")

    @abstractmethod
    def prepare(self) -> None:
        """Load what drawing needs, so that the first reply does not wait for it."""

    @abstractmethod
    def wait(self, label: str) -> None:
        """Something is being worked at."""

    @abstractmethod
    def clear(self) -> None:
        """Wipe the screen, where that can be done."""

    @abstractmethod
    def names(self, titles: Sequence[str]) -> None:
        """Show a long list of short lines."""

    @abstractmethod
    def _write(self, addition: str) -> None:
        """Add to the open paragraph, whose text so far is `self._paragraph`."""

    @abstractmethod
    def _line_end(self) -> None:
        """End the open paragraph's last line."""

    @abstractmethod
    def _blank_line(self) -> None: ...

    @abstractmethod
    def _block(self, part: Card | Table | Picture) -> None: ...

    @abstractmethod
    def _choices(self, choices: Choices, first: int) -> None: ...

    @abstractmethod
    def _citation(self, citation: Citation) -> None: ...

    @abstractmethod
    def _notice(self, text: str) -> None: ...

    def _sentence(self, part: Text) -> None:
        text = printable(part.text).strip("\n")
        # One mark stands behind the last of several sentences from the same source.
        if self._cites and self._cites != part.cites:
            self._mark()
        if not self._paragraph:
            self._begin(tight=bool(_ITEM.match(text) and _ITEM.match(self._last)))
        self._append(text)
        self._cites = part.cites
        if part.ends_paragraph and not self._in_code():
            self._end_paragraph()

    def _append(self, text: str) -> None:
        breaks = self._in_code() or self._paragraph.rstrip().endswith("```") or text.startswith("```")
        glue = "" if not self._paragraph else "\n" if breaks else " "
        self._write(glue + text)
        self._paragraph += glue + text

    def _mark(self) -> None:
        if self._cites and not self._in_code():
            self._append("".join(f"[{n}]" for n in self._cites))
        self._cites = ()

    def _in_code(self) -> bool:
        return len(_FENCE.findall(self._paragraph)) % 2 == 1

    def _end_paragraph(self) -> None:
        self._mark()
        if self._paragraph:
            self._line_end()
        self._last, self._paragraph = self._paragraph, ""

    def _flush(self) -> None:
        self._end_paragraph()
        if self._sources:
            self._begin()
        for citation in self._sources:
            self._citation(citation)
        self._sources.clear()

    def _begin(self, tight: bool = False) -> None:
        if self._blocks and not tight:
            self._blank_line()
        self._blocks += 1


def source_line(citation: Citation) -> str:
    """ "[1] Topic > Section"."""
    return f"[{citation.n}] {one_line(citation.title)} > {one_line(citation.section)}"


def quote_line(citation: Citation) -> str:
    """The beginning of the passage's own words in quotation marks, "" where there are none."""
    quote = one_line(citation.quote, QUOTE_CHARACTERS)
    return f'"{quote}"' if quote else ""
