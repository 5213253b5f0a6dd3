"""Question in, parts and one event out: the main job of the tutor."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Generator, Iterator, Sequence, Set
from dataclasses import dataclass

from tutorbot.answering.citing import Bibliography, nearest_sentence
from tutorbot.answering.followup import Standalone, mentions
from tutorbot.answering.parts import search_words, split_question
from tutorbot.answering.plan import Abstain, Authored, Written, make_plan
from tutorbot.answering.prompts import as_text, compose_job, decoding_of
from tutorbot.answering.sentences import sentences, stream_sentences
from tutorbot.answering.support import Support, SupportChecker
from tutorbot.dialogue.events import Event, JsonObject, QuestionAbstained, QuestionAnswered
from tutorbot.errors import ModelError
from tutorbot.messages import Citation, Part, Text
from tutorbot.ports import Writer, WritingJob
from tutorbot.retrieval.evidence import Evidence, Hit, Retriever
from tutorbot.retrieval.fusion import SAME

logger = logging.getLogger(__name__)
# After so many sentences in a row without support the writer has left the passages and does not come back.
PATIENCE = 2
SHOWN_SENTENCES = 3
# As many of those found are told to who asks where an answer comes from.
SHOWN_PASSAGES = 5
# From here on the course has an answer to this very question.
CLOSE = 0.75
_JOINS = re.compile(
    r"\b(?:relat|connect|combin|link|compar|affect|influenc|interact)\w*|\btogether\b|\bto do with\b|\bvs\b|\bversus\b"
    r"|\bdifferen\w+|\breason for\b",
    re.IGNORECASE,
)
_COMPLETE = (".", "!", "?", '."', ".)")


@dataclass(frozen=True)
class Found:
    """What a question was turned into and what was found for it."""

    question: str
    standalone: Standalone
    evidence: tuple[Evidence, ...]
    milliseconds: float

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The hits of all parts of the question, each passage once."""
        return tuple({hit.passage.id: hit for e in self.evidence for hit in e.hits}.values())


class Answerer:
    """Finds, writes, checks, cites or abstains.

    Args:
        writer: None answers from the course's own words only.
        authored_first: False lets the writer compose even where the course has an answer.
    """

    def __init__(
        self, retriever: Retriever, support: SupportChecker, writer: Writer | None, authored_first: bool = True
    ) -> None:
        self._retriever = retriever
        self._support = support
        self._writer = writer
        self._authored_first = authored_first

    def find(self, question: str, standalone: Standalone, names: Set[str] = frozenset()) -> Found:
        """Search for every question in the message.

        Args:
            names: what the course's subjects are called, in lower case. Where the question joins two of them and no
                passage speaks of both, the second one is looked up too.
        """
        started = time.perf_counter()
        parts = split_question(standalone.text)
        queries = [parts[0], *(self._in_context(parts[0], part) for part in parts[1:])]
        evidence = [self._search(query) for query in queries]
        if len(parts) == 1 and (left_out := _left_out(parts[0], evidence[0], names)):
            evidence.append(self._retriever.search(f"what is {left_out}?"))
        return Found(question, standalone, tuple(evidence), (time.perf_counter() - started) * 1000)

    def answer(self, found: Found, sure: bool = True, just_shown: str = "") -> Iterator[Part | Event]:
        """The answer sentence by sentence, then its citations, then the event; or only a `QuestionAbstained`.

        Args:
            sure: False where the message may well be about something else.
            just_shown: id of the passage that the last answer was; of that only the part that was asked for is repeated.
        """
        plan = make_plan(found.evidence, sure, self._authored_first)
        match plan:
            case Abstain(nearest):
                yield QuestionAbstained(found.question, found.standalone.text, nearest, found.milliseconds)
            case Authored(hits):
                yield from self._authored(hits, just_shown, found.standalone.text)
                yield _answered(found, hits, "authored")
            case Written(hits):
                yield from self._written(found, hits)

    def quote(self, hits: Sequence[Hit]) -> Iterator[Part]:
        """The passages' own words, cited."""
        yield from self._authored(hits)

    def _search(self, query: str) -> Evidence:
        bare = search_words(query)
        if bare != query:
            whole = self._retriever.search(query)
            # "What is calibration of a language model?" stands in the course, field and all.
            if whole.hits and whole.hits[0].question >= SAME:
                return whole
        return self._retriever.search(bare)

    def _in_context(self, first: str, part: str) -> str:
        """A later question of the same message names its subject only in the first one."""
        return part if len(part.split()) > 8 else f"{first} {part}"

    def _authored(self, hits: Sequence[Hit], just_shown: str = "", asked: str = "") -> Iterator[Text | Citation]:
        sources = Bibliography()
        for hit in hits:
            said = sentences(hit.passage.text)
            if hit.passage.id == just_shown and len(said) > 1:
                said = [nearest_sentence(asked, said)]
            for n, sentence in enumerate(said, 1):
                number = sources.cite(hit.passage, sentence)
                yield Text(sentence, 1.0, (number,), ends_paragraph=n == len(said))
        yield from sources.citations

    def _written(self, found: Found, hits: Sequence[Hit]) -> Iterator[Part | Event]:
        sources = Bibliography()
        job = compose_job(found.standalone.text, [hit.passage.text for hit in hits])
        kept, left_out = 0, list[JsonObject]()
        for text in self._supported(job, hits, sources, left_out):
            kept += 1
            yield text
        if kept:
            yield from sources.citations
        else:
            yield from self.quote(_readable(hits))
        name = self._writer.name if self._writer and kept else "authored"
        yield _answered(found, hits, name, job if self._writer else None, left_out)

    def _supported(
        self, job: WritingJob, hits: Sequence[Hit], sources: Bibliography, left_out: list[JsonObject]
    ) -> Iterator[Text]:
        """What the writer says, as far as the passages support it; the rest goes into `left_out`."""
        if self._writer is None:
            return
        passages = [hit.passage.text for hit in hits]
        pieces = self._writer.write(job)
        said: set[str] = set()
        missed = 0
        try:
            for sentence in stream_sentences(pieces):
                support = self._support.check(sentence, passages)
                reason = _reason(sentence, support, said)
                if not reason:
                    number = sources.cite(hits[support.passage].passage, sentence)
                    yield Text(sentence, round(support.score, 3), (number,))
                    said.add(sentence)
                    missed = 0
                else:
                    left_out.append({"text": sentence, "support": round(support.score, 3), "reason": reason})
                    missed += 1
                if missed >= PATIENCE or len(said) >= SHOWN_SENTENCES:
                    return
        except ModelError as error:
            # The course's own words are always there, so a writer that is away is no reason to leave a learner waiting.
            logger.warning("the writer did not answer: %s", error)
        finally:
            if isinstance(pieces, Generator):
                pieces.close()


