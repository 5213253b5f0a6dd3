"""Summaries: by picking the text's own sentences, or in new words, each new sentence checked against the text.

Where a sentence in new words is not borne out by the text, one of the text's own takes its place, and a note says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tutorbot.answering.sentences import sentences
from tutorbot.answering.support import SupportChecker
from tutorbot.messages import Part, Table
from tutorbot.ports import Turn, Writer, WritingJob
from tutorbot.tasks.arguments import Argument, text
from tutorbot.tasks.probabilities import percent
from tutorbot.tasks.sentence_ranker import MOST_SENTENCES, SentenceRanker
from tutorbot.tasks.task import ModelUsed, Result, Task, Values
from tutorbot.tasks.text_to_text import new_words
from tutorbot.tasks.tools import Tools
from tutorbot.tasks.writing import NO_WRITER, beside, prompt_text, show_others, used, write_all

RANKER = ModelUsed("all-MiniLM-L6-v2 + sentence ranker", "Apache-2.0", "trained on paper abstracts (SciTLDR) and news")
_ASK = "Summarize the text in one short sentence.\n\n"
_BEGIN = "In one sentence: "
_WARMTH = 0.4
_MOST_NEW = 0.25
# Stricter than for answers: nobody asked for a summary in new words at the price of a wrong one.
_SUPPORTED = 0.85
_LEAST_WORDS = 4
_SECONDS = 6.0
_SENTENCES_A_PIECE = 4
_LONGEST_SENTENCE = 600

_ANY_END = re.compile(r"(?<=[.!?…。！？])\s+|(?<=[。！？])")


@dataclass(frozen=True)
class _Line:
    """One sentence of the summary: its support by the text, 0 to 1, and whether the writer or the text says it."""

    text: str
    support: float
    origin: str


def run(arguments: Values, tools: Tools) -> Result:
    """A summary of as many sentences as are asked for, or as the length of the text suggests."""
    given = arguments["text"]
    parts = [part[:_LONGEST_SENTENCE] for part in _cut(given)]
    count = min(arguments["sentences"] or _usual(len(parts)), len(parts))
    notes = [f"The text has {len(parts)} sentences; the first {MOST_SENTENCES} were read."] * (len(parts) > MOST_SENTENCES)
    parts = parts[:MOST_SENTENCES]
    if len(parts) < 2:
        return _short(given, parts)
    ranker = SentenceRanker(tools.encoder)
    extract = _extracted(parts, ranker, count)
    if arguments["mode"] == "extractive":
        return replace(extract, notes=tuple(notes))
    if tools.writer is None:
        return replace(extract, notes=(*notes, NO_WRITER))
    checker = SupportChecker(tools.encoder)
    others, more = beside(tools, lambda big: _rewritten(parts, ranker, checker, big, count))
    result = _rewritten(parts, ranker, checker, tools.writer, count)
    return replace(result, notes=(*notes, *result.notes, *more), others=others)


def _cut(given: str) -> list[str]:
    """Sentences; where no capital follows a full stop, as in chat and in other scripts, the stop alone ends one."""
    parts = sentences(given)
    return parts if len(parts) > 1 else [p for p in _ANY_END.split(given.strip()) if p.strip()]


def _usual(length: int) -> int:
    return 1 if length < 8 else 2 if length < 20 else 3


def _short(given: str, parts: Sequence[str]) -> Result:
    said = parts[0] if parts else given.strip()[:_LONGEST_SENTENCE]
    note = "This is one sentence; there is nothing to pick from, so it stands as it is."
    return _result([_Line(said, 1.0, "text")], RANKER, (note,), {"read": len(parts), "mode": "extractive"})


def _extracted(parts: Sequence[str], ranker: SentenceRanker, count: int) -> Result:
    scores = ranker.scores(parts)
    chosen = ranker.best(parts, count)
    order = sorted(range(len(parts)), key=lambda n: -float(scores[n]))
    ranked = [{"place": n + 1, "score": round(float(scores[n]), 3), "text": parts[n]} for n in order[:5]]
    lines = [_Line(parts[n], 1.0, "text") for n in chosen]
    return _result(lines, RANKER, (), {"read": len(parts), "mode": "extractive", "ranked": ranked})


def _rewritten(parts: Sequence[str], ranker: SentenceRanker, checker: SupportChecker, writer: Writer, count: int) -> Result:
    pieces = _pieces(parts, ranker, count)
    tries = 4 if len(pieces) == 1 else 2 if len(pieces) == 2 else 1
    jobs = [job for piece in pieces for job in _jobs(piece, piece[ranker.best(piece, 1)[0]])[:tries]]
    written = write_all(writer, jobs)
    lines, drafts, notes, replaced = list[_Line](), list[_Line](), list[str](), 0
    for n, piece in enumerate(pieces):
        mine = range(n * tries, (n + 1) * tries)
        tried = [_checked(jobs[k].begun.removeprefix(_BEGIN) + written[k], piece, checker) for k in mine]
        drafts += tried
        lines.append(chosen := _chosen(tried, piece, ranker))
        replaced += chosen not in tried
    if replaced:
        notes.append(
            f"{replaced} of {len(lines)} sentences that the model wrote said what the text does not, or said it no more "
            "briefly; the text's own sentence stands there instead."
        )
    trace = {
        "read": len(parts),
        "mode": "abstractive",
        "prompt": prompt_text(jobs[0].turns),
        "drafts": [{"text": d.text, "support": round(d.support, 3)} for d in drafts],
    }
    return _result(lines, used(writer), tuple(notes), trace)


def _pieces(parts: Sequence[str], ranker: SentenceRanker, count: int) -> list[list[str]]:
    """The best sentences of each stretch of the text: one stretch for each sentence of the summary."""
    edges = [round(n * len(parts) / count) for n in range(count + 1)]
    stretches = [parts[a:b] for a, b in pairwise(edges) if a < b]
    return [[s[n] for n in ranker.best(s, _SENTENCES_A_PIECE)] for s in stretches]


def _jobs(piece: Sequence[str], best: str) -> list[WritingJob]:
    """Four ways to ask: begun with the best sentence's first words, as it is, begun, and with some chance."""
    turns = (Turn("user", _ASK + " ".join(piece)),)
    plain = WritingJob(turns, max_new_tokens=48, seconds=_SECONDS)
    begun = replace(plain, begun=_BEGIN)
    led = replace(plain, begun=_BEGIN + " ".join(best.split()[:2])[:40])
    return [led, plain, begun, replace(plain, temperature=_WARMTH, top_p=0.9, seed=1)]


