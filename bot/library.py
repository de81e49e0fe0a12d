"""The documents: rows first, indexes follow (DESIGN 1.2).

A file is read and split (``bot/intake.py``), its rows are staged in one transaction (``bot/database/staging.py``), the
indexes take the passages they do not hold, one update makes the version live (``bot/following.py``), and what is no
longer live leaves the indexes. Whoever owns the data folder does all of it; everybody else stages and waits
(``bot/uptake.py``). A crash anywhere is healed by ``catch_up``, which every owner does first.
"""

from collections.abc import Collection
from functools import partial

from bot.database import accounts, aliases, documents, originals, version_rows, versions
from bot.database.aliases import AliasRow
from bot.database.audit import Actor, note
from bot.database.ledger import answer_ledger
from bot.downloading import Downloaded, download
from bot.errors import UserError
from bot.library_entries import Entries
from bot.library_plans import Plans
from bot.previewing import Compared
from bot.shelf import NOBODY, name_of
from bot.shown import DocumentInfo, FileResult, FileState, Shown, StagedInfo, VersionInfo, document_info
from bot.uptake import PATIENCE
from knowledge.passages import Progress
from knowledge.splitting import normalised

__all__ = [
    "PATIENCE",
    "AliasRow",
    "Compared",
    "DocumentInfo",
    "FileResult",
    "FileState",
    "Library",
    "Shown",
    "StagedInfo",
    "VersionInfo",
]

LONGEST_ALIAS = 500


