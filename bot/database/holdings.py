"""Which documents are live, since when, and how much of each who may see: what people are told that the bot knows."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import String, cast, func, or_, select
from sqlalchemy.orm import Session

from bot.database.columns import Moment
from bot.database.documents import DOCUMENTS, HELD, PASSAGES, VERSIONS

Groups = frozenset[str] | None
"""Who may see something: None for everyone."""

Counted = tuple[tuple[Groups, int], ...]
"""How many entries there are for whom."""


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


def entries_of(session: Session, versions: Sequence[int], today: date) -> dict[int, Counted]:
    """Return how many entries of each version are valid on ``today``, and for whom; versions without any are there."""
    named: Any = cast(PASSAGES.c.audience, String)  # as text, which PostgreSQL can compare: JSON it cannot
    rows = session.execute(
        select(HELD.c.version_id, named, func.count())
        .select_from(HELD.join(PASSAGES, PASSAGES.c.id == HELD.c.passage_id))
        .where(HELD.c.version_id.in_(versions))
        .where(or_(PASSAGES.c.valid_from.is_(None), PASSAGES.c.valid_from <= today))
        .where(or_(PASSAGES.c.valid_until.is_(None), PASSAGES.c.valid_until >= today))
        .group_by(HELD.c.version_id, named)
    )
    found: dict[int, list[tuple[Groups, int]]] = {version: [] for version in versions}
    for version, audience, count in rows:
        found[version].append((_groups(None if audience is None else json.loads(audience)), int(count)))
    return {version: tuple(counted) for version, counted in found.items()}


def for_somebody(counted: Counted, groups: Collection[str]) -> int:
    """Return how many of the entries somebody in these groups may see."""
    return sum(count for audience, count in counted if may_see(audience, groups))


def may_see(audience: Groups, groups: Collection[str]) -> bool:
    """Tell whether somebody in these groups may see what is for ``audience``."""
    return audience is None or not audience.isdisjoint(groups)


def _groups(audience: Sequence[Any] | None) -> Groups:
    return None if audience is None else frozenset(map(str, audience))