def _checked(written: str, piece: Sequence[str], checker: SupportChecker) -> _Line:
    said = next(iter(sentences(written.strip().removeprefix(_BEGIN.strip()).strip())), "")
    # Sentences are joined, because a summary may rightly say what two of them say.
    joined = "; ".join(part.rstrip(".") for part in piece)
    return _Line(said, checker.check(said, [*piece, joined]).score if said else 0.0, "text" if said in piece else "model")


def _chosen(tried: Sequence[_Line], piece: Sequence[str], ranker: SentenceRanker) -> _Line:
    """The best supported draft that is shorter than what it sums up, or else the piece's best sentence."""
    longest = max(0.8 * len(" ".join(piece)), min(len(part) for part in piece))
    said = list(dict.fromkeys(t for t in tried if t.support >= _SUPPORTED and _is_summary(t.text, piece, longest)))
    best = piece[ranker.best(piece, 1)[0]]
    if not said:
        return _Line(best, 1.0, "text")
    near = ranker.nearness([t.text for t in said], " ".join(piece))
    return max(zip(said, near, strict=True), key=lambda pair: pair[1] - new_words(" ".join(piece), pair[0].text))[0]


def _is_summary(said: str, piece: Sequence[str], longest: float) -> bool:
    whole = len(said.split()) >= _LEAST_WORDS and said.endswith((".", "!", "?")) and len(said) <= longest
    return whole and new_words(" ".join(piece), said) <= _MOST_NEW


