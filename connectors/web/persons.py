"""The pages of people whom the channels know: listed, looked at, taken away as a file, erased."""

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from bot.database import people_list
from bot.database.audit import Actor, note
from bot.database.engine import sqlite_path
from bot.database.exchange_filters import Wanted
from bot.database.exporting import exported
from bot.phrases import PHRASES, say
from bot.shown import person_name
from connectors.web import record_filters as filters
from connectors.web.askers import bot_of
from connectors.web.desk import desk_of, form_at
from connectors.web.downloads import attachment
from connectors.web.erasures import Erasures
from connectors.web.exports import csv_lines, ledger_line
from connectors.web.pages import visited
from connectors.web.reader import reader_language
from connectors.web.record_words import day_and_minute
from connectors.web.refusals import Refused
from connectors.web.signin import text_of
from connectors.web.templating import fragment
from knowledge.language import Language

if TYPE_CHECKING:
    from bot.database.erasing import Erased, Found
    from bot.database.people_list import Known
    from bot.wiring import Bot

router = APIRouter(include_in_schema=False)

A_PAGE = 50
REFRESH_SECONDS = 2
PARTS = ("conversations", "turns", "answers", "feedback", "messages", "aliases", "audit")
"""What is counted before somebody is erased."""


@router.get("/people")
def people(request: Request, q: str = "", below: str = "") -> Response:
    """Show the people, the newest first, or those whose name holds the words."""
    desk_of(request, "admin")
    language, start = reader_language(request), filters.whole_number(below)
    with bot_of(request).sessions() as session:
        rows = people_list.people(session, q[:300], below=start, limit=A_PAGE + 1)
        total = people_list.count(session)
    shown, zone = rows[:A_PAGE], bot_of(request).clock().tzinfo
    return visited(
        request,
        "people.html",
        rows=[
            (each, filters.word_of("channel", each.channel, language), day_and_minute(each.at, zone) if each.at else "")
            for each in shown
        ],
        q=q[:300],
        total=f"{total:,}",
        older=filters.address({"q": q[:300], "below": str(shown[-1].id)}, "/people") if len(rows) > A_PAGE else "",
        newest=filters.address({"q": q[:300]}, "/people") if start else "",
    )


@router.get("/people/erasures/{name}")
def erasure(request: Request, name: str) -> Response:
    """Show how far it is with somebody who is being erased, and at the end what was."""
    desk_of(request, "admin")
    erasures: Erasures = request.app.state.erasures
    found = erasures.get(name)
    if found is None:
        raise Refused(404, "web.people.erased.unknown")
    language = reader_language(request)
    running = found.running  # read once and first: it may come to its end while the page is written
    lines = _told(bot_of(request), found.erased, language) if found.erased else []
    response = visited(request, "erasure.html", running=running, failed=found.failed, lines=lines)
    if running:
        response.headers["refresh"] = str(REFRESH_SECONDS)
    return response


def _told(bot: "Bot", erased: "Erased", language: Language) -> list[str]:
    """Return what was erased, when, and where it still is, as the command says it."""
    zone = bot.clock().tzinfo
    head = "erase.done" if any(erased.counts.values()) else "erase.done_nothing"
    lines = [say(head, language, at=f"{erased.at.astimezone(zone):%Y-%m-%d %H:%M:%S %z}")]
    counted = [(name, count) for name, count in erased.counts.items() if count and f"rows.{name}" in PHRASES]
    lines += [f"{say(f'rows.{name}', language)}: {count:,}" for name, count in counted]
    if not erased.emptied:
        file = sqlite_path(bot.engine)
        key = "erase.not_emptied" if file else "erase.not_emptied_server"
        lines.append(say(key, language, **({"file": f"{file.name}-wal"} if file else {})))
    if erased.indexes:
        lines.append(say("erase.indexes", language))
    if erased.account:
        lines.append(say("erase.account", language, name=erased.account))
    if erased.copies:
        lines += [say("erase.copies", language), *map(str, erased.copies)]
    if erased.backups:
        made = [f"{each.file} ({each.moment.astimezone(zone):%Y-%m-%d %H:%M})" for each in erased.backups]
        lines += [say("erase.backups_elsewhere", language), *made]
    return lines


@router.get("/people/{number}")
def person(request: Request, number: str) -> Response:
    """Show what is known of a person."""
    desk_of(request, "admin")
    return _person(request, number)


def _person(request: Request, number: str, *, problem: str = "", status: int = 200) -> Response:
    bot, language = bot_of(request), reader_language(request)
    known, found = _known(bot, number)
    response = visited(
        request,
        "person.html",
        known=known,
        channel=filters.word_of("channel", known.channel, language),
        facts=_facts(known, bot.clock().tzinfo, language),
        parts=[(say(f"rows.{name}", language), getattr(found, name)) for name in PARTS if f"rows.{name}" in PHRASES],
        account=found.account,
        title=known.name or person_name(known.external_id, language),
        confirm=known.name or person_name(known.external_id, language),
        conversations=filters.address({"person": str(known.id)}),
        problem=problem,
    )
    response.status_code = status if response.status_code == 200 else response.status_code
    return response


