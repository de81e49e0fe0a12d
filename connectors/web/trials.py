"""The page where a question is tested, alone or under two conditions side by side."""

from typing import Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.database.browsing import known_groups
from bot.trying import MOST_READ, READ, Knobs
from connectors.web.askers import bot_of
from connectors.web.desk import Desk, desk_of, form_at
from connectors.web.knobs import OTHER, Fields, Limits, address_of, knobs_in
from connectors.web.pages import visited
from connectors.web.reader import reader_language
from connectors.web.refusals import Refused
from connectors.web.templating import fragment
from connectors.web.trial import Trial, try_out
from connectors.web.visitors import Visitor
from knowledge.confidence import LINES

router = APIRouter(prefix="/documents", include_in_schema=False)
LONGEST_QUESTION = 4_000
LONGEST_ID = 40


def groups_for(request: Request, desk: Desk) -> tuple[str, ...]:
    """Return the groups somebody may test a question for: an editor all that are known, others their own."""
    if desk.groups is not None:
        return tuple(sorted(desk.groups))
    with bot_of(request).sessions() as session:
        return known_groups(session)


@router.get("/try")
def shared(request: Request, q: str = "") -> Response:
    """Show the form, and the trial that the address names; no model is asked for an address alone."""
    desk = desk_of(request, "viewer")
    question = q.strip()[:LONGEST_QUESTION]
    return visited(request, "try.html", **_values(request, desk, question, request.query_params, waits=True))


@router.post("/try")
async def try_question(request: Request) -> Response:
    """Show what would be answered: the part alone for the page's script, the whole page without one."""
    form, visitor, desk = await form_at(request, "viewer")
    question = str(form.get("question") or "").strip()[:LONGEST_QUESTION]
    if not question:
        raise Refused(422, "web.try.no_question")
    return await run_in_threadpool(_try, request, visitor, desk, question, form)


def _try(request: Request, visitor: Visitor, desk: Desk, question: str, form: Fields) -> Response:
    values = _values(request, desk, question, form)
    if "x-fragment" in request.headers:
        return HTMLResponse(fragment("trial_result.html", reader_language(request), token=visitor.token, **values))
    return visited(request, "try.html", visitor, **values)


def _values(request: Request, desk: Desk, question: str, fields: Fields, *, waits: bool = False) -> dict[str, Any]:
    """Return what the page shows: the form as it was filled in, and the trials where there is a question."""
    bot, language = bot_of(request), reader_language(request)
    groups = groups_for(request, desk)
    limits = Limits(groups, desk.edit)
    knobs = knobs_in(fields, limits)
    other = knobs_in(fields, limits, OTHER) if fields.get("compare") == "1" else None
    every = [knobs, *([other] if other is not None else [])]
    trials = [try_out(bot, question, each, language, waits=waits) for each in every] if question else []
    return {
        "trial": trials[0] if trials else None,
        "trials": trials,
        "moved": _moved(trials),
        "question": question,
        "knobs": knobs,
        "other": other,
        "usual": Knobs(),
        "lines": {name: round(100 * line) for name, line in LINES.items()},
        "line": round(100 * LINES[bot.settings.line]),
        "read": READ,
        "most_read": MOST_READ,
        "has_model": bool(bot.settings.llm) or bot.llm is not None,
        "address": address_of(question, knobs, other) if question else "",
        "groups": groups,
        "may": desk,
        "origin": {name: _short(fields, name) for name in ("answer", "golden")},
    }


def _moved(trials: list[Trial]) -> str:
    """Return the name of the phrase on what the second conditions change: the answer, its entry, or nothing."""
    if len(trials) < 2:
        return ""
    one, two = trials
    if one.kind != two.kind:
        return f"web.trials.moved.{two.kind}"
    first, second = ([(p.document_id, p.key) for p in each.passages[:1]] for each in trials)
    if first != second:
        return "web.trials.moved.entry"
    return "web.trials.moved.text" if one.reply.text != two.reply.text else "web.trials.moved.nothing"


def _short(fields: Fields, name: str) -> str:
    value = fields.get(name)
    return value[:LONGEST_ID] if isinstance(value, str) else ""
