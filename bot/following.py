"""The indexes follow the rows: what is missing is indexed, what was asked for is published, the rest is swept.

Each pass begins with what the rows say and what the indexes hold, and ends with a note of how far they are
(``bot/followed.py``): wherever a process dies in between (``bot/faults.py``), the next pass does what is left.
"""

import hashlib
import logging
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session, sessionmaker

from bot.database import documents, korean_vectors, versions
from bot.errors import DataError
from bot.followed import Followed, read_followed, write_followed
from bot.server_vectors import ServerVectors
from bot.wanted_vectors import want_korean
from knowledge import calibration
from knowledge.errors import IndexBusyError, IndexDamagedError, IndexStorageError, KnowledgeError
from knowledge.passages import Progress

if TYPE_CHECKING:
    from knowledge.indexes import Indexes
    from knowledge.search import Knowledge

log = logging.getLogger(__name__)

TELL_EVERY = 0.5
"""Seconds between two words on the progress, for commands that wait in other processes."""

LEAST_WAIT = 0.3
"""Seconds that other processes have to index what is about to be live; or twice as long as this one took."""

AT_ONCE, MOST_AT_ONCE, QUICK = 2_000, 8_000, 0.0015
"""Passages read from the rows and indexed at a time, durably: all that a crash undoes, all that is held in memory.
The most where one took no more than so many seconds: without vectors, of which a thousand take half a minute."""

ANEW_AT_ONCE = 500
"""The same while the indexes are built anew: so often are changes taken up that come meanwhile."""


@dataclass(frozen=True, slots=True)
class _Rows:
    """What the rows say: ``wanted`` passages are live, or about to be by one of the ``requested`` versions, or staged;
    ``touched`` ones must be indexed anew though they are held."""

    database: str
    change: int
    rebuild: int
    requested: tuple[int, ...]
    wanted: frozenset[int]
    touched: frozenset[int]


