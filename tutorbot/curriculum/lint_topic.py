"""Rules that one topic can be held to by itself: format, lengths, code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tutorbot.curriculum.codeblocks import check_block, python_blocks
from tutorbot.curriculum.topic import BODY_SECTIONS, LEVELS, Question, Topic
from tutorbot.retrieval.words import bare_words

BODY_WORDS = (400, 900)
ANSWER_WORDS = (25, 110)
MINIMUM_QUESTIONS = 8
_SENTENCE_END = re.compile(r"[.!?][\"')\]]*(?:\s|$)")
_ABBREVIATION = re.compile(r"\b(e\.g|i\.e|vs|et al|Fig|No|approx)\.", re.IGNORECASE)
_LEANS_ON_OTHERS = re.compile(
    r"\b(as (described|explained|shown|mentioned) above|see above|the example above|as above)\b", re.I
)


@dataclass(frozen=True)
class Finding:
    """A breach of a rule: where, what, and what to do."""

    path: str
    line: int
    what: str
    fix: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what} {self.fix}"


def lint_topic(topic: Topic, run_code: bool = True) -> Iterator[Finding]:
    """Every breach in this topic; with `run_code` its Python blocks are run too."""
    yield from _front(topic)
    yield from _body(topic)
    yield from _questions(topic)
    if run_code:
        for block in python_blocks(topic):
            if problem := check_block(block):
                yield Finding(topic.path, block.line, f"The Python block {problem}.", "Mend the block or what it claims.")


def count_sentences(text: str) -> int:
    """Sentences in plain text, by final marks; abbreviations and decimals do not count."""
    return len(_SENTENCE_END.findall(_ABBREVIATION.sub(r"\1", text)))


def body_words(topic: Topic) -> int:
    """Words of the body, code included."""
    return sum(len(section.text.split()) for section in topic.sections)


def _front(topic: Topic) -> Iterator[Finding]:
    stem = topic.path.rsplit("/", 1)[-1].removesuffix(".md")
    if topic.id != stem:
        yield Finding(topic.path, 1, f"The id `{topic.id}` is not the file name.", f"Write `id: {stem}`.")
    if topic.level not in LEVELS:
        yield Finding(topic.path, 1, f"The level `{topic.level}` is unknown.", f"Use one of {', '.join(LEVELS)}.")
    for resource in topic.resources:
        if not resource.url.startswith("https://"):
            yield Finding(topic.path, 1, f"The address of `{resource.name}` is not https.", "Give its https address.")


def _body(topic: Topic) -> Iterator[Finding]:
    headings = [s.heading for s in topic.sections]
    missing = [h for h in BODY_SECTIONS if h not in headings]
    if missing:
        yield Finding(topic.path, 1, f"Missing sections: {', '.join(missing)}.", "Add them as `## ...` headings.")
    elif [h for h in headings if h in BODY_SECTIONS] != list(BODY_SECTIONS):
        yield Finding(topic.path, 1, "The sections stand in another order.", f"Order them: {', '.join(BODY_SECTIONS)}.")
    words = body_words(topic)
    if not BODY_WORDS[0] <= words <= BODY_WORDS[1]:
        yield Finding(topic.path, 1, f"The body has {words} words.", f"Keep it between {BODY_WORDS[0]} and {BODY_WORDS[1]}.")
    for section in topic.sections:
        if not section.text:
            yield Finding(topic.path, section.line, f"`## {section.heading}` is empty.", "Write it.")
    summary = topic.section("Summary")
    if summary and (n := count_sentences(summary.text)) != 3:
        yield Finding(topic.path, summary.line, f"The summary has {n} sentences.", "Write exactly three.")


def _questions(topic: Topic) -> Iterator[Finding]:
    if len(topic.questions) < MINIMUM_QUESTIONS:
        yield Finding(topic.path, 1, f"Only {len(topic.questions)} questions.", f"Write at least {MINIMUM_QUESTIONS}.")
    seen: dict[str, int] = {}
    for question in topic.questions:
        yield from _answer(topic, question)
        for wording in question.all_wordings:
            key = bare_words(wording)
            if key in seen:
                yield Finding(
                    topic.path, question.line, f"`{wording}` is asked twice.", f"It stands at line {seen[key]} too."
                )
            seen[key] = question.line
    for belief in topic.wrong_beliefs:
        if not 1 <= (n := count_sentences(belief.correction)) <= 5:
            yield Finding(topic.path, belief.line, f"The correction has {n} sentences.", "Write one to four.")


def _answer(topic: Topic, question: Question) -> Iterator[Finding]:
    low, high = ANSWER_WORDS
    words, sentences = len(question.answer.split()), count_sentences(question.answer)
    if not low <= words <= high:
        yield Finding(topic.path, question.line, f"The answer has {words} words.", f"Keep it between {low} and {high}.")
    if not 2 <= sentences <= 5:
        yield Finding(topic.path, question.line, f"The answer has {sentences} sentences.", "Write two to four.")
    if _LEANS_ON_OTHERS.search(question.answer):
        yield Finding(topic.path, question.line, "The answer leans on another text.", "Make it stand alone.")
    if "```" in question.answer or re.search(r"(^|\s)\$[^$]+\$", question.answer):
        yield Finding(topic.path, question.line, "The answer has a code block or LaTeX.", "Say it in plain text.")
