"""Lets a thread be the only one at work for once, so that what happens then is its doing."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 30.0
"""Seconds to wait until the others have finished what they are at; they begin nothing new meanwhile."""

RESTING = 120.0
"""Seconds until it is tried again, where one of them takes longer."""


class Gate:
    """Threads go through it to work. Who wants to be alone waits until all are out, and nobody comes in after."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._changed = threading.Condition()
        self._inside = 0
        self._closed = False
        self._rests_until = 0.0

    @contextmanager
    def beside_others(self) -> Iterator[None]:
        """Work; wait first while somebody is, or waits to be, alone."""
        with self._changed:
            while self._closed:
                self._changed.wait()
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Yield whether the thread, which must not be inside, is alone now."""
        closes = self._close()
        try:
            yield closes and self._emptied()
        finally:
            if closes:
                with self._changed:
                    self._closed = False
                    self._changed.notify_all()

    def _close(self) -> bool:
        with self._changed:
            if self._closed or time.monotonic() < self._rests_until:
                return False
            self._closed = True
            return True

    def _emptied(self) -> bool:
        with self._changed:
            if self._changed.wait_for(lambda: not self._inside, self._patience):
                return True
            self._rests_until = time.monotonic() + RESTING
            return False
