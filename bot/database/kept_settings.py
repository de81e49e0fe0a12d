"""What administrators set on the page: a JSON object of the database, with what it was before its last change."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from bot.database.versions import STATES, put, value
from bot.errors import UserError

SETTINGS, WORDS = "settings", "words"
"""The two that are kept: the values of settings by variable, and own words by the key of a phrase."""


@dataclass(frozen=True, slots=True)
class Kept:
    """``values`` as they are, ``before`` as they were before the last change; ``number`` goes up with each change."""

    number: int = 0
    values: Mapping[str, Any] = field(default_factory=dict)
    before: Mapping[str, Any] | None = None


def read(session: Session, name: str) -> Kept:
    """Return what is kept under ``name``; what cannot be read counts as nothing."""
    return _kept(value(session, name))


def write(session: Session, name: str, seen: int, values: Mapping[str, Any]) -> Kept:
    """Keep ``values``, where nothing was kept since ``seen``.

    Raises:
        UserError: somebody else changed something meanwhile.
    """
    stored = value(session, name)
    found = _kept(stored)
    if found.number != seen:
        raise UserError("settings.changed_meanwhile")
    kept = Kept(found.number + 1, dict(values), dict(found.values))
    text = json.dumps({"number": kept.number, "values": kept.values, "before": kept.before}, ensure_ascii=False)
    if stored is None:
        put(session, name, "")
    as_seen = (STATES.c.name == name) & (STATES.c.value == (stored or ""))
    if session.execute(update(STATES).where(as_seen).values(value=text).returning(STATES.c.name)).first() is None:
        raise UserError("settings.changed_meanwhile")
    return kept


def _kept(text: str | None) -> Kept:
    try:
        found = json.loads(text or "{}")
    except json.JSONDecodeError:
        return Kept()
    if not isinstance(found, dict):
        return Kept()
    values, before = found.get("values"), found.get("before")
    return Kept(
        int(found.get("number") or 0),
        values if isinstance(values, dict) else {},
        before if isinstance(before, dict) else None,
    )
