"""Overload bends and does not break: a full inbox, then messages at a steady rate, all the way through the bot.

``python -m tests.benchmarks.steady [--db sqlite|pg] [--seconds 600] [--rate 20] [--waiting 10000]`` prints one JSON
line. Of what waits, some rows are older than a day: their senders must be told so. Meanwhile the web chat asks every
``CHAT`` seconds, which does not wait in the inbox. The baseline of the claims is the same claim on the empty inbox.
"""

import argparse
import json
import os
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bot.channels import Delivery
from bot.inbox import Claimed, Inbox, Incoming
from bot.messages import Message, Reply
from bot.wiring import Bot
from bot.workers import Workers
from tests.benchmarks.inbox_waiting import ASKED, made
from tests.reliability.judging import share_of

OLD = 100
"""Rows among those waiting that came two days ago."""

CHAT = 5.0
SAMPLE = 2.0
"""Seconds between two questions of the web chat, and between two looks at the memory."""

LONGEST = 300.0
"""Seconds after the last message in which everything must be replied to."""


class Recording:
    """A channel that takes everything and keeps which message each reply was for."""

    name = "bench"
    repeats_possible = True

    def __init__(self) -> None:
        self.seen: list[tuple[int, str, str]] = []

    def send(self, delivery: Delivery, reply: Reply) -> str:
        self.seen.append((delivery.where["n"], delivery.message.conversation or "", reply.task))
        return "reference"

    def find(self, _delivery: Delivery) -> None:
        return None

    def open_stream(self, _delivery: Delivery) -> None:
        return None


class Timed(Inbox):
    """An inbox that keeps how long each claim took that found something, in milliseconds."""

    def __init__(self, bot: Bot, waiting: int) -> None:
        super().__init__(bot.sessions, waiting=2 * waiting + 50_000, waiting_per_person=1_000_000)
        self.took: list[float] = []

    def claim(self, owner: str, *, suspects: bool = True) -> Claimed | None:
        """Claim, by the clock."""
        began = time.perf_counter()
        claimed = super().claim(owner, suspects=suspects)
        if claimed is not None:
            self.took.append(1000 * (time.perf_counter() - began))
        return claimed


def steady(bot: Bot, seconds: float, rate: float, waiting: int) -> dict[str, Any]:
    """Fill the inbox, then have messages come; return the figures, and whether everything was replied to once."""
    bot.ask(Message(ASKED, "bench"), record=False)  # what loads for seconds is loaded now
    empty = _claims_of_an_empty_inbox(bot)
    inbox, channel = Timed(bot, waiting), Recording()
    for first in range(0, waiting, 500):
        inbox.accept(*(_incoming(n) for n in range(first, min(first + 500, waiting))))
    _age(bot)
    workers = Workers(bot, inbox, {channel.name: channel}, 8, slot="bench").start()
    began, accepting = time.perf_counter(), []
    with _watched(bot) as watched:
        for n in range(int(seconds * rate)):
            time.sleep(max(0.0, began + n / rate - time.perf_counter()))
            started = time.perf_counter()
            inbox.accept(_incoming(waiting + n))
            accepting.append(1000 * (time.perf_counter() - started))
        while inbox.list(limit=1) and time.perf_counter() < began + seconds + LONGEST:
            time.sleep(0.05)
    took = time.perf_counter() - began
    workers.stop()
    claims = {"claim_p95_ms": share_of(sorted(inbox.took), 0.95), "empty_claim_p95_ms": empty}
    accepted = {"accept_p99_ms": share_of(sorted(accepting), 0.99), "msg_s": len(channel.seen) / took}
    return {
        "messages": waiting + int(seconds * rate),
        "states": dict(inbox.counts()),
        **{name: round(value, 2) for name, value in (claims | accepted).items()},
        **watched.figures(),
        **_judged(channel.seen, waiting + int(seconds * rate)),
    }


