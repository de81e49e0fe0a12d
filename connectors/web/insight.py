"""The page of insight: what was asked and how it went over a span of days, as figures, charts, tables and files."""

import csv
import io
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot import summing
from bot.database.behind_sums import complaining, named_entries
from bot.database.bias_runs import last_run
from bot.insight import LONGEST, ReadBefore, read_insight
from bot.insight_figures import Insight, Span, last_days
from bot.phrases import say
from connectors.web.askers import bot_of
from connectors.web.desk import Desk, desk_of
from connectors.web.downloads import attachment
from connectors.web.insight_bias import shown_bias
from connectors.web.insight_tables import InsightTable, Links, Tables
from connectors.web.insight_view import Head, figures_rows
from connectors.web.pages import visited
from connectors.web.reader import reader_language
from connectors.web.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.complaints import Example

pages = APIRouter(include_in_schema=False)
router = APIRouter(prefix="/api/v1")

DAYS = (7, 30, 90)
USUAL = 30
ENTRIES_SHOWN, ENTRIES_IN_FILES = 10, 100
ASPECTS_WITH_EXAMPLES = 3
EARLIEST = date(2000, 1, 1)
MARK = "\ufeff"
"""Without it, Excel reads Korean in its own code page."""

From = Annotated[str, Query(alias="from", max_length=40)]
To = Annotated[str, Query(max_length=40)]
ASK_SECONDS = 60.0
"""After so long, days that are still to be summed up are asked for again."""


@dataclass(frozen=True, slots=True)
class Wish:
    """The span that is asked for; ``days`` where it is one of the usual ones, ``problem`` where it could not be had."""

    span: Span
    days: int = 0
    problem: str = ""


def wish_of(today: date, days: int, first: str, last: str) -> Wish:
    """Return the span that a page's address asks for: days of its own, else so many up to today."""
    usual = Wish(last_days(today, days if days in DAYS else USUAL), days if days in DAYS else USUAL)
    if not (first or last):
        return usual
    try:
        end = date.fromisoformat(last) if last else today
        begin = date.fromisoformat(first) if first else max(end, EARLIEST) - timedelta(days=USUAL - 1)
    except ValueError:
        return Wish(usual.span, usual.days, "web.insight.problem.day")
    if first and last and begin > end:
        begin, end = end, begin
    begin, end = max(begin, EARLIEST), min(end, today)
    if begin > end:
        return Wish(usual.span, usual.days, "web.insight.problem.future")
    if (end - begin).days >= LONGEST:
        return Wish(last_days(end, LONGEST), 0, "web.insight.problem.long")
    return Wish(Span(begin, end))


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read for a page: the figures, their tables by name, and examples of complaints by aspect."""

    found: Insight
    tables: dict[str, InsightTable]
    links: Links
    examples: "Mapping[str, list[Example]]"


def _read(request: Request, wish: Wish, desk: Desk, *, entries: int, page: bool) -> _Read:
    """Return what a page or a file shows; days that were not summed up yet are asked for."""
    from bot.complaints import examples as examples_of

    bot, language = bot_of(request), reader_language(request)
    now = bot.clock()
    with bot.sessions() as session:
        found = read_insight(session, wish.span, now, entries=entries, daily=not page, before=_before(request))
        used = {(each.document, each.key) for each in (*found.entries, *found.bad_entries)}
        named = named_entries(session, used)
        wanted = [each.name for each in found.aspects if each.negative][:ASPECTS_WITH_EXAMPLES] if page else []
        since, until = summing.bounds(wish.span.first, now.tzinfo)[0], summing.bounds(wish.span.last, now.tzinfo)[1]
        messages = complaining(session, since, until) if wanted else []
    if found.pending:  # it writes: not at every look
        ask = partial(summing.ask_to_close, bot, found.pending)
        _before(request).get_lately(("asked to close", found.pending), ask, ASK_SECONDS)
    links = Links(wish.span, desk.admin)
    tables = Tables(found, language, links, named).all()
    return _Read(found, tables, links, examples_of(messages, wanted))


def _before(request: Request) -> ReadBefore:
    """Return what this application has read of closed days."""
    state = request.app.state
    if not hasattr(state, "insight"):
        state.insight = ReadBefore()
    before: ReadBefore = state.insight
    return before


@pages.get("/insight")
def insight(request: Request, days: str = "", first: From = "", to: To = "") -> Response:
    """Show the figures of a span of days."""
    desk = desk_of(request, "editor")
    bot, language = bot_of(request), reader_language(request)
    wish = wish_of(bot.clock().date(), int(days) if days in map(str, DAYS) else 0, first, to)
    read = _read(request, wish, desk, entries=ENTRIES_SHOWN, page=True)
    with bot.sessions() as session:
        bias = last_run(session)
    return visited(
        request,
        "insight.html",
        wish=wish,
        usual=DAYS,
        today=bot.clock().date(),
        found=read.found,
        tiles=Head(read.found, language, read.links).tiles(),
        tables=read.tables,
        examples=read.examples,
        bias=shown_bias(bias, language, bot.clock().tzinfo),
        may=desk,
        problem=say(wish.problem, language, most=LONGEST) if wish.problem else "",
        query=f"from={wish.span.first}&to={wish.span.last}",
    )


# --- files and programs ---------------------------------------------------------------------------------------------


@pages.get("/insight/{name}.csv")
def file(request: Request, name: str, first: From = "", to: To = "") -> Response:
    """Return one table as a CSV file that Excel opens: ``figures`` are the main ones."""
    desk = desk_of(request, "editor")
    bot, language = bot_of(request), reader_language(request)
    wish = wish_of(bot.clock().date(), 0, first, to)
    read = _read(request, wish, desk, entries=ENTRIES_IN_FILES, page=False)
    if name == "figures":
        heads = [say(f"web.insight.head.{head}", language) for head in ("figure", "value", "before")]
        rows = [
            [say(f"web.insight.figure.{figure}", language), now, before]
            for figure, now, before in figures_rows(read.found)
        ]
    elif name in read.tables:
        table = read.tables[name]
        heads, rows = list(table.heads), [[_raw(cell.text, cell.value) for cell in row] for row in table.rows]
    else:
        raise Refused(404, "web.insight.no_table")
    saved = f"dapbot-{name}-{wish.span.first:%Y%m%d}-{wish.span.last:%Y%m%d}.csv"
    return attachment(saved, "text/csv; charset=utf-8", csv_bytes([heads, *rows]))


def _raw(text: str, value: str | float) -> str | int | float:
    """Return what a spreadsheet takes of a cell: a number as it is, a day whole, a name in words."""
    if not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        return text


def csv_bytes(rows: Iterable[Iterable[object]]) -> bytes:
    """Return a CSV file; a text that a spreadsheet would take for a formula stays a text."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([_safe(cell) if isinstance(cell, str) else "" if cell is None else cell for cell in row])
    return (MARK + out.getvalue()).encode()


