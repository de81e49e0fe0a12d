"""What the bot knows, as one person is told: the documents they may see, with how many entries, since when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock
from typing import TYPE_CHECKING

from bot.database.holdings import Entries, entries_of, for_somebody, live_documents, may_see

if TYPE_CHECKING:
    from bot.database.engine import Sessions

MOST = 5_000
"""Versions whose counts are remembered."""


@dataclass(frozen=True, slots=True)
class Holding:
    """A document that somebody may see: how many of its entries, and when it changed last."""

    name: str
    entries: int
    changed: datetime


class Holdings:
    """Looks at the documents; threads share it.

    What a version holds never changes, so that it is counted once: with 300,000 entries that takes a while.
    """

    def __init__(self, sessions: "Sessions") -> None:
        self._sessions = sessions
        self._lock = Lock()
        self._counted: dict[int, tuple[Entries, ...]] = {}

    def seen_by(self, groups: Collection[str], today: date) -> list[Holding]:
        """Return what somebody in these groups may see today, what changed last first; empty documents are left out."""
        with self._lock:
            known = dict(self._counted)
        with self._sessions() as session:
            live = [each for each in live_documents(session) if may_see(each.audience, groups)]
            missing = [each.version for each in live if each.version not in known]
            counted = entries_of(session, missing) if missing else {}
        known |= counted
        with self._lock:
            if len(self._counted) + len(counted) > MOST:
                self._counted.clear()
            self._counted |= counted
        found = [Holding(each.name, for_somebody(known[each.version], groups, today), each.changed) for each in live]
        return [each for each in found if each.entries]
