"""A mail as it was saved (RFC 5322): who wrote it, when, and the text that a person reads of it."""

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr, parsedate_to_datetime

from bot.summary.result import Head
from knowledge.decoding import decode
from knowledge.entries import UnreadableError
from knowledge.guarded import read_whole

LOOKED_AT = 16_000
"""Bytes in which the head of a mail is looked for."""

_FIELD = re.compile(rb"^([A-Za-z][A-Za-z0-9-]{1,40}):[ \t]?", re.MULTILINE)
_FIELDS = frozenset(
    b"from to subject date message-id received mime-version content-type return-path delivered-to".split()
)
_KOREAN = frozenset(("ks_c_5601-1987", "ks_c_5601", "euc-kr", "euckr", "ksc5601", "korean"))


def is_mail(data: bytes) -> bool:
    """Whether a file begins with the head of a mail: three of its fields, From or Received among them."""
    head = re.split(rb"\r?\n\r?\n", data[:LOOKED_AT], maxsplit=1)[0].removeprefix(b"\xef\xbb\xbf")
    if not _FIELD.match(head):
        return False
    names = {found.lower() for found in _FIELD.findall(head)} & _FIELDS
    return len(names) >= 3 and bool(names & {b"from", b"received"})


def read_mail(data: bytes) -> tuple[str, Head]:
    """Return the text of a mail and what its head says.

    Raises:
        UnreadableError: there is no text in it.
    """
    message = message_from_bytes(data.removeprefix(b"\xef\xbb\xbf"), policy=default)
    part = message.get_body(("plain", "html"))
    text = _text_of(part) if isinstance(part, EmailMessage) else ""
    if not text.strip():
        raise UnreadableError("read.nothing")
    return text, _head_of(message)


def _text_of(part: EmailMessage) -> str:
    """Return the text of a part; whatever calls itself EUC-KR is read as CP949, which holds it."""
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    charset = (part.get_content_charset() or "").lower()
    try:
        text = raw.decode("cp949" if charset in _KOREAN else charset or "utf-8")
    except (LookupError, UnicodeDecodeError):
        text = decode(raw).text
    if part.get_content_subtype() != "html":
        return text
    return "\n\n".join(part.text for part in read_whole("mail.html", text.encode("utf-8", "replace")).parts)


def _head_of(message: EmailMessage) -> Head:
    name, address = parseaddr(_said(message, "From") or "")
    return Head(_said(message, "Subject"), name or None, address or None, _date_of(_said(message, "Date")))


def _said(message: EmailMessage, field: str) -> str | None:
    """Return a field as text in one line; None where it is missing or broken beyond reading."""
    try:
        value = message[field]
    except (ValueError, IndexError, TypeError, AttributeError, KeyError):  # the library's parser fails on some
        return None
    text = " ".join(str(value).encode("utf-8", "replace").decode("utf-8").split()) if value is not None else ""
    return text or None


def _date_of(said: str | None) -> str | None:
    try:
        return parsedate_to_datetime(said).isoformat() if said else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
