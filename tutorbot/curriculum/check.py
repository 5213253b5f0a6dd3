"""`python -m tutorbot.curriculum.check FILE...`: an author's quick check of single topic files."""

from __future__ import annotations

import sys
from pathlib import Path

from tutorbot.curriculum.lint_topic import body_words, lint_topic
from tutorbot.curriculum.markdown import read_topic
from tutorbot.errors import CurriculumError


def main(arguments: list[str]) -> int:
    """Print the findings of each file and a line of counts; 1 if there was any finding."""
    problems = 0
    for name in arguments:
        try:
            topic = read_topic(Path(name))
        except CurriculumError as error:
            print(error)
            problems += 1
            continue
        findings = list(lint_topic(topic))
        problems += len(findings)
        for finding in findings:
            print(finding)
        wordings = sum(len(q.all_wordings) for q in topic.questions)
        print(
            f"{topic.id}: {body_words(topic)} words, {len(topic.questions)} questions in {wordings} wordings, "
            f"{len(topic.wrong_beliefs)} wrong beliefs, {len(findings)} findings"
        )
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
