"""`tutorbot db`: mend the learner store."""

from __future__ import annotations

import argparse
from contextlib import closing

from tutorbot.commands.common import say, settings_of
from tutorbot.storage.store import open_store


def run_rebuild(options: argparse.Namespace) -> int:
    """Compute all projections again from the events."""
    with closing(open_store(settings_of(options).database_url)) as store:
        learners = store.rebuild()
    say(f"The projections of {learners} learners have been computed again from the events.")
    return 0
