"""Up to when each schedule has been seen to: it outlives the rows of the inbox that it made."""

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.database.tables import State

_BEFORE = "schedule:"


def seen_to(session: Session, name: str) -> str | None:
    """Return the last planned time of a schedule that was seen to, None where it never was."""
    return session.scalar(select(State.value).where(State.name == _BEFORE + name))


def see_to(session: Session, name: str, planned: str) -> None:
    """Note the planned time that a schedule is seen to up to."""
    insert = (postgresql if session.get_bind().dialect.name == "postgresql" else sqlite).insert(State)
    row = {"name": _BEFORE + name, "value": planned}
    session.execute(
        insert.on_conflict_do_update(index_elements=["name"], set_={"value": insert.excluded.value}).values(row)
    )
