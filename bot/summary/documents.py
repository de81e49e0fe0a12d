"""A file as text to be summarised: any document that can be read, or a mail as it was saved."""

from dataclasses import dataclass, field
from pathlib import PurePath

from bot.errors import UserError
from bot.gathering import Gathered
from bot.intake import READER_FAILURES
from bot.summary.mail import is_mail, read_mail
from bot.summary.result import Head
from knowledge.entries import Entry, Part, UnreadableError
from knowledge.guarded import read_whole


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a file; ``asking``: what it asks is open, and not answered in it as in a FAQ."""

    text: str
    head: Head = field(default_factory=Head)
    asking: bool = True


def read_document(name: str, data: bytes) -> Document:
    """Return the text of a file, whatever its name says it is.

    Raises:
        UserError: it cannot be read, or there is nothing in it; the sentence says why.
    """
    try:
        if is_mail(data):
            text, head = read_mail(data)
            return Document(text, head)
        reading = read_whole(name, data)
    except UnreadableError as error:
        raise UserError(error.note.phrase, **error.note.values) from error
    except READER_FAILURES as error:  # a document no reader was made for must not keep the others out
        raise UserError("read.failed") from error
    entries = sum(isinstance(part, Entry) for part in reading.parts)
    stem = PurePath(name).stem.strip()
    text = "\n\n".join(_text_of(part, stem) for part in reading.parts)
    return Document(text, asking=2 * entries <= len(reading.parts))


def read_file(file: Gathered) -> Document:
    """Return the text of a file of a folder; errors as for ``read_document``."""
    try:
        data = file.data()
    except UnreadableError as error:
        raise UserError(error.note.phrase, **error.note.values) from error
    return read_document(file.name, data)


def _text_of(part: Part, stem: str) -> str:
    """Return a part with its heading, unless that is only the name of the file; of a FAQ question and answer."""
    if isinstance(part, Entry):
        return "\n".join(filter(None, [part.title, part.question, part.text]))
    heading = f"# {part.titles[-1]}\n\n" if part.titles and part.titles[-1] != stem else ""
    return f"{heading}{part.text}"
