"""Each planned time makes one row: over several processes, clocks that are set, kills and pauses; on both databases."""

import threading
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from bot.errors import DataError
from bot.schedules import Schedule, Schedules
from tests.bot.database.exchanges import Sessions

SEOUL = ZoneInfo("Asia/Seoul")
NIGHTLY = Schedule("night", "30 3 * * *", "retention")
EVERY_MINUTE = Schedule("minute", "* * * * *", "mail")


class Rows:
    """The inbox as far as schedules know it: a key that is there makes no second row."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.asked = 0
        self._lock = threading.Lock()

    def accept(self, _schedule: Schedule, key: str) -> None:
        with self._lock:
            self.asked += 1
            if key not in self.keys:
                self.keys.append(key)


class Hands:
    """A clock that is set by hand."""

    def __init__(self, text: str) -> None:
        self.set(text)

    def set(self, text: str) -> None:
        self.now = datetime.fromisoformat(text).replace(tzinfo=SEOUL).timestamp()

    def __call__(self, _session: Session) -> float:
        return self.now


def process(sessions: Sessions, accept: Callable[[Schedule, str], object], clock: Hands, *kept: Schedule) -> Schedules:
    return Schedules(sessions, accept, kept or (NIGHTLY,), SEOUL, moment=clock)


def test_one_that_is_new_begins_with_its_next_time(sessions: Sessions) -> None:
    rows, clock = Rows(), Hands("2026-11-24T10:00")
    one = process(sessions, rows.accept, clock)
    assert one.look() == 17.5 * 3600
    assert rows.keys == []
    clock.set("2026-11-25T03:30")
    one.look()
    one.look()
    assert rows.keys == ["cron:night:2026-11-25T03:30"]


def test_three_processes_make_one_row_a_minute(sessions: Sessions) -> None:
    rows, clock = Rows(), Hands("2026-11-24T10:00")
    three = [process(sessions, rows.accept, clock, EVERY_MINUTE, NIGHTLY) for _ in range(3)]
    for one in three:
        one.look()
    for minute in range(1, 6):
        clock.set(f"2026-11-24T10:{minute:02}:07")
        threads = [threading.Thread(target=one.look) for one in three]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
    assert rows.keys == [f"cron:minute:2026-11-24T10:{minute:02}" for minute in range(1, 6)]


@pytest.mark.parametrize("restarted", [False, True])
def test_a_clock_that_jumps_an_hour_and_back(sessions: Sessions, restarted: bool) -> None:
    rows, clock = Rows(), Hands("2026-11-24T10:00")
    one = process(sessions, rows.accept, clock)
    for time in (
        "24T10:00",
        "25T02:40",
        "25T03:40",
        "25T02:41",
        "25T03:29",
        "25T03:30",
        "25T04:30",
        "25T02:30",
        "25T05:00",
    ):
        clock.set(f"2026-11-{time}")
        if restarted:
            one = process(sessions, rows.accept, clock)
        one.look()
    assert rows.keys == ["cron:night:2026-11-25T03:30"]
    if restarted:
        assert rows.asked == 1  # what is seen to is known after a restart, without the row


def test_what_was_missed_is_made_up_for_once(sessions: Sessions) -> None:
    rows, clock = Rows(), Hands("2026-11-20T10:00")
    process(sessions, rows.accept, clock, EVERY_MINUTE, NIGHTLY).look()
    clock.set("2026-11-25T12:00:30")
    process(sessions, rows.accept, clock, EVERY_MINUTE, NIGHTLY).look()
    assert rows.keys == ["cron:minute:2026-11-25T12:00", "cron:night:2026-11-25T03:30"]


def test_a_kill_at_the_tick_neither_loses_nor_doubles_it(sessions: Sessions) -> None:
    rows, clock = Rows(), Hands("2026-11-24T10:00")
    process(sessions, rows.accept, clock).look()
    clock.set("2026-11-25T03:30")

    def before(_schedule: Schedule, _key: str) -> None:
        raise KeyboardInterrupt

    def after(schedule: Schedule, key: str) -> None:
        rows.accept(schedule, key)
        raise KeyboardInterrupt

    for accept in (before, after):
        with pytest.raises(KeyboardInterrupt):
            process(sessions, accept, clock).look()
    process(sessions, rows.accept, clock).look()
    process(sessions, rows.accept, clock).look()
    assert rows.keys == ["cron:night:2026-11-25T03:30"]
    assert rows.asked == 2


def test_a_clock_that_was_years_ahead_does_not_stop_it(sessions: Sessions) -> None:
    rows, clock = Rows(), Hands("2026-11-24T10:00")
    for time in ("2026-11-24T10:00", "2036-01-01T00:00", "2026-11-24T11:00", "2026-11-25T03:31", "2026-11-26T03:31"):
        clock.set(time)
        process(sessions, rows.accept, clock).look()
    assert rows.keys == [
        "cron:night:2035-12-31T03:30",
        "cron:night:2026-11-25T03:30",
        "cron:night:2026-11-26T03:30",
    ]


def test_a_database_that_is_away_for_a_while_is_lived_through(sessions: Sessions) -> None:
    clock, asked, again = Hands("2026-11-24T10:00"), threading.Event(), threading.Event()
    process(sessions, Rows().accept, clock).look()
    clock.set("2026-11-25T03:30")

    def away(_schedule: Schedule, _key: str) -> None:
        (again if asked.is_set() else asked).set()
        raise DataError("database.locked")

    one = process(sessions, away, clock)
    one.pause = 0.01
    one.start()
    try:
        assert asked.wait(30)
        assert again.wait(30)
        assert one.state == "failed: DataError"
    finally:
        one.stop()
