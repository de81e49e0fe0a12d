"""The indexes follow the rows: what is missing is indexed, what was asked for is published, the rest is swept."""

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session, sessionmaker

from bot.database import documents, versions
from bot.errors import DataError
from bot.followed import Followed, read_followed, write_followed
from knowledge.errors import IndexBusyError, IndexDamagedError
from knowledge.passages import Progress

if TYPE_CHECKING:
    from knowledge.search import Knowledge

log = logging.getLogger(__name__)

TELL_EVERY = 0.5
"""Seconds between two words on the progress, for commands that wait in other processes."""


class Follower:
    """Brings the indexes of one data folder to what the rows say. One thread of one process at a time."""

    def __init__(
        self, sessions: sessionmaker[Session], knowledge: "Knowledge", folder: Path, reached: Callable[[str], None]
    ) -> None:
        self._sessions = sessions
        self._knowledge = knowledge
        self._folder = folder
        self._reached = reached

    @property
    def followed(self) -> int:
        """The change number up to which the indexes follow."""
        return read_followed(self._folder).change

    def is_behind(self) -> bool:
        """Tell whether the last owner came to an end before the indexes did, followed another database, or indexed
        otherwise than this version with this embedding model does."""
        followed = read_followed(self._folder)
        with self._sessions() as session:
            database, change = versions.value(session, versions.DATABASE), versions.change_number(session)
        return (database or "", change, self._knowledge.form) != (followed.database, followed.change, followed.form)

    def catch_up(self, progress: Progress | None) -> None:
        """Index what is missing, publish what was requested, sweep what is no longer live, calibrate where it changed.

        Raises:
            DataError: another program writes the indexes.
        """
        try:
            try:
                self._catch_up(progress, anew=False)
            except IndexDamagedError as error:
                log.warning("an index is damaged and built anew: %s", error)
                self._catch_up(progress, anew=True)
        except IndexBusyError as error:
            raise DataError("library.index_busy", folder=self._folder) from error

    def _catch_up(self, progress: Progress | None, *, anew: bool) -> None:
        before = read_followed(self._folder)
        with self._sessions.begin() as session:
            database = versions.identity(session)
            change = versions.change_number(session)
            rebuild = int(versions.value(session, versions.REBUILD) or 0)
            requested = versions.requested(session)
            staged = {each for version in requested for each in documents.of_version(session, version)}
            live = documents.wanted(session)
        # An index of another database, or of a later state of this one (a backup was restored): ids mean other texts.
        foreign = before.database != database or before.change > change
        if anew or foreign or rebuild > before.rebuilt:
            self._knowledge.clear()
            before = Followed(database, 0, 0, rebuild)
        if before.form != self._knowledge.form:
            before = replace(before, form=self._knowledge.form, calibrated=0)
        held = self._knowledge.ids()
        self._index((staged | live) - held, progress)
        self._reached("after_index")
        for version in requested:
            with self._sessions.begin() as session:
                versions.publish(session, version)
        self._reached("after_publish")
        self._sweep()
        followed = replace(before, change=change)
        write_followed(self._folder, followed)
        if followed.calibrated != change:
            self._calibrate(progress)
            write_followed(self._folder, replace(followed, calibrated=change))

    def _index(self, ids: set[int], progress: Progress | None) -> None:
        if not ids:
            return
        with self._sessions() as session:
            passages = documents.for_index(session, ids)
        self._knowledge.index(passages, self._telling(progress))

    def _sweep(self) -> None:
        """Remove from the indexes what is neither live nor about to be; rows may have gone on meanwhile."""
        with self._sessions() as session:
            keep = documents.wanted(session)
            for version in versions.requested(session):
                keep |= set(documents.of_version(session, version))
        gone = self._knowledge.ids() - keep
        if gone:
            self._knowledge.remove(gone)

    def _calibrate(self, progress: Progress | None) -> None:
        with self._sessions() as session:
            passages = documents.for_index(session, documents.wanted(session))
        if passages:
            self._knowledge.calibrate(passages, self._telling(progress))

    def _telling(self, progress: Progress | None) -> Progress:
        """Return a progress that also tells commands that wait in other processes, now and then."""
        last = time.monotonic()

        def tell(done: int, total: int) -> None:
            nonlocal last
            if progress:
                progress(done, total)
            if time.monotonic() - last >= TELL_EVERY:
                last = time.monotonic()
                with self._sessions.begin() as session:
                    versions.put(session, versions.PROGRESS, f"{done}/{total}")

        return tell
