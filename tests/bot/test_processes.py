"""Names and places of processes, and what they say of themselves."""

import os
import shutil
import time
from pathlib import Path

import pytest

from bot.database import processes
from bot.database.engine import open_engine, sessions_for
from bot.database.migrating import require_current
from bot.findings_of_processes import of_processes
from bot.owner import Ownership
from bot.processes import BEAT_SECONDS, GONE_SECONDS, Heartbeat, is_running, place_for_worker, slot
from bot.settings import Settings
from tests.servers import postgres


def test_a_name_is_the_same_after_each_start_and_nobody_elses(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with Ownership(data) as owner:
        owner.take()
        name = slot(owner)
        with Ownership(data) as other:
            assert slot(other) == f"{name}:{os.getpid()}", "a command beside the owner is no owner"
    with Ownership(data) as again:
        again.take()
        assert slot(again) == name
    shutil.copytree(data, tmp_path / "copy")
    with Ownership(tmp_path / "copy") as copy:
        copy.take()
        assert slot(copy) != name
    shutil.rmtree(data)
    with Ownership(data) as fresh:
        fresh.take()
        assert slot(fresh) != name, "another folder at the same path, as on another machine of the same name"


def test_workers_take_the_first_free_place(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    one, two = place_for_worker(settings), place_for_worker(settings)
    assert [each.folder.name for each in (one, two)] == ["1", "2"]
    names = {slot(one), slot(two)}
    assert len(names) == 2
    one.release()
    again = place_for_worker(settings)
    assert again.folder.name == "1"
    assert slot(again) in names
    for each in (again, two):
        each.release()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_process_says_that_it_is_there_and_how_far_it_is(kind: str, tmp_path: Path) -> None:
    address = postgres.new_database() if kind == "postgresql" else f"sqlite:///{tmp_path / 'rows.sqlite3'}"
    settings = Settings(data=tmp_path, database_url=address)  # type: ignore[arg-type]
    engine = open_engine(settings)
    require_current(engine)
    sessions, followed = sessions_for(engine), [3]
    with Heartbeat(sessions, "host:one", "serve", lambda: followed[0], lambda: {"folder": "/data"}) as heartbeat:
        with sessions() as session:
            (row,) = processes.listed(session)
        assert (row.name, row.role, row.pid, row.change, row.detail) == (
            "host:one",
            "serve",
            os.getpid(),
            3,
            {"folder": "/data"},
        )
        assert is_running(row)
        followed[0] = 4
        heartbeat.wake()
        until = time.monotonic() + BEAT_SECONDS - 1
        while row.change != 4:
            assert time.monotonic() < until, "woken, it does not wait for its next beat"
            time.sleep(0.02)
            with sessions() as session:
                (row,) = processes.listed(session)
        started = row.started_at
    with sessions.begin() as session:
        assert processes.listed(session) == [], "who ends takes its row away"
        values = {"host": "h", "pid": 1, "role": "worker", "change": 0, "detail": {"folder": "/gone"}}
        processes.beat(session, "host:two", values)
        session.execute(processes.PROCESSES.update().values(seen_at=processes.PROCESSES.c.seen_at - GONE_SECONDS - 1))
        (row,) = processes.listed(session)
        assert not is_running(row)
        assert row.started_at >= started
    found = [check.phrase for check in of_processes(settings)]
    assert found == ([] if kind == "sqlite" else ["doctor.process_gone", "doctor.no_processes"])
    with sessions.begin() as session:
        processes.beat(session, "host:two", {**values, "pid": 2})
        (again,) = processes.listed(session)
        assert again.started_at >= row.started_at
        assert again.pid == 2
        processes.forget(session, -1.0)
        assert processes.listed(session) == []
    engine.dispose()
