"""The command line. Each command imports what it needs when it runs, so that --help never waits for a model."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from tutorbot import __version__
from tutorbot.commands.demo_flags import add_flags
from tutorbot.errors import OutputError, SettingsError, TutorbotError

WRONG, STOPPED, CRASHED = 1, 130, 70

Add = Callable[..., argparse.ArgumentParser]
if TYPE_CHECKING:
    Subcommands = argparse._SubParsersAction[argparse.ArgumentParser]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; its exit status.

    Errors become one message on standard error: status 1 for those that are foreseen, 130 after Ctrl-C, and 70 for a
    mistake in tutorbot, whose traceback goes into `tutorbot.log` in the data folder.
    """
    _never_fail_to_print()
    options = _parser().parse_args(arguments)
    with _Crash() as crash:
        try:
            return _run(options)
        except OutputError as error:
            _drop_output()
            return _explain(error)
        except TutorbotError as error:
            return _explain(error)
        except KeyboardInterrupt:
            print("\ntutorbot: stopped.", file=sys.stderr)
            return STOPPED
        except BrokenPipeError:
            # The reader of our output has left; nothing more can be said to it.
            _drop_output()
            return WRONG
    print(f"tutorbot: Something went wrong that should not have. {crash.details}", file=sys.stderr)
    return CRASHED


def _explain(error: TutorbotError) -> int:
    print(f"tutorbot: {error.what}\n  {error.fix}", file=sys.stderr)
    return WRONG


class _Crash:
    """Keeps the traceback of an unforeseen error in the log; `details` says where it is."""

    details = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> bool:
        if not isinstance(error, Exception):
            return False
        from tutorbot.repl.log import log_file

        with log_file(_data_dir()) as log:
            self.details = log.keep(error)
        return True


def _data_dir() -> Path:
    from tutorbot.settings import load_settings

    try:
        return load_settings().data_dir
    except SettingsError:
        import platformdirs

        return platformdirs.user_data_path("tutorbot")


def _drop_output() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(options: argparse.Namespace) -> int:
    # An import of the command costs up to a second, so only the one that was asked for is paid.
    command = importlib.import_module(f"tutorbot.commands.{options.module}")
    function: Callable[[argparse.Namespace], int] = getattr(command, options.function)
    return function(options)


def _never_fail_to_print() -> None:
    """A terminal that cannot show a character gets a question mark instead of a crash."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tutorbot", description="A tutor for learning Large Language Models: no GPU, no key, no network."
    )
    parser.add_argument("--version", action="version", version=f"tutorbot {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def add(
        name: str, summary: str, module: str, function: str = "run", to: Subcommands = commands
    ) -> argparse.ArgumentParser:
        command = to.add_parser(name, help=summary, description=summary)
        command.set_defaults(module=module, function=function)
        _common(command)
        return command

    _learner_commands(add)
    _operator_commands(add)
    _author_commands(add, commands)
    return parser


def _common(command: argparse.ArgumentParser) -> None:
    command.add_argument("--knowledge", metavar="DIR", default="", help="the course folder (TUTORBOT_KNOWLEDGE)")
    command.add_argument("--database-url", metavar="URL", default="", help="the learner store (TUTORBOT_DATABASE_URL)")
    command.add_argument(
        "--writer", default="", help="openvino, hf:ID_OR_FOLDER, http://HOST/v1#MODEL or none (TUTORBOT_WRITER)"
    )


def _learner_commands(add: Add) -> None:
    chat = add("chat", "talk with the tutor", "chat")
    chat.add_argument("--learner", metavar="NAME", default="", help="your name (TUTORBOT_LEARNER)")
    ask = add("ask", "answer one question, or a batch of messages", "ask")
    ask.add_argument("question", nargs="*", help="the question, in your own words")
    ask.add_argument("--json", action="store_true", help="print one JSON object")
    ask.add_argument("--batch", metavar="FILE", help='JSON lines {"id", "text", "session"?}; - is standard input')
    demo = add("demo", "try a mini-task on your own words, or a batch of them", "demo")
    demo.add_argument("name", nargs="?", default="", help="the mini-task; --list shows them")
    demo.add_argument("rest", nargs=argparse.REMAINDER, help="your text, and the task's own options")
    demo.add_argument("--list", action="store_true", help="list the mini-tasks and what they take")
    demo.add_argument("--batch", metavar="FILE", help='JSON lines {"id", "task", "text", ...}; - is standard input')
    add_flags(demo)
    progress = add("progress", "what you asked about, when, and what to read next", "progress")
    progress.add_argument("--json", action="store_true", help="print one JSON object")
    progress.add_argument("--learner", metavar="NAME", default="", help="your name (TUTORBOT_LEARNER)")


def _operator_commands(add: Add) -> None:
    add("discord", "run the Discord bot", "discord")
    add("setup", "fetch, check and prepare the models (done once)", "setup")
    add("doctor", "what is set up, what is wrong, and how to mend it", "doctor")


def _author_commands(add: Add, commands: Subcommands) -> None:
    evaluate = commands.add_parser("eval", help="measure the tutor").add_subparsers(required=True, metavar="WHAT")
    answers = add("answers", "ask the questions of a file and score the answers by key points", "evaluate", to=evaluate)
    answers.add_argument("file", type=Path, help='JSON lines {"id", "question", "topic", "key_points"}')
    answers.add_argument("--show", type=int, default=5, metavar="N", help="print the N worst answers")
    answers.add_argument("--json", type=Path, metavar="OUT", help="write every row here")
    retrieval = add(
        "retrieval", "hit@1 and hit@5 on learner questions held out from the index", "evaluate", "run_retrieval", to=evaluate
    )
    retrieval.add_argument("--share", type=float, default=0.2, help="share of the wordings held out")
    retrieval.add_argument("--seed", type=int, default=0)
    bench = commands.add_parser("bench", help="time the tutor").add_subparsers(required=True, metavar="WHAT")
    speed = add("answers", "time to the first words and to the whole answer, memory, decode speed", "bench", to=bench)
    speed.add_argument("file", nargs="?", type=Path, help="ask the questions of this file (as for eval answers)")
    speed.add_argument("--questions", type=int, default=50, metavar="N", help="how many questions are timed")
    speed.add_argument("--learners", type=int, default=32, metavar="N", help="how many learners ask at once")
    speed.add_argument("--json", action="store_true", help="print one JSON object")
    course = commands.add_parser("curriculum", help="check and count the course").add_subparsers(
        required=True, metavar="WHAT"
    )
    lint = add("lint", "check the course: format, links, prerequisites, code blocks", "curriculum", "run_lint", to=course)
    lint.add_argument("--no-code", action="store_true", help="do not run the Python blocks")
    lint.add_argument("--no-meaning", action="store_true", help="leave out what needs the encoder")
    add("stats", "count topics, questions, wrong beliefs", "curriculum", "run_stats", to=course)
    store = commands.add_parser("db", help="mend the learner store").add_subparsers(required=True, metavar="WHAT")
    add("rebuild", "compute the projections again from the events", "database", "run_rebuild", to=store)


if __name__ == "__main__":
    raise SystemExit(main())
