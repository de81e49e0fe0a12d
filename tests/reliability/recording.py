"""A channel whose other side is a list in this process: what was sent, by key, and what can be asked."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from bot.channels import ChannelError, Delivery
from bot.messages import Reply
from bot.wiring import Bot


class RecordingChannel:
    """Keeps each reply under a reference; ``fails`` is asked before each sending and may raise."""

    repeats_possible = False

    def __init__(self, name: str = "slack", fails: Callable[[], None] = lambda: None) -> None:
        self.name = name
        self.sent: list[tuple[str, str]] = []
        """Key and text of each message that people saw."""
        self.asked = 0
        self._fails = fails
        self._lock = threading.Lock()

    def send(self, delivery: Delivery, reply: Reply) -> str:
        """Show the reply; with a reference it takes the place of what was shown."""
        self._fails()
        with self._lock:
            if delivery.reference is None:
                self.sent.append((delivery.key, reply.text))
            return f"ref-{delivery.key}"

    def find(self, delivery: Delivery) -> str | None:
        """Return the reference of what was shown with this key."""
        with self._lock:
            self.asked += 1
            return next((f"ref-{key}" for key, _ in self.sent if key == delivery.key), None)

    def open_stream(self, delivery: Delivery) -> None:
        """Replies are shown whole."""

    def keys(self) -> Mapping[str, int]:
        """Return how often each reply was shown."""
        with self._lock:
            shown = [key for key, _ in self.sent]
        return {key: shown.count(key) for key in shown}

    def wait_for(self, keys: set[str], seconds: float = 60.0) -> None:
        """Wait until each of these was answered."""
        wait_for(lambda: keys <= set(self.keys()), seconds)


def away() -> None:
    """Fail as a service does that cannot be reached."""
    raise ChannelError("the service cannot be reached")


def wait_for(true: Callable[[], bool], seconds: float = 30.0) -> None:
    """Wait until it is true."""
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "it did not come to that"
        time.sleep(0.02)


@contextmanager
def working(bot: Bot, count: int = 3) -> Iterator[None]:
    """Have the inbox answered while the block runs."""
    workers = bot.workers(count=count).start()
    try:
        yield
    finally:
        workers.stop(20)
