"""Reads passages as they would be if other versions were live: what a version that waits would answer, before it is.

The indexes hold what waits beside what is live; which of it counts is for the database to say, here as in
``documents.py``.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import bindparam, case, or_, select
from sqlalchemy.orm import Session

from bot.database.documents import DOCUMENTS, HELD, MOST_AT_ONCE, PASSAGES, VERSIONS, PassageRecord


class Instead:
    """The documents with these versions (by document) in the place of the live ones; threads may share it.

    What it was asked for it remembers, so that hundreds of questions do not ask the database for the same passages.
    """

    def __init__(self, versions: Mapping[int, int]) -> None:
        live: Any = DOCUMENTS.c.current_version
        live = case(versions, value=DOCUMENTS.c.id, else_=live) if versions else live
        held = PASSAGES.join(DOCUMENTS, DOCUMENTS.c.id == PASSAGES.c.document_id).join(
            HELD, (HELD.c.passage_id == PASSAGES.c.id) & (HELD.c.version_id == live)
        )
        asked = PASSAGES.c.id.in_(bindparam("ids", expanding=True))
        self._visible = (
            select(PASSAGES.c.id, PASSAGES.c.audience, DOCUMENTS.c.audience, DOCUMENTS.c.name)
            .select_from(held)
            .where(
                asked,
                DOCUMENTS.c.enabled,
                or_(PASSAGES.c.valid_from.is_(None), PASSAGES.c.valid_from <= bindparam("today")),
                or_(PASSAGES.c.valid_until.is_(None), PASSAGES.c.valid_until >= bindparam("today")),
            )
        )
        number = select(VERSIONS.c.number).where(VERSIONS.c.id == live).scalar_subquery()
        columns = (
            PASSAGES.c.id, DOCUMENTS.c.name, DOCUMENTS.c.id, PASSAGES.c.key, number, PASSAGES.c.title,
            PASSAGES.c.question, PASSAGES.c.answer, PASSAGES.c.language, PASSAGES.c.page, PASSAGES.c.audience,
            PASSAGES.c.valid_from, PASSAGES.c.valid_until,
        )  # fmt: skip
        self._load = select(*columns).select_from(held).where(asked)
        self._seen: dict[tuple[int, date], tuple[Any, ...] | None] = {}

    def visible(
        self, session: Session, ids: Sequence[int], audience: Collection[str], today: date, only: Collection[str] = ()
    ) -> set[int]:
        """Return which of the passages would be live, valid and for everyone or for one of the groups."""
        unknown = [each for each in ids if (each, today) not in self._seen]
        self._seen.update(dict.fromkeys((each, today) for each in unknown))
        for at in range(0, len(unknown), MOST_AT_ONCE):
            some = {"ids": unknown[at : at + MOST_AT_ONCE], "today": today}
            self._seen.update(((row[0], today), tuple(row[1:])) for row in session.execute(self._visible, some))
        return {each for each in ids if _allows(self._seen[each, today], frozenset(audience), only)}

    def load(self, session: Session, ids: Sequence[int]) -> dict[int, PassageRecord]:
        """Return the passages of these ids that would be live, by id."""
        rows: Sequence[Any] = session.execute(self._load, {"ids": list(ids)}).all()
        return {row[0]: PassageRecord(*row) for row in rows}


def _allows(row: tuple[Any, ...] | None, groups: frozenset[str], only: Collection[str]) -> bool:
    if row is None or (only and row[2] not in only):
        return False
    return all(some is None or not groups.isdisjoint(some) for some in row[:2])
