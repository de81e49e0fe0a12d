"""A file as text to be summarised: any document that can be read, and a mail: saved, forwarded, or pasted into it."""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from pathlib import PurePath

from bot.errors import UserError
from bot.gathering import Gathered
from bot.intake import READER_FAILURES
from bot.letter import Letter, Mail, Post
from bot.letters.reading import LOOKED_AT, is_mail, read_mail
from bot.letters.unwrapping import post_of
from bot.summary.letter_line import head_of_letter
from bot.summary.result import Head
from knowledge.decoding import decode
from knowledge.entries import Entry, Part, UnreadableError
from knowledge.formats import binary_kind
from knowledge.guarded import read_whole

_TECHNICAL = re.compile(
    rb"^(?:received|message-id|mime-version|content-type|return-path):", re.MULTILINE | re.IGNORECASE
)
"""A field that only a mail as it was saved has, not the head of one that was pasted."""

_FIELD = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,40}:[ \t\r\n]")

LONGEST_PASTED = 300_000
"""Characters of a text in which a pasted mail is looked for."""

LONGEST_REQUEST = 2_000
"""Characters above a mail in a text; where more stands there, the text is a document that quotes a mail."""


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a file; ``asking``: what it asks is open, and not answered in it as in a FAQ.

    ``letter`` is the mail that it is, None of other documents; ``request`` what stands above it where it was forwarded.
    """

    text: str
    head: Head = field(default_factory=Head)
    asking: bool = True
    letter: Letter | None = None
    request: str = ""


def read_documents(name: str, data: bytes, zone: tzinfo | None = None) -> tuple[Document, ...]:
    """Return the text of a file, whatever its name says it is: several where it forwards several mails.

    ``zone`` is that of dates which state none, in a text without a mail around it.

    Raises:
        UserError: it cannot be read, or there is nothing in it; the sentence says why.
    """
    try:
        data = _from_first_line(data)
        named = name.lower().endswith((".eml", ".msg"))
        pasted = () if named or _TECHNICAL.search(data[:LOOKED_AT]) else _pasted(data, zone)
        if not pasted and (is_mail(data) or (named and _may_be_mail(data))):
            mail = read_mail(data)
            return _letters(post_of(mail), mail, zone)
        return pasted or (_document(name, data),)
    except UnreadableError as error:
        raise UserError(error.note.phrase, **error.note.values) from error
    except READER_FAILURES as error:  # a document no reader was made for must not keep the others out
        raise UserError("read.failed") from error


def _may_be_mail(data: bytes) -> bool:
    """Tell whether a file that is called a mail is text; what begins with no field of a head must be all text.

    Raises:
        UnreadableError: it is none.
    """
    return not binary_kind(data) and (_FIELD.match(data) is not None or bool(decode(data).text))


def _from_first_line(data: bytes) -> bytes:
    """Return a mail without the empty lines before its head, which some programs save."""
    bare = data.lstrip(b" \t\r\n") if data[:1].isspace() else data
    return bare if is_mail(bare) else data


def read_file(file: Gathered, zone: tzinfo | None = None) -> tuple[Document, ...]:
    """Return the text of a file of a folder, as ``read_documents`` does."""
    try:
        data = file.data()
    except UnreadableError as error:
        raise UserError(error.note.phrase, **error.note.values) from error
    return read_documents(file.name, data, zone)


def _letters(post: Post, mail: Mail, zone: tzinfo | None) -> tuple[Document, ...]:
    """Return the mails of a post; one that was not forwarded is called as its sender called it."""
    request = post.words if post.forwarded else ""
    letters = [_zoned(letter, zone) for letter in post.letters]
    heads = [head_of_letter(letter, forwarded=post.forwarded) for letter in letters]
    if not post.forwarded:
        heads = [replace(head, subject=" ".join(mail.subject.split()) or None) for head in heads]
    return tuple(
        Document(letter.text, head, letter=letter, request=request) for letter, head in zip(letters, heads, strict=True)
    )


def _zoned(letter: Letter, zone: tzinfo | None) -> Letter:
    """Return a letter whose date has an offset."""
    if letter.sent is None or letter.sent.tzinfo is not None:
        return letter
    return replace(letter, sent=letter.sent.replace(tzinfo=zone))


def _pasted(data: bytes, zone: tzinfo | None) -> tuple[Document, ...]:
    """Return the mail that stands in a text with the head that a mail program gave it; nothing where there is none."""
    if binary_kind(data):
        return ()
    text = decode(data).text
    if len(text) > LONGEST_PASTED or text.lstrip()[:1] in ("<", "{", "["):
        return ()
    mail = Mail(text, sent=datetime.now(zone) if zone else None)
    post = _forwarded(post_of(mail))
    return _letters(post, mail, zone) if post.forwarded and len(post.words) <= LONGEST_REQUEST else ()


def _forwarded(post: Post) -> Post:
    """Return a post that is all quoted ("... wrote:") as one that forwards this: nobody answers with nothing."""
    quoted = post.letters[0].earlier
    if post.forwarded or post.words.strip() or not quoted or not quoted[0].text.strip():
        return post
    return Post("", (replace(quoted[0], earlier=quoted[1:]),), forwarded=True)


def _document(name: str, data: bytes) -> Document:
    reading = read_whole(name, data)
    entries = sum(isinstance(part, Entry) for part in reading.parts)
    stem = PurePath(name).stem.strip()
    text = "\n\n".join(_text_of(part, stem) for part in reading.parts)
    return Document(text, asking=2 * entries <= len(reading.parts))


def _text_of(part: Part, stem: str) -> str:
    """Return a part with its heading, unless that is only the name of the file; of a FAQ question and answer."""
    if isinstance(part, Entry):
        return "\n".join(filter(None, [part.title, part.question, part.text]))
    heading = f"# {part.titles[-1]}\n\n" if part.titles and part.titles[-1] != stem else ""
    return f"{heading}{part.text}"
