"""Earlier turns of conversations that are not recorded, kept while the program runs."""

from collections import OrderedDict, deque
from collections.abc import Callable
from threading import Lock

from bot.database.conversations import PastTurn

CONVERSATIONS = 5_000
"""So many are kept; the one that was quiet for longest goes first."""


class Memory:
    """The last ``turns`` turns of each conversation, by channel and name; threads may share it."""

    def __init__(self, turns: int) -> None:
        self._kept: OrderedDict[tuple[str, str], deque[PastTurn]] = OrderedDict()
        self._people: dict[tuple[str, str], set[str]] = {}
        self._turns = turns
        self._lock = Lock()

    def turns(self, channel: str, conversation: str) -> tuple[PastTurn, ...]:
        """Return what was said, oldest first."""
        with self._lock:
            return tuple(self._kept.get((channel, conversation), ()))

    def add(self, channel: str, conversation: str, *turns: PastTurn, person: str | None = None) -> None:
        """Keep what was said now, and who it was with."""
        with self._lock:
            if person:
                self._people.setdefault((channel, conversation), set()).add(person)
            kept = self._kept.setdefault((channel, conversation), deque(maxlen=self._turns))
            kept.extend(turns)
            self._kept.move_to_end((channel, conversation))
            while len(self._kept) > CONVERSATIONS:
                oldest, _ = self._kept.popitem(last=False)
                self._people.pop(oldest, None)

    def forget(self, is_theirs: Callable[[str, str], bool]) -> None:
        """Forget the conversations with people of whom ``is_theirs(channel, person)`` is true."""
        with self._lock:
            theirs = [
                key for key, people in self._people.items() if any(is_theirs(key[0], person) for person in people)
            ]
            for key in theirs:
                self._kept.pop(key, None)
                self._people.pop(key, None)
