"""What is to be done at set times: a thread puts a row into the inbox when the time has come, and a worker does it.

The row's key holds the planned time, so that over any number of processes, and over a clock that is set back, each
planned time makes one row. Of what was missed while nothing ran, the last one is made up for.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self
from zoneinfo import ZoneInfo

from bot.cron import due, seconds_to_next
from bot.database import versions
from bot.database.inbox_rows import time_now

if TYPE_CHECKING:
    from sqlalchemy.orm import Session, sessionmaker

log = logging.getLogger(__name__)

LOOK = 30.0
"""Seconds between two looks, at most: clocks are set while a thread sleeps."""

SHORTEST = 0.05

SEEN_TO = "schedule:"
"""Begins the name of the value of the database that outlives the rows: up to when a schedule has been seen to."""

BELIEVABLE = timedelta(hours=25)
"""A planned time that lies further ahead than this was seen by a clock that was wrong."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """``name`` is part of the rows' keys; ``expression`` as cron has it; ``job`` is what the workers know it by."""

    name: str
    expression: str
    job: str

    def key(self, planned: datetime) -> str:
        """Return the key of the row for a planned time."""
        return f"cron:{self.name}:{_written(planned)}"


Accept = Callable[[Schedule, str], object]
"""Puts the row of a schedule into the inbox, under this key; a key that is there already makes none."""


class Schedules:
    """Sees to schedules as long as it runs; ``state`` is ``ready`` or ``failed: why``.

    ``pause`` is the seconds between looks, at most; ``moment`` tells the time, by the database's clock.
    """

    def __init__(
        self,
        sessions: "sessionmaker[Session]",
        accept: Accept,
        kept: Sequence[Schedule],
        zone: ZoneInfo,
        *,
        moment: "Callable[[Session], float]" = time_now,
    ) -> None:
        self._sessions = sessions
        self._accept = accept
        self._kept = kept
        self._zone = zone
        self._moment = moment
        self._seen: dict[str, str] = {}
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="schedules", daemon=True)
        self.pause = LOOK
        self.state = "ready"

    def start(self) -> Self:
        """Begin: what was missed is made up for at once."""
        self._thread.start()
        return self

    def stop(self, wait: float = 5.0) -> None:
        """End after the look it is at."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(wait)

    def look(self) -> float:
        """Put what is due into the inbox; return the seconds until something is due again.

        The row comes first, then the note that it is there: killed between the two, the next look tries the row once
        more, and finds its key taken.
        """
        with self._sessions() as session:
            now = self._moment(session)
        for schedule in self._kept:
            planned = due(schedule.expression, now, self._zone)
            if self._seen.get(schedule.name) != _written(planned):
                self._see_to(schedule, planned, now)
        waits = (seconds_to_next(each.expression, now, self._zone) for each in self._kept)
        return max(SHORTEST, min(waits, default=LOOK))

    def _see_to(self, schedule: Schedule, planned: datetime, now: float) -> None:
        written = _written(planned)
        with self._sessions() as session:
            seen = versions.value(session, SEEN_TO + schedule.name)
        if seen is not None and self._is_wrong(seen, now):
            log.warning("schedule %s was seen to up to %s: a clock was wrong", schedule.name, seen)
            seen = None
        if seen is not None and seen < written:
            self._accept(schedule, schedule.key(planned))
        if seen is None or seen < written:  # one never seen before begins with its next time
            with self._sessions.begin() as session:
                versions.put(session, SEEN_TO + schedule.name, written)
        self._seen[schedule.name] = written

    def _is_wrong(self, seen: str, now: float) -> bool:
        wall = datetime.fromtimestamp(now, self._zone).replace(tzinfo=None)
        return datetime.fromisoformat(seen) > wall + BELIEVABLE

    def _run(self) -> None:
        while True:
            try:
                pause = self.look()
                self.state = "ready"
            except Exception as error:  # the thread must live on: the database may be back at the next look
                log.exception("schedules cannot be seen to")
                self.state, pause = f"failed: {type(error).__name__}", self.pause
            if self._stop.wait(min(pause, self.pause)):
                return


def _written(planned: datetime) -> str:
    """Return a planned time as it is kept: such texts sort as times do."""
    return planned.isoformat(timespec="minutes")
