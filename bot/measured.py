"""What an answer would change, as it was measured; kept for a while, for measuring takes seconds."""

import threading
from collections import OrderedDict
from dataclasses import dataclass

KEPT = 50


@dataclass(frozen=True, slots=True)
class Effect:
    """``questions`` are those it is meant for, each with whether it was answered before and is after.

    ``broken`` and ``mended`` are golden questions, of ``golden`` that were asked.
    """

    questions: tuple[tuple[str, bool, bool], ...]
    golden: int
    broken: tuple[str, ...]
    mended: tuple[str, ...]

    @property
    def answered(self) -> int:
        """How many of the questions are answered after it."""
        return sum(after for _, _, after in self.questions)


class Remembered:
    """The last effects; a page is opened more often than something changes. Threads share it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._found: OrderedDict[object, Effect] = OrderedDict()

    def get(self, key: object) -> Effect | None:
        """Return the effect of a key."""
        with self._lock:
            return self._found.get(key)

    def put(self, key: object, effect: Effect) -> None:
        """Keep an effect, in the place of the oldest where there are too many."""
        with self._lock:
            self._found[key] = effect
            while len(self._found) > self._most:
                self._found.popitem(last=False)

    def cache_clear(self) -> None:
        """Forget all: somebody was erased whose question may be among them."""
        with self._lock:
            self._found.clear()


EFFECTS = Remembered(KEPT)
