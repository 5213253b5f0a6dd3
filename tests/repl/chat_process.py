"""A whole chat process with a scripted tutor: `python chat_process.py DATA_DIR SECONDS_TO_WAKE SECONDS_BETWEEN_PARTS`."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from repl_talk import ANA, ScriptedTutor

from tutorbot.repl.app import run_chat
from tutorbot.repl.background import leave_threads_behind
from tutorbot.settings import Settings


def main(data_dir: Path, wake: float, pause: float) -> int:
    settings = Settings(f"sqlite:///{data_dir}/tutorbot.db", data_dir, data_dir, data_dir)
    tutor = ScriptedTutor(pause=pause)

    def build() -> ScriptedTutor:
        time.sleep(wake)
        return tutor

    status = run_chat(settings, ANA, build)
    (data_dir / "recorded").write_text(str(tutor.recorded))
    leave_threads_behind(status)
    return status


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])))
