"""A process that is killed at a tick: what was due is done once, by whoever comes next (promise 12)."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.database.opening import opened
from bot.inbox import Inbox
from tests.servers.dapbot import ROOT
from tests.servers.databases import settings_of

PROCESS = """
import sys
from datetime import datetime
from zoneinfo import ZoneInfo
from bot.database.opening import opened
from bot.faults import fault
from bot.inbox import Inbox
from bot.incoming import Incoming
from bot.schedules import Schedule, Schedules
from bot.settings import load

SEOUL = ZoneInfo("Asia/Seoul")
now = datetime.fromisoformat(sys.argv[2]).replace(tzinfo=SEOUL).timestamp()
settings = load(data=sys.argv[1])
with opened(settings) as sessions:
    inbox = Inbox(sessions, reached=fault(settings.fault))

    def accept(schedule, key):
        inbox.accept(Incoming(key, kind="job", where={"job": schedule.job}))

    nightly = Schedule("night", "30 3 * * *", "retention")
    Schedules(sessions, accept, [nightly], SEOUL, moment=lambda _session: now).look()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


def process(folder: Path, now: str, fault: str = "") -> int:
    address = settings_of(folder).database_url
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DAPBOT_FAULT": fault}
    if address is not None:
        environment["DAPBOT_DATABASE_URL"] = address.get_secret_value()
    return subprocess.run([sys.executable, "-c", PROCESS, str(folder), now], env=environment, timeout=60).returncode


def keys(folder: Path) -> list[str]:
    with opened(settings_of(folder)) as sessions:
        return [row.key for row in Inbox(sessions).list()]


def test_killed_between_the_row_and_the_note_of_it(folder: Path) -> None:
    assert process(folder, "2026-11-24T10:00") == 0
    assert process(folder, "2026-11-25T03:30", fault="after_accept") == -signal.SIGKILL
    assert keys(folder) == ["cron:night:2026-11-25T03:30"]
    assert process(folder, "2026-11-25T03:31") == 0
    assert process(folder, "2026-11-25T04:30") == 0
    assert keys(folder) == ["cron:night:2026-11-25T03:30"]