class Library(Plans, Entries):
    """The documents of one data folder; threads may share it. ``author`` is who does it, for history and audit log."""

    def documents(self) -> list[DocumentInfo]:
        """Return all documents, by name."""
        with self._sessions() as session:
            return [document_info(row) for row in documents.documents(session)]

    def show(self, document: int) -> Shown:
        """Return a document with its live passages; UserError where there is no document of this number."""
        with self._sessions() as session:
            found = next((row for row in documents.documents(session) if row.id == document), None)
            if found is None:
                raise UserError("library.no_document", id=document)
            stored = originals.size_of(session, document)
            return Shown(document_info(found, stored), tuple(documents.passages_of(session, document)))

    def enable(self, document: int, *, author: str | Actor = NOBODY) -> None:
        """Have answers use a document again; errors as for ``remove``."""
        self._alter(
            document, author, "document.enabled", partial(versions.set_enabled, document=document, enabled=True)
        )

    def disable(self, document: int, *, author: str | Actor = NOBODY) -> None:
        """Keep a document out of answers, from now on; errors as for ``remove``."""
        self._alter(
            document, author, "document.disabled", partial(versions.set_enabled, document=document, enabled=False)
        )

    def remove(self, document: int, *, author: str | Actor = NOBODY) -> None:
        """Remove a document: gone from answers at once, and from the indexes when this returns; its files as well.

        Raises:
            UserError: there is no document of this number.
            DataError: as for ``add``.
        """
        self._alter(document, author, "document.removed", partial(versions.remove, document=document))

    def set_audience(self, document: int, groups: Collection[str] | None, *, author: str | Actor = NOBODY) -> None:
        """Have only these groups see a document, None: everyone. Entries may narrow it further. It holds at once.

        Raises:
            UserError: there is no document of this number.
        """
        wanted = None if groups is None else sorted({group.strip() for group in groups if group.strip()})
        self._alter(
            document,
            author,
            "document.audience",
            partial(versions.set_audience, document=document, groups=wanted),
            groups=wanted,
        )

    def set_owner(self, document: int, account: int | None, *, author: str | Actor = NOBODY) -> None:
        """Have an account see to it that a document is right, None: nobody; they are told what is asked in vain.

        Raises:
            UserError: there is no document, or no account that works, of this number.
        """
        with self._sessions.begin() as session:
            name = name_of(session, document)
            found = None if account is None else accounts.account(session, account)
            if account is not None and (found is None or not found.active):
                raise UserError("library.no_owner")
            versions.set_owner(session, document, account)
            note(session, author, "document.owner", name, account=found.name if found else "")

    def download(self, document: int, *, original: bool = False) -> Downloaded:
        """Return a file that gives the document back: a table with its own columns and the ids of its entries, in which
        entries can be edited and uploaded again; everything else, and with ``original``, as it was uploaded.

        Raises:
            UserError: there is no document of this number, or the file was not kept.
        """
        with self._sessions() as session:
            name_of(session, document)
            return download(session, document, original=original)

    # --- aliases --------------------------------------------------------------------------------------------------

    def alias_add(
        self, key: str, question: str, *, document: int | None = None, author: str | Actor = NOBODY
    ) -> AliasRow:
        """Add another way to ask for the entry ``key``; it counts in answers when this returns.

        Raises:
            UserError: no live entry has this key, or entries of several documents, and ``document`` does not say which
                one is meant; or the entry is asked for so already.
        """
        question = " ".join(question.split())[:LONGEST_ALIAS]
        if not any(character.isalnum() for character in question):
            raise UserError("library.alias_empty")
        actor = Actor.of(author)
        with self._sessions.begin() as session:
            change = versions.raise_change(session)
            place = _place(aliases.places(session, key, document), key)
            taken = normalised(place.question) == normalised(question)
            if taken or not aliases.add(session, place.document_id, key, question, actor.name, change):
                raise UserError("library.alias_taken", question=question, key=key)
            note(session, actor, "alias.added", place.document, key=key)
            added = next(row for row in reversed(aliases.listed(session, place.document_id)) if row.alias == question)
            self._uptake.reached("before_commit")
        self._uptake.apply(change)
        return added

    def alias_remove(self, alias: int, *, author: str | Actor = NOBODY) -> AliasRow:
        """Remove an alias by its number and return it; UserError where there is none."""
        with self._sessions.begin() as session:
            change = versions.raise_change(session)
            row = aliases.remove(session, alias, change)
            if row is None:
                raise UserError("library.no_alias", id=alias)
            note(session, author, "alias.removed", row.document, key=row.key)
        self._uptake.apply(change)
        return row

    def aliases(self, document: int | None = None) -> list[AliasRow]:
        """Return the aliases of a document, or of all documents."""
        with self._sessions() as session:
            if document is not None:
                name_of(session, document)
            return aliases.listed(session, document)

    def confirm(self, answer_id: str, *, author: str | Actor = NOBODY) -> AliasRow | None:
        """Have the question of an answer that was right find its first source from now on.

        Returns:
            The alias; None where the entry is asked for so already, or is no longer live.

        Raises:
            UserError: there is no such answer, or it rests on no entry.
        """
        with self._sessions() as session:
            ledger = answer_ledger(session, answer_id)
            if not ledger.sources:
                raise UserError("library.no_source", answer=ledger.answer_id)
            first = ledger.sources[0]
            document = version_rows.document_id(session, first.document)
        try:
            if document is None:
                return None
            return self.alias_add(first.passage, ledger.searched, document=document, author=author)
        except UserError as error:
            if error.phrase in ("library.alias_taken", "library.no_key", "library.alias_empty"):
                return None
            raise

    # --- the indexes ----------------------------------------------------------------------------------------------

    def rebuild(self, progress: Progress | None = None) -> None:
        """Build the indexes anew from the rows; DataError as for ``add``."""
        with self._sessions.begin() as session:
            change = versions.raise_change(session)
            versions.put(session, versions.REBUILD, str(change))
        self._uptake.apply(change, progress, rebuilt=True)

    def follow(self, change: int, progress: Progress | None = None) -> None:
        """Have the indexes follow up to a change that was made in the rows; DataError as for ``add``."""
        self._uptake.apply(change, progress)

    def change_number(self) -> int:
        """Return the number that every change of the documents raises."""
        with self._sessions() as session:
            return versions.change_number(session)

    @property
    def followed(self) -> int:
        """The change number up to which the indexes of this process follow."""
        return self._uptake.follower.followed

    def catch_up(self, progress: Progress | None = None) -> None:
        """Bring the indexes to what the rows say, whatever happened before; only for the owner of the data folder."""
        self._uptake.catch_up(progress)

    def heal(self) -> None:
        """Catch up only where the last owner did not come to an end: cheap enough for every command."""
        self._uptake.heal()

    def is_behind(self) -> bool:
        """Tell whether the indexes are not as the rows and this program want them: cheap enough for every command."""
        return self._uptake.follower.is_behind()

    @property
    def is_alone(self) -> bool:
        """Whether no process of another machine can work with these documents."""
        return self._uptake.is_alone

    def is_due(self) -> bool:
        """Tell whether something waits that this process can do by now, beside others that work with the database."""
        return self._uptake.is_due()

    def mend(self) -> None:
        """Mend what was found broken meanwhile: a damaged index, passages without the vectors they should have."""
        self._uptake.mend()


def _place(found: list[aliases.Place], key: str) -> aliases.Place:
    """Return the one entry that is meant."""
    if not found:
        raise UserError("library.no_key", key=key)
    if len(found) > 1:
        named = ", ".join(f"{place.document_id} ({place.document})" for place in found)
        raise UserError("library.key_in_several", key=key, documents=named)
    return found[0]
