"""Versions: staged, published together, discarded, compared, brought back."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from bot.database import staging, version_rows, versions
from bot.database.audit import Actor, note
from bot.database.version_rows import VersionRow
from bot.errors import UserError
from bot.shelf import NOBODY, Shelf, name_of, version_of
from bot.shown import StagedInfo, VersionInfo, version_info
from knowledge.passages import Progress

if TYPE_CHECKING:
    from bot.comparing import Change


class Versions(Shelf):
    """What was, is and may become live."""

    def staged(self) -> list[StagedInfo]:
        """Return the versions that wait to be published or discarded."""
        with self._sessions() as session:
            return [version_info(row) for row in version_rows.staged(session)]

    def version(self, version: int) -> VersionInfo:
        """Return a version by its id; UserError where there is none."""
        with self._sessions() as session:
            return version_info(version_of(session, version))

    def live_number(self, document: int) -> int | None:
        """Return the number of the version that is live or about to be: what ``publish`` compares ``seen`` with."""
        with self._sessions() as session:
            return _number(session, version_rows.basis(session, document))

    def number_of(self, version: int | None) -> int | None:
        """Return the number of a version by its id, None where there is none."""
        with self._sessions() as session:
            return _number(session, version)

    def change_of(self, version: int) -> "Change":
        """Return what a version would change against what is live now; UserError where there is no such version."""
        with self._sessions() as session:
            row = version_of(session, version)
        return self._previewer.change_of(row)

    def publish(
        self,
        chosen: Sequence[int],
        progress: Progress | None = None,
        *,
        author: str | Actor = NOBODY,
        seen: Mapping[int, int | None] | None = None,
    ) -> list[VersionInfo]:
        """Publish staged versions, all of them at the same moment; return them as they are then, in their order.

        Of several versions of one document the newest is published, and the others are discarded.

        ``seen`` is the number of the live version that each was compared with when somebody agreed to it; the one it
        was staged against where it is not given.

        Raises:
            UserError: a version does not wait to be published, or ``library.changed_meanwhile``: another version went
                live since; ``change_of`` tells what this one would change now. Nothing was published.
            DataError: as for ``add``.
        """
        actor, wanted = Actor.of(author), list(dict.fromkeys(chosen))
        with self._sessions.begin() as session:
            change = versions.raise_change(session)
            rows = [_staged(session, each) for each in wanted]
            newest = {row.document_id: row for row in sorted(rows, key=lambda row: row.id)}
            for row in rows:
                if row.id == newest[row.document_id].id:
                    _publish(session, row, seen, change, actor)
            for row in rows:
                if row.id != newest[row.document_id].id:
                    staging.discard(session, row)
                    later = version_of(session, newest[row.document_id].id).number
                    note(session, actor, "document.discarded", row.document, version=row.number, newer=later)
            self._uptake.reached("before_commit")
        self._uptake.apply(change, progress)
        return [self.version(each) for each in wanted]

    def discard(self, version: int, *, author: str | Actor = NOBODY) -> None:
        """Take back a staged version: what only it said is deleted; UserError where it does not wait."""
        with self._sessions.begin() as session:
            change = versions.raise_change(session)
            row = _staged(session, version)
            staging.discard(session, row)
            note(session, author, "document.discarded", row.document, version=row.number)
        if self._uptake.owns:
            self._uptake.apply(change)

    def history(self, document: int) -> list[VersionInfo]:
        """Return the versions of a document, the newest first; UserError where there is no such document."""
        with self._sessions() as session:
            name_of(session, document)
            return [version_info(row) for row in version_rows.history(session, document)]

    def diff(self, document: int, older: int, newer: int) -> "Change":
        """Return what the version of number ``newer`` changes against ``older``; UserError where one is not there."""
        with self._sessions() as session:
            rows = {row.number: row for row in version_rows.history(session, document)}
            name_of(session, document)
        for number in (older, newer):
            if number not in rows or rows[number].state == "discarded":
                raise UserError("library.no_version", id=document, number=number)
        return self._previewer.between(rows[older], rows[newer])

    def rollback(
        self,
        document: int,
        number: int | None = None,
        progress: Progress | None = None,
        *,
        author: str | Actor = NOBODY,
    ) -> VersionInfo:
        """Bring back what version ``number`` said, the one before the live one if not given, as a new version.

        Raises:
            UserError: there is no such document or version, or it is the live one.
            DataError: as for ``add``.
        """
        with self._sessions.begin() as session:
            change = versions.raise_change(session)
            row = _earlier(session, document, number)
            made = staging.restore(session, row, Actor.of(author).name, change)
            new = version_of(session, made)
            note(session, author, "document.rolled_back", row.document, version=new.number, restored=row.number)
            self._uptake.reached("before_commit")
        self._uptake.apply(change, progress)
        return self.version(made)


def _publish(
    session: Session, row: VersionRow, seen: Mapping[int, int | None] | None, change: int, actor: Actor
) -> None:
    _refuse_stale(session, row, seen)
    staging.request(session, row, change)
    row = version_of(session, row.id)
    counts = {"added": row.added, "changed": row.changed, "removed": row.removed}
    note(session, actor, "document.published", row.document, version=row.number, **counts)


def _staged(session: Session, version: int) -> VersionRow:
    row = version_of(session, version)
    if row.state != "staged":
        raise UserError("library.not_staged", version=version, name=row.document, number=row.number)
    return row


def _number(session: Session, version: int | None) -> int | None:
    row = None if version is None else version_rows.one(session, version)
    return row.number if row else None


def _refuse_stale(session: Session, row: VersionRow, seen: Mapping[int, int | None] | None) -> None:
    """Nobody publishes over what somebody else published meanwhile without having seen it."""
    live = _number(session, version_rows.basis(session, row.document_id))
    agreed = seen[row.id] if seen is not None and row.id in seen else _number(session, row.base)
    if live != agreed:
        raise UserError("library.changed_meanwhile", version=row.id, name=row.document, number=live or 0)


def _earlier(session: Session, document: int, number: int | None) -> VersionRow:
    """Return the version of this number, or the one that was live before; UserError where that cannot be."""
    name = name_of(session, document)
    rows = {row.number: row for row in version_rows.history(session, document)}
    live = _number(session, version_rows.basis(session, document))
    if number is None:
        past = [n for n, row in rows.items() if row.state in ("superseded", "published") and n < (live or 0)]
        if not past:
            raise UserError("library.no_earlier", name=name)
        number = max(past)
    if number not in rows or rows[number].state in ("staged", "discarded"):
        raise UserError("library.no_version", id=document, number=number)
    if number == live:
        raise UserError("library.is_live", name=name, number=number)
    return rows[number]
