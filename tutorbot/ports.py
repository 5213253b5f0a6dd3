"""What the engine needs from the world, as Protocols. `bootstrap.py` names the classes that implement them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Literal, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from tutorbot.dialogue.events import Event, StoredEvent
from tutorbot.learner.record import LearnerRecord
from tutorbot.messages import Sender

FloatArray = NDArray[np.float32]


@dataclass(frozen=True)
class Pieces:
    """A text as the encoder sees it: word pieces, and one unit vector a piece, shape (len(pieces), dimension)."""

    pieces: tuple[str, ...]
    vectors: FloatArray


class Encoder(Protocol):
    """Turns texts into vectors."""

    @property
    def dimension(self) -> int:
        """Width of a vector."""
        ...

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """One unit vector a text, shape (len(texts), dimension). Texts past 256 word pieces are cut."""
        ...

    def encode_pieces(self, texts: Sequence[str]) -> list[Pieces]:
        """The contextual vectors of each text's word pieces, special tokens left out."""
        ...


@dataclass(frozen=True)
class PieceScores:
    """What a head says of each word piece of a text (of a pair: of the second text).

    Attributes:
        logits: shape (pieces, labels).
        offsets: where each piece begins and ends in the text, in characters.
        words: number of the word that each piece belongs to; pieces of one word share it.
        whole: the logits at the first place, [CLS], which stand for the text as a whole; shape (labels,).
    """

    logits: FloatArray
    offsets: tuple[tuple[int, int], ...]
    words: tuple[int, ...]
    whole: FloatArray


class Head(Protocol):
    """A trained head on the encoder. Loads when it is first used. An input is a text or a pair of texts."""

    @property
    def labels(self) -> tuple[str, ...]:
        """What its outputs stand for."""
        ...

    @property
    def threshold(self) -> float:
        """What a score must pass to count, in logits, as tuned when the head was trained; 0 where that is no matter."""
        ...

    def score(self, inputs: Sequence[str | tuple[str, str]]) -> FloatArray:
        """Logits of each input as a whole, shape (inputs, labels), for heads that pool. Long inputs are cut."""
        ...

    def score_pieces(self, inputs: Sequence[str | tuple[str, str]]) -> list[list[PieceScores]]:
        """Logits piece by piece, for heads that do not pool. A long text is read in windows that overlap."""
        ...


@dataclass(frozen=True)
class Translation:
    """A translated text and what translated it; `pairs` are the sentences, each with its translation."""

    text: str
    model: str
    licence: str
    notes: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()


class Translator(Protocol):
    """Translates between languages named by two-letter codes."""

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Pairs (source, target) that work without a download."""
        ...

    def translate(self, text: str, source: str, target: str, model: str = "") -> Translation:
        """The text in the target language.

        Args:
            model: a Hugging Face id of a translation model to use instead of the embedded one.

        Raises:
            InputError: this pair needs a model that is not here; the message names the pairs.
            ModelError: the model cannot run.
        """
        ...


@dataclass(frozen=True)
class Tokens:
    """A text as one tokenizer cuts it: pieces as people can read them, ids, and where each stands, in characters."""

    tokenizer: str
    pieces: tuple[str, ...]
    ids: tuple[int, ...]
    offsets: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class NextTokens:
    """What the writer's model would say next: logits over its whole vocabulary, shape (vocabulary,)."""

    logits: FloatArray
    tokens: Tokens


@dataclass(frozen=True)
class AttentionMaps:
    """Attention weights of every layer and head over a text's pieces, shape (layers, heads, length, length).

    Row i says how much piece i takes from each piece; a row sums to 1. Special pieces are among them.
    """

    model: str
    pieces: tuple[str, ...]
    weights: FloatArray


class Specimen(Protocol):
    """The tutor's own models, opened up. Loads when it is first used."""

    @property
    def tokenizers(self) -> tuple[str, ...]:
        """Names that `tokenize` takes: "wordpiece" (the encoder's) and "bpe" (the writer's)."""
        ...

    def tokenize(self, text: str, tokenizer: str) -> Tokens:
        """The text as this tokenizer cuts it, without special tokens."""
        ...

    def token_text(self, token: int) -> str:
        """A token of the writer's vocabulary as text."""
        ...

    def next_tokens(self, text: str, at: int | None = None) -> NextTokens:
        """The writer's logits after the text, or after its first `at` tokens; of a long text the end is read.

        Raises:
            ModelError: the embedded writer is not set up, or there is no token to go on from.
        """
        ...

    def attention(self, text: str) -> AttentionMaps:
        """Attention weights of the encoder."""
        ...


@dataclass(frozen=True)
class Turn:
    """One turn of the prompt for a chat model."""

    role: Literal["system", "user", "assistant"]
    text: str


@dataclass(frozen=True)
class WritingJob:
    """One job for the writer.

    Attributes:
        turns: the chat so far, the last one by the user; a runtime puts it into its model's template.
        max_new_tokens: where to stop at the latest.
        temperature: 0 for greedy decoding.
        top_k: sample among this many most probable tokens; 0 for all.
        begun: how the reply begins; the model goes on from there, and it is not part of what is written.
        stop: texts at which generation ends; they are not part of what is written.
        seconds: what is not written by then is left out; a runtime may notice it only when its next piece comes. None
            for no limit.
    """

    turns: tuple[Turn, ...]
    max_new_tokens: int = 160
    temperature: float = 0.0
    top_p: float = 1.0
    top_k: int = 0
    begun: str = ""
    repetition_penalty: float = 1.0
    stop: tuple[str, ...] = ()
    seconds: float | None = None
    seed: int = 0


class Writer(Protocol):
    """A language model that writes. Safe to call from many threads at once."""

    @property
    def name(self) -> str:
        """Model and runtime, for people."""
        ...

    def warm_up(self) -> None:
        """Load the model now rather than at the first job.

        Raises:
            ModelError: it cannot be loaded.
        """
        ...

    def write(self, job: WritingJob) -> Iterator[str]:
        """Yield the text in pieces as they are made. Closing the iterator stops the generation.

        Raises:
            ModelError: the model cannot run.
            WriterBusyError: a remote server does not take the job now.
        """
        ...

    def close(self) -> None:
        """Stop and free what it holds. It loads again if it is used again."""
        ...


class UnitOfWork(Protocol):
    """One learner's store during one message. Leaving it without `commit` records nothing."""

    @property
    def learner(self) -> LearnerRecord:
        """What is known of the learner when the unit was opened."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def recent(self, conversation: str, limit: int) -> Sequence[StoredEvent]:
        """The last `limit` events of the conversation, oldest first."""
        ...

    def append(self, conversation: str, at: datetime, events: Sequence[Event]) -> None:
        """Add events; they are recorded, in order, by `commit`."""
        ...

    def refresh(self) -> None:
        """Read the store again and keep what was appended, so that it can be committed after another's events."""
        ...

    def commit(self) -> None:
        """Record everything appended, at once.

        Raises:
            DuplicateMessageError: a message with this id was recorded before.
            ConcurrentUpdateError: another unit of work recorded for this learner first.
            StorageError: the store is full, locked for too long or read-only.
        """
        ...


class Store(Protocol):
    """Opens units of work."""

    def unit_of_work(self, sender: Sender) -> UnitOfWork:
        """A unit for this sender's learner, who is created with the first commit."""
        ...


class Clock(Protocol):
    """Time, so that tests can set it."""

    def now(self) -> datetime:
        """The present moment, aware, UTC."""
        ...
