"""Which documents are live, since when, and how much of each who may see: what people are told that the bot knows."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import String, cast, func, select
from sqlalchemy.orm import Session

from bot.database.columns import Moment
from bot.database.documents import DOCUMENTS, HELD, PASSAGES, VERSIONS

Groups = frozenset[str] | None
"""Who may see something: None for everyone."""


@dataclass(frozen=True, slots=True)
class Entries:
    """So many entries of a version that are for the same people, from the same day to the same; None: no bound."""

    count: int
    audience: Groups
    valid_from: date | None
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class LiveDocument:
    """An enabled document and its live version; ``changed`` is when that went live."""

    name: str
    version: int
    audience: Groups
    changed: datetime


def live_documents(session: Session) -> list[LiveDocument]:
    """Return the enabled documents that have a live version, the one that changed last first."""
    changed = func.coalesce(VERSIONS.c.published_at, VERSIONS.c.created_at, type_=Moment)
    rows = session.execute(
        select(DOCUMENTS.c.name, VERSIONS.c.id, DOCUMENTS.c.audience, changed.label("changed"))
        .select_from(DOCUMENTS.join(VERSIONS, VERSIONS.c.id == DOCUMENTS.c.current_version))
        .where(DOCUMENTS.c.enabled)
        .order_by(changed.desc(), DOCUMENTS.c.name)
    )
    return [LiveDocument(name, version, _groups(audience), at) for name, version, audience, at in rows]


def entries_of(session: Session, versions: Sequence[int]) -> dict[int, tuple[Entries, ...]]:
    """Return what each version holds, counted; versions that hold nothing are there, too."""
    audience: Any = cast(PASSAGES.c.audience, String)  # as text, which PostgreSQL can compare: JSON it cannot
    alike = (HELD.c.version_id, audience, PASSAGES.c.valid_from, PASSAGES.c.valid_until)
    rows = session.execute(
        select(func.count(), *alike)
        .select_from(HELD.join(PASSAGES, PASSAGES.c.id == HELD.c.passage_id))
        .where(HELD.c.version_id.in_(versions))
        .group_by(*alike)
    )
    found: dict[int, list[Entries]] = {version: [] for version in versions}
    for count, version, named, begin, end in rows:
        found[version].append(Entries(int(count), _groups(json.loads(named) if named else None), begin, end))
    return {version: tuple(entries) for version, entries in found.items()}


def for_somebody(entries: Iterable[Entries], groups: Collection[str], today: date) -> int:
    """Return how many of the entries somebody in these groups may see on a day."""
    return sum(
        each.count
        for each in entries
        if may_see(each.audience, groups)
        and (each.valid_from is None or each.valid_from <= today)
        and (each.valid_until is None or each.valid_until >= today)
    )


def may_see(audience: Groups, groups: Collection[str]) -> bool:
    """Tell whether somebody in these groups may see what is for ``audience``."""
    return audience is None or not audience.isdisjoint(groups)


def _groups(audience: Sequence[Any] | None) -> Groups:
    return None if audience is None else frozenset(map(str, audience))
