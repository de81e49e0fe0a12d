"""What the bot knows, as one person is told: the documents they may see, with how many entries, since when."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock
from typing import TYPE_CHECKING

from bot.database.holdings import Counted, entries_of, for_somebody, live_documents, may_see

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

    What a version holds never changes, so that it is counted once a day: with 300,000 entries that takes a while.
    """

    def __init__(self, sessions: "Sessions") -> None:
        self._sessions = sessions
        self._lock = Lock()
        self._counted: dict[tuple[int, date], Counted] = {}

    def seen_by(self, groups: Collection[str], today: date) -> list[Holding]:
        """Return what somebody in these groups may see today, what changed last first; empty documents are left out."""
        with self._lock:
            known = {version: counted for (version, day), counted in self._counted.items() if day == today}
        with self._sessions() as session:
            live = [each for each in live_documents(session) if may_see(each.audience, groups)]
            missing = [each.version for each in live if each.version not in known]
            known |= entries_of(session, missing, today) if missing else {}
        if missing:
            self._remember({each.version: known[each.version] for each in live}, today)
        found = [Holding(each.name, for_somebody(known[each.version], groups), each.changed) for each in live]
        return [each for each in found if each.entries]

    def _remember(self, counted: Mapping[int, Counted], today: date) -> None:
        with self._lock:
            if len(self._counted) > MOST or any(day != today for _, day in self._counted):
                self._counted.clear()
            self._counted.update({(version, today): each for version, each in counted.items()})
