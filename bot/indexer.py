"""The thread of the owner that takes up what other processes wrote (DESIGN 1.3)."""

import logging
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from bot.errors import DapbotError
from bot.library import Library

log = logging.getLogger(__name__)

POLL, SHARED_POLL = 0.1, 0.5
"""Seconds between two looks at the change number, in a file and on a server; changes on a server also wake it."""

LONGEST_PAUSE = 10.0

MEND_SECONDS = 10.0
"""Between two looks at whether something broken can be mended: a damaged index, a vector server that is back."""


class Indexer:
    """Follows the change number as long as it runs; ``state`` is ``ready``, ``loading`` or ``off: why``.

    ``settled``: the indexes are known to follow as things stand, so that the first look need not compare them.
    """

    def __init__(self, library: Library, *, settled: bool = False) -> None:
        self._library = library
        self._stop = threading.Event()
        self._woken = threading.Event()
        self._thread = threading.Thread(target=self._run, name="indexer", daemon=True)
        self._seen = library.change_number() if settled else -1
        self._mended_at = time.monotonic() - MEND_SECONDS
        self.state = "ready" if settled else "loading"
        self.followed: Callable[[], None] = lambda: None
        """Called when a change was taken up."""

    def start(self) -> Self:
        """Begin; the first look catches up with whatever was left undone."""
        self._thread.start()
        return self

    def stop(self, wait: float = 5.0) -> None:
        """End after the step it is at; what is not done then is done at the next start."""
        self._stop.set()
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join(wait)

    def wake(self) -> None:
        """Have it look at once; returns at once."""
        self._woken.set()

    def _run(self) -> None:
        every = POLL if self._library.is_alone else SHARED_POLL
        pause = every
        while not self._stop.is_set():
            try:
                self._look()
                self.state, pause = "ready", every
            except Exception as error:  # the thread must live on: a full disk may have room again
                if isinstance(error, DapbotError):
                    log.error("the indexes cannot follow the documents: %s", error)  # noqa: TRY400 - it says it all
                else:
                    log.exception("the indexes cannot follow the documents")
                self.state, pause = f"off: {error}", min(2 * pause, LONGEST_PAUSE)
            self._woken.wait(pause)
            self._woken.clear()

    def _look(self) -> None:
        number = self._library.change_number()
        if number != self._seen or self._library.is_due():
            self._library.catch_up()
            self._seen = number
            self.followed()
        elif time.monotonic() - self._mended_at > MEND_SECONDS:
            self._mended_at = time.monotonic()
            self._library.mend()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
