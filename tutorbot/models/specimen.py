"""The tutor as its own specimen: encoder and writer opened up, each loaded when it is first looked into."""

from __future__ import annotations

import threading
from pathlib import Path

from tutorbot.errors import ModelError
from tutorbot.models.opened_encoder import WORDPIECE, OpenedEncoder
from tutorbot.models.opened_writer import BPE, NextTokenModel, WriterTokenizer
from tutorbot.ports import AttentionMaps, NextTokens, Tokens


class OpenVinoSpecimen:
    """A `Specimen` (see `tutorbot.ports`) over the prepared models. Safe to call from many threads.

    Args:
        encoder: folder made by `prepare_encoder`.
        writer: folder made by `prepare_writer`, None where the embedded writer is not in use.
        threads: processor threads, 0 for as many as there are.
        encoder_name: the encoder's name, for people.
    """

    def __init__(self, encoder: Path, writer: Path | None, threads: int, encoder_name: str) -> None:
        self._encoder_folder, self._writer_folder = encoder, writer
        self._threads, self._encoder_name = threads, encoder_name
        self._loading = threading.Lock()
        self._encoder: OpenedEncoder | None = None
        self._tokenizer: WriterTokenizer | None = None
        self._next: NextTokenModel | None = None

    @property
    def tokenizers(self) -> tuple[str, ...]:
        """ "wordpiece", and "bpe" where the embedded writer is in use."""
        return (WORDPIECE, BPE) if self._writer_folder else (WORDPIECE,)

    def tokenize(self, text: str, tokenizer: str) -> Tokens:
        """The text as this tokenizer cuts it, without special tokens.

        Raises:
            ModelError: "bpe" without the embedded writer.
        """
        whole = _encodable(text)
        return self._opened_encoder().tokenize(whole) if tokenizer == WORDPIECE else self._bpe().tokenize(whole)

    def token_text(self, token: int) -> str:
        """A token of the writer's vocabulary as text; what is part of a character becomes U+FFFD."""
        return self._bpe().pieces.get(token, b"").decode("utf-8", "replace")

    def next_tokens(self, text: str, at: int | None = None) -> NextTokens:
        """The writer's logits after the text's first `at` tokens, of which it reads the last 512.

        Raises:
            ModelError: the embedded writer is not in use, or there is no token to go on from.
        """
        tokens = self.tokenize(text, BPE)
        read = Tokens(tokens.tokenizer, tokens.pieces[:at], tokens.ids[:at], tokens.offsets[:at])
        if not read.ids:
            raise ModelError("There is no token to go on from.", "Give a text with at least one character.")
        return self._next_model().next_tokens(read)

    def attention(self, text: str) -> AttentionMaps:
        """Attention weights of the encoder over the text's first 256 pieces, special ones among them."""
        return self._opened_encoder().attention(_encodable(text))

    def _opened_encoder(self) -> OpenedEncoder:
        with self._loading:
            if self._encoder is None:
                self._encoder = OpenedEncoder(self._encoder_folder, self._threads, self._encoder_name)
            return self._encoder

    def _bpe(self) -> WriterTokenizer:
        with self._loading:
            if self._tokenizer is None:
                self._tokenizer = WriterTokenizer(self._writer_at())
            return self._tokenizer

    def _next_model(self) -> NextTokenModel:
        with self._loading:
            if self._next is None:
                self._next = NextTokenModel(self._writer_at(), self._threads)
            return self._next

    def _writer_at(self) -> Path:
        if self._writer_folder is None:
            raise ModelError(
                "The embedded writer, which this looks into, is not in use.",
                "Set TUTORBOT_WRITER=openvino and run `tutorbot setup`.",
            )
        return self._writer_folder


def _encodable(text: str) -> str:
    # Lone surrogates cannot be passed on to tokenizers.
    return text.encode("utf-8", "replace").decode("utf-8")
