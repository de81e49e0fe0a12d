"""The bytes of a mail as what the person sees who opens it; any bytes, in bounded time."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import getaddresses, parsedate_to_datetime

from bot.letter import Address, Attachment, Mail
from bot.letters.attached import Attachments, Named, is_seal
from bot.letters.charsets import text_of
from bot.letters.encoded_words import words
from bot.letters.markup import text_of_html
from bot.letters.parts import Part, parts_of

LARGEST = 30_000_000
LONGEST_TEXT = 1_000_000
"""Characters of a mail that are read."""

MOST_ADDRESSES = 500
MOST_ENCLOSED = 20
DEEPEST = 3
"""Mails in mails that are opened."""

LOOKED_AT = 16_000
"""Bytes in which the head of a mail is looked for."""

KEPT_FIELDS = (
    "auto-submitted",
    "from",
    "in-reply-to",
    "list-id",
    "message-id",
    "precedence",
    "references",
    "reply-to",
    "return-path",
    "sender",
    "x-mailer",
    "user-agent",
)

_FIELD = re.compile(rb"^([A-Za-z][A-Za-z0-9-]{1,40}):[ \t]?", re.MULTILINE)
_HEADS = frozenset(
    b"from to subject date message-id received mime-version content-type return-path delivered-to".split()
)
_SEE_HTML = re.compile(
    r"(?:view|see|read|enable).{0,60}html|html.{0,40}(?:view|reader|client|enabled)|html ?(?:메일|형식)", re.IGNORECASE
)


def is_mail(data: bytes) -> bool:
    """Whether a file begins with the head of a mail: three of its fields, From or Received among them."""
    head = re.split(rb"\r?\n\r?\n", data[:LOOKED_AT], maxsplit=1)[0].removeprefix(b"\xef\xbb\xbf")
    if head.startswith((b"From ", b">From ")):
        head = head.partition(b"\n")[2]
    if not _FIELD.match(head):
        return False
    names = {found.lower() for found in _FIELD.findall(head)} & _HEADS
    return len(names) >= 3 and bool(names & {b"from", b"received"})


def read_mail(data: bytes, *, files: bool = True) -> Mail:
    """Return a mail; ``text`` is "" where there is nothing to read in it. Nothing is raised, whatever the bytes are.

    A mail of 25 MB takes about a second; files that came with it are read in processes of their own, or only named
    where ``files`` is False.
    """
    return _mail(parts_of(data[:LARGEST]), 0, Attachments() if files else Named())


def _mail(part: Part, depth: int, files: Attachments) -> Mail:
    texts, others = _told_apart(part)
    text, from_html = _text(texts)
    attachments = [files.of(each) for each in others if each.kind not in ("message/rfc822", "message/global")]
    enclosed = [each.parts[0] for each in others if each.kind in ("message/rfc822", "message/global") and each.parts]
    enclosed = enclosed[:MOST_ENCLOSED] if depth < DEEPEST else []
    if not text.strip():
        text, attachments = _instead(attachments)
    return Mail(
        text=text[:LONGEST_TEXT],
        subject=part.text("subject"),
        sender=next(iter(addresses(part, "from")), next(iter(addresses(part, "sender")), Address())),
        to=addresses(part, "to"),
        cc=addresses(part, "cc"),
        sent=date_of(part.text("date")) or _received(part),
        identifier=part.text("message-id").strip(" <>"),
        fields={
            name: tuple(words(_plain(raw)) for raw in part.fields[name]) for name in KEPT_FIELDS if name in part.fields
        },
        attachments=tuple(attachments),
        enclosed=tuple(_mail(each, depth + 1, files) for each in enclosed),
        html=from_html,
        troubles=("mail.too_long",) if len(text) > LONGEST_TEXT else (),
    )


def _told_apart(part: Part) -> tuple[list[Part], list[Part]]:
    """Return the parts that are the mail's text, and those that are files."""
    if part.main != "multipart":
        return ([part], []) if _is_text(part) else ([], [] if is_seal(part) else [part])
    if part.kind == "multipart/alternative":
        return _of_alternatives(part)
    texts: list[Part] = []
    others: list[Part] = []
    for each in part.parts:
        if part.kind == "multipart/report" and each.kind in ("text/rfc822-headers", "message/delivery-status"):
            continue
        if each.kind in ("message/rfc822", "message/global"):
            others.append(each)
            continue
        found = _told_apart(each)
        if texts and found[0] and _is_html_twin(texts, found[0]):
            continue
        texts += found[0]
        others += found[1]
        if part.kind == "multipart/related" and each is part.parts[0]:
            others = [one for one in others if one.main != "image"]
    return texts, _but_pictures_in_text(part, others)


