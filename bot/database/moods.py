"""The moods of what people wrote: kept with their turns, read back over time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, insert, select
from sqlalchemy.orm import Session

from bot.database.mood_tables import MoodRow

MOODS: Table = MoodRow.__table__  # type: ignore[assignment]
ROWS_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class TurnMood:
    """The mood of a turn: its score from -1 to 1, and the score of each aspect that it names."""

    score: float
    aspects: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MoodAt:
    """A mood and when it was heard (aware)."""

    at: datetime
    mood: TurnMood


def keep_mood(connection: Connection, turn: int, mood: TurnMood | None, at: datetime) -> None:
    """Write the mood of a turn where one was read; the caller commits."""
    if mood is not None:
        row = {"turn_id": turn, "score": mood.score, "aspects": dict(mood.aspects), "created_at": at}
        connection.execute(insert(MOODS), row)


def mood_of_turn(session: Session, turn: int) -> TurnMood | None:
    """Return the mood of a turn, None where none was read."""
    row = session.get(MoodRow, turn)
    return None if row is None else TurnMood(row.score, dict(row.aspects))


def moods_since(session: Session, since: datetime, until: datetime) -> Iterator[MoodAt]:
    """Yield the moods from ``since`` (counted in) to ``until`` (not), oldest first, some at a time."""
    chosen = (
        select(MoodRow.created_at, MoodRow.score, MoodRow.aspects)
        .where(MoodRow.created_at >= since, MoodRow.created_at < until)
        .order_by(MoodRow.created_at)
    )
    rows: Any = session.execute(chosen.execution_options(yield_per=ROWS_AT_ONCE))
    for at, score, aspects in rows:
        yield MoodAt(at, TurnMood(score, dict(aspects)))
