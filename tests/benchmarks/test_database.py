"""What the conversation log costs each answer; printed, never asserted (a machine may be busy)."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.database.conversations import recent_turns, record
from bot.database.engine import open_engine, sessions_for
from bot.database.migrating import require_current
from bot.settings import Settings
from tests.bot.database.exchanges import exchange

ROUNDS = 300


def milliseconds(what: Callable[[], object]) -> str:
    taken = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        what()
        taken.append(1000 * (time.perf_counter() - started))
    return f"p50 {statistics.median(taken):.2f} ms, p95 {statistics.quantiles(taken, n=20)[-1]:.2f} ms"


def test_writing_and_reading_an_exchange(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    engine = open_engine(Settings(data=tmp_path))
    started = time.perf_counter()
    require_current(engine)
    made = time.perf_counter() - started
    sessions = sessions_for(engine)
    names = iter(range(10 * ROUNDS))

    def write() -> None:
        item = exchange(name=f"c{next(names) // 10}", person="kim")
        with sessions.begin() as session:
            record(session, item)

    def read() -> None:
        with sessions() as session:
            assert len(recent_turns(session, "web", "c0", 20, person="kim")) == 20

    with capsys.disabled():
        print(f"\nSQLite: tables made in {made:.2f} s; exchange written {milliseconds(write)}; 20 turns read", end=" ")
        print(milliseconds(read))
    engine.dispose()