def _of_alternatives(part: Part) -> tuple[list[Part], list[Part]]:
    """Return the one text of several that say the same: the plain one, unless it only points to the other."""
    found = [_told_apart(each) for each in part.parts]
    texts = [each for each, _ in found if each]
    others = [one for _, more in found for one in more]
    plain = next((each for each in texts if all(one.kind != "text/html" for one in each)), None)
    html = next((each for each in reversed(texts) if any(one.kind == "text/html" for one in each)), None)
    chosen = plain or html or []
    if plain and html and _is_poor(_text(plain)[0]) and _text(html)[0].strip():
        chosen = html
    return chosen, others


def _is_poor(text: str) -> bool:
    text = text.strip()
    return (
        not text or (len(text) < 400 and _SEE_HTML.search(text) is not None) or text.startswith(("<html", "<!DOCTYPE"))
    )


def _is_html_twin(texts: list[Part], more: list[Part]) -> bool:
    """Tell whether a page after a plain text says the same again, outside of multipart/alternative."""
    if any(each.kind == "text/html" for each in texts) or any(each.kind != "text/html" for each in more):
        return False
    one, other = ("".join(_text(each)[0].split())[:200] for each in (texts, more))
    return bool(one) and one[:100] in other


def _but_pictures_in_text(part: Part, others: list[Part]) -> list[Part]:
    """Leave out pictures that the page shows: they are part of how it looks."""
    if part.kind != "multipart/related":
        return others
    return [each for each in others if not (each.main == "image" and (each.raw("content-id") or not each.name))]


def _is_text(part: Part) -> bool:
    if part.disposition == "attachment" and part.name:
        return False
    if part.kind == "text/html" or (part.kind == "text/plain" and not (part.name and part.disposition)):
        return True
    return (
        part.main == "text"
        and part.kind not in ("text/calendar", "text/csv", "text/x-vcard", "text/vcard")
        and not part.name
    )


def _text(parts: Iterable[Part]) -> tuple[str, bool]:
    """Return the text of parts, and whether it was HTML."""
    found, from_html = [], False
    for part in parts:
        text = text_of(part.content(), part.params.get("charset", ""))
        begin = text.lstrip()[:15].lower()
        if part.kind == "text/html" or begin.startswith(("<html", "<!doctype html")):
            text, from_html = text_of_html(text), True
        elif part.params.get("format", "").lower() == "flowed":
            text = _unflowed(text, part.params.get("delsp", "").lower() == "yes")
        elif part.kind in ("text/enriched", "text/richtext"):
            text = re.sub(r"</?[a-zA-Z-]{1,40}>", "", text.replace("<<", "\0")).replace("\0", "<")
        if text.strip():
            found.append(text.strip("\n"))
    return "\n\n".join(found), from_html


def _unflowed(text: str, delete: bool) -> str:
    """Join lines that were broken by the sender's program (RFC 3676)."""
    lines: list[list[str]] = []
    flows, before = False, 0
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        rest = line[depth:].removeprefix(" ")
        if flows and depth == before and rest != "-- ":
            lines[-1].append(rest)
        else:
            lines.append([f"{'>' * depth}{' ' if depth else ''}", rest])
        flows, before = rest.endswith(" ") and rest != "-- ", depth
        if flows and delete:
            lines[-1][-1] = rest[:-1]
    return "\n".join("".join(pieces) for pieces in lines)


def _instead(attachments: list[Attachment]) -> tuple[str, list[Attachment]]:
    """Return the text of a mail that says nothing itself: that of its first file that can be read."""
    told = next((each for each in attachments if each.text.strip()), None)
    return (told.text if told else ""), attachments


# --- the head ---------------------------------------------------------------------------------------------------


def addresses(part: Part, name: str) -> tuple[Address, ...]:
    """Return the people in all fields of a name; a name in encoded words can smuggle no address in."""
    raw = [_plain(each)[:100_000] for each in part.fields.get(name, ())]
    pairs = [pair for each in raw for pair in getaddresses([each])][:MOST_ADDRESSES]
    found = (Address(words(shown).strip("\"' "), address.strip()) for shown, address in pairs if shown or address)
    return tuple(each if "@" in each.address else Address(each.name or each.address) for each in found)


def _plain(raw: bytes) -> str:
    return text_of(raw, "").replace("\n", " ")


def date_of(said: str) -> datetime | None:
    """Return the moment that a Date field states; without an offset it is UTC (RFC 5322 ``-0000``)."""
    try:
        found = parsedate_to_datetime(said)
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return None


def _received(part: Part) -> datetime | None:
    """Return when the last server took it, where the mail has no date."""
    raw = part.raw("received").decode("latin-1").rpartition(";")[2]
    return date_of(raw.strip()) if raw else None
