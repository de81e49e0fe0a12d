"""The inbox alone: how many messages a second pass through it, and what 10,000 waiting ones cost.

``python -m tests.benchmarks.inbox [--db sqlite|pg] [--messages 2000] [--processes 2]`` prints one JSON line. The task:
null: a pause where a model and a send would be (``--task 0.02 --send 0.008``, as in the prototypes; 0: none). Beside
it: how many bare transactions a second the disk commits just then. A message takes two on SQLite, four on PostgreSQL.
"""

import argparse
import json
import multiprocessing
import os
import resource
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bot.database.engine import open_engine, sessions_for
from bot.database.migrating import require_current
from bot.inbox import Claimed, Inbox, Incoming
from bot.messages import Message, Reply
from bot.settings import Settings
from tests.reliability.judging import share_of

REPLY = Reply("", "c", "환불은 3일 안에 처리됩니다.", answered=True, confidence=1.0, task="answer", language="ko")


def settings_for(folder: str, address: str) -> Settings:
    return Settings(data=Path(folder), database_url=address or None)


def fill(inbox: Inbox, messages: int, conversations: int) -> list[float]:
    """Accept messages; return the milliseconds each took, sorted."""
    took = []
    for n in range(messages):
        message = Message("환불은 얼마나 걸리나요?", "bench", f"c{n % conversations}", f"p{n}")
        began = time.perf_counter()
        inbox.accept(Incoming(f"bench:{n}", message, where={"n": n}))
        took.append(1000 * (time.perf_counter() - began))
    return sorted(took)


def work(asked: argparse.Namespace, folder: str, address: str, start: Any, results: Any) -> None:
    """Be one process of workers: take rows until there are none."""
    engine = open_engine(settings_for(folder, address))
    sessions = sessions_for(engine)
    inbox = Inbox(sessions)
    counts = [0] * asked.threads

    def thread(number: int) -> None:
        owner = f"{os.getpid()}:{number}"
        while True:
            claimed = inbox.claim(owner)
            if claimed is None:
                if not sum(inbox.counts()[state] for state in ("new", "answered", "sending")):
                    return
                time.sleep(0.01)
                continue
            through(claimed)
            counts[number] += 1

    def through(claimed: Claimed) -> None:
        time.sleep(asked.task)
        with sessions.begin() as session:
            inbox.answered(session, claimed, REPLY)
        inbox.sending(claimed)
        time.sleep(asked.send)
        inbox.done(claimed, "reference")

    start.wait()
    before = time.process_time()
    threads = [threading.Thread(target=thread, args=(number,)) for number in range(asked.threads)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    results.put((sum(counts), time.process_time() - before))
    engine.dispose()


def disk(folder: str, address: str) -> float:
    """Return how many bare transactions a second one connection commits for good: what the disk gives just now."""
    engine = open_engine(settings_for(folder, address))
    sessions = sessions_for(engine)
    with sessions.begin() as session:
        session.execute(text("CREATE TABLE bare (n INTEGER)"))
    began = time.perf_counter()
    for n in range(200):
        with sessions.begin(durable=True) as session:
            session.execute(text("INSERT INTO bare VALUES (:n)"), {"n": n})
    took = time.perf_counter() - began
    with sessions.begin() as session:
        session.execute(text("DROP TABLE bare"))
    engine.dispose()
    return 200 / took


def flow(asked: argparse.Namespace, folder: str, address: str) -> dict[str, Any]:
    """Pass messages through; the workers start when all are accepted."""
    bare = disk(folder, address)
    engine = open_engine(settings_for(folder, address))
    accept = fill(Inbox(sessions_for(engine)), asked.messages, asked.conversations)
    engine.dispose()
    context = multiprocessing.get_context("spawn")
    start, results = context.Event(), context.SimpleQueue()
    processes = [
        context.Process(target=work, args=(asked, folder, address, start, results)) for _ in range(asked.processes)
    ]
    for process in processes:
        process.start()
    time.sleep(3)
    began = time.perf_counter()
    start.set()
    done = [results.get() for _ in processes]
    took = time.perf_counter() - began
    for process in processes:
        process.join()
    return {
        "accept_p50_ms": round(share_of(accept, 0.5), 2),
        "accept_p99_ms": round(share_of(accept, 0.99), 2),
        "messages": sum(count for count, _ in done),
        "msg_s": round(sum(count for count, _ in done) / took, 1),
        "bare_commits_s": round((bare + disk(folder, address)) / 2, 1),
        "cpu_ms_msg": round(1000 * sum(cpu for _, cpu in done) / asked.messages, 2),
    }


def backlog(asked: argparse.Namespace, folder: str, address: str) -> dict[str, Any]:
    """Have 10,000 rows wait, and take 1,000 of them while more come."""
    engine = open_engine(settings_for(folder, address))
    inbox = Inbox(sessions_for(engine))
    fill(inbox, asked.waiting, asked.waiting // 4)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    took = []
    for n in range(1_000):
        inbox.accept(Incoming(f"more:{n}", Message("안녕하세요", "bench", f"more{n % 50}", f"p{n}")))
        began = time.perf_counter()
        claimed = inbox.claim("bench")
        took.append(1000 * (time.perf_counter() - began))
        assert claimed is not None
        inbox.sending(claimed)
        inbox.done(claimed)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    engine.dispose()
    took.sort()
    return {
        "waiting": asked.waiting,
        "claim_p50_ms": round(share_of(took, 0.5), 2),
        "claim_p95_ms": round(share_of(took, 0.95), 2),
        "claim_p99_ms": round(share_of(took, 0.99), 2),
        "memory_grew_mb": round((after - before) / 1024, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--db", choices=("sqlite", "pg"), default="sqlite")
    parser.add_argument("--messages", type=int, default=2_000)
    parser.add_argument("--conversations", type=int, default=25)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--threads", type=int, default=8)
    parser.add_argument("--task", type=float, default=0.0)
    parser.add_argument("--send", type=float, default=0.0)
    parser.add_argument("--waiting", type=int, default=0, help="measure claims from so many waiting rows instead")
    asked = parser.parse_args()
    address, server = "", None
    if asked.db == "pg":
        from tests.reliability.postgres import Server

        server = Server()
        address = server.address
    try:
        with tempfile.TemporaryDirectory(prefix="dapbot-inbox-") as folder:
            engine = open_engine(settings_for(folder, address))
            require_current(engine)
            engine.dispose()
            figures = (backlog if asked.waiting else flow)(asked, folder, address)
            print(json.dumps({**vars(asked), **figures, "load": round(os.getloadavg()[0], 1)}))
    finally:
        if server is not None:
            server.stop()


if __name__ == "__main__":
    main()
