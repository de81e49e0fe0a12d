"""Makes older conversations searchable: one thread that fills the index of what was said, a little at a time."""

import logging
import threading
from typing import TYPE_CHECKING, Self

from bot.database import said

if TYPE_CHECKING:
    from bot.database.engine import Sessions

log = logging.getLogger(__name__)

PAUSE = 0.1
"""Seconds between two steps, in which others write."""

AGAIN = 60.0
"""Seconds until it is tried again where the database was not there."""

HIGHEST = 2**31 - 1


class Filling:
    """Fills the index once after each start; ``left`` is how many exchanges are not in it yet."""

    def __init__(self, sessions: "Sessions", pause: float = PAUSE) -> None:
        self._sessions = sessions
        self._pause = pause
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="said", daemon=True)
        self.left = 0

    def start(self) -> Self:
        """Begin."""
        self._thread.start()
        return self

    def stop(self, wait: float = 2.0) -> None:
        """End, wherever it is."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(wait)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._fill()
            except Exception as error:  # noqa: BLE001 - the thread must live on: the database may be restarting
                log.warning("older conversations are not searchable yet: %s", type(error).__name__)
                self._stop.wait(AGAIN)
            else:
                return

    def _fill(self) -> None:
        with self._sessions() as session:
            self.left = said.missing(session)
        if not self.left:
            return
        log.info("%d older exchanges are being made searchable", self.left)
        below: int | None = HIGHEST
        while below is not None and not self._stop.wait(self._pause):
            below = said.fill(self._sessions, below)
            self.left = max(0, self.left - said.ROWS_AT_ONCE)
        if below is None:
            self.left = 0
