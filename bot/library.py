"""The documents: rows first, indexes follow (DESIGN 1.2).

A file is read and split, its rows are staged in one transaction, the indexes take the passages they do not hold, one
update makes the version live, and what is no longer live leaves the indexes. Whoever owns the data folder does all
of it; everybody else stages and waits. A crash anywhere is healed by ``catch_up``, which every owner does first.
"""

import hashlib
import logging
import threading
import time
from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from sqlalchemy.orm import Session, sessionmaker

from bot.database import documents, versions
from bot.database.documents import DocumentRow, PassageRecord
from bot.errors import DataError, UserError
from bot.faults import fault as fault_at
from bot.following import Follower
from bot.gathering import Gathered, Given, distinct
from bot.notes import from_json, sentence, sentences, to_json
from bot.owner import Ownership
from knowledge.entries import Note, UnreadableError
from knowledge.guarded import read_guarded
from knowledge.language import Language
from knowledge.passages import Progress

if TYPE_CHECKING:
    from knowledge.search import Knowledge

log = logging.getLogger(__name__)

FileState = Literal["added", "changed", "unchanged", "unreadable"]
PATIENCE = 60.0
"""Seconds without any progress that a command waits for the process that owns the data folder."""

READER_FAILURES = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError, MemoryError)


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file; the counts are passages. ``problem`` is set where it could not be read."""

    name: str
    state: FileState
    added: int = 0
    changed: int = 0
    removed: int = 0
    notes: tuple[Note, ...] = ()
    problem: Note | None = None

    def reading(self, language: Language) -> str:
        """Return how the file was read, in words."""
        return sentences(self.notes, language)

    def message(self, language: Language) -> str:
        """Return why it could not be read, in a sentence; empty where it could."""
        return sentence(self.problem, language) if self.problem else ""


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """A document as it is shown: ``version`` is its number, ``state`` published, or requested while it is indexed."""

    id: int
    name: str
    kind: str
    version: int
    state: str
    enabled: bool
    entries: int
    languages: tuple[str, ...]
    added_at: datetime
    notes: tuple[Note, ...]

    @property
    def date(self) -> str:
        """The day it was added, in the system's time zone."""
        return self.added_at.astimezone().date().isoformat()

    def reading(self, language: Language) -> str:
        """Return how it was read, in words."""
        return sentences(self.notes, language)


@dataclass(frozen=True, slots=True)
class Shown:
    """A document with its live passages, in their order."""

    document: DocumentInfo
    passages: tuple[PassageRecord, ...]


