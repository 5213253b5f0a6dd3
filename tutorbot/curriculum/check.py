"""`python -m tutorbot.curriculum.check FILE...`: an author's quick check of single topic or item files."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from tutorbot.curriculum.item_files import read_items
from tutorbot.curriculum.lint_items import lint_items, lint_keys
from tutorbot.curriculum.lint_topic import Finding, body_words, lint_topic
from tutorbot.curriculum.markdown import read_topic
from tutorbot.errors import CurriculumError


def main(arguments: list[str]) -> int:
    """Print the findings of each file and a line of counts; 1 if there was any finding."""
    problems = 0
    for name in arguments:
        path = Path(name)
        try:
            for line in _check_items(path) if path.suffix == ".yaml" else _check_topic(path):
                problems += isinstance(line, Finding)
                print(line)
        except CurriculumError as error:
            print(error)
            problems += 1
    return 1 if problems else 0


def _check_topic(path: Path) -> Iterator[Finding | str]:
    topic = read_topic(path)
    yield from lint_topic(topic)
    wordings = sum(len(q.all_wordings) for q in topic.questions)
    yield (
        f"{topic.id}: {body_words(topic)} words, {len(topic.questions)} questions in {wordings} wordings, "
        f"{len(topic.wrong_beliefs)} wrong beliefs"
    )


def _check_items(path: Path) -> Iterator[Finding | str]:
    """Items lie in items/<topic>.yaml beside topics/<stage>/<topic>.md."""
    items = read_items(path)
    found = sorted(path.parent.parent.glob(f"topics/*/{path.stem}.md"))
    if not found:
        raise CurriculumError(f"{path}:1 belongs to no topic.", f"There is no topics/<stage>/{path.stem}.md.")
    yield from lint_items(items, read_topic(found[0]))
    yield from lint_keys(items)
    yield f"{path.stem}: {len(items)} items"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
