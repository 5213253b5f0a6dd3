"""What tasks work with. Everything that is loaded late stands behind a port, so that tests put fakes in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tutorbot.curriculum.course import Course
from tutorbot.ports import Encoder, Head, Specimen, Translator, Writer
from tutorbot.retrieval.evidence import Retriever


@dataclass(frozen=True)
class Tools:
    """The models at hand.

    Attributes:
        heads: trained heads by name: "sentiment", "entities", "spans", "support".
        writer: the embedded writer, None where the settings say that nothing writes.
        big: a writer on a server or of the owner's choice, whose output stands beside the embedded one's.
        specimen: the models opened up.
    """

    encoder: Encoder
    heads: Mapping[str, Head]
    writer: Writer | None
    translator: Translator
    specimen: Specimen
    course: Course
    retriever: Retriever
    big: Writer | None = None