def _result(lines: Sequence[_Line], model: ModelUsed, notes: tuple[str, ...], trace: Values) -> Result:
    return Result(
        values={
            "text": " ".join(line.text for line in lines),
            "sentences": [{"text": x.text, "support": round(x.support, 3), "from": x.origin} for x in lines],
        },
        model=model,
        confidence=min((line.support for line in lines), default=None),
        notes=notes,
        trace=trace,
    )


def render(result: Result) -> str:
    """The summary."""
    return show_others(result, lambda r: str(r.values["text"]))


def explain(result: Result) -> tuple[str, ...]:
    """What happened to this text."""
    trace, lines = result.trace, result.values["sentences"]
    if "ranked" in trace:
        return _explain_ranking(result)
    if "drafts" not in trace:
        return ("The text has a single sentence, and a summary picks or rewords among several.",)
    drafts = trace["drafts"]
    shares = ", ".join(percent(d["support"]) for d in drafts)
    own = sum(line["from"] == "text" for line in lines)
    end = (
        f"{own} of {len(lines)} sentences stand in the text word for word: the model copied them, or no draft of its passed."
        if own
        else f"The draft that was best supported was taken: {percent(lines[0]['support'])}."
    )
    return (
        f"The {trace['read']} sentences of the text went into a prompt that asks for one short sentence; of a long text the "
        "ranker chose the sentences first.",
        f"The model wrote {len(drafts)} drafts, begun and asked for in different ways. A small model adds "
        "things that the text does not say, so each draft was checked against the text.",
        f"Every content word was compared with the words of the text by meaning, and numbers, names and negations exactly. "
        f"The support came to {shares}; {percent(_SUPPORTED)} is asked for.",
        end,
    )


def _explain_ranking(result: Result) -> tuple[str, ...]:
    ranked = result.trace["ranked"]
    best = ranked[0]
    then = f" The next, sentence {ranked[1]['place']}, has {ranked[1]['score']:+.3f}." if len(ranked) > 1 else ""
    return (
        f"The text was cut into {result.trace['read']} sentences, and the encoder turned each into a vector of 384 numbers.",
        "A small linear model scored each sentence by how near its vector is to the mean of all, where it stands, how "
        'long it is, and cues such as "we propose" or "results show".',
        f"Sentence {best['place']} scored highest, {best['score']:+.3f}.{then} The chosen sentences stand in the order of "
        "the text, word for word: an extractive summary cannot say what the text does not.",
    )


def parts(result: Result) -> tuple[Part, ...]:
    """The drafts with their support, or the ranking."""
    if "drafts" in result.trace:
        rows = tuple((d["text"], percent(d["support"])) for d in result.trace["drafts"])
        return (Table("Drafts, checked against the text", ("Draft", "Support"), rows),)
    if "ranked" in result.trace:
        ranked = tuple((str(r["place"]), f"{r['score']:+.3f}", str(r["text"])) for r in result.trace["ranked"])
        return (Table("Highest sentences", ("Sentence", "Score", "Text"), ranked),)
    return ()


TASK = Task(
    name="summarize",
    purpose="Say a text in a sentence or a few: in new words that are checked, or in its own.",
    topic="summarisation",
    arguments=(
        text("the text to summarise"),
        Argument(
            "mode", "choice", "new words or the text's own", default="abstractive", choices=("abstractive", "extractive")
        ),
        Argument("sentences", "integer", "how many sentences", lowest=1, highest=5),
    ),
    example={
        "text": "The storm reached the coast at dawn. Winds tore roofs off dozens of houses and cut power to three towns. "
        "By evening, crews had restored most of the lines."
    },
    run=run,
    render=render,
    explain=explain,
    parts=parts,
)