def _left_out(question: str, evidence: Evidence, names: Set[str]) -> str:
    """A subject of the question that its best hit, if it is no close one, does not speak of; "" where there is none."""
    best = next(iter(evidence.hits), None)
    if best is None or best.question >= CLOSE or not _JOINS.search(question):
        return ""
    subjects = mentions(question, names)
    told = f"{best.passage.title} {best.passage.section} {best.passage.text}".lower()
    missing = [name for name in subjects if name.lower().removesuffix("s") not in told]
    return missing[0] if len(subjects) > len(missing) > 0 else ""


def _readable(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The passage to show when nothing was written: an authored text where there is one among the best."""
    return (next((hit for hit in hits if hit.passage.kind != "section"), hits[0]),)


def _reason(sentence: str, support: Support, said: Set[str]) -> str:
    """Why a sentence is not shown, "" for one that is."""
    if not support.holds:
        return "not supported"
    if sentence in said:
        return "said before"
    return "" if sentence.endswith(_COMPLETE) else "not finished"


def _answered(
    found: Found, used: Sequence[Hit], writer: str, job: WritingJob | None = None, left_out: Sequence[JsonObject] = ()
) -> QuestionAnswered:
    ids = {hit.passage.id for hit in used}
    shown = [hit for n, hit in enumerate(found.hits) if n < SHOWN_PASSAGES or hit.passage.id in ids]
    return QuestionAnswered(
        question=found.question,
        standalone=found.standalone.text,
        topic=used[0].passage.topic,
        passages=tuple(_row(hit, hit.passage.id in ids) for hit in shown),
        writer=writer,
        prompt=as_text(job) if job else "",
        retrieval_ms=found.milliseconds,
        decoding=decoding_of(job) if job else None,
        left_out=tuple(left_out),
    )


def _row(hit: Hit, used: bool) -> JsonObject:
    return {
        "id": hit.passage.id,
        "dense": round(hit.dense, 3),
        "lexical": round(hit.lexical, 3),
        "fused": round(hit.fused, 3),
        "used": used,
    }
