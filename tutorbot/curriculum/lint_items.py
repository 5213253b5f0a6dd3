"""Rules for exercises: each by itself, and the answer keys in balance over the course."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from tutorbot.curriculum.codeblocks import CodeBlock, check_block
from tutorbot.curriculum.item import GAP, Choice, Cloze, Item, Numeric, Order, Output, ShortAnswer
from tutorbot.curriculum.lint_topic import Finding
from tutorbot.curriculum.topic import Topic
from tutorbot.grading.grade import grade

LEAST_ITEMS = 6
OPTIONS = (3, 6)
HINTS = (2, 3)
# With four options the longest is right one time in four by chance; above this a learner can play the lengths.
MOST_LONGEST = 0.38
MOST_AT_ONE_PLACE = 0.40
_ENOUGH_TO_COUNT = 20


def lint_items(items: Sequence[Item], topic: Topic, run_code: bool = True) -> Iterator[Finding]:
    """Every breach in the items of one topic."""
    if len(items) < LEAST_ITEMS:
        path = items[0].path if items else topic.path
        yield Finding(path, 1, f"The topic `{topic.id}` has {len(items)} items.", f"Write at least {LEAST_ITEMS}.")
    for item in items:
        yield from _common(item, topic)
        yield from _by_kind(item, run_code)


def lint_keys(items: Iterable[Item]) -> Iterator[Finding]:
    """Answer keys in balance over all single-choice items: neither the length nor the place gives the answer away."""
    single = [(item, item.key) for item in items if item.kind == "single" and isinstance(item.key, Choice)]
    if len(single) < _ENOUGH_TO_COUNT:
        return
    path = single[0][0].path.rsplit("/", 1)[0]
    longest = sum(_is_longest(key) for _, key in single) / len(single)
    if longest > MOST_LONGEST:
        yield Finding(
            path, 1, f"In {longest:.0%} of single-choice items the longest option is right.", "Lengthen wrong options."
        )
    places = Counter(min(key.right) for _, key in single)
    place, times = places.most_common(1)[0]
    if times / len(single) > MOST_AT_ONE_PLACE:
        yield Finding(
            path, 1, f"In {times / len(single):.0%} of items option {place + 1} is right.", "Move right options about."
        )


def _is_longest(key: Choice) -> bool:
    right = min(key.right)
    return all(len(key.options[right]) > len(o) for n, o in enumerate(key.options) if n != right)


def _common(item: Item, topic: Topic) -> Iterator[Finding]:
    def finding(what: str, fix: str) -> Finding:
        return Finding(item.path, item.line, f"{item.id}: {what}", fix)

    if not item.id.startswith(f"{topic.id}-"):
        yield finding("The id does not begin with the topic.", f"Write `{topic.id}-1` and so on.")
    if not 1 <= item.difficulty <= 5:
        yield finding(f"The difficulty is {item.difficulty}.", "Use 1 (recall) to 5 (transfer).")
    if not 1 <= item.objective <= len(topic.objectives):
        yield finding(f"There is no objective {item.objective}.", f"The topic has objectives 1 to {len(topic.objectives)}.")
    if not HINTS[0] <= len(item.hints) <= HINTS[1]:
        yield finding(f"There are {len(item.hints)} hints.", "Write a ladder of two or three, each saying more.")
    if len(item.explanation.split()) < 8:
        yield finding("The explanation is too short.", "Say why the right answer is right.")


def _by_kind(item: Item, run_code: bool) -> Iterator[Finding]:
    for what, fix in _problems(item, run_code):
        yield Finding(item.path, item.line, f"{item.id}: {what}", fix)


def _problems(item: Item, run_code: bool) -> Iterator[tuple[str, str]]:
    match item.key:
        case Choice() as key:
            yield from _choice(key, item.kind == "multiple")
        case ShortAnswer() as key:
            yield from _short(item, key)
        case Order(steps):
            if len(steps) < 3 or len(set(steps)) < len(steps):
                yield "There are fewer than three different steps.", "Give at least three."
        case Cloze(gaps):
            if item.question.count(GAP) != len(gaps) or not all(gaps):
                yield (
                    f"The question has {item.question.count(GAP)} gaps and {len(gaps)} answers.",
                    f"Write one {GAP} an answer.",
                )
        case Output(code, printed):
            block = CodeBlock(f"{code}\n", item.line, runs=run_code)
            if problem := check_block(block, expected=printed):
                yield f"The code {problem}.", "Mend the code or the answer."
        case Numeric(_, tolerance, _):
            if tolerance <= 0:
                yield "The tolerance is not above 0.", "Allow for rounding."


def _choice(key: Choice, several: bool) -> Iterator[tuple[str, str]]:
    if not OPTIONS[0] <= len(key.options) <= OPTIONS[1] or len(set(key.options)) < len(key.options):
        yield "There are not three to six different options.", "Add or mend options."
    if several and not 2 <= len(key.right) < len(key.options):
        yield "A multiple-choice item has two or more right options, but not all.", "Mend `answer`."
    if not several and len(key.right) != 1:
        yield "A single-choice item has one right option.", "Mend `answer`, or use `kind: multiple`."


def _short(item: Item, key: ShortAnswer) -> Iterator[tuple[str, str]]:
    if len(key.accept) < 2 or len(key.reject) < 2:
        yield "There are fewer than two examples to accept and two to reject.", "Write them as learners would."
    if not 1 <= key.needed <= len(key.key_points):
        yield f"`needed` is {key.needed}.", f"Use 1 to {len(key.key_points)}."
    for example in key.accept:
        if not (g := grade(item, example)).right:
            yield f"`{example}` should be accepted but is graded {g.score:.2f} ({'; '.join(g.reasons)}).", "Add phrases."
    for example in key.reject:
        if grade(item, example).right:
            yield f"`{example}` should be rejected but is accepted.", "Make the phrases stricter or add `wrong`."
