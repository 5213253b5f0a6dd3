from pathlib import Path

import pytest
from repl_talk import ATTENTION, DONE, ScriptedTutor, chat_with

from tutorbot.commands.common import CONVERSATION as SHARED
from tutorbot.errors import ModelError
from tutorbot.messages import Choice, Choices, Text
from tutorbot.repl.chat import CONVERSATION
from tutorbot.repl.commands import COMMANDS, parse, unknown
from tutorbot.tasks.catalogue import TASKS
from tutorbot.tutor import Tutor

CALM = (Text("Fine.", ends_paragraph=True), DONE)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("/simpler", "simpler"),
        ("/example", "give me an example"),
        ("/example dropout", "give me an example of dropout"),
        ("/shorter", "shorter"),
        ("/MORE", "tell me more"),
        ("/why", "show your sources"),
        ("  /more   about \n BERT ", "tell me more about about \n BERT"),
        ("/usr/bin is what?", "/usr/bin is what?"),
        ("/ means division?", "/ means division?"),
    ],
)
def test_commands_that_are_wishes_go_through_the_door(tmp_path: Path, typed: str, said: str) -> None:
    tutor = ScriptedTutor()
    chat, _ = chat_with(tutor, tmp_path)
    chat.hear(typed)
    assert [m.text for m in tutor.heard] == [said]


def test_a_message_says_who_speaks_and_where(tmp_path: Path) -> None:
    tutor = ScriptedTutor()
    chat, _ = chat_with(tutor, tmp_path)
    chat.hear("what is attention?")
    [message] = tutor.heard
    assert (message.sender.surface, message.sender.id, message.conversation) == ("terminal", "ana", "main")
    assert message.at.tzinfo
    assert CONVERSATION == SHARED, "`tutorbot ask` goes on with the same conversation"


def test_help_is_made_from_the_table(tmp_path: Path) -> None:
    chat, out = chat_with(ScriptedTutor(), tmp_path)
    chat.hear("/help")
    assert all(command.usage in out.getvalue() and command.help in out.getvalue() for command in COMMANDS.values())
    assert not chat.waking.done, "help needs no model"


def test_an_unknown_command_names_the_nearest(tmp_path: Path) -> None:
    tutor = ScriptedTutor()
    chat, out = chat_with(tutor, tmp_path)
    chat.hear("/simplr")
    assert out.getvalue() == "There is no command /simplr. Did you mean /simpler?\n\n"
    assert unknown("xyzzy") == "There is no command /xyzzy. /help lists the commands."
    assert tutor.heard == []


def test_topics_are_listed_and_searched(tmp_path: Path) -> None:
    chat, out = chat_with(ScriptedTutor(), tmp_path)
    chat.hear("/topics ATTENTION")
    assert out.getvalue() == "Cross-attention\nSelf-attention\n\n"
    chat.hear("/topics football")
    assert out.getvalue().endswith('No topic has "football" in its title. /topics lists them all.\n\n')


@pytest.mark.parametrize(
    ("typed", "ran", "text"),
    [
        ("/demo classify what a film!", ("classify", {}, False), "what a film!"),
        ("/demo  NER   Marie Curie\nin Warsaw", ("ner", {}, False), "Marie Curie\nin Warsaw"),
        ("/predict classify fine", ("classify", {}, True), "fine"),
        ("/demo extractive_qa In 1713. --question When?", ("extractive_qa", {"question": "When?"}, False), "In 1713."),
        ("/demo tokenize a --b c --tokenizer=bpe", ("tokenize", {"tokenizer": "bpe"}, False), "a --b c"),
        ("/demo next_token I am --top-k 5 --at 2", ("next_token", {"top_k": "5", "at": "2"}, False), "I am"),
        ("/demo classify", ("classify", {}, False), ""),
        ("/demo juggle balls --high", ("juggle", {}, False), "balls --high"),
    ],
)
def test_demo_and_predict_run_a_task_through_the_door(
    tmp_path: Path, typed: str, ran: tuple[str, dict[str, str], bool], text: str
) -> None:
    tutor = ScriptedTutor()
    chat, out = chat_with(tutor, tmp_path)
    chat.hear(typed)
    assert (tutor.tasks, [m.text for m in tutor.heard]) == ([ran], [text])
    assert "has run." in out.getvalue()


def test_demo_alone_lists_the_tasks_and_needs_no_model(tmp_path: Path) -> None:
    chat, out = chat_with(ScriptedTutor(), tmp_path)
    chat.hear("/demo")
    chat.hear("/predict")
    assert all(task.name in out.getvalue() and task.purpose in out.getvalue() for task in TASKS)
    assert out.getvalue().endswith("/predict classify What a film!\n\n")
    assert not chat.waking.done


