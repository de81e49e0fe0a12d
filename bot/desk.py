"""What people see of the inbox, and what they do to it: list, retry, drop, pause, resume."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from bot.database import inbox as rows
from bot.database import inbox_rows as reading
from bot.database.inbox_rows import OPEN_STATES, Row, States
from bot.inbox_words import failed

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.database.engine import Sessions

Noting = Callable[["Session"], None]
"""Writes down who changed something, for the audit log."""


class Desk:
    """The side of the inbox that faces people; ``bot/inbox.py`` has the other one."""

    def __init__(self, sessions: "Sessions") -> None:
        self._sessions = sessions
        self._listeners: list[Callable[[], None]] = []

    def on_work(self, listener: Callable[[], None]) -> None:
        """Have this called whenever there is something to do that came by way of this process: it wakes workers."""
        self._listeners.append(listener)

    def _tell(self) -> None:
        for listener in self._listeners:
            listener()

    def list(self, *states: States, limit: int = 100, newest: bool = False) -> tuple[Row, ...]:
        """Return rows in these states (none named: all that are open), oldest or newest first."""
        with self._sessions() as session:
            return tuple(reading.listed(session, states or OPEN_STATES, limit, newest=newest))

    def worst_first(self, limit: int) -> tuple[Row, ...]:
        """Return what was given up, the newest first, then what is open, what failed before what only waits.

        What an admin has given up is settled, and comes last.
        """
        waiting = sorted(self.list(limit=limit), key=lambda row: not failed(row))
        with self._sessions() as session:
            dead, dropped = (
                reading.listed(session, ("dead",), limit, newest=True, dropped=dropped) for dropped in (False, True)
            )
        return (*dead, *waiting, *dropped)[:limit]

    def given_up(self, channel: str | None = None) -> tuple[int, ...]:
        """Return the numbers of what was given up, of one channel or of all, less what an admin has; oldest first."""
        with self._sessions() as session:
            return tuple(reading.given_up(session, channel))

    def get(self, seq: int) -> Row | None:
        """Return one row."""
        with self._sessions() as session:
            return reading.get(session, seq)

    def retry(self, seq: int, *, noting: Noting | None = None) -> bool:
        """Open a row again that was given up, or have one that waits go at once; False: there is nothing to retry.

        ``noting`` is called in the transaction of the change, here and below.
        """
        with self._sessions.begin(durable=True) as session:
            row = reading.get(session, seq)
            did = row is not None and (rows.retry(session, row) if row.state == "dead" else rows.hurry(session, seq))
            _note(session, noting if did else None)
        if did:
            self._tell()
        return did

    def drop(self, seq: int, *, noting: Noting | None = None) -> bool:
        """Give an open row up; ``retry`` takes it back. False: there is none, or it is finished."""
        with self._sessions.begin(durable=True) as session:
            row = reading.get(session, seq)
            did = row is not None and rows.bury(session, row, error=reading.DROPPED)
            _note(session, noting if did else None)
            return did

    def withdraw(self, key: str) -> tuple[str, ...]:
        """Settle what is open of a message that was taken back, with its edits: nobody answers it any more.

        Returns the channel's names for what had been begun to be shown.
        """
        with self._sessions.begin() as session:
            taken = [row for row in reading.open_with(session, key) if rows.withdraw(session, row)]
        return tuple(row.reference for row in taken if row.reference)

    def hurry(self, channel: str) -> int:
        """Have all rows of a channel that wait go at once, as when it can be reached again; return how many."""
        with self._sessions.begin() as session:
            hurried = rows.hurry_all(session, channel)
        if hurried:
            self._tell()
        return hurried

    def paused(self) -> bool:
        """Tell whether rows are accepted but not claimed, in any process."""
        with self._sessions() as session:
            return rows.paused(session)

    def pause(self, *, noting: Noting | None = None) -> None:
        """Have no row be claimed; what is at hand is finished."""
        with self._sessions.begin() as session:
            rows.pause(session)
            _note(session, noting)

    def resume(self, *, noting: Noting | None = None) -> None:
        """Have rows be claimed again."""
        with self._sessions.begin() as session:
            rows.resume(session)
            _note(session, noting)
        self._tell()

    def counts(self) -> Mapping[States, int]:
        """Return how many rows are in each state."""
        with self._sessions() as session:
            return reading.counts(session)

    def oldest(self) -> float:
        """Return how many seconds the oldest open row has waited; 0 where there is none."""
        with self._sessions() as session:
            return reading.oldest(session)


def _note(session: "Session", noting: Noting | None) -> None:
    if noting is not None:
        noting(session)
