"""The inbox when much waits: claims among 10,000 rows in three shapes, accepting while answers take long, the full way.

``python -m tests.benchmarks.inbox_waiting [--db sqlite|pg] [--waiting 10000] [--seconds 20]`` prints one JSON line for
each. The full path (search, checks, the log of conversations) is told as a ratio to the inbox alone in the same run.
"""

import argparse
import json
import os
import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bot.channels import Delivery
from bot.database.conversations import Keeping
from bot.database.engine import Sessions
from bot.inbox import Inbox, Incoming
from bot.messages import Event, Message, Reply
from bot.wiring import Bot, build_bot
from bot.workers import Workers
from tests.reliability.judging import share_of
from tests.samples import KOREAN, lines
from tests.servers.databases import settings_of

ASKED = "환불은 얼마나 걸리나요?"
SHAPES = {"of as many conversations": 1, "of 20 conversations": 0, "of which half wait for a later try": 2}


class Silent:
    """A channel that takes everything at once."""

    name = "bench"
    repeats_possible = True

    def send(self, _delivery: Delivery, _reply: Reply) -> str:
        return "reference"

    def find(self, _delivery: Delivery) -> None:
        return None

    def open_stream(self, _delivery: Delivery) -> None:
        return None


class Null:
    """Answers after a pause."""

    def __init__(self, sessions: Sessions, pause: float) -> None:
        self._sessions = sessions
        self._pause = pause

    def stream(self, message: Message, *, keeping: Keeping, earlier: object = None) -> Iterator[Event]:
        time.sleep(self._pause)
        reply = Reply("", "c", "사흘", answered=True, confidence=1.0, task="null", language="ko")
        with self._sessions.begin() as session:
            keeping(session, reply)
        yield Event("done", reply=reply)


def claims(sessions: Sessions, shape: str, waiting: int) -> dict[str, Any]:
    """Claim among rows that wait, more coming in all the time."""
    inbox = Inbox(sessions, waiting_per_person=waiting)
    kind = SHAPES[shape]
    for first in range(0, waiting, 500):
        inbox.accept(*(_incoming(n, f"c{n % 20}" if kind == 0 else f"c{n}") for n in range(first, first + 500)))
    if kind == 2:
        with sessions.begin() as session:
            session.execute(
                text("UPDATE inbox SET not_before = created_at + 9999 WHERE seq <= (SELECT min(seq) FROM inbox) + :n"),
                {"n": waiting // 2},
            )
    held = [inbox.claim(f"busy/{n}") for n in range(15)]  # the other threads have theirs
    before, took, used = memory(), [], 0.0
    for n in range(500):
        inbox.accept(_incoming(waiting + n, f"c{n % 20}"))
        began, cpu = time.perf_counter(), time.process_time()
        claimed = inbox.claim("bench")
        took.append(1000 * (time.perf_counter() - began))
        used += time.process_time() - cpu
        if claimed is not None:
            inbox.done(claimed)
    took.sort()
    grown = memory() - before
    with sessions.begin() as session:
        session.execute(text("DELETE FROM inbox"))
    return {
        "rows": f"{waiting} {shape}",
        "held": sum(row is not None for row in held),
        "claim_p50_ms": round(share_of(took, 0.5), 2),
        "claim_p95_ms": round(share_of(took, 0.95), 2),
        "claim_cpu_ms": round(1000 * used / len(took), 2),
        "memory_grew_mb": round(grown / 1024, 1),
    }


def accepting(sessions: Sessions, seconds: float, pause: float, rate: float = 50) -> dict[str, Any]:
    """Accept 50 events a second while 16 threads answer, each for ``pause`` seconds."""
    inbox = Inbox(sessions, waiting_per_person=1_000_000)
    workers = Workers(Null(sessions, pause), inbox, {"bench": Silent()}, 16, slot="bench").start()
    took, began = [], time.perf_counter()
    for n in range(int(seconds * rate)):
        time.sleep(max(0.0, began + n / rate - time.perf_counter()))
        started = time.perf_counter()
        inbox.accept(_incoming(n, f"c{n}"))
        took.append(1000 * (time.perf_counter() - started))
    workers.stop(0)
    with sessions.begin() as session:
        session.execute(text("DELETE FROM inbox"))
    took.sort()
    return {
        "accepted": len(took),
        "answers_take_s": pause,
        "accept_p50_ms": round(share_of(took, 0.5), 2),
        "accept_p99_ms": round(share_of(took, 0.99), 2),
        "accept_most_ms": round(took[-1], 2),
    }


def paths(bot: Bot, messages: int) -> dict[str, Any]:
    """Answer messages by the inbox alone and by the whole way, 8 threads each."""
    bot.ask(Message(ASKED, "bench"), record=False)  # what loads for seconds is loaded now
    rates = {}
    for name, answering in (("null", Null(bot.sessions, 0)), ("full", bot)):
        inbox = Inbox(bot.sessions, waiting_per_person=messages)
        inbox.accept(*(_incoming(n, f"{name}{n % 25}", name) for n in range(messages)))
        workers = Workers(answering, inbox, {"bench": Silent()}, 8, slot="bench")
        began = time.perf_counter()
        workers.start()
        while inbox.list(limit=1):
            time.sleep(0.02)
        rates[name] = messages / (time.perf_counter() - began)
        workers.stop(5)
    return {
        "null_msg_s": round(rates["null"], 1),
        "full_msg_s": round(rates["full"], 1),
        "null_to_full": round(rates["null"] / rates["full"], 2),
    }


def memory() -> int:
    """Return the most memory this process has had, in KB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _incoming(n: int, conversation: str, prefix: str = "") -> Incoming:
    return Incoming(f"{prefix}{n}", Message(ASKED, "bench", conversation, f"p{n % 100}"), where={"n": n})


@contextmanager
def made(db: str) -> Iterator[Bot]:
    """Yield a bot with the Korean sample documents."""
    server = None
    with tempfile.TemporaryDirectory(prefix="dapbot-waiting-") as folder:
        address = ""
        if db == "pg":
            from tests.reliability.postgres import Server

            server = Server()
            address = server.address
        settings = settings_of(Path(folder) / "data", database_url=address or None)
        with build_bot(settings) as bot:
            bot.library.add([("hanbit-faq.jsonl", lines(KOREAN))])
            yield bot
    if server is not None:
        server.stop()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--db", choices=("sqlite", "pg"), default="sqlite")
    parser.add_argument("--waiting", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--pause", type=float, default=10)
    parser.add_argument("--messages", type=int, default=600)
    asked = parser.parse_args()
    with made(asked.db) as bot:
        for shape in SHAPES:
            _print(asked, claims(bot.sessions, shape, asked.waiting))
        _print(asked, accepting(bot.sessions, asked.seconds, asked.pause))
        _print(asked, paths(bot, asked.messages))


def _print(asked: argparse.Namespace, figures: dict[str, Any]) -> None:
    print(json.dumps({"db": asked.db, **figures, "load": round(os.getloadavg()[0], 1)}), flush=True)


if __name__ == "__main__":
    main()
