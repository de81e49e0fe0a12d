"""The checkup of the documents as a page: how well the search finds them, and the entries to look at, side by side."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from bot.phrases import say
from connectors.web.askers import bot_of
from connectors.web.desk import desk_of, form_at
from connectors.web.pages import visited
from connectors.web.reader import reader_language
from connectors.web.streams import EVENT_STREAM, Sent
from connectors.web.templating import fragment
from connectors.web.trial import entry_address
from connectors.web.uploads import Tell, followed, progress_of, working
from knowledge.language import Language

if TYPE_CHECKING:
    from bot.checkup_entries import Pair
    from bot.checkup_words import Line
    from bot.database.checkups import Entry
    from bot.wiring import Bot
    from knowledge.passages import Progress

router = APIRouter(prefix="/documents", include_in_schema=False)
MOST_SHOWN = 50
"""Findings of one kind on the page; the command line and the API give more."""
QUOTE = 600


@dataclass(frozen=True, slots=True)
class Side:
    """An entry to look at: ``said`` is what of it matters, ``link`` leads to it."""

    name: str
    place: str
    said: str
    link: str
    until: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    """Findings of one kind: ``sides`` are one or two entries each, ``told`` says what differs."""

    kind: str
    head: str
    advice: str
    count: int
    items: tuple[tuple[str, tuple[Side, ...]], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A checkup as the page shows it; ``search`` holds the lines of each language, the first one its head."""

    summary: str
    search: "tuple[tuple[Line, ...], ...]"
    findings: tuple[Findings, ...]
    unanswered: tuple[tuple[str, int], ...]
    unread_unknown: str


@router.get("/check")
def checkup(request: Request) -> Response:
    """Show what a checkup does, and the button."""
    return visited(request, "checkup.html", may=desk_of(request, "editor"), report=None)


@router.post("/check")
async def check(request: Request) -> Response:
    """Check the documents: the page's script follows the progress, a browser without one waits for the page."""
    _, visitor, desk = await form_at(request, "editor")
    bot, language = bot_of(request), reader_language(request)
    if EVENT_STREAM in request.headers.get("accept", ""):
        return followed(request, _followed(bot, language), language)
    report = await run_in_threadpool(_report, bot, language)
    return await run_in_threadpool(visited, request, "checkup.html", visitor, may=desk, report=report)


def _followed(bot: "Bot", language: Language) -> Generator[Sent, None, None]:
    def look(tell: Tell) -> Sent:
        report = _report(bot, language, progress_of(tell))
        return "done", {"html": fragment("checkup_report.html", language, report=report)}

    return working(look, language, lambda: None)


def _report(bot: "Bot", language: Language, progress: "Progress | None" = None) -> Report:
    from bot.checkup import LATELY, SOON, UNREAD
    from bot.checkup import check as look_through
    from bot.checkup_words import lines

    found = look_through(bot.sessions, bot.knowledge, bot.clock().date(), progress, line=bot.settings.line)
    said = list(lines(found, language))
    sections = [tuple(group) for filled, group in groupby(said, key=lambda line: bool(line.text)) if filled]
    together, unread = found.together, found.unread
    findings = [
        *(_pairs(kind, getattr(together, kind), language) for kind in ("contradictions", "duplicates", "overlaps")),
        _entries("expired", found.expired, language),
        _entries("expiring", found.expiring, language, days=SOON),
        _entries("unread", unread or (), language, days=UNREAD, answers=found.answers),
    ]
    unknown = say("checkup.unread_unknown", language, days=UNREAD, count=found.answers) if unread is None else ""
    return Report(
        said[0].text,
        tuple(sections[1 : 1 + len(found.legs)]),
        tuple(each for each in findings if each.count),
        tuple((each.question, each.count) for each in found.leftovers[:MOST_SHOWN]),
        unknown if LATELY and any(found.entries.values()) else "",
    )


def _pairs(kind: str, pairs: "Sequence[Pair]", language: Language) -> Findings:
    items = []
    for pair in pairs[:MOST_SHOWN]:
        difference = pair.difference
        said = (difference.one, difference.other) if difference else (pair.one.answer, pair.other.answer)
        told = say(f"checkup.difference.{difference.kind}", language) if difference else ""
        sides = (_side(pair.one, said[0], language), _side(pair.other, said[1], language))
        items.append((told, sides))
    return _findings(kind, len(pairs), items, language)


def _entries(kind: str, entries: "Sequence[Entry]", language: Language, **values: object) -> Findings:
    items = [("", (_side(entry, "", language),)) for entry in entries[:MOST_SHOWN]]
    return _findings(kind, len(entries), items, language, **values)


def _findings(
    kind: str, count: int, items: Sequence[tuple[str, tuple[Side, ...]]], language: Language, **values: object
) -> Findings:
    head = say(f"checkup.{kind}", language, count=count, **values)
    return Findings(kind, head, say(f"checkup.{kind}_do", language), count, tuple(items))


def _side(entry: "Entry", said: str, language: Language) -> Side:
    from bot.checkup_words import name, place

    where = place(entry, language).removesuffix(f" ({entry.key})")
    quote = said if len(said) <= QUOTE else said[: QUOTE - 1].rstrip() + "…"
    until = f"~ {entry.valid_until}" if entry.valid_until else ""
    return Side(name(entry), where, quote, entry_address(entry.document_id, entry.key), until)