def _judged(seen: list[tuple[int, str, str]], wanted: int) -> dict[str, int]:
    """Return what was lost, doubled or out of order, and how many were told that they came too late."""
    times = Counter(n for n, _, _ in seen)
    by_conversation: dict[str, list[int]] = defaultdict(list)
    for n, conversation, _ in seen:
        by_conversation[conversation].append(n)
    return {
        "lost": wanted - len(times),
        "doubled": sum(count > 1 for count in times.values()),
        "out_of_order": sum(numbers != sorted(numbers) for numbers in by_conversation.values()),
        "told_too_late": sum(task == "notice" for _, _, task in seen),
    }


class _Watched:
    """What was seen while messages came: memory in KB, the web chat's answers in milliseconds."""

    def __init__(self) -> None:
        self.memory: list[int] = []
        self.chat: list[float] = []
        self.unanswered = 0

    def figures(self) -> dict[str, float | int]:
        """Return the memory after a quarter of the time and at the end, and how the chat was answered."""
        quarter, end = (max(part, default=0) for part in (self._part(1), self._part(3)))
        return {
            "memory_mb_quarter": round(quarter / 1024, 1),
            "memory_mb_end": round(end / 1024, 1),
            "chat": len(self.chat),
            "chat_unanswered": self.unanswered,
            "chat_p95_ms": round(share_of(sorted(self.chat), 0.95), 1),
        }

    def _part(self, quarter: int) -> list[int]:
        length = max(1, len(self.memory) // 4)
        return self.memory[quarter * length : (quarter + 1) * length]


@contextmanager
def _watched(bot: Bot) -> Iterator[_Watched]:
    """Look at the memory, and ask as the web chat does, until the block ends."""
    watched, ended = _Watched(), threading.Event()

    def look() -> None:
        while not ended.wait(SAMPLE):
            watched.memory.append(resident())

    def chat() -> None:
        number = 0
        while not ended.wait(CHAT):
            number += 1
            began = time.perf_counter()
            reply = bot.ask(Message(ASKED, "web", f"chat{number}"))
            watched.chat.append(1000 * (time.perf_counter() - began))
            watched.unanswered += not reply.answered

    threads = [threading.Thread(target=each, daemon=True) for each in (look, chat)]
    for thread in threads:
        thread.start()
    try:
        yield watched
    finally:
        ended.set()
        for thread in threads:
            thread.join()


def resident() -> int:
    """Return the memory that this process holds now, in KB; only on Linux."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))


def _claims_of_an_empty_inbox(bot: Bot) -> float:
    """Return the time that 95 % of the claims take where one row waits, in milliseconds."""
    inbox = Timed(bot, 1)
    for n in range(200):
        inbox.accept(_incoming(n, "alone"))
        claimed = inbox.claim("bench")
        assert claimed is not None
        inbox.done(claimed)
    with bot.sessions.begin() as session:
        session.execute(text("DELETE FROM inbox"))
    return share_of(sorted(inbox.took), 0.95)


def _age(bot: Bot) -> None:
    """Have the first rows be two days old."""
    with bot.sessions.begin() as session:
        oldest = text(
            "UPDATE inbox SET created_at = created_at - 172800, not_before = 0 "
            "WHERE seq < (SELECT min(seq) FROM inbox) + :n"
        )
        session.execute(oldest, {"n": OLD})


def _incoming(n: int, prefix: str = "") -> Incoming:
    said = Message(ASKED, "bench", f"{prefix}c{n % 500}", f"p{n % 100}")
    return Incoming(f"{prefix}{n}", said, where={"n": n})


def main() -> None:
    """Print the figures of one run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--db", choices=("sqlite", "pg"), default="sqlite")
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--rate", type=float, default=20)
    parser.add_argument("--waiting", type=int, default=10_000)
    asked = parser.parse_args()
    with made(asked.db) as bot:
        figures = steady(bot, asked.seconds, asked.rate, asked.waiting)
    print(json.dumps({"db": asked.db, **figures, "load": round(os.getloadavg()[0], 1)}), flush=True)


if __name__ == "__main__":
    main()
