import time
from collections.abc import Iterator

import pytest
from repl_talk import ATTENTION, DONE, ScriptedTutor

from tutorbot.messages import Part, Text
from tutorbot.repl.background import Background
from tutorbot.repl.stream import PartStream


def test_parts_arrive_in_order() -> None:
    assert tuple(PartStream(lambda: iter(ATTENTION)).parts()) == ATTENTION


def test_waiting_is_told_about() -> None:
    ticks: list[int] = []

    def slow() -> Iterator[Part]:
        time.sleep(0.35)
        yield DONE

    assert list(PartStream(slow).parts(lambda: ticks.append(1))) == [DONE]
    assert 2 <= len(ticks) <= 4


def test_an_error_comes_after_the_parts_before_it() -> None:
    def torn() -> Iterator[Part]:
        yield Text("half")
        raise ValueError("torn")

    parts = PartStream(torn).parts()
    assert next(parts) == Text("half")
    with pytest.raises(ValueError, match="torn"):
        next(parts)


def test_a_stopped_reply_is_closed_and_not_recorded() -> None:
    tutor = ScriptedTutor(pause=0.1)
    stream = PartStream(lambda: tutor.respond(None))
    assert next(stream.parts()) == ATTENTION[0]
    assert stream.stop(patience=2) is False
    assert (tutor.closed, tutor.recorded) == (1, 0)


def test_a_reply_that_was_complete_says_so() -> None:
    stream = PartStream(lambda: iter(ATTENTION))
    next(stream.parts())
    time.sleep(0.1)
    assert stream.stop(patience=2) is True


def test_a_stuck_reply_does_not_hold_the_terminal() -> None:
    def stuck() -> Iterator[Part]:
        yield Text("half")
        time.sleep(1)
        yield DONE

    stream = PartStream(stuck)
    next(stream.parts())
    begun = time.perf_counter()
    assert stream.stop(patience=0.1) is False
    assert time.perf_counter() - begun < 0.5


def test_background_work_keeps_its_result_and_its_error() -> None:
    work = Background(lambda: 7)
    with pytest.raises(RuntimeError):
        work.result()
    work.start()
    work.start()
    assert work.wait(2)
    assert work.result() == 7
    failing = Background(lambda: 1 // 0)
    failing.start()
    assert failing.wait(2)
    with pytest.raises(ZeroDivisionError):
        failing.result()
