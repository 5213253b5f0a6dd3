"""Reads the lines of a batch and writes its records. Pure.

A line is a JSON object {"id", "text", "session"?}. Lines of one session are one conversation, in order; a line without
a session is a conversation by itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from tutorbot.dialogue.events import ReplySent
from tutorbot.errors import InputError
from tutorbot.messages import Reply


@dataclass(frozen=True)
class Line:
    """One message of a batch; `session` is "" for a conversation by itself."""

    id: str
    text: str
    session: str = ""


def decoded(raw: Iterable[bytes]) -> Iterator[str]:
    """Lines as text: a byte-order mark is left out, bytes that are no UTF-8 become U+FFFD."""
    for line in raw:
        yield line.decode("utf-8", errors="replace").removeprefix("\ufeff")


def read_line(raw: str, number: int) -> Line | None:
    """Parse line `number` (from 1); None for an empty line.

    Raises:
        InputError: the line is not an object with "id" and "text".
    """
    if not raw.strip():
        return None
    where = f"Line {number} of the batch"
    try:
        # Surrogates that a JSON escape smuggles in are dealt with where the text is cleaned.
        row = json.loads(raw)
    except (json.JSONDecodeError, RecursionError) as error:
        raise InputError(f"{where} is not JSON: {error}.", 'Write {"id": "...", "text": "..."} on each line.') from error
    if not isinstance(row, dict) or not isinstance(row.get("text"), str) or not isinstance(row.get("id"), (str, int)):
        raise InputError(f'{where} has no "id" and "text".', 'Write {"id": "...", "text": "..."} on each line.')
    session = row.get("session")
    if session is not None and not isinstance(session, (str, int)):
        raise InputError(f'{where} has a "session" that is no text.', "Give it as a string, or leave it out.")
    return Line(str(row["id"]), row["text"], "" if session is None else str(session))


def record_of(line_id: str, reply: Reply) -> dict[str, Any]:
    """The JSON object for a reply."""
    outcome = reply.outcome
    return {
        "id": line_id,
        "status": outcome.status,
        "intent": outcome.intent,
        "payload": outcome.payload,
        "answer": reply.answer,
        "citations": [{"n": c.n, "topic": c.topic, "section": c.section, "quote": c.quote} for c in reply.citations],
        "sentences": [{"text": t.text, "support": t.support or 0.0, "cites": list(t.cites)} for t in reply.texts],
        "timings_ms": outcome.timings_ms,
    }


def record_again(line_id: str, sent: ReplySent) -> dict[str, Any]:
    """The JSON object for a reply that was recorded by an earlier run of the same batch."""
    row = asdict(sent)
    return {
        "id": line_id,
        **{key: row[key] for key in ("status", "intent", "payload", "answer")},
        "citations": [{k: c[k] for k in ("n", "topic", "section", "quote")} for c in sent.citations],
        "sentences": [{**s, "support": s["support"] or 0.0} for s in sent.sentences],
        "timings_ms": sent.timings_ms or {},
        "replayed": True,
    }
