"""One run: a receiver, processes that accept, processes that work, and what happens to them."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.database.engine import SQLITE_FILE
from bot.wiring import build_bot
from tests.reliability.judging import given, judge, read_lines
from tests.reliability.messages import FAQ
from tests.reliability.plan import Plan
from tests.reliability.reporting import Happened, report
from tests.reliability.settings import settings_from
from tests.reliability.supervising import ROOT, Supervisor

MANNERS = ("before", "after", "lag", "limited", "broken", "forgotten", "retry_after", "seed")
LOCKED = 2.0
"""Seconds that another process locks a SQLite file, where PostgreSQL would be restarted."""

LIVED = 0.5
"""Seconds that a process works at least before it is killed: a service manager starts nothing more often either."""

IDLE = 3.0
"""Seconds without progress after which rows that were given up are retried, as an administrator would."""

LATE = 3
"""Tries after which a row waits for minutes: longer than a run is to last."""

SETTLED = 60.0
"""Seconds that may pass between the last reply and the last row that says so."""

WORKER_POINTS = ("before_llm", "after_llm", "before_send", "in_send", "after_send", "before_done")
PRODUCER_POINTS = ("after_accept",)


def run(plan: Plan, database_url: str = "") -> dict[str, Any]:
    """Carry the plan out and return its figures; ``database_url`` is an empty database to use, if there is one."""
    with ExitStack() as undo:
        folder = Path(plan.keep or undo.enter_context(tempfile.TemporaryDirectory(prefix="dapbot-reliability-")))
        folder.mkdir(parents=True, exist_ok=True)
        server = None
        if plan.db == "pg" and not database_url:
            from tests.reliability.postgres import Server

            server = Server()
            undo.callback(server.stop)
            database_url = server.address
        asked = {"data": str(folder / "data"), "database_url": database_url}
        with build_bot(settings_from(asked)) as bot:
            if plan.task == "answer":
                bot.library.add([("faq.csv", FAQ)])
        address = undo.enter_context(_receiver(plan, folder / "seen.jsonl"))
        return _Run(plan, folder, {**asked, "plan": asdict(plan), "receiver": address}, server).go()


@contextmanager
def _receiver(plan: Plan, file: Path) -> Iterator[str]:
    """Start the receiver in its own process; yield its address."""
    words = [f"--{name.replace('_', '-')}={getattr(plan, name)}" for name in MANNERS]
    command = [sys.executable, "-m", "tests.reliability.receiver", "--file", str(file), *words]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.stdin.close()


@dataclass(frozen=True)
class Due:
    """Something that is to happen when so many messages are replied to."""

    replied: float
    what: str


class _Run:
    def __init__(self, plan: Plan, folder: Path, argument: dict[str, Any], server: Any) -> None:
        self.plan, self.folder, self.argument, self.server = plan, folder, argument, server
        self.random = random.Random(plan.seed)  # noqa: S311 - the same again with the same seed is what is wanted
        self.processes = Supervisor(folder, self._ended)
        self.happened = Happened()
        self.began = 0.0
        self.gone: set[str] = set()
        """Workers that are not started again."""
        self.frozen: dict[str, float | None] = {}
        """Workers told to freeze, and since when they are frozen."""
        self.faults = deque(self._faults())
        self.replied: set[int] = set()
        self._seen, self._read = folder / "seen.jsonl", 0

    def go(self) -> dict[str, Any]:
        plan, processes = self.plan, self.processes
        try:
            for number in range(plan.workers):
                self._start(f"worker-{number}")
            processes.wait_ready()
            self.began = time.time()
            for number in range(plan.producers):
                self._start(f"producer-{number}")
            self._until_done()
            self._settle()
            for name in processes.running("worker"):
                self.happened.unclean_stops += processes.end(name, signal.SIGTERM) != 0
        finally:
            processes.end_all()
        acked = [line for n in range(plan.producers) for line in read_lines(self._acked(f"producer-{n}"))]
        verdict = judge(given(acked), read_lines(self._seen), self.happened.given_up)
        return report(plan, settings_from(self.argument), verdict, acked, self.happened, processes)

    # --- starting ---------------------------------------------------------------------------------------------------

    def _start(self, name: str) -> None:
        kind, _, number = name.partition("-")
        environment = {}
        if kind == ("producer" if self.plan.fault in PRODUCER_POINTS else "worker") and self.faults:
            environment["DAPBOT_FAULT"] = self.faults.popleft()
        more = {"name": name}
        if kind == "producer":
            more = {"file": str(self._acked(name)), "share": int(number), "began": self.began}
        self.processes.start(name, kind, {**self.argument, **more}, **environment)
        self.happened.fault_of[name] = environment.get("DAPBOT_FAULT", "").partition(":")[0]

    def _faults(self) -> Iterator[str]:
        """Yield the fault of each start: the point, and at which time it is reached."""
        if self.plan.fault:
            points = WORKER_POINTS if self.plan.fault == "all" else (self.plan.fault,)
            for number in range(self.plan.kills):
                yield f"{points[number % len(points)]}:{self.random.randint(3, 20)}"

    def _acked(self, name: str) -> Path:
        return self.folder / f"{name}.jsonl"

    def _ended(self, name: str, code: int) -> None:
        """A process ended by itself: it is started again, unless it has done all it had to do."""
        self.frozen.pop(name, None)
        point = self.happened.fault_of[name] or ("poison" if self.plan.poison >= 0 else "")
        if point and code == -signal.SIGKILL:
            self.happened.died_at[point] += 1
        elif code or name.startswith("worker"):
            self.happened.exits[code] += 1
        if code or name.startswith("worker"):
            self._start(name)

    # --- what happens -----------------------------------------------------------------------------------------------

    def _dues(self) -> deque[Due]:
        plan = self.plan
        kills = 0 if plan.fault else plan.kills
        dues = [
            Due(plan.messages * (k + self.random.random()) / (kills + 1), "kill" if k % 5 < 4 else "kill the producer")
            for k in range(kills)
        ]
        dues += [Due(plan.messages * (k + 1) / (plan.restart_db + 1), "restart") for k in range(plan.restart_db)]
        if plan.stop:
            dues += [Due(plan.messages * (k + 0.5) / (plan.stops + 0.5), "freeze") for k in range(plan.stops)]
        if plan.die_for_good:
            dues.append(Due(plan.messages / 2, "die"))
        return deque(sorted(dues, key=lambda due: due.replied))

    def _until_done(self) -> None:
        """Let everything happen, until all is replied to or nothing moves any more."""
        dues, last, moved = self._dues(), (0, 0), time.monotonic()
        wanted = self.plan.messages - (self.plan.poison >= 0)
        while len(self.replied) < wanted or self.processes.running("producer") or self.frozen:
            self.processes.reap()
            self._thaw()
            self._look()
            if dues and len(self.replied) >= dues[0].replied and self._happen(dues[0].what):
                dues.popleft()
            now = (len(self.replied), len(self.processes.running("producer")))
            if now != last or any(self.frozen.values()):
                last, moved = now, time.monotonic()
            if time.monotonic() - moved > IDLE and not self.processes.running("producer") and self._retry_dead():
                moved = time.monotonic()
            if time.monotonic() - moved > self.plan.patience:
                self.happened.stuck = True
                return
            time.sleep(0.005)

    def _happen(self, what: str) -> bool:
        """Do it; False where it has to wait."""
        time.sleep(self.random.random() * 0.05)
        if what == "restart":
            self._restart_database()
            return True
        victims = [name for name in self.processes.ready("worker", LIVED) if name not in self.frozen]
        if what == "kill the producer":
            victims = self.processes.ready("producer") or victims
        if not victims:
            return False
        name = self.random.choice(victims)
        if what == "freeze":
            self.processes.tell(name, signal.SIGUSR1)
            self.frozen[name] = None
            return True
        self.processes.end(name)
        self.happened.kills += 1
        if what != "die":
            self._start(name)
        return True

    def _thaw(self) -> None:
        """Note who is frozen now, and let those go on whose time is over."""
        for name, since in list(self.frozen.items()):
            if since is None and self.processes.is_stopped(name):
                self.frozen[name] = time.monotonic()
                self.happened.stops += 1
            elif since is not None and time.monotonic() - since > self.plan.stop:
                del self.frozen[name]
                self.processes.tell(name, signal.SIGCONT)

    def _restart_database(self) -> None:
        self.happened.restarts += 1
        if self.server is not None:
            self.server.restart()
        else:
            threading.Thread(target=_lock_file, args=(Path(self.argument["data"]) / SQLITE_FILE,), daemon=True).start()

    def _look(self) -> None:
        """Read what the receiver has written since."""
        if not self._seen.exists():
            return
        with self._seen.open("rb") as file:
            file.seek(self._read)
            new = file.read()
        whole = new.rpartition(b"\n")[0]
        self._read += len(whole) + bool(whole)
        for line in map(json.loads, whole.splitlines()):
            if line["what"] in ("post", "finish"):
                self.replied.add(int(line["n"]))

    def _retry_dead(self) -> int:
        """Retry what was given up and is not replied to, and what waits for a late try; return how many rows."""
        with build_bot(settings_from(self.argument)) as bot:
            waiting = [row for row in bot.inbox.list(limit=1_000) if row.owner is None and row.attempts >= LATE]
            hurried = sum(bot.inbox.retry(row.seq) for row in waiting if not row.waited)
            numbers = {row.seq: int(row.key.rpartition("-")[2]) for row in bot.inbox.list("dead")}
            wanted = {seq: n for seq, n in numbers.items() if n not in self.replied and n != self.plan.poison}
            retried = {n for seq, n in wanted.items() if bot.inbox.retry(seq)}
        self.happened.given_up |= retried
        return len(retried) + hurried

    def _settle(self) -> None:
        """Wait until every row is done: a reply that is sent twice would be sent now."""
        until = time.monotonic() + (SETTLED if not self.happened.stuck else 0)
        with build_bot(settings_from(self.argument)) as bot:
            while time.monotonic() < until:
                counts = Counter(bot.inbox.counts())
                if counts.total() == counts["done"] + counts["dead"]:
                    break
                self.processes.reap()
                time.sleep(0.05)
        time.sleep(0.3 + 2 * self.plan.delay)


def _lock_file(file: Path) -> None:
    connection = sqlite3.connect(file, timeout=30, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    time.sleep(LOCKED)
    connection.close()
