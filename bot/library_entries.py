"""Single entries: looked at, changed, added, taken out. Each is a new version, with its author, and can be undone."""

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from bot.database import editing, version_rows, versions
from bot.database.audit import Actor, note
from bot.database.version_rows import VersionRow
from bot.downloading import TABLES
from bot.entry_fields import EntryFields
from bot.errors import UserError
from bot.shelf import NOBODY, Shelf, name_of, version_of
from bot.shown import VersionInfo, version_info
from knowledge.splitting import Draft


@dataclass(frozen=True, slots=True)
class LiveEntry:
    """An entry as it is live, or about to be. ``seen`` names what it says: it is another number once it says else."""

    document: int
    name: str
    kind: str
    version: int
    seen: int
    draft: Draft

    @property
    def is_prose(self) -> bool:
        """Whether it is a piece of a text and not a question with its answer."""
        return not self.draft.question

    @property
    def in_table(self) -> bool:
        """Whether the file that is downloaded has the change in its place."""
        return self.kind in TABLES


@dataclass(frozen=True, slots=True)
class Edit:
    """What an edit made: the new version, the number of the one before, and the key of the entry."""

    version: VersionInfo
    before: int
    key: str


class EntryMovedError(UserError):
    """Somebody else changed the entry, or took it out (``now`` None), since it was looked at. Nothing was written."""

    def __init__(self, now: LiveEntry | None) -> None:
        super().__init__("entry.moved" if now else "entry.gone")
        self.now = now


class Entries(Shelf):
    """Entries, one at a time."""

    def entry(self, document: int, key: str) -> LiveEntry:
        """Return an entry.

        Raises:
            UserError: there is no such document, or no such entry in what is live of it.
        """
        with self._sessions() as session:
            basis = _basis(session, document)
            found = _live(session, basis, key)
        if found is None:
            raise UserError("entry.none", name=basis.document)
        return found

    def edit_entry(
        self, document: int, key: str, fields: EntryFields, *, seen: int, author: str | Actor = NOBODY
    ) -> Edit | None:
        """Change what an entry says; live when this returns. ``seen``: of the ``LiveEntry`` that was looked at.

        Returns:
            None where it says that already.

        Raises:
            EntryMovedError: it says something else by now, or is gone. Nothing was written.
            UserError: there is no such document, or what was written cannot be.
            DataError: as for ``Library.add``.
        """
        with self._sessions.begin() as session:
            change = versions.raise_change(session)
            basis = _basis(session, document)
            place = editing.held(session, document, basis.id, key)
            if place is not None:
                draft = fields.draft(place.draft)
                if draft == place.draft:
                    session.rollback()
                    return None
            if place is None or place.passage != seen:
                raise EntryMovedError(_live(session, basis, key))
            made = editing.put(session, basis, draft, place, Actor.of(author).name)
            edit = _noted(session, author, "entry.edited", basis, made, key)
            self._uptake.reached("before_commit")
        self._uptake.apply(change)
        return edit

    def add_entry(self, document: int, fields: EntryFields, *, author: str | Actor = NOBODY, key: str = "") -> Edit:
        """Add an entry at the end of a document; live when this returns. ``key``: where it has one of its own.

        Raises:
            UserError: there is no such document, what was written cannot be, or another entry has that key.
            DataError: as for ``Library.add``.
        """
        return self._added(document, fields, author, key, staged=False)

    def stage_entry(self, document: int, fields: EntryFields, *, author: str | Actor = NOBODY, key: str = "") -> Edit:
        """Prepare what ``add_entry`` does, as a version that waits to be published; errors as there."""
        return self._added(document, fields, author, key, staged=True)

    def _added(self, document: int, fields: EntryFields, author: str | Actor, key: str, *, staged: bool) -> Edit:
        draft = fields.draft()
        with self._sessions.begin() as session:
            change = versions.raise_change(session)
            basis = _basis(session, document)
            taken = editing.keys_like(session, document, basis.id, key or draft.key)
            if key and key in taken:
                raise UserError("entry.key_taken", key=key)
            draft = replace(draft, key=key or _free(draft.key, taken), sheet=editing.last_sheet(session, basis.id))
            state, action = ("staged", "entry.staged") if staged else ("requested", "entry.added")
            made = editing.put(session, basis, draft, None, Actor.of(author).name, state=state)
            edit = _noted(session, author, action, basis, made, draft.key)
            self._uptake.reached("before_commit")
        self._uptake.apply(change)
        return edit

    def remove_entry(self, document: int, key: str, *, seen: int, author: str | Actor = NOBODY) -> Edit:
        """Take an entry out of a document; gone from answers when this returns. Errors as for ``edit_entry``."""
        with self._sessions.begin() as session:
            change = versions.raise_change(session)
            basis = _basis(session, document)
            place = editing.held(session, document, basis.id, key)
            if place is None or place.passage != seen:
                raise EntryMovedError(_live(session, basis, key))
            made = editing.take_out(session, basis, place, Actor.of(author).name)
            edit = _noted(session, author, "entry.removed", basis, made, key)
            self._uptake.reached("before_commit")
        self._uptake.apply(change)
        return edit


def _basis(session: Session, document: int) -> VersionRow:
    """Return the version that is live or about to be; UserError where there is no document, or nothing live of it."""
    name = name_of(session, document)
    basis = version_rows.basis(session, document)
    if basis is None:
        raise UserError("entry.nothing_live", name=name)
    return version_of(session, basis)


def _live(session: Session, basis: VersionRow, key: str) -> LiveEntry | None:
    place = editing.held(session, basis.document_id, basis.id, key)
    if place is None:
        return None
    return LiveEntry(basis.document_id, basis.document, basis.kind, basis.number, place.passage, place.draft)


def _noted(session: Session, author: str | Actor, action: str, basis: VersionRow, made: int, key: str) -> Edit:
    new = version_info(version_of(session, made))
    note(session, author, action, basis.document, version=new.number, key=key)
    return Edit(new, basis.number, key)


def _free(key: str, taken: set[str]) -> str:
    """Return a key that no entry has; one that somebody took out before may be given again: it asks the same."""
    free, number = key, 2
    while free in taken:
        free, number = f"{key}-{number}", number + 1
    return free
