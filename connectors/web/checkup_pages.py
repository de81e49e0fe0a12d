"""The checkup of the documents as a page: how well the search finds them, and the entries to look at, side by side.

It runs in the background; what it found stays on the page until the next one, less what was mended meanwhile.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import quote

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from bot.database import runs
from bot.phrases import say
from connectors.web.askers import bot_of
from connectors.web.desk import desk_of, form_at
from connectors.web.pages import visited
from connectors.web.reader import reader_language
from connectors.web.trial import entry_address
from knowledge.language import Language

if TYPE_CHECKING:
    from bot.checkup_entries import Pair
    from bot.checkup_kept import KeptCheckup
    from bot.checkup_words import Line
    from bot.database.checkups import Entry
    from bot.database.runs import Run
    from bot.wiring import Bot

router = APIRouter(prefix="/documents", include_in_schema=False)
MOST_SHOWN = 30
"""Findings of one kind on the page; the command line and the API give more."""
QUOTE = 600
PAGE = "/documents/check"


@dataclass(frozen=True, slots=True)
class Side:
    """An entry to look at: ``said`` is what of it matters, ``link`` leads to it, ``edit`` to where it is mended."""

    name: str
    place: str
    said: str
    link: str
    edit: str
    document: int
    until: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    """Findings of one kind: ``sides`` are one or two entries each, ``told`` says what differs."""

    kind: str
    head: str
    advice: str
    mend: str
    more: int
    items: tuple[tuple[str, tuple[Side, ...]], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A checkup as the page shows it; ``search`` holds the lines of each language, the first one its head."""

    at: str
    author: str
    summary: str
    search: "tuple[tuple[Line, ...], ...]"
    findings: tuple[Findings, ...]
    settled: int
    unanswered: int
    unread_unknown: str


@router.get("/check")
def checkup(request: Request) -> Response:
    """Show the last checkup, or how far the one is that goes on."""
    desk = desk_of(request, "editor")
    bot, language = bot_of(request), reader_language(request)
    from bot.checkup_kept import KIND, last

    with bot.sessions() as session:
        newest = runs.latest(session, KIND)
    kept = last(bot, MOST_SHOWN)
    return visited(
        request,
        "checkup.html",
        may=desk,
        report=None if kept is None else _report(bot, kept, language),
        going=newest if newest is not None and newest.running else None,
        trouble="" if newest is None else _trouble(newest, language),
    )


@router.post("/check")
async def check(request: Request) -> Response:
    """Begin to check the documents."""
    _, _, desk = await form_at(request, "editor")
    await run_in_threadpool(_start, request, desk.actor.name)
    return RedirectResponse(PAGE, 303)


def _start(request: Request, author: str) -> None:
    from bot.checkup_kept import start

    start(bot_of(request), author)


@router.post("/check/cancel")
async def cancel(request: Request) -> Response:
    """End the checkup that goes on."""
    await form_at(request, "editor")
    await run_in_threadpool(_cancel, request)
    return RedirectResponse(PAGE, 303)


def _cancel(request: Request) -> None:
    from bot.checkup_kept import KIND

    with bot_of(request).sessions.begin() as session:
        runs.cancel(session, KIND)


@router.get("/check/progress")
def progress(request: Request) -> Response:
    """Tell how far the checkup is, for the page's script."""
    from bot.checkup_kept import KIND

    desk_of(request, "editor")
    with bot_of(request).sessions() as session:
        newest = runs.latest(session, KIND)
    going = newest is not None and newest.running
    return JSONResponse(
        {"running": going, "done": newest.done if newest else 0, "total": newest.total if newest else 0}
    )


def _trouble(newest: "Run", language: Language) -> str:
    """Say why the newest checkup has no result; "" where it has one, or goes on."""
    if newest.state == "done" or newest.running:
        return ""
    if newest.state == "cancelled":
        return say("golden.cancelled", language)
    return say("golden.interrupted" if newest.interrupted else newest.error or "golden.failed", language)


def _report(bot: "Bot", kept: "KeptCheckup", language: Language) -> Report:
    from bot.checkup import LATELY, SOON, UNREAD
    from bot.checkup_words import lines
    from bot.shown import author_name

    found, more = kept.found, kept.more
    said = list(lines(found, language))
    sections = [tuple(group) for filled, group in groupby(said, key=lambda line: bool(line.text)) if filled]
    together, unread = found.together, found.unread
    findings = [
        *(
            _pairs(kind, getattr(together, kind), more, language)
            for kind in ("contradictions", "duplicates", "overlaps")
        ),
        _entries("expired", found.expired, more, language),
        _entries("expiring", found.expiring, more, language, days=SOON),
        _entries("unread", unread or (), more, language, days=UNREAD, answers=found.answers),
    ]
    unknown = say("checkup.unread_unknown", language, days=UNREAD, count=found.answers) if unread is None else ""
    return Report(
        kept.run.started_at.astimezone(bot.clock().tzinfo).strftime("%Y-%m-%d %H:%M"),
        author_name(kept.run.author, language) if kept.run.author else "",
        said[0].text,
        tuple(sections[1 : 1 + len(found.legs)]),
        tuple(each for each in findings if each.items),
        kept.settled,
        kept.unanswered,
        unknown if LATELY and any(found.entries.values()) else "",
    )


def _pairs(kind: str, pairs: "Sequence[Pair]", more: "Mapping[str, int]", language: Language) -> Findings:
    items = []
    for pair in pairs:
        difference = pair.difference
        said = (difference.one, difference.other) if difference else (pair.one.answer, pair.other.answer)
        told = say(f"checkup.difference.{difference.kind}", language) if difference else ""
        sides = (_side(pair.one, said[0], language), _side(pair.other, said[1], language))
        items.append((told, sides))
    return _findings(kind, more, items, language)


def _entries(
    kind: str, entries: "Sequence[Entry]", more: "Mapping[str, int]", language: Language, **values: object
) -> Findings:
    items = [("", (_side(entry, "", language),)) for entry in entries]
    return _findings(kind, more, items, language, **values)


def _findings(
    kind: str,
    more: "Mapping[str, int]",
    items: Sequence[tuple[str, tuple[Side, ...]]],
    language: Language,
    **values: object,
) -> Findings:
    head = say(f"checkup.{kind}", language, count=len(items) + more[kind], **values)
    mend = say(f"web.check.mend.{kind}", language)
    return Findings(kind, head, say(f"checkup.{kind}_do", language), mend, more[kind], tuple(items))


def _side(entry: "Entry", said: str, language: Language) -> Side:
    from bot.checkup_words import name, place

    where = place(entry, language).removesuffix(f" ({entry.key})")
    quoted = said if len(said) <= QUOTE else said[: QUOTE - 1].rstrip() + "…"
    until = f"~ {entry.valid_until}" if entry.valid_until else ""
    edit = f"/documents/{entry.document_id}/entry/edit?key={quote(entry.key, safe='')}"
    link = entry_address(entry.document_id, entry.key)
    return Side(name(entry), where, quoted, link, edit, entry.document_id, until)
