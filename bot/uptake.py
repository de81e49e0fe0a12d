"""Changes of the rows reach the indexes: here, where this process owns them, else by the process that does."""

import threading
import time
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session, sessionmaker

from bot.database import leading, versions
from bot.database.leading import Lead
from bot.errors import DataError
from bot.faults import fault as fault_at
from bot.following import Follower
from bot.owner import Ownership
from bot.server_vectors import ServerVectors
from knowledge.passages import Progress

if TYPE_CHECKING:
    from knowledge.search import Knowledge

PATIENCE = 60.0
"""Seconds without any progress that a command waits for the process that owns the data folder."""


class Uptake:
    """Has the indexes of one data folder follow; threads may share it."""

    def __init__(
        self,
        sessions: sessionmaker[Session],
        knowledge: "Knowledge",
        owner: Ownership,
        *,
        lead: Lead,
        shared: bool = False,
        fault: str = "",
        patience: float = PATIENCE,
    ) -> None:
        self._sessions = sessions
        self._lead = lead
        self._owner = owner
        self._patience = patience
        self._writing = threading.RLock()
        self.reached = fault_at(fault)
        self._server = ServerVectors(sessions, knowledge, lead, shared=shared)
        self.follower = Follower(sessions, knowledge, owner.folder, self.reached, self._server)

    @property
    def owns(self) -> bool:
        """Whether this process has the indexes follow."""
        return self._owner.held

    @property
    def is_alone(self) -> bool:
        """Whether no process of another data folder can work with this database."""
        return self._lead.alone

    def working(self) -> AbstractContextManager[object]:
        """An owner holds on to the indexes from the start, so that the work is this thread's and so is its progress."""
        return self._writing if self._owner.held else nullcontext()

    def apply(self, change: int, progress: Progress | None = None, *, rebuilt: bool = False) -> None:
        """Have the indexes follow up to ``change``, or be built anew for it, before this returns.

        Raises:
            DataError: the process that owns the data folder does not take it up; the rows are safe.
        """
        self.reached("after_rows")
        if self._owner.held:
            self.catch_up(progress)
        if change and not self._is_done(change, rebuilt=rebuilt):
            self._wait(change, progress, rebuilt=rebuilt)

    def catch_up(self, progress: Progress | None = None) -> None:
        """Bring the indexes to what the rows say, whatever happened before; only for the owner of the data folder."""
        with self._writing:
            self.follower.catch_up(progress)

    def heal(self) -> None:
        """Catch up only where the last owner did not come to an end: cheap enough for every command."""
        if self._owner.held and self.follower.is_behind():
            self.catch_up()

    def mend(self) -> None:
        """Build anew what a search found damaged; have embedded what had to do without, once that can be done."""
        if self._owner.held:
            if self.follower.needs_mending():
                self.catch_up()
            self.follower.tidy()

    def is_due(self) -> bool:
        """Tell whether something waits that this process can do by now, beside others that work with the database:
        nobody publishes any more, or the vectors that it waited for are there."""
        if self._lead.alone or not self._owner.held:
            return False
        with self._sessions() as session:
            published = leading.led(session)
            waits = published < versions.change_number(session)
        awaited = self.follower.awaits
        if awaited and not self._server.is_made_elsewhere(awaited):
            return True
        if self.follower.unpublished and published >= self.follower.followed:
            return True
        return waits and not self._lead.had and self._lead.has()

    def _is_done(self, change: int, *, rebuilt: bool) -> bool:
        """Tell whether the indexes of this folder follow up to a change, and all of it is published."""
        if (self.follower.rebuilt if rebuilt else self.follower.followed) < change:
            return False
        if self._lead.alone:
            return True
        with self._sessions() as session:
            return leading.led(session) >= change

    def _silent(self, change: int) -> DataError:
        """Return the error for a process that does not get on."""
        seconds = round(self._patience)
        if self._lead.alone or self.follower.followed < change:
            return DataError("library.owner_silent", seconds=seconds)
        with self._sessions() as session:
            return DataError("library.leader_silent", name=leading.leader(session).name, seconds=seconds)

    def _wait(self, change: int, progress: Progress | None, *, rebuilt: bool) -> None:
        """Wait for the owner, and for the process that publishes, as long as they get on; where one is gone, take its
        place."""
        seen, until = "", time.monotonic() + self._patience
        while not self._is_done(change, rebuilt=rebuilt):
            taken = not self._owner.held and self._owner.take(0)
            if taken or (self._owner.held and (self.follower.followed < change or self.is_due())):
                self.catch_up(progress)
                continue
            if time.monotonic() > until:
                raise self._silent(change)
            time.sleep(0.1)
            with self._sessions() as session:
                told = versions.value(session, versions.PROGRESS) or ""
            if told != seen:
                seen, until = told, time.monotonic() + self._patience
                if progress and told:
                    done, _, total = told.partition("/")
                    progress(int(done), int(total))
