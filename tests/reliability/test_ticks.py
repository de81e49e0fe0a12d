"""A process that is killed at a tick: what was due is done once, by whoever comes next (promise 12)."""

import os
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.database.opening import opened
from bot.faults import fault
from bot.inbox import Inbox
from bot.incoming import Incoming
from bot.schedules import Schedule, Schedules
from bot.settings import Settings, load
from tests.servers.dapbot import ROOT
from tests.servers.databases import settings_of

SEOUL = ZoneInfo("Asia/Seoul")
KEY = "cron:night:2026-11-25T03:30"


def look(settings: Settings, now: str) -> list[str]:
    """Be a process that looks at its schedules once; return the keys of the rows there are then."""
    seconds = datetime.fromisoformat(now).replace(tzinfo=SEOUL).timestamp()
    with opened(settings) as sessions:
        inbox = Inbox(sessions, reached=fault(settings.fault))

        def accept(schedule: Schedule, key: str) -> None:
            inbox.accept(Incoming(key, kind="job", where={"job": schedule.job}))

        nightly = Schedule("night", "30 3 * * *", "retention")
        Schedules(sessions, accept, [nightly], SEOUL, moment=lambda _session: seconds).look()
        return [row.key for row in inbox.list()]


def test_killed_between_the_row_and_the_note_of_it(tmp_path: Path) -> None:
    settings = settings_of(tmp_path / "data")
    assert look(settings, "2026-11-24T10:00") == []
    address = settings.database_url.get_secret_value() if settings.database_url else ""
    killed = subprocess.run(
        [sys.executable, "-c", "from tests.reliability.test_ticks import main; main()", str(settings.data)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "DAPBOT_FAULT": "after_accept", "DAPBOT_DATABASE_URL": address},
        timeout=60,
    )
    assert killed.returncode == -signal.SIGKILL
    with opened(settings) as sessions:
        assert [row.key for row in Inbox(sessions).list()] == [KEY]
    assert look(settings, "2026-11-25T03:31") == [KEY]
    assert look(settings, "2026-11-25T04:30") == [KEY]


def main() -> None:
    """Be the process that dies."""
    look(load(data=sys.argv[1]), "2026-11-25T03:30")
