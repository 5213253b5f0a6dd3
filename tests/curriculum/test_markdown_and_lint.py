"""Reading topic files, and what the linter tells an author: file, line, what, and what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from fakes import COURSE

from tutorbot.curriculum.codeblocks import CodeBlock, check_block
from tutorbot.curriculum.course import content_hash, load_course
from tutorbot.curriculum.lint import lint_course
from tutorbot.curriculum.lint_topic import count_sentences
from tutorbot.curriculum.markdown import parse_topic, read_topic
from tutorbot.curriculum.statistics import count_course
from tutorbot.errors import CurriculumError

DROPOUT = COURSE / "topics" / "basics" / "dropout.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A course that may be spoilt."""
    return Path(shutil.copytree(COURSE, tmp_path / "course"))


def spoil(folder: Path, old: str, new: str, topic: str = "dropout") -> None:
    path = folder / "topics" / "basics" / f"{topic}.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_topic_is_read_whole() -> None:
    topic = read_topic(DROPOUT)
    assert (topic.id, topic.title, topic.level, topic.aliases) == ("dropout", "Dropout", "beginner", ("dropout layer",))
    assert topic.sections[0].heading == "In plain words"
    question = topic.questions[0]
    assert question.all_wordings == ("what is dropout?", "explain dropout", "dropout meaning")
    assert question.answer.startswith("Dropout sets a random fraction")
    assert topic.wrong_beliefs[0].belief == "Dropout makes a trained network smaller."
    assert DROPOUT.read_text(encoding="utf-8").splitlines()[question.line - 1] == "### what is dropout?"


def test_a_heading_inside_a_code_block_is_no_heading() -> None:
    text = DROPOUT.read_text(encoding="utf-8").replace("print(2 / 0.5)", "## not a heading\nprint(2 / 0.5)")
    assert "not a heading" not in [s.heading for s in parse_topic(text, DROPOUT).sections]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("---\nid", "id", "has no front matter"),
        ("title: Dropout\n", "", "has no `title`"),
        ("minutes: 5", "minutes: five", "has `minutes` that is not a whole number"),
        ("aliases: [dropout layer]", "aliases: dropout layer", "has `aliases` that is not a list"),
        ("title: Dropout", "title: [", "not YAML"),
        ("{name: A book, author", "{author", "a resource without name"),
        ("## Questions\n", "## Questions\n\n### nothing below\n", "has no text under `### nothing below`"),
    ],
)
def test_a_mistake_is_told_with_file_and_line(folder: Path, old: str, new: str, told: str) -> None:
    spoil(folder, old, new)
    with pytest.raises(CurriculumError) as caught:
        load_course(folder)
    assert told in caught.value.what
    assert "dropout.md:" in caught.value.what
    assert caught.value.fix


def test_a_file_that_is_not_utf8(folder: Path) -> None:
    (folder / "topics" / "basics" / "dropout.md").write_bytes(b"---\nid: \xff\xfe\n---\n")
    with pytest.raises(CurriculumError, match="not UTF-8"):
        load_course(folder)


def test_the_small_course_is_sound() -> None:
    assert lint_course(COURSE) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("id: dropout", "id: drop-out", "The id `drop-out` is not the file name."),
        ("level: beginner", "level: easy", "The level `easy` is unknown."),
        ("https://example.org", "http://example.org", "is not https"),
        ("prerequisites: []", "prerequisites: [nothing]", "The prerequisite `nothing` does not exist."),
        ("prerequisites: []", "prerequisites: [self-attention]", "comes later in the path"),
        ("## How it works", "## How it goes", "Missing sections: How it works."),
        ("Now you know it.", "Now you know it. And more.", "The summary has 4 sentences."),
        ("# -> 4.0", "# -> 5.0", "claims `# -> 5.0` but prints: 4.0"),
        ("print(2 / 0.5)", "print(2 / 0)", "ZeroDivisionError"),
        ("print(2 / 0.5)", "print(2 / 0.5", "does not compile"),
        ("also: explain dropout | dropout meaning", "also: explain dropout | Explain dropout!", "is asked twice"),
        (
            "also: explain dropout |",
            "also: explain self attention |",
            "`explain self attention` is asked under dropout too.",
        ),
        ("Imagine a team", "[See](no-such-topic.md) a team", "leads nowhere"),
        ("title: Dropout", "title: Self-attention", "The title `Self-attention` is taken"),
    ],
)
def test_each_rule_is_told(folder: Path, old: str, new: str, told: str) -> None:
    spoil(folder, old, new)
    findings = lint_course(folder)
    assert any(told in str(f) for f in findings), [str(f) for f in findings]
    assert all(f.line >= 1 and f.fix for f in findings)


def test_a_file_that_cannot_be_read_hides_no_other_finding(folder: Path) -> None:
    spoil(folder, "title: Dropout\n", "")
    spoil(folder, "level: beginner", "level: easy", topic="self-attention")
    told = "\n".join(map(str, lint_course(folder)))
    assert "has no `title`" in told
    assert "The level `easy` is unknown." in told


def test_topics_that_are_planned_or_forgotten(folder: Path) -> None:
    (folder / "topics" / "basics" / "self-attention.md").rename(folder / "topics" / "basics" / "attention.md")
    told = "\n".join(map(str, lint_course(folder, run_code=False)))
    assert "The topic `self-attention` is planned but not written." in told
    assert "The topic `attention` is in no stage." in told


def test_a_block_that_needs_a_download_is_only_compiled() -> None:
    assert check_block(CodeBlock("raise SystemExit(1)", 1, runs=False)) is None
    assert check_block(CodeBlock("raise SystemExit(1)", 1, runs=True)) is not None
    assert "does not compile" in str(check_block(CodeBlock("def", 1, runs=False)))


def test_a_block_that_never_ends_is_stopped() -> None:
    assert check_block(CodeBlock("while True: pass", 1, runs=True), seconds=1) == "did not finish in 1 seconds"


def test_sentences_are_counted_past_decimals_and_abbreviations() -> None:
    assert count_sentences("Use 0.5 here. See e.g. BERT! Really?") == 3


def test_the_hash_changes_with_any_topic(folder: Path) -> None:
    before = content_hash(folder)
    spoil(folder, "Imagine a team", "Picture a team")
    assert content_hash(folder) != before


def test_counts_add_up() -> None:
    *stages, whole = count_course(load_course(COURSE))
    assert whole.topics == sum(s.topics for s in stages) == 3
    assert whole.questions == 24
    assert whole.wordings == 52
    assert whole.code_blocks == 3


def test_what_comes_next_has_its_prerequisites() -> None:
    course = load_course(COURSE)
    assert [t and t.id for t in (course.next_after([]), course.next_after(["dropout"]))] == ["dropout", "self-attention"]
    assert course.next_after(course.topics) is None


@pytest.mark.parametrize("content", ["", "stages: 3", "stages: [{id: a}]", "a: [", "\t"])
def test_a_path_with_a_mistake(folder: Path, content: str) -> None:
    (folder / "path.yaml").write_text(content)
    with pytest.raises(CurriculumError, match=r"path\.yaml"):
        load_course(folder)


def test_no_course_at_all(tmp_path: Path) -> None:
    with pytest.raises(CurriculumError, match="does not exist"):
        load_course(tmp_path)
