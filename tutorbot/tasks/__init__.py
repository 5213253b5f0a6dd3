"""Mini-tasks on the learner's own words: one contract (`task.py`), one file a task, one catalogue."""