def test_a_task_that_does_not_exist_is_told_and_the_talk_goes_on(tutor: Tutor, tmp_path: Path) -> None:
    chat, out = chat_with(tutor, tmp_path)
    chat.hear("/demo juggle three balls")
    chat.hear("/demo classify a good film")
    assert "There is no mini-task `juggle`. There are classify, " in out.getvalue()
    assert "**positive**" in out.getvalue()


def test_a_prediction_in_the_terminal(tutor: Tutor, tmp_path: Path) -> None:
    chat, out = chat_with(tutor, tmp_path)
    for line in ("/predict classify a good film", "negative, 70 %"):
        chat.hear(line)
    assert "Positive or negative? And how sure are you, in per cent? Your text: a good film\n" in out.getvalue()
    assert 'You predicted "negative"; it is: positive.' in out.getvalue()


def test_a_number_takes_a_suggestion(tmp_path: Path) -> None:
    tutor = ScriptedTutor()
    chat, _ = chat_with(tutor, tmp_path)
    chat.hear("2")
    chat.hear("2")
    chat.hear("3")
    said = [(m.text, m.choice) for m in tutor.heard]
    assert said == [("2", None), ("give me an example", "give me an example"), ("3", None)]


def test_suggestions_of_one_reply_are_numbered_through_and_outlive_a_reply_without(tmp_path: Path) -> None:
    two = Choices("You could ask:", (Choice("Dropout", "what is dropout?"), Choice("BERT", "what is BERT?")))
    tutor = ScriptedTutor((*ATTENTION[:-1], two, DONE), CALM)
    chat, out = chat_with(tutor, tmp_path)
    for line in ("attention?", "thanks", "4"):
        chat.hear(line)
    assert "  2. Example\n\nYou could ask:\n  3. Dropout\n  4. BERT\n" in out.getvalue()
    assert tutor.heard[-1].text == "what is BERT?"


def test_blank_lines_say_nothing_and_quitting_needs_no_tutor(tmp_path: Path) -> None:
    tutor = ScriptedTutor()
    chat, out = chat_with(tutor, tmp_path)
    for line in ("", "   ", "\t", "/quit"):
        chat.hear(line)
    assert (chat.leaving, tutor.heard, out.getvalue()) == (True, [], "")


def test_an_error_says_what_and_how_to_mend_it_and_the_talk_goes_on(tmp_path: Path) -> None:
    away = ModelError("The model server does not answer.", "Start it.")
    tutor = ScriptedTutor((Text("Attention"), away), CALM)
    chat, out = chat_with(tutor, tmp_path)
    chat.hear("what is attention?")
    chat.hear("hm")
    assert out.getvalue() == "Attention\n\nThe model server does not answer. Start it.\n\nFine.\n\n"


def test_an_unexpected_error_is_logged_and_the_talk_goes_on(tmp_path: Path) -> None:
    tutor = ScriptedTutor((KeyError("secret detail"),), CALM)
    chat, out = chat_with(tutor, tmp_path)
    chat.hear("what is attention?")
    chat.hear("hm")
    log = tmp_path / "tutorbot.log"
    assert out.getvalue() == f"Something unexpected went wrong with that. The details are in {log}.\n\nFine.\n\n"
    assert "Traceback" in log.read_text()
    assert "secret detail" in log.read_text()


def test_a_log_that_cannot_be_written_is_no_second_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    chat, out = chat_with(ScriptedTutor((KeyError("x"),)), tmp_path / "file")
    chat.hear("what is attention?")
    assert "The details could not be written" in out.getvalue()


def test_a_broken_pipe_is_for_the_caller(tmp_path: Path) -> None:
    class Gone:
        def write(self, text: str) -> int:
            raise BrokenPipeError

        def flush(self) -> None:
            raise BrokenPipeError

    from tutorbot.repl.plain import PlainScreen

    tutor = ScriptedTutor(pause=0.05)
    chat, _ = chat_with(tutor, tmp_path, PlainScreen(Gone()))
    with pytest.raises(BrokenPipeError):
        chat.hear("what is attention?")
    assert (tutor.closed, tutor.recorded) == (1, 0)


def test_every_alias_leads_to_one_command() -> None:
    names = [name for c in COMMANDS.values() for name in (c.name, *c.aliases)]
    assert len(names) == len(set(names))
    assert parse("/topics two words") == ("topics", "two words")
