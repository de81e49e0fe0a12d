"""Who writes to SQLite: one thread of a process at a time, and to the disk itself where it must outlast a power cut."""

import threading
import time
from contextlib import ExitStack

import pytest
from sqlalchemy import Engine, text

from bot.database.engine import Sessions, sessions_for


@pytest.fixture
def writers(engine: Engine) -> Sessions:
    return sessions_for(engine)


def test_what_must_last_is_waited_for(kind: str, writers: Sessions) -> None:
    if kind != "sqlite":
        with writers() as session:
            assert session.execute(text("SHOW synchronous_commit")).scalar() in ("on", "off")  # the server's, not ours
        return
    found = []
    for durable in (False, True, True, False):
        with writers.begin(durable=durable) as session:
            found.append(session.execute(text("PRAGMA synchronous")).scalar())
    assert found == [1, 2, 2, 1]


def test_threads_write_one_after_the_other_over_several_makers(engine: Engine, writers: Sessions) -> None:
    """Each adds one to a number that it has read; nobody waits for long."""
    with writers.begin() as session:
        session.execute(text("INSERT INTO state (name, value) VALUES ('n', '0')"))

    def add() -> None:
        for _ in range(20):
            with sessions_for(engine).begin() as session:
                lock = "" if engine.dialect.name == "sqlite" else " FOR UPDATE"
                n = int(session.execute(text(f"SELECT value FROM state WHERE name = 'n'{lock}")).scalar_one())
                session.execute(text("UPDATE state SET value = :n WHERE name = 'n'"), {"n": str(n + 1)})

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    with writers() as session:
        assert session.execute(text("SELECT value FROM state WHERE name = 'n'")).scalar() == "80"


def test_an_error_gives_the_turn_back(writers: Sessions) -> None:
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), writers.begin():
            raise ZeroDivisionError
    began = time.monotonic()
    with ExitStack() as stack:
        stack.enter_context(writers.begin())
    assert time.monotonic() - began < 20
