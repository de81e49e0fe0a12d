"""Work that the processor is busy with is done a few at a time, in the order in which it comes.

Threads of Python share one lock: eight that search at once wait for it at every step, and all of them end late. In
turn, each is done soon after it has begun.
"""

import os
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

PLACES = max(3, min(8, (os.cpu_count() or 2) + 1))
"""One more than there are processors: somebody always waits for the database or the disk."""

PATIENCE = 0.25
"""Seconds that one waits for a place at most. Whoever holds it may be waiting for a server that hangs."""


class Turns:
    """Places that are given in the order in which they are asked for; threads share it."""

    def __init__(self, places: int = PLACES, patience: float = PATIENCE) -> None:
        self._free = places
        self._patience = patience
        self._lock = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Wait for a place, keep it while the block runs; after the patience the block runs without one."""
        placed = self._take()
        try:
            yield
        finally:
            if placed:
                self._give_back()

    def _take(self) -> bool:
        with self._lock:
            if self._free:
                self._free -= 1
                return True
            mine = threading.Lock()
            mine.acquire()
            self._waiting.append(mine)
        if mine.acquire(timeout=self._patience):
            return True
        with self._lock:
            if mine not in self._waiting:  # it was given at this very moment
                return True
            self._waiting.remove(mine)
        return False

    def _give_back(self) -> None:
        with self._lock:
            if self._waiting:  # handed on: whoever comes now does not get ahead of those that wait
                self._waiting.popleft().release()
            else:
                self._free += 1
