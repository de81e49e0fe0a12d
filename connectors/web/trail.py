"""The audit log: a page, and a file for the spreadsheet."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from bot.audit_words import action_in_words, actor_in_words, detail_in_words
from bot.database import audit
from bot.database.audit import Line, Wanted
from bot.database.cleaning import cleaned
from bot.phrases import say
from connectors.web.askers import bot_of
from connectors.web.pages import visited
from connectors.web.people import require
from connectors.web.reader import reader_language
from knowledge.language import Language

router = APIRouter(prefix="/admin", include_in_schema=False)
LINES_A_PAGE = 50
MARK = "\ufeff"
"""Without it, Excel reads Korean in its own code page."""


@router.get("/audit")
def log(request: Request, since: str = "", actor: str = "", action: str = "", page: int = 1) -> Response:
    """Show the log, some lines at a time."""
    require(request, "admin")
    zone = bot_of(request).clock().tzinfo
    wanted = _wanted(since, actor, action, zone)
    with bot_of(request).sessions() as session:
        total = audit.count(session, wanted)
        last_page = max(1, -(-total // LINES_A_PAGE))
        page = min(max(page, 1), last_page)
        lines = audit.lines(session, wanted, limit=LINES_A_PAGE, offset=(page - 1) * LINES_A_PAGE)
        actions = audit.actions(session)
    language = reader_language(request)
    return visited(
        request,
        "audit.html",
        lines=[(line, *_in_words(line, language)) for line in lines],
        actions=[(each, action_in_words(each, language)) for each in actions],
        wanted={"since": since[:10], "actor": actor[:100], "action": action[:60]},
        zone=zone,
        first=(page - 1) * LINES_A_PAGE + 1,
        total=total,
        page=page,
        last_page=last_page,
    )


@router.get("/audit.csv")
def file(request: Request, since: str = "", actor: str = "", action: str = "") -> Response:
    """Return the lines as a CSV file."""
    require(request, "admin")
    zone = bot_of(request).clock().tzinfo
    rows = _rows(request, _wanted(since, actor, action, zone), zone)
    headers = {"content-disposition": f'attachment; filename="dapbot-audit-{datetime.now(zone):%Y%m%d}.csv"'}
    return StreamingResponse(rows, media_type="text/csv; charset=utf-8", headers=headers)


def _rows(request: Request, wanted: Wanted, zone: tzinfo | None) -> Iterator[str]:
    language = reader_language(request)
    yield MARK + _row(
        [say(f"web.audit.{name}", language) for name in ("at", "actor", "action", "subject", "detail", "address")]
    )
    with bot_of(request).sessions() as session:
        for line in audit.every(session, wanted):
            yield _row(_cells(line, zone, language))


def _cells(line: Line, zone: tzinfo | None, language: Language) -> list[str]:
    at = f"{line.at.astimezone(zone):%Y-%m-%d %H:%M:%S%z}"
    actor, action, detail = _in_words(line, language)
    return [at, actor, action, line.subject, detail, line.address or ""]


def _in_words(line: Line, language: Language) -> tuple[str, str, str]:
    """Return who did what, and the details."""
    return (
        actor_in_words(line.actor, language),
        action_in_words(line.action, language),
        detail_in_words(line.detail, language),
    )


def _row(cells: list[str]) -> str:
    """Return a row; a cell that a spreadsheet would take for a formula is only text."""
    out = io.StringIO()
    csv.writer(out).writerow([f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell for cell in cells])
    return out.getvalue()


def _wanted(since: str, actor: str, action: str, zone: tzinfo | None) -> Wanted:
    """Return what to show; a day that is none is no limit."""
    try:
        begin = datetime.fromisoformat(since[:10]).replace(tzinfo=zone).astimezone(UTC) if since else None
    except (ValueError, OverflowError):  # the first day there is has no beginning in every zone
        begin = None
    return Wanted(begin, cleaned(actor, 200).strip(), cleaned(action, 60))
