"""The slash commands: one table makes the command, its completion and its help.

A command returns what the learner says to the tutor by it, or None where the terminal has dealt with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from tutorbot.messages import Table

if TYPE_CHECKING:
    from tutorbot.repl.chat import Chat

Run = Callable[["Chat", str], str | None]
_COMMAND = re.compile(r"/(?P<name>[a-z?]+)(?:\s+(?P<rest>.*))?", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True)
class Command:
    """One command. `takes` names its argument for the help, "" where it has none."""

    name: str
    help: str
    run: Run
    takes: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def usage(self) -> str:
        """ "/example [topic]"."""
        return f"/{self.name}{f' [{self.takes}]' if self.takes else ''}"


COMMANDS: dict[str, Command] = {}


def command(name: str, summary: str, takes: str = "", *aliases: str) -> Callable[[Run], Run]:
    """Enter a function into the table."""

    def enter(run: Run) -> Run:
        COMMANDS[name] = Command(name, summary, run, takes, aliases)
        return run

    return enter


def parse(line: str) -> tuple[str, str] | None:
    """The name, in lower case, and the rest of a line that is a command; None for a message such as "/usr/bin?"."""
    found = _COMMAND.fullmatch(line.strip())
    return (found["name"].lower(), (found["rest"] or "").strip()) if found else None


def find(name: str) -> Command | None:
    """The command of this name or alias."""
    return COMMANDS.get(name) or next((c for c in COMMANDS.values() if name in c.aliases), None)


def unknown(name: str) -> str:
    """What to say about a command that does not exist."""
    near = get_close_matches(name, COMMANDS, n=1, cutoff=0.5)
    return f"There is no command /{name}. {f'Did you mean /{near[0]}?' if near else '/help lists the commands.'}"


def _wish(name: str, summary: str, bare: str, about: str) -> None:
    command(name, summary, "topic")(lambda _, topic: about.format(topic=topic) if topic else bare)


@command("help", "these commands and keys", "", "h", "?")
def _help(chat: Chat, _: str) -> None:
    rows = [(c.usage, c.help) for c in COMMANDS.values()]
    chat.screen.show(Table("Ask in your own words, or use a command:", ("Command", "What it does"), tuple(rows)))
    chat.screen.show(Table("", ("Key", "What it does"), KEYS))
    chat.screen.finish()


KEYS = (
    ("Tab", "completes commands and topics"),
    ("Alt-Enter, or \\ at the end of a line", "starts a new line"),
    ("1, 2, 3 ...", "takes a suggestion"),
    ("Ctrl-C", "stops an answer, or clears the line"),
    ("Ctrl-D", "leaves"),
)

_wish("simpler", "say it more simply", "simpler", "explain {topic} in simpler words")
_wish("example", "give an example", "give me an example", "give me an example of {topic}")
_wish("shorter", "say it in short", "shorter", "in short, what is {topic}?")
_wish("more", "say more about it", "tell me more", "tell me more about {topic}")


@command("why", "where the last answer came from")
def _why(chat: Chat, _: str) -> str:
    return "show your sources"


@command("progress", "what you asked about, when, and what to read next")
def _progress(chat: Chat, _: str) -> None:
    chat.show(lambda tutor: tutor.progress_parts(chat.sender))


@command("topics", "the topics of the course", "word")
def _topics(chat: Chat, word: str) -> None:
    titles = sorted(t for t in chat.tutor().subjects() if word.casefold() in t.casefold())
    if titles:
        chat.screen.names(titles)
    else:
        chat.screen.say(f'No topic has "{word}" in its title. /topics lists them all.')


@command("demo", "the mini-tasks, or one of them on your own words", "task text")
def _demo(chat: Chat, rest: str) -> None:
    if rest:
        chat.run_task(rest)
    else:
        from tutorbot.tasks.catalogue import TASKS

        rows = tuple((task.name, task.purpose) for task in TASKS)
        chat.screen.show(Table("Mini-tasks, each on your own words: /demo NAME TEXT", ("Name", "What it does"), rows))
        chat.screen.finish()


@command("predict", "the same, but say first what you expect", "task text")
def _predict(chat: Chat, rest: str) -> None:
    if rest:
        chat.run_task(rest, predict=True)
    else:
        chat.screen.say("Name a mini-task and give a text: /predict classify What a film!")


@command("multi", "write messages of several lines, on or off")
def _multi(chat: Chat, _: str) -> None:
    chat.multi = not chat.multi
    how = "Enter starts a new line and Alt-Enter sends" if chat.multi else "Enter sends and Alt-Enter starts a new line"
    chat.screen.say(how + "." if chat.has_keys else "End a line with \\ to go on in the next one.")


@command("clear", "wipe the screen")
def _clear(chat: Chat, _: str) -> None:
    chat.screen.clear()


@command("quit", "leave", "", "exit", "q", "bye")
def _quit(chat: Chat, _: str) -> None:
    chat.leaving = True