def _known(bot: "Bot", number: str) -> "tuple[Known, Found]":
    """Return a person.

    Raises:
        Refused: 404, there is none of this number.
    """
    row = filters.whole_number(number)
    with bot.sessions() as session:
        known = people_list.known(session, row) if row else None
        found = people_list.found_person(session, row) if row else None
    if known is None or found is None:
        raise Refused(404, "web.people.none_such")
    return known, found


def _facts(known: "Known", zone: tzinfo | None, language: Language) -> list[tuple[str, str]]:
    """Return what is known, in words; what nobody knows is left out."""
    level = f"web.people.level.{known.level}"
    politeness = f"web.people.politeness.{known.politeness}"
    lines = [
        ("external_id", known.external_id),
        ("language", filters.word_of("language", known.language, language) if known.language else ""),
        ("level", (say(level, language) if level in PHRASES else known.level) if known.level else ""),
        (
            "politeness",
            (say(politeness, language) if politeness in PHRASES else known.politeness) if known.politeness else "",
        ),
        ("groups", ", ".join(known.groups)),
        ("first", day_and_minute(known.first_at, zone) if known.first_at else ""),
        ("last", day_and_minute(known.last_at, zone) if known.last_at else ""),
        ("conversations", f"{known.conversations:,}"),
        ("questions", f"{known.questions:,}"),
        ("unanswered", f"{known.unanswered:,}"),
        ("ratings", f"👍 {known.good:,} · 👎 {known.bad:,}"),
    ]
    return [(say(f"web.people.{name}", language), text or "") for name, text in lines if text]


# --- taken away ---------------------------------------------------------------------------------------------------


@router.get("/people/{number}/export.{kind}")
def export(request: Request, number: str, kind: str) -> Response:
    """Return everything that is kept of a person as a file: json, csv or html."""
    desk = desk_of(request, "admin")
    bot, language = bot_of(request), reader_language(request)
    known, _ = _known(bot, number)
    if kind not in ("json", "csv", "html"):
        raise Refused(404, "web.status.404")
    with bot.sessions.begin() as session:
        note(session, desk.actor, "person.exported", f"#{known.id}", kind=kind)
    name = f"dapbot-person-{known.id}-{datetime.now(bot.clock().tzinfo):%Y%m%d}.{kind}"
    if kind == "html":
        data = _data(bot, known)
        page = fragment("person_export.html", language, data=data, exchanges=list(data.pop("exchanges")))
        return attachment(name, "text/html; charset=utf-8", page.encode())
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    if kind == "csv":
        lines = csv_lines(exported(bot.sessions, Wanted(person=known.id)), bot.clock().tzinfo, language)
        return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=headers)
    return StreamingResponse(_json(_data(bot, known)), media_type="application/json", headers=headers)


def _data(bot: "Bot", known: "Known") -> dict[str, Any]:
    """Return everything that is kept of a person, what they asked last of all and not read yet."""
    with bot.sessions() as session:
        handed = people_list.handovers_asked(session, known.id)
        mails = people_list.mails_of(session, known.external_id) if known.channel == "mail" else []
    return {
        "person": asdict(known),
        "handovers": [asdict(each) for each in handed],
        "mails": [asdict(each) for each in mails],
        "exchanges": (
            {"id": each.conversation, **ledger_line(each.ledger)}
            for each in exported(bot.sessions, Wanted(person=known.id))
        ),
    }


def _json(data: dict[str, Any]) -> Iterator[str]:
    """Yield one object, its exchanges as they are read."""
    exchanges = data.pop("exchanges")
    head = json.dumps(data, ensure_ascii=False, indent=1, default=_plain)
    yield head.rstrip("}").rstrip() + ',\n "exchanges": ['
    for at, each in enumerate(exchanges):
        yield (",\n  " if at else "\n  ") + json.dumps(each, ensure_ascii=False, default=_plain)
    yield "\n ]\n}\n"


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


# --- erased -------------------------------------------------------------------------------------------------------


@router.post("/people/{number}/erase")
async def erase(request: Request, number: str) -> Response:
    """Erase a person, if their name was typed; it is done in the background."""
    form, _, desk = await form_at(request, "admin")
    return await run_in_threadpool(_erase, request, number, form, desk.actor)


def _erase(request: Request, number: str, form: FormData, actor: Actor) -> Response:
    bot = bot_of(request)
    known, found = _known(bot, number)
    typed, language = _same(text_of(form, "confirm")), reader_language(request)
    names = (known.name or known.external_id, known.external_id, person_name(known.external_id, language))
    if typed not in map(_same, names):
        problem = say("web.people.erase.differs", language)
        return _person(request, number, problem=problem, status=422)
    erasures: Erasures = request.app.state.erasures
    return RedirectResponse(f"/people/erasures/{erasures.begin(bot, found, actor)}", 303)


def _same(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