class Library:
    """The documents of one data folder; threads may share it."""

    def __init__(
        self,
        sessions: sessionmaker[Session],
        knowledge: "Knowledge",
        owner: Ownership,
        *,
        fault: str = "",
        patience: float = PATIENCE,
    ) -> None:
        self._sessions = sessions
        self._owner = owner
        self._reached = fault_at(fault)
        self._follower = Follower(sessions, knowledge, owner.folder, self._reached)
        self._patience = patience
        self._writing = threading.RLock()

    def add(self, files: Iterable[Given | Gathered], progress: Progress | None = None) -> list[FileResult]:
        """Add documents, replacing those of the same name; return one result a file, in order.

        All are live when this returns; a file that cannot be read has its own result and stops nothing.

        Raises:
            DataError: the process that owns the data folder does not take them up; their rows are safe.
        """
        # An owner holds on to the indexes from the start, so that the work is this thread's and so is its progress.
        with self._writing if self._owner.held else nullcontext():
            results = [self._add_file(file) for file in distinct(files)]
            changes = [change for _, change in results if change is not None]
            self._reached("after_rows")
            self._apply(max(changes, default=0), progress)
        return [result for result, _ in results]

    def documents(self) -> list[DocumentInfo]:
        """Return all documents, by name."""
        with self._sessions() as session:
            return [_info(row) for row in documents.documents(session)]

    def show(self, document: int) -> Shown:
        """Return a document with its live passages.

        Raises:
            UserError: there is no document of this number.
        """
        with self._sessions() as session:
            found = next((row for row in documents.documents(session) if row.id == document), None)
            if found is None:
                raise UserError("library.no_document", id=document)
            return Shown(_info(found), tuple(documents.passages_of(session, document)))

    def remove(self, document: int) -> None:
        """Remove a document: gone from answers at once, and from the indexes when this returns.

        Raises:
            UserError: there is no document of this number.
            DataError: as for ``add``.
        """
        with self._sessions.begin() as session:
            change = versions.remove(session, document)
        if change is None:
            raise UserError("library.no_document", id=document)
        self._apply(change, None)

    def rebuild(self, progress: Progress | None = None) -> None:
        """Build the indexes anew from the rows; DataError as for ``add``."""
        with self._sessions.begin() as session:
            change = versions.raise_change(session)
            versions.put(session, versions.REBUILD, str(change))
        self._apply(change, progress, rebuilt=True)

    def change_number(self) -> int:
        """Return the number that every change of the documents raises."""
        with self._sessions() as session:
            return versions.change_number(session)

    def catch_up(self, progress: Progress | None = None) -> None:
        """Bring the indexes to what the rows say, whatever happened before; only for the owner of the data folder."""
        with self._writing:
            self._follower.catch_up(progress)

    def heal(self) -> None:
        """Catch up only where the last owner did not come to an end: cheap enough for every command."""
        if self._owner.held and self._follower.is_behind():
            self.catch_up()

    def _add_file(self, file: Gathered) -> tuple[FileResult, int | None]:
        """Read a file and stage its rows; return its result and the change number to wait for, if any."""
        try:
            data = file.data()
            digest = hashlib.sha256(data).hexdigest()
            with self._sessions() as session:
                if versions.current_hash(session, file.name) == digest:
                    return FileResult(file.name, "unchanged"), None
            reading, drafts = read_guarded(file.name, data)
            if not drafts:
                raise UnreadableError("read.nothing")
        except UnreadableError as error:
            return FileResult(file.name, "unreadable", problem=error.note), None
        except READER_FAILURES:  # a document no reader was made for must not keep the others out
            log.exception("reading %s failed", file.name)
            return FileResult(file.name, "unreadable", problem=Note("read.failed")), None
        repeated = sum(draft.repeated for draft in drafts)
        notes = (*reading.described, *([Note("read.repeated", {"count": repeated})] if repeated else []))
        upload = versions.Upload(file.name, digest, reading.kind, to_json(notes), drafts)
        with self._sessions() as session:
            staged = versions.stage(session, upload)
            if staged.version is None:  # another file that says the same
                return FileResult(file.name, "unchanged", notes=notes), None
            session.commit()
        state: FileState = "added" if staged.new else "changed"
        return FileResult(file.name, state, staged.added, staged.changed, staged.removed, notes), staged.change

    def _apply(self, change: int, progress: Progress | None, *, rebuilt: bool = False) -> None:
        """Have the indexes follow up to ``change``: here, where this process owns them, else by who does."""
        if self._owner.held:
            self.catch_up(progress)
        elif change:
            self._wait(change, progress, rebuilt=rebuilt)

    def _wait(self, change: int, progress: Progress | None, *, rebuilt: bool) -> None:
        """Wait for the owner, as long as it gets on; where it is gone, take its place."""
        seen, until = "", time.monotonic() + self._patience
        while (self._follower.rebuilt if rebuilt else self._follower.followed) < change:
            if self._owner.take(0):
                self.catch_up(progress)
                return
            if time.monotonic() > until:
                raise DataError("library.owner_silent", seconds=round(self._patience))
            time.sleep(0.1)
            with self._sessions() as session:
                told = versions.value(session, versions.PROGRESS) or ""
            if told != seen:
                seen, until = told, time.monotonic() + self._patience
                if progress and told:
                    done, _, total = told.partition("/")
                    progress(int(done), int(total))


def _info(row: DocumentRow) -> DocumentInfo:
    return DocumentInfo(
        id=row.id,
        name=row.name,
        kind=row.kind,
        version=row.version,
        state=row.state,
        enabled=row.enabled,
        entries=row.entries,
        languages=row.languages,
        added_at=row.created_at,
        notes=from_json(row.reading),
    )
