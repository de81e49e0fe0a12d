"""The vectors on a server that several processes search in: written by the one that leads, as the rows want them."""

import logging
import time
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session, sessionmaker

from bot.database import documents, leading, processes
from bot.database.leading import Lead
from bot.database.processes import ProcessRow
from bot.processes import is_running
from knowledge.errors import EmbeddingModelError, VectorServerError
from knowledge.passages import Progress

if TYPE_CHECKING:
    from knowledge.search import Knowledge
    from knowledge.vector_server import VectorKeeper

log = logging.getLogger(__name__)

SEARCH_SECONDS = 0.2
"""A search that began in the index of before is over after so long."""

REST_SECONDS = 8.0
"""After the model or the server failed, so that what is published meanwhile does not wait for it each time."""

AT_ONCE = 200
"""Passages that are embedded and written at a time: all that is done twice where the process dies or loses the lead."""


class ServerVectors:
    """Has the server hold what the rows want, while this process leads; ``shared`` False: there is no such server."""

    def __init__(self, sessions: sessionmaker[Session], knowledge: "Knowledge", lead: Lead, *, shared: bool) -> None:
        self._sessions = sessions
        self._knowledge = knowledge
        self._lead = lead
        self._shared = shared
        self._keepers: dict[str, VectorKeeper] = {}
        self._unread: defaultdict[str, set[int]] = defaultdict(set)
        self._settled: set[str] = set()
        self._rests_until = 0.0

    def keeps(self, space: str) -> None:
        """Take the lead where it is free, and say which space this process keeps or makes then."""
        if self._lead.has():
            self._lead.keeps(space)

    def may_publish(self, change: int, seconds: float) -> bool:
        """Tell whether this process is the one that makes versions live.

        It waits until the indexes of all running processes hold what is about to be live, but not longer than
        ``seconds``: until then they go on answering from what is live now.
        """
        if self._lead.alone:
            return True
        until = time.monotonic() + seconds
        if self._others():
            while self._lead.has() and self._behind(change) and time.monotonic() < until:
                time.sleep(0.03)
            time.sleep(SEARCH_SECONDS)
        return self._lead.has()

    def _behind(self, change: int) -> bool:
        return any(row.change < change for row in self._others())

    def _others(self) -> list[ProcessRow]:
        with self._sessions() as session:
            rows = processes.listed(session)
        return [row for row in rows if is_running(row) and row.name != self._lead.name()]

    def is_made_elsewhere(self, space: str) -> bool:
        """Tell whether another process makes the vectors of this space at present, and is not done."""
        if not self._shared or self._lead.has():
            return False  # else it is this process that makes them
        with self._sessions() as session:
            found, whole = leading.leader(session), leading.whole(session)
        return found.ago < leading.GONE_SECONDS and found.space == space and whole != space

    def bring(self, space: str, wanted: Collection[int], tell: Progress) -> Iterator[int]:
        """Write the vectors that the server lacks, some passages at a time; yield how many are done before each part.

        Where the model or the server cannot be used, or the lead is lost, the rest is done later (``needs_mending``).
        """
        if not self._shared or not self._lead.has():
            return
        self._settled.discard(space)
        if time.monotonic() < self._rests_until:
            return
        try:
            keeper = self._keeper(space)
            missing = self._missing(keeper, frozenset(wanted))
            for start in range(0, len(missing), AT_ONCE):
                yield start
                with self._sessions() as session:
                    passages = documents.for_index(session, missing[start : start + AT_ONCE])
                if not keeper.put(passages, self._lead.has):
                    return
                tell(start + len(passages), len(missing))
        except (EmbeddingModelError, VectorServerError) as error:
            log.warning("vectors are not written for now: %s", error)
            self._rests_until = time.monotonic() + REST_SECONDS
            return
        self._settled.add(space)

    def keep(self, space: str, wanted: Collection[int]) -> None:
        """Remove from the server what the rows do not want any more."""
        if space in self._settled and self._lead.has():
            try:
                self._keeper(space).keep(wanted)
            except VectorServerError as error:
                self._settled.discard(space)
                log.warning("vectors are not removed for now: %s", error)

    def done(self, space: str, change: int) -> None:
        """Say how far everything is that the process that leads does."""
        if self._lead.alone or not self._lead.has():
            return
        with self._sessions.begin() as session:
            leading.note_led(session, change)
            if space in self._settled:
                leading.note_whole(session, space, change)

    def needs_mending(self, space: str) -> bool:
        """Tell whether this process leads, the server answers, and does not hold what it should."""
        if not self._shared or not self._lead.has():
            return False
        try:
            as_written = self._keeper(space).is_as_written()
            self._rests_until = 0.0
        except VectorServerError as error:
            log.warning("the vectors cannot be looked after: %s", error)
            self._settled.discard(space)
            return False
        return space not in self._settled or not as_written

    def tidy(self, space: str, database: str) -> None:
        """Remove the collections in which no process searches any more."""
        if space not in self._settled or not self._lead.has():
            return
        with self._sessions() as session:
            used = {str(row.detail.get("space")) for row in processes.listed(session) if is_running(row)}
            used |= {leading.whole(session), leading.leader(session).space, space}
        try:
            self._keeper(space).drop_others(f"{database[:12]}-", used)
        except VectorServerError as error:
            log.warning("old vectors stay on the server for now: %s", error)
        for old in self._keepers.keys() - used:
            self._keepers.pop(old).close()

    def _keeper(self, space: str) -> "VectorKeeper":
        if space not in self._keepers:
            self._keepers[space] = self._knowledge.keeper(space)
        return self._keepers[space]

    def _missing(self, keeper: "VectorKeeper", wanted: frozenset[int]) -> list[int]:
        """Return the passages whose vectors are to be written: none there, or of other aliases than they have now."""
        held, unread = keeper.held(), self._unread[keeper.space]
        with self._sessions() as session:
            languages = documents.languages_of(session, sorted(wanted - held - unread))
            touched = documents.touched(session, leading.kept(session, keeper.space)) & held & wanted
        reads = keeper.reads() if languages else frozenset()
        unread |= {each for each, language in languages.items() if language not in reads}
        return sorted(touched | (languages.keys() - unread))