def _safe(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


@router.get("/insight", summary="Figures of a span of days")
def figures(
    request: Request,
    first: Annotated[date | None, Query(alias="from", description="First day; without one, 30 days.")] = None,
    to: Annotated[date | None, Query(description="Last day; today without one.")] = None,
) -> Response:
    """Return what the page of insight shows: `from`, `to`, `pending_days` (days that are not summed up yet),
    `waiting_handovers`, `figures` and `before` (the span of the same length before), and the lists `days`,
    `channels`, `languages`, `tasks`, `reasons`, `outcomes`, `spending`, `aspects`, `entries`, `bad_entries`. Times of
    answers are in milliseconds, those of handovers in seconds, costs in US dollars; a span has 366 days at most.
    """
    desk_of(request, "editor")
    bot = bot_of(request)
    wish = wish_of(bot.clock().date(), 0, str(first or ""), str(to or ""))
    if wish.problem:
        raise Refused(422, "web.insight.problem.span", most=LONGEST)
    with bot.sessions() as session:
        found = read_insight(
            session, wish.span, bot.clock(), entries=ENTRIES_IN_FILES, daily=True, before=_before(request)
        )
    if found.pending:
        summing.ask_to_close(bot, found.pending)
    return JSONResponse(insight_line(found))


def insight_line(found: Insight) -> dict[str, Any]:
    """Return the figures as JSON can hold them."""
    rows = list(figures_rows(found))
    lists = ("channels", "languages", "spending", "aspects", "entries", "bad_entries")
    counted = ("tasks", "reasons", "outcomes")
    return {
        "from": found.span.first.isoformat(),
        "to": found.span.last.isoformat(),
        "pending_days": found.pending,
        "waiting_handovers": found.waiting,
        "figures": {name: now for name, now, _ in rows} | {"moods": dict(found.now.moods)},
        "before": {name: before for name, _, before in rows} | {"moods": dict(found.before.moods)},
        "days": [
            {"from": step.span.first.isoformat(), "to": step.span.last.isoformat()}
            | {name: value for name, value in asdict(step).items() if name != "span"}
            for step in found.steps
        ],
        **{name: [asdict(each) for each in getattr(found, name)] for name in lists},
        **{name: [{"name": each, "count": count} for each, count in getattr(found, name)] for name in counted},
    }
