"""The names of all documents, with what decides whether they can be used: quick, for lists to choose from."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.database.documents import DOCUMENTS


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
