"""Dense search: cosine similarity of sentence vectors (Reimers and Gurevych, 2019), exact, by FAISS."""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from tutorbot.ports import FloatArray


class DenseIndex:
    """Exact inner-product search over unit vectors."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: FloatArray) -> DenseIndex:
        """Index unit vectors of shape (n, dimension)."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> DenseIndex:
        """Read an index written by `save`."""
        return cls(faiss.read_index(str(path)))

    def save(self, path: Path) -> None:
        """Write the index to `path`."""
        faiss.write_index(self._index, str(path))

    @property
    def size(self) -> int:
        """How many vectors are indexed."""
        return int(self._index.ntotal)

    def search(self, vector: FloatArray, k: int) -> tuple[FloatArray, NDArray[np.int64]]:
        """The k nearest to a unit vector of shape (dimension,): cosines and positions, best first."""
        cosines, positions = self._index.search(vector.reshape(1, -1), min(k, self.size))
        return cosines[0], positions[0]
