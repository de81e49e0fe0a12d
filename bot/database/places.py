"""What is set for the places of a channel: read before a message is taken, written by who may."""

from collections.abc import Mapping
from typing import Any, Protocol, runtime_checkable

from sqlalchemy import select, text
from sqlalchemy.orm import Session, sessionmaker

from bot.database.cleaning import cleaned_json, name_of
from bot.database.place_tables import PlaceRow


@runtime_checkable
class Settled(Protocol):
    """A channel for whose places something can be set."""

    def settle(self, sessions: sessionmaker[Session]) -> None:
        """Take what reads the settings; before the first message is answered."""


def chosen(session: Session, channel: str, place: str) -> Mapping[str, Any]:
    """Return what is set for a place, by name; empty where nothing is."""
    row = session.get(PlaceRow, (name_of(channel, 40), name_of(place, 200)))
    return {} if row is None else dict(row.chosen)


def choose(session: Session, channel: str, place: str, **values: Any) -> None:
    """Set values for a place; None takes one back."""
    names = name_of(channel, 40), name_of(place, 200)
    row = session.get(PlaceRow, names, with_for_update=True)
    kept = {**(row.chosen if row else {}), **cleaned_json(values)}
    kept = {name: value for name, value in kept.items() if value is not None}
    if row is None:
        session.add(PlaceRow(channel=names[0], place=names[1], chosen=kept))
    else:
        row.chosen = kept


_NOW = text("SELECT CAST(extract(epoch FROM clock_timestamp()) AS double precision)")


def take_turn(session: Session, channel: str, place: str, who: str, seconds: float) -> bool:
    """Tell whether ``who`` is the one process that reads a place, for so many seconds from now.

    It is whoever asks first, until it has not asked again in time. On SQLite it is the process that asks: only one
    writes there. The database's clock counts, not those of the machines.
    """
    if session.get_bind().dialect.name != "postgresql":
        return True
    now = float(session.execute(_NOW).scalar_one())
    row = session.get(PlaceRow, (name_of(channel, 40), name_of(place, 200)), with_for_update=True)
    known = row.chosen if row else {}
    if known.get("reader") not in (None, who) and now < float(known.get("until") or 0):
        return False
    choose(session, channel, place, reader=who, until=now + seconds)
    return True


def leave_turn(session: Session, channel: str, place: str, who: str) -> None:
    """Let another process read a place at once."""
    if chosen(session, channel, place).get("reader") == who:
        choose(session, channel, place, reader=None, until=None)


def listed(session: Session, channel: str) -> Mapping[str, Mapping[str, Any]]:
    """Return what is set for each place of a channel."""
    rows = session.scalars(select(PlaceRow).where(PlaceRow.channel == name_of(channel, 40)).order_by(PlaceRow.place))
    return {row.place: dict(row.chosen) for row in rows}


def forget(session: Session, channel: str, person: str) -> int:
    """Take a person's id out of what is set for the places of a channel; return of how many places."""
    count = 0
    for row in session.scalars(select(PlaceRow).where(PlaceRow.channel == name_of(channel, 40)).with_for_update()):
        without = _without(row.chosen, person)
        if without != row.chosen:
            row.chosen = without
            count += 1
    return count


def _without(value: Any, person: str) -> Any:
    """Return a value without the lists' items that are this person's id, wherever they are in it."""
    if isinstance(value, dict):
        return {name: _without(item, person) for name, item in value.items()}
    return [_without(item, person) for item in value if item != person] if isinstance(value, list) else value
