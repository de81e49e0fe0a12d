"""Which processes work with this database: a row each, kept fresh by a heartbeat. Times are the database's clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Table, case, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.database.inbox_rows import time_now
from bot.database.inbox_tables import Process

PROCESSES = cast(Table, Process.__table__)


@dataclass(frozen=True, slots=True)
class ProcessRow:
    """A process as it was last seen, ``ago`` seconds from now; ``change`` is how far its indexes follow."""

    name: str
    host: str
    pid: int
    role: str
    started_at: float
    change: int
    detail: Mapping[str, Any]
    ago: float


def beat(session: Session, name: str, values: Mapping[str, Any]) -> None:
    """Say that a process is there: ``values`` are host, pid, role, change and detail."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    now = time_now(session)
    made = insert(PROCESSES).values(name=name, started_at=now, seen_at=now, **values)
    same = PROCESSES.c.pid == made.excluded.pid  # else the row is that of an earlier process of this name
    started = case((same, PROCESSES.c.started_at), else_=now)
    session.execute(
        made.on_conflict_do_update(index_elements=["name"], set_={**values, "seen_at": now, "started_at": started})
    )


def leave(session: Session, name: str, pid: int) -> None:
    """Take the row of a process away that ends."""
    session.execute(delete(PROCESSES).where(PROCESSES.c.name == name, PROCESSES.c.pid == pid))


def forget(session: Session, age: float) -> None:
    """Take away the rows of processes that were not seen for ``age`` seconds."""
    session.execute(delete(PROCESSES).where(PROCESSES.c.seen_at < time_now(session) - age))


def listed(session: Session) -> list[ProcessRow]:
    """Return all that is known of, by name."""
    columns = PROCESSES.c
    now = time_now(session)
    chosen = (columns.name, columns.host, columns.pid, columns.role, columns.started_at, columns.change, columns.detail)
    rows = session.execute(select(*chosen, columns.seen_at).order_by(columns.name)).all()
    return [ProcessRow(*row[:-1], ago=now - row[-1]) for row in rows]
