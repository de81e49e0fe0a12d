"""Which of several processes publishes: one at a time, the next one when it dies or hangs."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from bot.database import leading
from bot.database.engine import open_engine, sessions_for
from bot.database.leading import LEADER, LOCK, Lead
from bot.database.migrating import require_current
from bot.settings import Settings
from tests.servers import postgres


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = open_engine(Settings(data=tmp_path, database_url=postgres.new_database()))
    require_current(made)
    yield made
    made.dispose()


@contextmanager
def lead(engine: Engine, name: str) -> Iterator[Lead]:
    made = Lead(engine, lambda: name)
    try:
        yield made
    finally:
        made.close()


def test_on_sqlite_the_only_process_leads(tmp_path: Path) -> None:
    made = open_engine(Settings(data=tmp_path, database_url=f"sqlite:///{tmp_path / 'rows.sqlite3'}"))
    with lead(made, "one") as one:
        assert one.alone
        assert one.has()
    made.dispose()


def test_one_leads_until_it_ends(engine: Engine) -> None:
    with lead(engine, "two") as two:
        with lead(engine, "one") as one:
            assert one.has()
            assert not two.has()
            one.keeps("space")
            with sessions_for(engine)() as session:
                found = leading.leader(session)
            assert (found.name, found.space) == ("one", "space")
            assert found.ago < 5
        deadline = time.monotonic() + 10  # the server takes a moment to see that a connection is over
        while not two.has():
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert not one.has(), "closed is closed"


def test_whose_connection_is_lost_does_not_lead(engine: Engine) -> None:
    with lead(engine, "one") as one, lead(engine, "two") as two:
        assert one.has()
        _disconnect_leader(engine)
        deadline = time.monotonic() + 10  # it looks every two seconds
        while not two.has():
            assert time.monotonic() < deadline
            time.sleep(0.05)
        while one.had:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert not one.has()


def test_one_that_hangs_is_disconnected(engine: Engine) -> None:
    """Its connection lives, and it has not said anything for too long."""
    with engine.connect() as hanging, lead(engine, "two") as two:
        assert hanging.execute(text(f"SELECT pg_try_advisory_lock({LOCK})")).scalar()
        _said(engine, "hanging", ago=leading.GONE_SECONDS - 10)
        assert not two.has()
        assert not two.has()
        _said(engine, "hanging", ago=leading.GONE_SECONDS + 10)
        assert not two.has()
        assert two.has()
        hanging.invalidate()


def test_how_far_it_is_is_kept_for_the_last_spaces(engine: Engine) -> None:
    sessions = sessions_for(engine)
    with sessions.begin() as session:
        assert leading.led(session) == 0
        leading.note_led(session, 7)
        for number in range(leading.MOST_SPACES + 2):
            leading.note_whole(session, f"space-{number}", number + 10)
    with sessions() as session:
        assert leading.led(session) == 7
        assert leading.whole(session) == f"space-{leading.MOST_SPACES + 1}"
        assert leading.kept(session, f"space-{leading.MOST_SPACES + 1}") == leading.MOST_SPACES + 11
        assert leading.kept(session, "space-0") == 0


def test_a_word_about_the_leader_that_cannot_be_read_is_no_leader(engine: Engine) -> None:
    with sessions_for(engine).begin() as session:
        session.execute(text("INSERT INTO state (name, value) VALUES (:name, '[broken')"), {"name": LEADER})
    with sessions_for(engine)() as session:
        assert leading.leader(session).name == ""
    with lead(engine, "one") as one:
        assert one.has()


def _said(engine: Engine, name: str, ago: float) -> None:
    said = json.dumps({"name": name, "space": "", "seen": time.time() - ago})
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM state WHERE name = :name"), {"name": LEADER})
        connection.execute(text("INSERT INTO state (name, value) VALUES (:name, :v)"), {"name": LEADER, "v": said})


def _disconnect_leader(engine: Engine) -> None:
    found = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = :low"
    with engine.connect() as connection:
        assert connection.execute(text(found), {"low": LOCK & 0xFFFFFFFF}).scalar()
