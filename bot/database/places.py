"""What is set for the places of a channel: read before a message is taken, written by who may."""

from collections.abc import Mapping
from typing import Any, Protocol, runtime_checkable

from sqlalchemy import select
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
