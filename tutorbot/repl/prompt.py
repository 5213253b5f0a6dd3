"""The prompt, with prompt-toolkit. The tutor wakes in the background once the first prompt is drawn."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path
from typing import Literal

from prompt_toolkit.application import get_app, get_app_session
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import AnyFormattedText
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.output.vt100 import Vt100_Output
from prompt_toolkit.patch_stdout import patch_stdout
from prompt_toolkit.shortcuts import PromptSession

from tutorbot.repl.chat import GOODBYE, WAKING, Chat
from tutorbot.repl.commands import parse
from tutorbot.repl.completion import offers
from tutorbot.repl.history import HISTORY_NAME, PatientHistory
from tutorbot.repl.keyboard import held_keys

POLL_S = 0.05
_INTERRUPTED = "Not sent. The arrow up key brings it back."


def run_prompt(chat: Chat, data_dir: Path, keyboard: int | None) -> int:
    """Read, answer, again; the exit status.

    Args:
        keyboard: descriptor of the terminal, whose keys are held between prompts; None for no terminal.

    Raises:
        TutorbotError: the tutor could not be built.
    """
    chat.has_keys = True
    notes: list[str] = []
    prompt = Prompt(chat, PatientHistory(data_dir / HISTORY_NAME, notes.append))
    with held_keys(keyboard) if keyboard is not None else nullcontext(), patch_stdout():
        while not chat.leaving:
            try:
                if not _turn(chat, prompt):
                    break
                while notes:
                    chat.screen.say(notes.pop())
            except KeyboardInterrupt:
                # It fell between an answer and the next prompt, where there is nothing to stop.
                continue
    chat.screen.say(GOODBYE)
    return 0


def _turn(chat: Chat, prompt: Prompt) -> bool:
    """Read a message and answer it; False at Ctrl-D."""
    line = prompt.read()
    if line is None:
        return False
    try:
        chat.hear(line)
    except KeyboardInterrupt:
        chat.screen.say(_INTERRUPTED)
    return True


class Prompt:
    """Reads messages with history, completion and several lines."""

    def __init__(self, chat: Chat, history: PatientHistory) -> None:
        self._chat = chat
        output = get_app_session().output
        if isinstance(output, Vt100_Output):
            # Asking where the cursor is pays for a taller menu with a second's wait on terminals that do not answer.
            output.enable_cpr = False
        self._session: PromptSession[str] = PromptSession(
            message=lambda: [("bold", "... " if chat.multi else "> ")],
            rprompt=self._hint,
            history=history,
            completer=_Offers(chat),
            key_bindings=key_bindings(chat),
            multiline=True,
            prompt_continuation="  ",
            reserve_space_for_menu=6,
            output=output,
        )

    def read(self) -> str | None:
        """The next message, None at Ctrl-D.

        Raises:
            TutorbotError: the tutor could not be built. What was being typed is in the history.
        """
        try:
            return self._session.prompt(pre_run=self._attend)
        except EOFError:
            return None

    def _attend(self) -> None:
        # The task begins at the application's first pause, which comes after the prompt is drawn: until then nothing
        # competes with it for the interpreter.
        get_app().create_background_task(self._wake_up())

    async def _wake_up(self) -> None:
        self._chat.waking.start()
        while not self._chat.waking.done:
            await asyncio.sleep(POLL_S)
        app = get_app()
        if app.is_done:
            return
        if failure := self._chat.failure():
            app.current_buffer.append_to_history()
            app.exit(exception=failure)
            return
        if not self._chat.greeted:
            # run_in_terminal would give the keyboard back for that time, and lose a Ctrl-D that falls into it.
            app.renderer.erase()
            self._chat.greet()
        app.invalidate()

    def _hint(self) -> AnyFormattedText:
        if self._chat.multi:
            return [("ansibrightblack", "Alt-Enter sends")]
        # A line that was sent keeps what stood beside it, where a hint would go stale.
        stale = self._chat.waking.done or get_app().is_done
        return [("ansibrightblack", "" if stale else WAKING)]


def on_enter(text: str, multi: bool) -> Literal["send", "break", "continue"]:
    """What Enter does with the text: send it, break the line, or break it in place of a trailing backslash."""
    if multi and not ("\n" not in text and parse(text)):
        return "break"
    return "continue" if text.endswith("\\") else "send"


def key_bindings(chat: Chat) -> KeyBindings:
    """Enter, Alt-Enter, Tab and Ctrl-C."""
    keys = KeyBindings()

    @keys.add("enter")
    def _enter(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        what = on_enter(buffer.text, chat.multi)
        if what == "send":
            buffer.validate_and_handle()
            return
        if what == "continue":
            buffer.cursor_position = len(buffer.text)
            buffer.delete_before_cursor()
        buffer.insert_text("\n")

    @keys.add("escape", "enter")
    def _alt_enter(event: KeyPressEvent) -> None:
        if chat.multi:
            event.current_buffer.validate_and_handle()
        else:
            event.current_buffer.insert_text("\n")

    @keys.add("tab")
    def _tab(event: KeyPressEvent) -> None:
        # The built-in way first inserts what all completions share, which is nothing where the case differs.
        if event.current_buffer.complete_state:
            event.current_buffer.complete_next()
        else:
            event.current_buffer.start_completion(select_first=True)

    @keys.add("c-c")
    @keys.add("<sigint>")
    def _interrupt(event: KeyPressEvent) -> None:
        event.current_buffer.reset()

    return keys


class _Offers(Completer):
    """Shows `completion.offers`; topics as soon as the tutor is awake."""

    def __init__(self, chat: Chat) -> None:
        self._chat = chat

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        waking = self._chat.waking
        subjects = waking.result().tutor.subjects() if waking.done and waking.error is None else ()
        for offer in offers(document.text_before_cursor, subjects, complete_event.completion_requested):
            yield Completion(offer.text, start_position=-offer.replaces, display_meta=offer.note)
