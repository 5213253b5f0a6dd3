"""One learner's talk: what a line means, and the reply to it. The loops in `prompt` and `lines` feed it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Self

from tutorbot.errors import TutorbotError
from tutorbot.messages import Choice, Choices, Message, Part, Sender
from tutorbot.ports import Clock
from tutorbot.repl.background import Background
from tutorbot.repl.commands import find, parse, unknown
from tutorbot.repl.log import LogFile
from tutorbot.repl.screen import Screen
from tutorbot.repl.stream import TICK_S, PartStream

if TYPE_CHECKING:
    from tutorbot.tutor import Tutor

CONVERSATION = "main"
WAKING = "waking up ..."
GOODBYE = "Goodbye. I will remember where we were."
STOP_PATIENCE_S = 2.0


@dataclass(frozen=True)
class Awake:
    """The tutor, and its welcome for this learner."""

    tutor: Tutor
    welcome: tuple[Part, ...]


class Chat:
    """Hears lines and shows replies.

    Attributes:
        interactive: somebody sits at the other end, as opposed to a pipe: they are greeted, and Ctrl-C stops an answer.
        has_keys: key bindings work.
        multi: Enter starts a new line instead of sending.
        leaving: the learner asked to leave.
    """

    def __init__(
        self, sender: Sender, build: Callable[[], Tutor], screen: Screen, log: LogFile, clock: Clock, interactive: bool
    ) -> None:
        self.sender = sender
        self.screen = screen
        self.interactive = interactive
        self.has_keys = False
        self.multi = False
        self.leaving = False
        self.waking = Background(lambda: self._wake(build))
        self._log = log
        self._clock = clock
        self._options: list[Choice] = []
        self._greeted = not interactive

    def hear(self, line: str) -> None:
        """Reply to a line: a command, the number of a suggestion, or a message. Errors are told and the talk goes on.

        Raises:
            TutorbotError: the tutor could not be built.
            KeyboardInterrupt: Ctrl-C while the tutor wakes, or in a pipe, where it ends the program.
            BrokenPipeError: nobody reads what is shown.
        """
        text = line.strip()
        if not text:
            return
        with _Mishaps(self, self._log):
            if text.lower() in ("quit", "exit"):
                self.leaving = True
            elif called := parse(text):
                self._obey(*called)
            else:
                self._say(text)

    def tutor(self) -> Tutor:
        """The tutor, waited for, its welcome shown.

        Raises:
            TutorbotError: it could not be built.
        """
        self.waking.start()
        while not self.waking.wait(TICK_S):
            self.screen.wait(WAKING)
        if failure := self.failure():
            raise failure
        self.greet()
        return self.waking.result().tutor

    def failure(self) -> TutorbotError | None:
        """Why the tutor could not be built; None where it could, or is being."""
        error = self.waking.error
        if error is None or isinstance(error, TutorbotError):
            return error
        return TutorbotError(f"tutorbot could not start: {type(error).__name__}.", self._log.keep(error))

    @property
    def greeted(self) -> bool:
        """The welcome was shown, or is not wanted."""
        return self._greeted

    def greet(self) -> None:
        """Show the welcome, once, when the tutor is awake."""
        if self._greeted:
            return
        self._greeted = True
        for part in self.waking.result().welcome:
            self.screen.show(part)
        self.screen.finish()

    def show(self, respond: Callable[[Tutor], Iterator[Part]]) -> None:
        """Show what the tutor responds. Ctrl-C stops it."""
        tutor = self.tutor()
        stream = PartStream(lambda: respond(tutor))
        options: list[Choice] = []
        try:
            for part in stream.parts(lambda: self.screen.wait("thinking ...")):
                self.screen.show(part, len(options) + 1)
                if isinstance(part, Choices):
                    options += part.options
        except KeyboardInterrupt:
            self._stop(stream)
        finally:
            stream.stop(STOP_PATIENCE_S)
            self.screen.finish()
        self._options = options or self._options

    def run_task(self, call: str, predict: bool = False) -> None:
        """Run the mini-task of "NAME TEXT"; where `predict`, the learner is asked first what they expect."""
        from tutorbot.tasks.command_line import read_call

        name, _, rest = call.partition(" ")
        text, arguments = read_call(name.lower(), rest)
        message = Message(self.sender, CONVERSATION, text, self._clock.now())
        self.show(lambda tutor: tutor.run_task(message, name.lower(), arguments, predict))

    def _stop(self, stream: PartStream) -> None:
        complete = stream.stop(STOP_PATIENCE_S)
        if not self.interactive:
            raise KeyboardInterrupt
        self.screen.say("Stopped; the answer was complete already." if complete else "Stopped. This answer is not recorded.")

    def _say(self, text: str) -> None:
        number = int(text) if text.isdecimal() and len(text) < 3 else 0
        chosen = self._options[number - 1] if 1 <= number <= len(self._options) else None
        said = chosen.text if chosen else text
        message = Message(self.sender, CONVERSATION, said, self._clock.now(), choice=chosen.text if chosen else None)
        self.show(lambda tutor: tutor.respond(message))

    def _obey(self, name: str, rest: str) -> None:
        command = find(name)
        if command is None:
            self.screen.say(unknown(name))
        elif said := command.run(self, rest):
            self._say(said)

    def _wake(self, build: Callable[[], Tutor]) -> Awake:
        tutor = build()
        self.screen.prepare()
        return Awake(tutor, tuple(tutor.welcome(self.sender)))


class _Mishaps:
    """Tells the learner what went wrong in a reply, so that the talk goes on."""

    def __init__(self, chat: Chat, log: LogFile) -> None:
        self._chat = chat
        self._log = log

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> bool:
        # Without a tutor there is no talk to go on with, and without a reader nobody to tell.
        if not isinstance(error, Exception) or isinstance(error, BrokenPipeError) or self._chat.waking.error:
            return False
        if isinstance(error, TutorbotError):
            self._chat.screen.explain(error)
        else:
            self._chat.screen.say(f"Something unexpected went wrong with that. {self._log.keep(error)}")
        return True
