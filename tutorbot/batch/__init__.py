"""The machine-readable door: `tutorbot ask`, one JSON object a message."""
