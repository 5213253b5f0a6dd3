"""What `tutorbot doctor` finds, as values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Check:
    """One thing that was looked at: what was found, and how to mend it where it is not well."""

    name: str
    ok: bool
    detail: str
    fix: str = ""
