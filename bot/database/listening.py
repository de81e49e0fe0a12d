"""Wakes processes of other machines: PostgreSQL's NOTIFY with a change of the rows, LISTEN in one thread a process.

A word that is lost costs a moment and no more: whoever is woken by it also looks now and then by itself.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

log = logging.getLogger(__name__)

CHANGE, INBOX = "change", "inbox"
"""What is said: the documents have another change number; the inbox has a row that can be worked at."""

_CHANNEL = "dapbot"
LOOK_SECONDS = 0.5
"""Between two looks at whether to stop."""

CHECK_SECONDS = 20.0
"""Without a word for so long, the connection is asked whether it still lives."""

LONGEST_PAUSE = 10.0


def notify(session: Session, what: str) -> None:
    """Wake whoever listens for ``what`` as soon as this transaction is committed; nothing on SQLite."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_notify(:channel, :what)"), {"channel": _CHANNEL, "what": what})


class Listener:
    """One thread that listens on a connection of its own, and connects again when that is lost.

    ``wake`` has a function for each word; all of them are called after each (re)connection, because a word may have
    been missed. They must return at once.
    """

    def __init__(self, engine: Engine, wake: Mapping[str, Callable[[], None]]) -> None:
        self._engine = engine
        self._wake = wake
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="listener", daemon=True)
        self.connected = False

    def start(self) -> Self:
        """Begin to listen; on SQLite, where nobody speaks, this does nothing."""
        if self._engine.dialect.name == "postgresql":
            self._thread.start()
        return self

    def stop(self, wait: float = 2 * LOOK_SECONDS) -> None:
        """Stop within about a second."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(wait)

    def _run(self) -> None:
        pause = 0.1
        while not self._stop.is_set():
            try:
                self._listen()
                pause = 0.1
            except Exception as error:  # noqa: BLE001 - the thread must live on: the server may be restarting
                if self.connected:
                    pause = 0.1
                    log.warning("the connection that wakes this process is lost: %s", error)
                self.connected = False
                pause = min(2 * pause, LONGEST_PAUSE)
            self._stop.wait(pause)

    def _listen(self) -> None:
        """Listen until it is time to stop; raises where the connection is lost."""
        connection: Any = None
        pooled = self._engine.raw_connection()
        try:
            connection = pooled.driver_connection
            pooled.detach()  # from here on it is this thread's, not the pool's
            connection.autocommit = True
            connection.execute(f"LISTEN {_CHANNEL}")
            self.connected = True
            for wake in self._wake.values():
                wake()
            heard = time.monotonic()
            while not self._stop.is_set():
                for word in connection.notifies(timeout=LOOK_SECONDS, stop_after=1):
                    heard = time.monotonic()
                    if wake_up := self._wake.get(word.payload):
                        wake_up()
                if time.monotonic() - heard > CHECK_SECONDS:
                    heard = time.monotonic()
                    connection.execute("SELECT 1")
        finally:
            if connection is not None:
                with suppress(Exception):  # it is lost anyway
                    connection.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
