"""Questions that were asked in vain, as a page: the groups with their figures."""

from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bot.database import question_groups
from bot.database.asked import KINDS
from bot.database.question_groups import REASONS, STATES, Span
from connectors.web.askers import bot_of
from connectors.web.desk import Desk, desk_of
from connectors.web.pages import visited
from connectors.web.question_rows import DAYS, brought_up, done_in, number_in, row_of, wanted_in
from connectors.web.reader import reader_language
from connectors.web.visitors import Visitor

router = APIRouter(prefix="/questions", include_in_schema=False)
A_PAGE = 30
USUAL_DAYS = 30


@router.get("")
def listed(request: Request, state: str = "open", q: str = "", language: str = "", kind: str = "") -> Response:
    """Show the groups, the most asked first; ``days`` and ``page`` are in the address, too."""
    desk = desk_of(request, "editor")
    return listing(request, desk, state if state in STATES else "open", q[:200], language, kind)


def listing(
    request: Request,
    desk: Desk,
    state: str = "open",
    q: str = "",
    language: str = "",
    kind: str = "",
    *,
    problem: str = "",
    visitor: Visitor | None = None,
) -> Response:
    """Return the page of the list, with what is wrong above it."""
    bot = bot_of(request)
    sorting = brought_up(bot)
    days = number_in(request, "days", USUAL_DAYS)
    wanted = wanted_in(days, state, q, language, kind)
    with bot.sessions() as session:
        wanted = question_groups.found(session, wanted)
        total = question_groups.count(session, wanted)
        last_page = max(1, -(-total // A_PAGE))
        page = min(max(number_in(request, "page", 1), 1), last_page)
        groups = question_groups.listed(session, wanted, A_PAGE, (page - 1) * A_PAGE)
        spans = question_groups.spans(session, [each.id for each in groups], wanted.since, wanted.until)
        counts = question_groups.counts(session, wanted.since)
    query = {"state": state, "q": q, "language": wanted.language, "kind": wanted.kind, "days": days}
    return visited(
        request,
        "questions.html",
        visitor,
        rows=[row_of(bot, each, spans.get(each.id, Span()), days, reader_language(request)) for each in groups],
        counts=counts,
        query=query,
        states=[(each, f"/questions?{urlencode({**query, 'state': each})}") for each in STATES],
        pages=lambda number: f"/questions?{urlencode({**query, 'page': number})}",
        total=total,
        page=page,
        last_page=last_page,
        choices={"days": DAYS, "kinds": KINDS},
        reasons=REASONS,
        sorting=sorting,
        said=done_in(request),
        problem=problem,
        may=desk,
    )
