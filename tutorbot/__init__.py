"""tutorbot: a tutor for learning Large Language Models, on Discord and in the terminal."""

__version__ = "0.1.0"
