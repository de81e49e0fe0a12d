"""`dapbot worker` more than once over one data folder: each has its place, one publishes, a killed one comes back."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

from bot.database.opening import opened
from bot.inbox import Inbox
from bot.incoming import Incoming
from bot.settings import Settings
from tests.servers import postgres
from tests.servers.commands import dapbot
from tests.servers.dapbot import ROOT, STARTS

COMMAND = (sys.executable, "-c", "from connectors.cli import main; main()")
FAQ = "질문,답변\n환불은 언제 되나요?,사흘 안에 됩니다\n"


def until(condition: Callable[[], object]) -> float:
    """Wait for a condition; return the seconds that it took."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < STARTS, "it did not come true"
        time.sleep(0.01)
    return time.monotonic() - began


@contextmanager
def worker(data: Path, address: str) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a worker until the block ends."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "DAPBOT_DATABASE_URL": address, "OMP_NUM_THREADS": "1"}
    process = subprocess.Popen(
        [*COMMAND, "worker", "--data", str(data)],
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        finally:
            process.kill()
            process.wait()


class Seen:
    """What the workers say of themselves."""

    def __init__(self, address: str) -> None:
        self._engine = create_engine(address.replace("postgresql:", "postgresql+psycopg:", 1))

    def rows(self) -> dict[int, tuple[str, str, int]]:
        """Return name, place and change number by process."""
        with self._engine.connect() as connection:
            found = connection.execute(text("SELECT pid, name, detail, change FROM processes")).all()
        return {pid: (name, Path(detail["folder"]).name, change) for pid, name, detail, change in found}

    def value(self, statement: str) -> Any:
        with self._engine.connect() as connection:
            return connection.execute(text(statement)).scalar()

    def close(self) -> None:
        self._engine.dispose()


def test_workers_have_places_of_their_own_and_a_killed_one_comes_back_to_its_own(tmp_path: Path) -> None:
    data, address = tmp_path / "data", postgres.new_database()
    assert dapbot("database", "upgrade", "--data", data, DAPBOT_DATABASE_URL=address).code == 0
    (tmp_path / "faq.csv").write_text(FAQ, "utf-8")
    seen = Seen(address)
    with ExitStack() as running:
        running.callback(seen.close)
        one = running.enter_context(worker(data, address))
        until(lambda: one.pid in seen.rows())
        two = running.enter_context(worker(data, address))
        until(lambda: {one.pid, two.pid} == seen.rows().keys())
        before = seen.rows()
        assert [before[each.pid][1] for each in (one, two)] == ["1", "2"]

        added = dapbot("knowledge", "add", tmp_path / "faq.csv", "--data", data, DAPBOT_DATABASE_URL=address)
        assert added.code == 0, added
        assert not added.err, "two processes answer with it"
        assert seen.value("SELECT state FROM versions") == "published"
        change = int(seen.value("SELECT value FROM state WHERE name = 'change'"))
        until(lambda: all(row[2] == change for row in seen.rows().values()))
        assert (data / "workers" / "2" / "indexes" / "keywords").is_dir()

        one.send_signal(signal.SIGKILL)
        one.wait()
        took = accepted_and_done(data, address, seen, "first")
        print(f"\na row accepted here is done by another process {took:.2f} s later")
        again = running.enter_context(worker(data, address))
        until(lambda: again.pid in seen.rows())
        assert seen.rows()[again.pid][:2] == before[one.pid][:2], "the same place, by the same name"
        removed = dapbot("knowledge", "remove", 1, "--yes", "--data", data, DAPBOT_DATABASE_URL=address)
        assert removed.code == 0, removed
        accepted_and_done(data, address, seen, "second")


def accepted_and_done(data: Path, address: str, seen: Seen, key: str) -> float:
    """Put a job into the inbox from this process, in which nobody works; return how long it took to be done."""
    with opened(Settings(data=data, database_url=address)) as sessions:  # type: ignore[arg-type]
        inbox = Inbox(sessions)
        assert inbox.accept(Incoming(f"cron:retention:{key}", kind="job", where={"job": "retention"})) == "new"
        return until(lambda: seen.value(f"SELECT state FROM inbox WHERE key = 'cron:retention:{key}'") == "done")


def test_a_command_says_so_where_nobody_answers(tmp_path: Path) -> None:
    address = postgres.new_database()
    (tmp_path / "faq.csv").write_text(FAQ, "utf-8")
    words = ("knowledge", "add", tmp_path / "faq.csv", "--data", tmp_path / "data")
    added = dapbot(*words, DAPBOT_DATABASE_URL=address, DAPBOT_LANGUAGE="en")
    assert added.code == 0
    assert "no `dapbot serve` runs" in added.err
    asked = dapbot("ask", "환불은 언제 되나요?", "--data", tmp_path / "other", DAPBOT_DATABASE_URL=address)
    assert "사흘 안에 됩니다" in asked.out, "another data folder indexes what it needs"
