"""Wakes worker threads: at once by whoever has work for them, otherwise by looking, rarely when nothing comes."""

import threading

SHORTEST, LONGEST = 0.05, 1.0
"""Seconds between two looks, at first and after a while without work."""


class Bell:
    """Threads wait at it. Only one of them looks from time to time, the others sleep until they are rung for."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._rings = 0
        self._looked_after = False
        self._pause = SHORTEST
        self._closed = False

    @property
    def rings(self) -> int:
        """How often it has been rung: to be read before looking for work, so that no ring is missed."""
        return self._rings

    def ring(self) -> None:
        """Wake one thread."""
        with self._changed:
            self._rings += 1
            self._pause = SHORTEST
            self._changed.notify()

    def close(self) -> None:
        """Wake all, for good."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def wait(self, rings: int) -> None:
        """Sleep until it is time to look for work; not at all where it was rung since ``rings`` was read."""
        with self._changed:
            if self._closed or rings != self._rings:
                return
            if self._looked_after:
                self._changed.wait()
                return
            self._looked_after = True
            try:
                if not self._changed.wait(self._pause):
                    self._pause = min(2 * self._pause, LONGEST)
            finally:
                self._looked_after = False
