"""Earlier turns of conversations that are not recorded, kept while the program runs."""

from collections import OrderedDict, deque
from threading import Lock

from bot.database.conversations import PastTurn

CONVERSATIONS = 5_000
"""So many are kept; the one that was quiet for longest goes first."""


class Memory:
    """The last ``turns`` turns of each conversation, by channel and name; threads may share it."""

    def __init__(self, turns: int) -> None:
        self._kept: OrderedDict[tuple[str, str], deque[PastTurn]] = OrderedDict()
        self._turns = turns
        self._lock = Lock()

    def turns(self, channel: str, conversation: str) -> tuple[PastTurn, ...]:
        """Return what was said, oldest first."""
        with self._lock:
            return tuple(self._kept.get((channel, conversation), ()))

    def add(self, channel: str, conversation: str, *turns: PastTurn) -> None:
        """Keep what was said now."""
        with self._lock:
            kept = self._kept.setdefault((channel, conversation), deque(maxlen=self._turns))
            kept.extend(turns)
            self._kept.move_to_end((channel, conversation))
            while len(self._kept) > CONVERSATIONS:
                self._kept.popitem(last=False)
