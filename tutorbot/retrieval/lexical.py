"""Lexical search: BM25 (Robertson and Zaragoza, 2009) over stemmed words, by bm25s."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
import Stemmer

from tutorbot.ports import FloatArray


class LexicalIndex:
    """BM25 scores of every document for a query."""

    def __init__(self, model: bm25s.BM25) -> None:
        self._model = model
        self._stemmer = Stemmer.Stemmer("english")

    @classmethod
    def build(cls, documents: Sequence[str]) -> LexicalIndex:
        """Index the documents, in order."""
        stemmer = Stemmer.Stemmer("english")
        tokens = bm25s.tokenize(list(documents), stopwords="en", stemmer=stemmer, show_progress=False)
        model = bm25s.BM25()
        model.index(tokens, show_progress=False)
        return cls(model)

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Read an index written by `save`."""
        return cls(bm25s.BM25.load(str(folder), load_corpus=False))

    def save(self, folder: Path) -> None:
        """Write the index into `folder`."""
        self._model.save(str(folder), show_progress=False)

    def scores(self, query: str) -> FloatArray:
        """BM25 score of each document, shape (documents,); zeros where no word is shared."""
        tokens = bm25s.tokenize([query], stopwords="en", stemmer=self._stemmer, show_progress=False, return_ids=False)[0]
        known = [t for t in tokens if t in self._model.vocab_dict]
        if not known:
            return np.zeros(self._model.scores["num_docs"], dtype=np.float32)
        return np.asarray(self._model.get_scores(known), dtype=np.float32)
