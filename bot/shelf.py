"""What the parts of the library share: the rows, the way of a change to the indexes, and looks at what would change."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session, sessionmaker

from bot.database import documents, version_rows, versions
from bot.database.audit import Actor, note
from bot.database.leading import Lead
from bot.database.version_rows import VersionRow
from bot.errors import UserError
from bot.owner import Ownership
from bot.previewing import Previewer
from bot.processes import slot
from bot.uptake import PATIENCE, Uptake

if TYPE_CHECKING:
    from knowledge.search import Knowledge

NOBODY = "local"
"""Who did it, where nobody is named."""


class Shelf:
    """The documents of one data folder; threads may share it."""

    def __init__(
        self,
        sessions: sessionmaker[Session],
        knowledge: "Knowledge",
        owner: Ownership,
        *,
        lead: Lead | None = None,
        shared: bool = False,
        fault: str = "",
        patience: float = PATIENCE,
    ) -> None:
        """``lead``: which of all processes publishes; ``shared``: it keeps the vectors of a server for all of them."""
        self._sessions = sessions
        lead = lead or Lead(sessions.kw["bind"], lambda: slot(owner))
        self._uptake = Uptake(sessions, knowledge, owner, lead=lead, shared=shared, fault=fault, patience=patience)
        self._previewer = Previewer(sessions, knowledge, owner)

    def _alter(
        self, document: int, author: str | Actor, action: str, alter: Callable[[Session], object], **detail: object
    ) -> None:
        """Change a document's row, note who did it, and have the indexes follow.

        Raises:
            UserError: there is no document of this number.
            DataError: the process that owns the data folder does not take it up; the rows are safe.
        """
        with self._sessions.begin() as session:
            change = versions.raise_change(session)
            name = name_of(session, document)
            alter(session)
            note(session, author, action, name, **detail)
            self._uptake.reached("before_commit")
        self._uptake.apply(change)


def name_of(session: Session, document: int) -> str:
    """Return the name of a document; UserError where there is none of this number."""
    name = documents.name_of(session, document)
    if name is None:
        raise UserError("library.no_document", id=document)
    return name


def version_of(session: Session, version: int) -> VersionRow:
    """Return a version by its id; UserError where there is none."""
    row = version_rows.one(session, version)
    if row is None:
        raise UserError("library.no_such_version", version=version)
    return row
