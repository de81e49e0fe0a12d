"""How a table is read, said by hand: the file is looked at, and read anew as a version that waits to be published."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from sqlalchemy.orm import Session

from bot.database import originals, unread_files, version_rows
from bot.database.audit import Actor
from bot.errors import UserError
from bot.library_files import Files
from bot.library_versions import Versions
from bot.notes import from_json
from bot.shelf import NOBODY, name_of, version_of
from bot.shown import FileResult
from knowledge.entries import Note, UnreadableError
from knowledge.guarded import look_guarded
from knowledge.looking import Looked
from knowledge.plans import Plan, plan_of

Kind = Literal["version", "document", "unread"]


@dataclass(frozen=True, slots=True)
class FileSource:
    """Whose file is looked at: a version by its id, a document by its number, or one that could not be read."""

    kind: Kind
    id: str

    @property
    def number(self) -> int:
        """The id of a version or a document; UserError where it is none."""
        if not (self.id.isascii() and self.id.isdecimal() and len(self.id) < 10):
            raise UserError("library.no_file")
        return int(self.id)


def source_of(version: int | str | None, document: int | str | None, unread: str) -> FileSource:
    """Return the one of these that is given; UserError where none is."""
    given: dict[Kind, int | str | None] = {"version": version, "document": document, "unread": unread}
    for kind, number in given.items():
        if number:
            return FileSource(kind, str(number).replace("\0", ""))
    raise UserError("library.no_file")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as it was uploaded: what it is called, how it was read by hand before, and why it could not be read."""

    name: str
    data: bytes
    plan: Plan | None = None
    problem: Note | None = None
    edited: bool = False
    waits: bool = False


class Plans(Files, Versions):
    """Files that are read as somebody says."""

    def source(self, source: FileSource) -> SourceFile:
        """Return a file.

        Raises:
            UserError: it is not there, or was not kept.
        """
        with self._sessions() as session:
            return _source(session, source)

    def look(self, source: FileSource, plan: Plan | None = None) -> Looked:
        """Return what a file looks like, read by a plan: by the one it was read by, where none is given.

        Raises:
            UserError: it is not there, cannot be opened, or was not kept.
        """
        file = self.source(source)
        try:
            return look_guarded(file.name, file.data, plan or file.plan or Plan())
        except UnreadableError as error:
            raise UserError(error.note.phrase, **error.note.values) from error

    def read_anew(self, source: FileSource, plan: Plan, *, author: str | Actor = NOBODY) -> FileResult:
        """Read a file by a plan, as a version that waits; the one it was read as before is discarded if it waits.

        Raises:
            UserError: it is not there, or was not kept.
        """
        file, actor = self.source(source), Actor.of(author)
        result = self.add([(file.name, file.data)], author=actor, publish=False, plan=plan)[0]
        if result.problem is not None:
            return result
        if source.kind == "unread":
            with self._sessions.begin() as session:
                unread_files.drop(session, source.id)
        elif file.waits and result.version != source.number:
            with suppress(UserError):  # somebody was faster
                self.discard(source.number, author=actor)
        return result


def _source(session: Session, source: FileSource) -> SourceFile:
    if source.kind == "unread":
        found = unread_files.unread(session, source.id)
        if found is None:
            raise UserError("library.no_file")
        problem = next(iter(from_json(found[2])), None)
        return SourceFile(found[0], found[1], problem=problem)
    number = source.number
    if source.kind == "document":
        name = name_of(session, number)
        basis = version_rows.basis(session, number)
        if basis is None:
            raise UserError("entry.nothing_live", name=name)
        number = basis
    row = version_of(session, number)
    data = originals.original(session, row.file)
    if data is None:
        raise UserError("library.no_original", name=row.document)
    plan = plan_of(row.plan) if row.plan else None
    return SourceFile(row.document, data, plan, edited=row.source is not None, waits=row.state == "staged")
