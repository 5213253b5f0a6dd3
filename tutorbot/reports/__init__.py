"""A report value becomes text."""
