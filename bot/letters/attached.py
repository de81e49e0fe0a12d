"""The files that come with a mail: named as they may be shown, and read where we can."""

import re

from bot.intake import READER_FAILURES
from bot.letter import Attachment
from bot.letters.charsets import text_of
from bot.letters.parts import Part
from knowledge.entries import Entry, UnreadableError
from knowledge.formats import binary_kind
from knowledge.guarded import read_whole

LONGEST_NAME = 150
LONGEST_TEXT = 200_000
"""Characters of a file that are kept."""

MOST_READ = 10
LARGEST_READ = 20_000_000
"""Files of a mail that are read, and bytes of all of them; the others are named."""

_ODD = re.compile(r"[\x00-\x1f\x7f<>\[\]{}|\\/\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
_EVENT = re.compile(r"^(SUMMARY|DTSTART|DTEND|LOCATION|DESCRIPTION|ORGANIZER)([^:\n]*):(.*)$", re.MULTILINE)
_EVENT_ORDER = ("SUMMARY", "DTSTART", "DTEND", "LOCATION", "ORGANIZER", "DESCRIPTION")

_REFUSED = {
    "application/ms-tnef": "mail.attachment.tnef",
    "application/vnd.ms-tnef": "mail.attachment.tnef",
    "application/vnd.ms-outlook": "mail.attachment.msg",
    "application/pkcs7-mime": "mail.attachment.encrypted",
    "application/x-pkcs7-mime": "mail.attachment.encrypted",
    "application/pgp-encrypted": "mail.attachment.encrypted",
}
_ENDINGS = {".msg": "mail.attachment.msg", "winmail.dat": "mail.attachment.tnef", ".pgp": "mail.attachment.encrypted"}
_SEALS = frozenset(
    (
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "application/pgp-signature",
        "application/pgp-keys",
    )
)


def is_seal(part: Part) -> bool:
    """Tell whether a part only signs the mail: nobody wants to read it."""
    return part.kind in _SEALS


def shown_name(name: str) -> str:
    """Return a file's name as it may be shown: one line, without signs that play tricks, not too long."""
    name = " ".join(_ODD.sub(" ", name.replace("\\", "/").rpartition("/")[2]).split())
    if len(name) <= LONGEST_NAME:
        return name
    stem, dot, ending = name.rpartition(".")
    return f"{stem[: LONGEST_NAME - 12]}…{dot}{ending}" if dot and len(ending) < 10 else f"{name[:LONGEST_NAME]}…"


class Attachments:
    """Reads the files of one mail, as far as there is room for them."""

    def __init__(self) -> None:
        self._files = MOST_READ
        self._bytes = LARGEST_READ

    def of(self, part: Part) -> Attachment:
        """Return a part as a file."""
        data = part.content()
        name = shown_name(part.name)
        why = _REFUSED.get(part.kind) or next((why for end, why in _ENDINGS.items() if name.lower().endswith(end)), "")
        if why:
            return Attachment(name, len(data), part.kind, why=why)
        if part.kind == "text/calendar":
            return Attachment(
                name or "invite.ics", len(data), part.kind, text=event_of(data, part.params.get("charset", ""))
            )
        self._files -= 1
        self._bytes -= len(data)
        if self._files < 0 or self._bytes < 0:
            return Attachment(name, len(data), part.kind, why="mail.attachment.too_many")
        return _read(name, data, part.kind)


class Named(Attachments):
    """Names the files of a mail and reads none of them: for a page that shows the mail itself."""

    def of(self, part: Part) -> Attachment:
        """Return a part as a file that was not read."""
        return Attachment(shown_name(part.name), len(part.content()), part.kind)


def _read(name: str, data: bytes, kind: str) -> Attachment:
    if not data:
        return Attachment(name, 0, kind, why="read.nothing")
    try:
        found = binary_kind(data)
        reading = read_whole(name or "attachment", data)
    except UnreadableError as error:
        return Attachment(name, len(data), kind, why=error.note.phrase, values=error.note.values)
    except READER_FAILURES:
        return Attachment(name, len(data), kind, why="read.failed")
    parts = (_text_of(part) for part in reading.parts)
    text = "\n\n".join(filter(None, parts))[:LONGEST_TEXT]
    why = "" if text.strip() else "read.nothing"
    return Attachment(name, len(data), found or reading.kind, text=text, why=why)


def _text_of(part: object) -> str:
    if isinstance(part, Entry):
        return "\n".join(filter(None, [part.title, part.question, part.text]))
    return str(getattr(part, "text", ""))


def event_of(data: bytes, charset: str) -> str:
    """Return an invitation (iCalendar, RFC 5545) as lines: what, when, where, by whom."""
    text = re.sub(r"\n[ \t]", "", text_of(data[:200_000], charset))
    found: dict[str, str] = {}
    for name, _, value in _EVENT.findall(text):
        found.setdefault(name, re.sub(r"\\([,;\\])", r"\1", value.replace("\\n", "\n").replace("\\N", "\n")).strip())
    for name in ("DTSTART", "DTEND"):
        if moment := re.fullmatch(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\d(Z?))?", found.get(name, "")):
            year, month, day, hour, minute, utc = moment.groups()
            found[name] = f"{year}-{month}-{day}" + (f" {hour}:{minute}" if hour else "") + (" UTC" if utc else "")
    found["ORGANIZER"] = found.get("ORGANIZER", "").removeprefix("mailto:").removeprefix("MAILTO:")
    return "\n".join(found[name] for name in _EVENT_ORDER if found.get(name))
