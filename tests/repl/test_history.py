import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutorbot.repl.history import MOST_BYTES, PatientHistory, entries


def history(path: Path) -> tuple[PatientHistory, list[str]]:
    notes: list[str] = []
    return PatientHistory(path, notes.append), notes


def test_what_was_typed_is_there_again_newest_first(tmp_path: Path) -> None:
    path = tmp_path / "new" / "history"
    for typed in ("what is dropout?", "two\nlines\n\n+ and a plus", "/why", "lone \ud83d"):
        history(path)[0].store_string(typed)
    again, notes = history(path)
    assert list(again.load_history_strings()) == ["lone ?", "/why", "two\nlines\n\n+ and a plus", "what is dropout?"]
    assert notes == []
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_missing_file_is_an_empty_history(tmp_path: Path) -> None:
    again, notes = history(tmp_path / "history")
    assert (list(again.load_history_strings()), notes) == ([], [])


def test_a_disk_that_cannot_be_written_is_noted_once(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    kept, notes = history(tmp_path / "file" / "history")
    kept.append_string("one")
    kept.append_string("two")
    assert kept.get_strings() == ["one", "two"], "it lasts for the session"
    assert len(notes) == 1
    assert "cannot be written" in notes[0]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_noted(tmp_path: Path) -> None:
    (tmp_path / "history").symlink_to("/dev/full")
    kept, notes = history(tmp_path / "history")
    kept.append_string("one")
    assert "No space left" in notes[0]


def test_a_folder_in_its_place_is_noted(tmp_path: Path) -> None:
    kept, notes = history(tmp_path)
    assert list(kept.load_history_strings()) == []
    assert "cannot be read" in notes[0]


def test_broken_bytes_and_a_huge_file_are_read(tmp_path: Path) -> None:
    path = tmp_path / "history"
    path.write_bytes(b"\xff\xfe\n" * MOST_BYTES + b"\n# now\n+last \xff one\n")
    assert next(iter(history(path)[0].load_history_strings())) == "last \ufffd one"


@given(st.lists(st.text(st.characters(exclude_categories=("Cs",))).map(lambda s: s.replace("\r", "")), max_size=5))
def test_entries_are_read_as_they_were_written(typed: list[str]) -> None:
    text = "".join(f"\n# now\n{''.join(f'+{line}' + chr(10) for line in t.split(chr(10)))}" for t in typed)
    assert entries(text) == typed
