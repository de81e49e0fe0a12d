"""A mail that came, as text beside what its sender was told of it: what the summary rests on is marked."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bot.database import audit, mails
from bot.phrases import say
from connectors.web.askers import bot_of
from connectors.web.desk import desk_of
from connectors.web.downloads import attachment
from connectors.web.pages import visited
from connectors.web.reader import reader_language
from connectors.web.record_words import day_and_minute
from connectors.web.refusals import Refused
from knowledge.language import Language

if TYPE_CHECKING:
    from bot.letter import Address, Mail

router = APIRouter(prefix="/conversations/mails", include_in_schema=False)

LONGEST_SHOWN = 100_000
LONGEST_EVIDENCE = 2_000
MOST_ADDRESSES = 20
SHORT_KEY = 16
"""Of a mail's key in the audit log."""

_GAP = r"[\s>]+"


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of a text; ``line`` is the number of the summary's line that rests on it, 0: none does."""

    text: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class ShownLetter:
    """A mail, or one that is attached to it, as text."""

    subject: str
    sender: str
    to: str
    sent: str
    text: tuple[Marked, ...]
    cut: bool


@router.get("/{key}")
def mail(request: Request, key: str) -> Response:
    """Show a mail beside its summary; whoever opens it is written down."""
    desk = desk_of(request, "admin")
    kept, data = _kept(request, key, desk.actor, "mail.opened")
    from bot.letters.reading import read_mail

    language = reader_language(request)
    read = read_mail(data, files=False)
    summary = kept.summary or {}
    evidence = [str(each) for each in summary.get("evidence") or ()]
    return visited(
        request,
        "mail.html",
        kept=kept,
        received=day_and_minute(kept.received_at, bot_of(request).clock().tzinfo),
        letters=[_letter(each, evidence) for each in (read, *read.enclosed)],
        files=[(each.name, each.kind, f"{each.size:,}") for each in read.attachments],
        lines=[str(each) for each in summary.get("lines") or () if each],
        parts=[(name, _items(summary.get(name), language)) for name in ("actions", "questions") if summary.get(name)],
        mood=_mood(summary, language),
    )


@router.get("/{key}/file")
def file(request: Request, key: str) -> Response:
    """Return a mail as it came, to be saved."""
    desk = desk_of(request, "admin")
    _, data = _kept(request, key, desk.actor, "mail.exported")
    return attachment(f"mail-{key[:SHORT_KEY]}.eml", "application/octet-stream", data)


def _kept(request: Request, key: str, actor: audit.Actor, action: str) -> tuple[mails.KeptMail, bytes]:
    if not re.fullmatch(r"[0-9a-f]{8,64}", key):
        raise Refused(404, "web.mail.gone")
    with bot_of(request).sessions.begin() as session:
        kept, data = mails.kept_mail(session, key), mails.data_of(session, key)
        if kept is None or data is None:
            raise Refused(404, "web.mail.gone")
        audit.note(session, actor, action, key[:SHORT_KEY])
    return kept, data


def _letter(read: "Mail", evidence: Sequence[str]) -> ShownLetter:
    return ShownLetter(
        subject=read.subject,
        sender=_person(read.sender),
        to=", ".join(map(_person, read.to[:MOST_ADDRESSES])),
        sent=f"{read.sent:%Y-%m-%d %H:%M %z}" if read.sent else "",
        text=marked(read.text[:LONGEST_SHOWN], evidence),
        cut=len(read.text) > LONGEST_SHOWN,
    )


def _person(address: "Address") -> str:
    return (
        f"{address.name} <{address.address}>" if address.name and address.address else address.name or address.address
    )


def marked(text: str, evidence: Sequence[str]) -> tuple[Marked, ...]:
    """Return a text in stretches, those that a line of the summary rests on with its number, from 1.

    A sentence may be broken over lines, and quoted with ``>``.
    """
    spans = sorted(
        (found.start(), found.end(), number)
        for number, sentence in enumerate(evidence, 1)
        if (found := _place(text, sentence)) is not None
    )
    pieces, at = [], 0
    for begin, end, number in spans:
        if begin >= at:
            pieces += [Marked(text[at:begin]), Marked(text[begin:end], number)]
            at = end
    return tuple(piece for piece in (*pieces, Marked(text[at:])) if piece.text)


def _place(text: str, sentence: str) -> "re.Match[str] | None":
    words = sentence[:LONGEST_EVIDENCE].split()
    return re.search(_GAP.join(map(re.escape, words)), text) if words else None


def _items(items: Any, language: Language) -> list[str]:
    """Return things to do, or questions, each in one line."""
    from bot.summary.wording import due_shown

    lines = []
    for item in items if isinstance(items, list) else ():
        if not isinstance(item, Mapping):
            lines.append(str(item))
            continue
        due = due_shown(str(item.get("due") or ""), str(item.get("said") or ""), language)
        named = (("who", str(item.get("who") or "")), ("due", due))
        more = ", ".join(say(f"summary.{name}", language, value=value) for name, value in named if value)
        lines.append(f"{item.get('what') or ''}{f' ({more})' if more else ''}")
    return lines


def _mood(summary: Mapping[str, Any], language: Language) -> str:
    mood = str(summary.get("sentiment") or "")
    return say(f"mail.mood.{mood}", language) if mood in ("negative", "neutral", "positive") else ""
