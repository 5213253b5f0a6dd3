"""The course as values: stages, topics, questions, wrong beliefs; loading and linting of the knowledge folder."""
