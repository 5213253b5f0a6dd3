"""An answer and an item give a grade with reasons: offline, deterministic, open to appeal. Pure."""