class Follower:
    """Brings the indexes of one data folder to what the rows say. One thread of one process at a time."""

    def __init__(
        self,
        sessions: sessionmaker[Session],
        knowledge: "Knowledge",
        folder: Path,
        reached: Callable[[str], None],
        server: ServerVectors,
    ) -> None:
        self._sessions = sessions
        self._knowledge = knowledge
        self._folder = folder
        self._reached = reached
        self._server = server
        self.unpublished = False
        """Whether another process was still to publish what the indexes hold by now: then they are swept once more."""
        self.awaits = ""
        """The space whose vectors another process makes: when they are there, the indexes are built anew."""

    @property
    def followed(self) -> int:
        """The change number up to which the indexes follow."""
        return read_followed(self._folder).change

    @property
    def rebuilt(self) -> int:
        """The change number of the last rebuild that was asked for and done."""
        return read_followed(self._folder).rebuilt

    def is_behind(self) -> bool:
        """Tell whether the last owner came to an end before the indexes did, followed another database, or indexed
        otherwise than this version with this embedding model does; and whether an index was lost since."""
        want_korean(self._knowledge, korean_vectors.wanted(self._sessions, self._knowledge.models.korean))
        followed = read_followed(self._folder)
        with self._sessions() as session:
            database, change = versions.value(session, versions.DATABASE), versions.change_number(session)
            rebuild = int(versions.value(session, versions.REBUILD) or 0)
        if (database or "", change, self._knowledge.form) != (followed.database, followed.change, followed.form):
            return True
        if followed.calibrated != change or followed.rebuilt < rebuild:
            return True
        try:
            held = self._knowledge.held()
        except KnowledgeError:
            return True
        return (held.passages, held.vectors) != (followed.passages, followed.vectors)

    def needs_mending(self) -> bool:
        """Tell whether an index was found damaged, or vectors can be made that could not be before."""
        server = self._server.needs_mending(self._knowledge.place.space)
        return server or self._knowledge.damaged or self._knowledge.lacks_vectors()

    def tidy(self) -> None:
        """Remove from the vector server what no process searches in any more."""
        self._server.tidy(self._knowledge.place.space, read_followed(self._folder).database)

    def catch_up(self, progress: Progress | None) -> None:
        """Index what is missing, publish what was requested, sweep what is no longer live, calibrate where it changed.

        Raises:
            DataError: another program writes the indexes, or they cannot be written; the rows are safe.
        """
        self._knowledge.sweep_places()
        try:
            if self._knowledge.damaged or not self._caught_up(progress):
                self._build_anew(progress, keep_up=False)
                self._follow(progress)
        except IndexBusyError as error:
            raise DataError("library.index_busy", folder=self._folder) from error
        except IndexStorageError as error:
            raise DataError("library.index_storage", folder=error.folder, reason=error.reason) from error
        except OSError as error:
            reason = error.strerror or error
            raise DataError("library.index_storage", folder=self._folder / "indexes", reason=reason) from error

    def _caught_up(self, progress: Progress | None) -> bool:
        """Catch up, and tell whether that could be done with the indexes as they are: not where one is damaged."""
        try:
            self._catch_up(progress)
        except IndexDamagedError as error:
            log.warning("an index is damaged and built anew: %s", error)
            return False
        return True

    def _catch_up(self, progress: Progress | None) -> None:
        self.awaits = ""
        want_korean(self._knowledge, korean_vectors.wanted(self._sessions, self._knowledge.models.korean))
        before, rows = read_followed(self._folder), self._rows()
        self._server.keeps(self._space(rows))
        if before.database != rows.database or before.change > rows.change:
            self._begin(rows)
        elif self._server.is_made_elsewhere(self._space(rows)):
            self.awaits = self._space(rows)  # what is there is searched until then
        elif rows.rebuild > before.rebuilt:
            self._build_anew(progress, keep_up=before.form == self._knowledge.form)
        elif before.form != self._knowledge.form:
            self._build_anew(progress, keep_up=False)
        elif before.vectors and not self._knowledge.held().vectors:  # the keyword index says that they are there
            log.warning("the vectors of %s are lost and made anew", self._folder)
            self._build_anew(progress, keep_up=False)
        self._follow(progress)

    def _rows(self, since: int | None = None) -> _Rows:
        since = read_followed(self._folder).change if since is None else since
        with self._sessions.begin() as session:
            requested = tuple(versions.requested(session))
            staged = {each for version in versions.pending(session) for each in documents.of_version(session, version)}
            return _Rows(
                versions.identity(session),
                versions.change_number(session),
                int(versions.value(session, versions.REBUILD) or 0),
                requested,
                frozenset(documents.wanted(session) | staged),
                frozenset(documents.touched(session, since)),
            )

    def _begin(self, rows: _Rows) -> None:
        """Begin with empty indexes: those at hand are of another database, or of a later state of this one (a backup
        was restored), so that their ids mean other texts. They are not searched for a moment longer."""
        self._knowledge.begin(self._space(rows))
        write_followed(self._folder, Followed(rows.database, 0, 0, rows.rebuild, self._knowledge.form))

    def _build_anew(self, progress: Progress | None, *, keep_up: bool) -> None:
        """Build new indexes beside the present ones, which go on being searched, and then switch.

        ``keep_up``: what changes meanwhile is taken up by the present ones too.
        """
        rows = self._rows()
        space = self._space(rows)
        fresh = self._knowledge.beside(space)
        seen = frozenset[int]()
        tell = self._telling(progress)
        while missing := (rows.wanted - seen) | (rows.touched & seen):
            vectors = self._server.bring(space, rows.wanted, tell)
            for at in chain(vectors, self._index(fresh, missing, ANEW_AT_ONCE, tell)):
                if at:
                    self._reached("in_rebuild")
                if keep_up and self._change() != self.followed:
                    self._follow(None)
            seen |= missing
            rows = self._rows(rows.change)
        self._server.done(space, self.followed)
        self._reached("before_switch")
        self._knowledge.switch(fresh)
        self._reached("after_switch")
        # The lower number: whoever waits for a change waits until it is published too.
        done = Followed(rows.database, min(self.followed, rows.change), 0, rows.rebuild, self._knowledge.form)
        write_followed(self._folder, done)

    def _follow(self, progress: Progress | None) -> None:
        """Bring the present indexes to what the rows say."""
        before, rows, space = read_followed(self._folder), self._rows(), self._knowledge.place.space
        began = time.monotonic()
        for _ in self._server.bring(space, rows.wanted, self._telling(progress)):
            self._reached("between_vectors")
        missing = (rows.wanted - self._knowledge.ids()) | (rows.touched & rows.wanted)
        for at in self._index(self._knowledge, missing, AT_ONCE, self._telling(progress), MOST_AT_ONCE):
            if at:
                self._reached("between_chunks")
        self._reached("after_index")
        others = max(LEAST_WAIT, 2 * (time.monotonic() - began))
        self.unpublished = bool(rows.requested) and not self._server.may_publish(rows.change, others)
        if rows.requested and not self.unpublished:  # several files published together are live together
            with self._sessions.begin() as session:
                versions.publish(session, *rows.requested)
        self._reached("after_publish")
        self._sweep(space)
        self._reached("after_sweep")
        held = self._knowledge.held()
        followed = replace(before, change=rows.change, passages=held.passages, vectors=held.vectors)
        write_followed(self._folder, followed, self._reached)
        self._server.done(space, rows.change)
        if followed.calibrated != rows.change:
            self._reached("before_calibration")
            self._calibrate(progress)
            self._reached("after_calibration")
            write_followed(self._folder, replace(followed, calibrated=rows.change))

    def _index(
        self, target: "Knowledge | Indexes", ids: Iterable[int], at_once: int, tell: Progress, most: int = 0
    ) -> Iterator[int]:
        """Index passages, some at a time; yield the number of those that are done before each part."""
        ordered, start, size = sorted(ids), 0, at_once
        while start < len(ordered):
            yield start
            began, some = time.monotonic(), ordered[start : start + size]
            with self._sessions() as session:
                passages = documents.for_index(session, some)
            target.index(passages, _part(tell, start, len(passages), len(ordered)))
            start += len(some)
            size = most if most and time.monotonic() - began < QUICK * len(some) else at_once

    def _sweep(self, space: str) -> None:
        """Remove from the indexes what is neither live nor about to be; rows may have gone on meanwhile."""
        wanted = self._rows().wanted
        self._server.keep(space, wanted)
        gone = self._knowledge.all_ids() - wanted
        if gone or self._knowledge.owes():
            self._knowledge.remove(gone)

    def _calibrate(self, progress: Progress | None) -> None:
        with self._sessions() as session:
            ids = sorted(documents.answering(session))
            passages = documents.for_index(session, [ids[position] for position in calibration.sample(len(ids))])
        if passages:
            self._knowledge.calibrate(passages, self._telling(progress))

    def _change(self) -> int:
        with self._sessions() as session:
            return versions.change_number(session)

    def _space(self, rows: _Rows) -> str:
        """Return what names the collections of these rows on a vector server: the same on every machine."""
        form = hashlib.sha256(self._knowledge.form.encode()).hexdigest()
        return f"{rows.database[:12]}-{rows.rebuild}-{form[:6]}"

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


def _part(tell: Progress, start: int, count: int, total: int) -> Progress:
    """Return the progress of one part of the work, whose own steps may be more than its passages."""
    return lambda done, of: tell(start + done * count // max(1, of), total)
