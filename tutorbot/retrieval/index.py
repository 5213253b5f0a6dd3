"""The passage index on disk: built once from the course, rebuilt when the course changes, put in place atomically."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from tutorbot.errors import RetrievalError
from tutorbot.messages import Progress
from tutorbot.ports import Encoder, FloatArray
from tutorbot.retrieval.dense import DenseIndex
from tutorbot.retrieval.lexical import LexicalIndex
from tutorbot.retrieval.passages import Passage
from tutorbot.retrieval.words import content_words

RECIPE = "2"
WORDS_FILE = "words.txt"
VECTORS = "vectors.npz"
MOST_CACHED = 60_000
_BATCH = 64
Report = Callable[[Progress], None]


@dataclass(frozen=True)
class Key:
    """A text that is indexed for a passage; `asked` is True for learner questions and beliefs."""

    text: str
    passage: int
    asked: bool


@dataclass(frozen=True)
class PassageIndex:
    """Passages, the keys they are found under, both indexes (dense over keys, lexical over passages), and all content
    words of the passages."""

    passages: tuple[Passage, ...]
    keys: tuple[Key, ...]
    dense: DenseIndex
    lexical: LexicalIndex
    words: frozenset[str]


def keys_of(passages: Sequence[Passage]) -> tuple[Key, ...]:
    """Every text under which a passage is found by meaning."""
    keys = []
    for n, passage in enumerate(passages):
        keys += [Key(text, n, True) for text in passage.keys]
        keys.append(Key(embedded_text(passage), n, False))
    return tuple(keys)


def embedded_text(passage: Passage) -> str:
    """The passage as the encoder reads it: with its heading path, which says what "it" is."""
    if passage.kind == "section":
        return f"{passage.title}. {passage.section}. {passage.text}"
    return passage.text


def lexical_text(passage: Passage) -> str:
    """The passage as BM25 reads it."""
    return " ".join((passage.title, passage.section, *passage.keys, passage.text))


def words_of(passages: Sequence[Passage]) -> frozenset[str]:
    """All content words; saved with the index, since collecting them takes longer than everything else at a start."""
    return frozenset(word for passage in passages for word in content_words(lexical_text(passage)))


def open_index(
    passages: Sequence[Passage], fingerprint: str, folder: Path, encoder: Encoder, report: Report = lambda _: None
) -> PassageIndex:
    """Load the index of these passages from `folder`, building it first where it is missing or of another course.

    Args:
        fingerprint: changes whenever the course changes.

    Raises:
        RetrievalError: the folder cannot be written.
    """
    name = hashlib.sha256(f"{RECIPE} {encoder.dimension} {fingerprint}".encode()).hexdigest()[:16]
    place = folder / name
    keys = keys_of(passages)
    if not (place / "done").is_file():
        _build(passages, keys, place, encoder, report)
    try:
        return _load(passages, keys, place)
    except (OSError, RuntimeError, ValueError, KeyError):
        # Whatever has happened to its files, an index can be made again.
        shutil.rmtree(place, ignore_errors=True)
        _build(passages, keys, place, encoder, report)
        return _load(passages, keys, place)


def _load(passages: Sequence[Passage], keys: tuple[Key, ...], place: Path) -> PassageIndex:
    words = frozenset((place / WORDS_FILE).read_text(encoding="utf-8").split())
    dense, lexical = DenseIndex.load(place / "dense.faiss"), LexicalIndex.load(place / "lexical")
    return PassageIndex(tuple(passages), keys, dense, lexical, words)


def build_in_memory(passages: Sequence[Passage], encoder: Encoder, cache: Path | None = None) -> PassageIndex:
    """The same index, not written to disk; for experiments and tests.

    Args:
        cache: the folder of an index whose vectors are taken where they fit.
    """
    keys = keys_of(passages)
    vectors = (
        _encode(keys, cache / VECTORS, encoder, lambda _: None) if cache else encoder.encode([key.text for key in keys])
    )
    lexical = LexicalIndex.build([lexical_text(p) for p in passages])
    return PassageIndex(tuple(passages), keys, DenseIndex.build(vectors), lexical, words_of(passages))


def _build(passages: Sequence[Passage], keys: Sequence[Key], place: Path, encoder: Encoder, report: Report) -> None:
    try:
        _write_index(passages, keys, place, encoder, report)
    except OSError as error:
        raise RetrievalError(
            f"The passage index cannot be written to {place.parent}: {error.strerror or error}.",
            "Free some space there, or set TUTORBOT_CACHE_DIR to another folder that you may write to.",
        ) from error


def _write_index(passages: Sequence[Passage], keys: Sequence[Key], place: Path, encoder: Encoder, report: Report) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix="building-", dir=place.parent))
    try:
        vectors = _encode(keys, place.parent / VECTORS, encoder, report)
        DenseIndex.build(vectors).save(scratch / "dense.faiss")
        LexicalIndex.build([lexical_text(p) for p in passages]).save(scratch / "lexical")
        (scratch / WORDS_FILE).write_text("\n".join(sorted(words_of(passages))), encoding="utf-8")
        (scratch / "done").write_text(json.dumps({"passages": len(passages), "keys": len(keys)}), encoding="utf-8")
        _put_in_place(scratch, place)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    _forget_older(place)


def _put_in_place(scratch: Path, place: Path) -> None:
    if place.exists() and not (place / "done").is_file():
        shutil.rmtree(place)
    try:
        scratch.rename(place)
    except OSError:
        # Another process built the same index first; its copy is as good.
        if not (place / "done").is_file():
            raise


def _forget_older(place: Path) -> None:
    """Keep the two newest indexes: a process that is just starting may still be loading the one before."""
    built = sorted((p for p in place.parent.iterdir() if (p / "done").is_file()), key=lambda p: p.stat().st_mtime)
    for old in built[:-2]:
        if old != place:
            shutil.rmtree(old, ignore_errors=True)


def _encode(keys: Sequence[Key], cache: Path, encoder: Encoder, report: Report) -> FloatArray:
    """Vectors of all keys; those known from the last build are taken from `cache`, so an edit costs seconds."""
    names = [hashlib.sha256(key.text.encode()).hexdigest()[:24] for key in keys]
    known = _read_cache(cache)
    new = {name: key.text for name, key in zip(names, keys, strict=True) if name not in known}
    todo = sorted(new, key=lambda name: len(new[name]))
    for start in range(0, len(todo), _BATCH):
        batch = todo[start : start + _BATCH]
        known.update(zip(batch, encoder.encode([new[name] for name in batch]), strict=True))
        report(Progress("Reading the course", min(start + _BATCH, len(todo)), len(todo)))
    if todo:
        # Another course may share this cache, so its vectors are kept, up to a bound.
        used = set(names)
        _write_cache(cache, known if len(known) < MOST_CACHED else {n: v for n, v in known.items() if n in used})
    return np.stack([known[name] for name in names]).astype(np.float32)


def _read_cache(path: Path) -> dict[str, FloatArray]:
    try:
        with np.load(path) as stored:
            return dict(zip(stored["names"].tolist(), stored["vectors"].astype(np.float32), strict=True))
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        # A cache that is missing or broken only costs the time to encode again.
        return {}


def _write_cache(path: Path, vectors: dict[str, FloatArray]) -> None:
    scratch = path.with_suffix(f".{os.getpid()}.npz")
    np.savez(scratch, names=np.array(list(vectors)), vectors=np.stack(list(vectors.values())))
    scratch.replace(path)
