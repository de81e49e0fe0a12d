"""Delivers messages as a platform does: again and again until they are acknowledged, some of them twice all the same.

``python -m tests.reliability.producer '{...}'``, started by the harness, which may kill it at any moment: what was not
acknowledged is delivered again after the next start. Messages of one conversation come one after the other.
"""

import json
import logging
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from bot.database.engine import open_engine, sessions_for
from bot.faults import fault
from bot.inbox import Inbox, Incoming
from bot.messages import Message
from tests.reliability.judging import read_lines
from tests.reliability.messages import Ordered, ordered
from tests.reliability.plan import Plan
from tests.reliability.settings import settings_from
from tests.reliability.supervising import say_ready

AGAIN = 0.1
"""Seconds after which a message that was not acknowledged is delivered again."""

THREADS = 4

log = logging.getLogger(__name__)


class Producer:
    """Delivers one share of the messages; the file says what was tried, and what was acknowledged when."""

    def __init__(self, inbox: Inbox, plan: Plan, file: Path, began: float) -> None:
        self._inbox = inbox
        self._plan = plan
        self._began = began
        self._file = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._twice = ThreadPoolExecutor(2 * THREADS)

    def deliver(self, messages: list[Ordered]) -> None:
        """Deliver these, one after the other, each at its time."""
        for message in messages:
            if self._plan.rate:
                time.sleep(max(0.0, self._began + message.n / self._plan.rate - time.time()))
            started = time.time()
            self._note(what="tried", n=message.n, conversation=message.conversation, started=started)
            both = message.twice and message.n % 20 == 9  # at the same moment; the others one after the other
            several = [self._twice.submit(self._until_acknowledged, message) for _ in range(1 + both)]
            said = [each.result() for each in several]
            acked = time.time()
            if message.twice and not both:
                said.append(self._until_acknowledged(message))
            self._note(
                what="acked",
                n=message.n,
                conversation=message.conversation,
                started=started,
                acked=acked,
                said=[outcome for outcome, _ in said],
                took=[took for _, took in said],
            )

    def _until_acknowledged(self, message: Ordered) -> tuple[str, float]:
        incoming = Incoming(
            key=message.key,
            message=Message(message.text, "receiver", message.conversation, f"person-{message.n}"),
            where={"n": message.n},
        )
        while True:
            began = time.perf_counter()
            try:
                outcome = self._inbox.accept(incoming)
            except Exception:
                log.warning("message %d is not acknowledged", message.n, exc_info=True)
                time.sleep(AGAIN)
            else:
                return str(outcome), time.perf_counter() - began

    def _note(self, **line: Any) -> None:
        os.write(self._file, json.dumps(line).encode() + b"\n")


def main() -> None:
    """Deliver what is not acknowledged yet, then end."""
    asked = json.loads(sys.argv[1])
    plan, file = Plan(**asked["plan"]), Path(asked["file"])
    logging.basicConfig(level=logging.WARNING)
    settings = settings_from(asked)
    inbox = Inbox(sessions_for(open_engine(settings)), lease=plan.lease, reached=fault(settings.fault))
    done = {line["n"] for line in read_lines(file) if line["what"] == "acked"}
    mine = [each for each in ordered(plan) if each.n % plan.producers == asked["share"] and each.n not in done]
    shares: list[list[Ordered]] = [[] for _ in range(THREADS)]
    for each in mine:
        shares[int(each.conversation.removeprefix("c")) % THREADS].append(each)
    say_ready(asked["ready"])
    producer = Producer(inbox, plan, file, asked["began"])
    with ThreadPoolExecutor(THREADS) as pool:
        for share in [pool.submit(producer.deliver, share) for share in shares]:
            share.result()


if __name__ == "__main__":
    main()
    sys.exit(0)
