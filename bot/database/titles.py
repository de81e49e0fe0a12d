"""The names of all documents, with what decides whether they can be used: quick, for lists to choose from."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.database.documents import DOCUMENTS, HELD


@dataclass(frozen=True, slots=True)
class Title:
    """A document by its name. ``used``: it is enabled and has a live version. ``restricted``: for some groups only."""

    name: str
    used: bool = True
    restricted: bool = False


def titles(session: Session) -> list[Title]:
    """Return all documents, by name; nothing of them is counted."""
    wanted = select(DOCUMENTS.c.name, DOCUMENTS.c.enabled, DOCUMENTS.c.current_version, DOCUMENTS.c.audience)
    return [
        Title(name, used=bool(enabled and live is not None), restricted=audience is not None)
        for name, enabled, live, audience in session.execute(wanted.order_by(DOCUMENTS.c.name))
    ]


def numbers_of(session: Session, names: Collection[str]) -> dict[str, int]:
    """Return the numbers of the documents with these names, by name; of those only that are there."""
    found = select(DOCUMENTS.c.name, DOCUMENTS.c.id).where(DOCUMENTS.c.name.in_(sorted(names)))
    return {str(row.name): int(row.id) for row in session.execute(found)}


def passages_in(session: Session, names: Collection[str], most: int) -> frozenset[int] | None:
    """Return the ids of the live passages of the documents of these names; None where there are more than ``most``."""
    live = DOCUMENTS.join(HELD, HELD.c.version_id == DOCUMENTS.c.current_version)
    wanted = select(HELD.c.passage_id).select_from(live).where(DOCUMENTS.c.name.in_(names), DOCUMENTS.c.enabled)
    found = session.execute(wanted.limit(most + 1)).scalars().all()
    return frozenset(found) if len(found) <= most else None
