"""What reading a document gives: entries that stay whole, prose to be split, and what the admin is told about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from knowledge.errors import KnowledgeError


@dataclass(frozen=True, slots=True)
class Note:
    """Something to tell the admin: the key of a phrase and the values that fill it in."""

    phrase: str
    values: dict[str, Any] = field(default_factory=dict)


def counted(counts: Mapping[str, int]) -> list[Note]:
    """Return a note for each phrase that counts something, such as pictures that are not read."""
    return [Note(phrase, {"count": count}) for phrase, count in counts.items() if count]


class UnreadableError(KnowledgeError):
    """The document cannot be read; ``note`` says why and what to do."""

    def __init__(self, phrase: str, /, **values: object) -> None:
        super().__init__(phrase, values)
        self.note = Note(phrase, values)


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage that stays whole: a row of a FAQ table (``question`` and its answer as ``text``) or a passage line.

    ``key`` is the id given in the document, if any. ``audience``: None for everyone. Both dates are included. ``row``
    is where it stands in the table ``sheet`` or among the lines, from 1.
    """

    text: str
    question: str = ""
    title: str = ""
    key: str = ""
    aliases: tuple[str, ...] = ()
    audience: tuple[str, ...] | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    page: int | None = None
    row: int | None = field(default=None, compare=False)
    sheet: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Section:
    """Prose under one heading: ``titles`` is the path of headings; ``rows``: each line is a unit of its own."""

    titles: tuple[str, ...]
    text: str
    page: int | None = None
    rows: bool = False


Part = Entry | Section


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as it was read: ``kind`` by content (csv, xlsx, md, ...), ``parts`` in their order."""

    kind: str
    parts: tuple[Part, ...]
    described: tuple[Note, ...]
