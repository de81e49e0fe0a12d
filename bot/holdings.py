"""What the bot knows, as one person is told: the documents they may see, with how many entries, since when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock
from typing import TYPE_CHECKING

from bot.database.holdings import Entries, LiveDocument, entries_of, for_somebody, live_documents, may_see

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
        found = [(each, entries) for each, entries in self._counted_now() if may_see(each.audience, groups)]
        held = [Holding(each.name, for_somebody(entries, groups, today), each.changed) for each, entries in found]
        return [each for each in held if each.entries]

    def warm(self) -> None:
        """Count what has not been counted yet, before somebody waits for it."""
        self._counted_now()

    def _counted_now(self) -> list[tuple[LiveDocument, tuple[Entries, ...]]]:
        """Return the live documents and what they hold."""
        with self._lock:
            known = dict(self._counted)
        with self._sessions() as session:
            live = live_documents(session)
            missing = [each.version for each in live if each.version not in known]
            counted = entries_of(session, missing) if missing else {}
        known |= counted
        with self._lock:
            if len(self._counted) + len(counted) > MOST:
                self._counted.clear()
            self._counted |= counted
        return [(each, known[each.version]) for each in live]
