"""What the library shows of documents, versions and files."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.database.documents import DocumentRow, PassageRecord
from bot.database.version_rows import VersionRow
from bot.notes import from_json, sentence, sentences
from bot.phrases import say
from knowledge.entries import Note
from knowledge.language import Language

GUEST = re.compile("[0-9a-f]{32}")
"""A guest's browser, as the web page names whoever asks there."""

FileState = Literal["added", "changed", "unchanged", "unreadable"]


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file; the counts are passages. ``problem`` is set where it could not be read.

    ``version`` is the id of the version that was written, None where there is none; ``staged``: it is not live yet.
    ``unread``: by what a file is found that could not be read, where somebody can say how it is to be.
    """

    name: str
    state: FileState
    added: int = 0
    changed: int = 0
    removed: int = 0
    notes: tuple[Note, ...] = ()
    problem: Note | None = None
    document: int | None = None
    version: int | None = None
    staged: bool = False
    unread: str = ""

    def reading(self, language: Language) -> str:
        """Return how the file was read, in words."""
        return sentences(self.notes, language)

    def message(self, language: Language) -> str:
        """Return why it could not be read, in a sentence; empty where it could."""
        return sentence(self.problem, language) if self.problem else ""


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """A document as it is shown: ``version`` is its number, ``state`` published, requested while it is indexed, or
    staged where no version was ever published. ``audience``: groups that may see it, None for everyone. ``stored``:
    bytes of its uploaded files. ``owner``: the number of the account that sees to it."""

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
    audience: tuple[str, ...] | None = None
    stored: int | None = None
    owner: int | None = None

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


@dataclass(frozen=True, slots=True)
class VersionInfo:
    """A version as it is shown; ``version`` is its id, ``number`` counts within the document.

    ``author`` is empty where nobody is known; ``restored_from`` the number of the version that was brought back.
    ``edited``: entries were changed since its file was uploaded.
    """

    version: int
    document: int
    name: str
    number: int
    state: str
    author: str
    created_at: datetime
    published_at: datetime | None
    added: int
    changed: int
    removed: int
    restored_from: int | None
    filename: str
    kind: str
    notes: tuple[Note, ...]
    base: int | None
    edited: bool = False

    def reading(self, language: Language) -> str:
        """Return how it was read, in words."""
        return sentences(self.notes, language)


StagedInfo = VersionInfo


def document_info(row: DocumentRow, stored: int | None = None) -> DocumentInfo:
    """Return a document as it is shown."""
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
        audience=None if row.audience is None else tuple(row.audience),
        stored=stored,
        owner=row.owner,
    )


def version_info(row: VersionRow) -> VersionInfo:
    """Return a version as it is shown."""
    return VersionInfo(
        version=row.id,
        document=row.document_id,
        name=row.document,
        number=row.number,
        state=row.state,
        author=row.author or "",
        created_at=row.created_at,
        published_at=row.published_at,
        added=row.added,
        changed=row.changed,
        removed=row.removed,
        restored_from=row.restored_from,
        filename=row.filename,
        kind=row.kind,
        notes=from_json(row.reading),
        base=row.base,
        edited=row.source is not None,
    )


def author_name(author: str | None, language: Language) -> str:
    """Return who did something as people read it: an account's name; a token's, a command's or this machine's apart."""
    kind, _, name = (author or "").partition(":")
    if kind in ("token", "command", "slack") and name:
        return say(f"author.{kind}", language, name=name)
    return say("author.local", language) if author == "local" else author or ""


def person_name(name: str, language: Language) -> str:
    """Return whom a channel knows as people read it: a guest's browser by the first digits of its number."""
    if GUEST.fullmatch(name):
        return say("author.guest", language, code=name[:8])
    return say("author.local", language) if name == "local" else name
