"""Requests for a person, over HTTP: list, look into, answer, end, open again. For editors."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot import taking_over
from bot.database import handed, handovers
from bot.database.handed import Handed
from bot.database.handovers import LONGEST_NOTE
from bot.errors import UserError
from connectors.web.askers import bot_of
from connectors.web.desk import calling, desk_of
from connectors.web.handover_pages import note_opened, solver_of
from connectors.web.people import who_of
from connectors.web.shapes import Body, Name, RowNumber, Text

router = APIRouter(prefix="/api/v1/handovers")


class ReplyLine(Body):
    """What to write to whoever asked."""

    text: Annotated[Text, Field(min_length=1, max_length=taking_over.LONGEST_REPLY)]
    key: Name | None = Field(None, description="Sent again with the same key, it is written once. Without: each time.")
    close: bool = Field(True, description="End the request with it.")


class CloseLine(Body):
    """How a request ended."""

    outcome: Literal["answered", "missing", "no_question", "other"]
    note: Annotated[Text, Field(max_length=LONGEST_NOTE)] = Field("", description="The asker does not see it.")


@router.get("", summary="List requests for a person")
def listed(
    request: Request,
    state: Literal["waiting", "solved"] = "waiting",
    before: RowNumber = 0,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Response:
    """Return the requests that wait, the oldest first; or those that have ended, the newest first. For editors.

    `before`: of those that have ended only older ones, by `id`. Those of Slack are answered and ended there.
    """
    desk_of(request, "editor")
    with bot_of(request).sessions() as session:
        waiting, solved = handed.counted(session)
        found = handed.listed(session, solved=state == "solved", limit=limit, before=before)
        lines = [_line(handed.with_replies(session, each)) for each in found]
    return JSONResponse({"waiting": waiting, "solved": solved, "handovers": lines})


@router.get("/{number}", summary="Look into a request for a person")
def one(number: RowNumber, request: Request) -> Response:
    """Return a request, with what was written to the asker (`replies`); noted in the audit log. For editors."""
    desk = desk_of(request, "editor")
    found = _handed(request, number)
    note_opened(request, found.handover, desk.actor)
    return JSONResponse(_line(found))


@router.post("/{number}/reply", summary="Answer a request for a person")
def reply(number: RowNumber, line: ReplyLine, request: Request) -> Response:
    """Write to whoever asked: in their conversation (`told`), by mail where they left an address (`mailed`).

    For editors, and requests of the page.
    """
    desk, bot = calling(request, "editor"), bot_of(request)
    name = line.key or handed.fresh_name()
    done = taking_over.reply(bot, number, line.text, name=name, actor=desk.actor)
    if done.told and line.close:
        taking_over.close(bot, number, by=solver_of(who_of(request)), outcome="answered", actor=desk.actor)
    return JSONResponse({"told": done.told, "mailed": done.mailed, "handover": _line(_handed(request, number))})


@router.post("/{number}/close", summary="End a request for a person")
def close(number: RowNumber, line: CloseLine, request: Request) -> Response:
    """Say how it ended; whoever says so first is who ended it. For editors, and requests of the page."""
    desk, by = calling(request, "editor"), solver_of(who_of(request))
    taking_over.close(bot_of(request), number, by=by, outcome=line.outcome, words=line.note, actor=desk.actor)
    return JSONResponse(_line(_handed(request, number)))


@router.post("/{number}/reopen", summary="Open a request for a person again")
def reopen(number: RowNumber, request: Request) -> Response:
    """Have it wait again, unless another one of its conversation waits by now. For editors, as above."""
    desk = calling(request, "editor")
    taking_over.reopen(bot_of(request), number, actor=desk.actor)
    return JSONResponse(_line(_handed(request, number)))


def _handed(request: Request, number: int) -> Handed:
    with bot_of(request).sessions() as session:
        over = handovers.handover(session, number)
        if over is None:
            raise UserError("web.chat.handed.none_such")
        return handed.with_replies(session, over)


def _line(found: Handed) -> dict[str, Any]:
    over = found.handover
    return {
        "id": over.id,
        "channel": over.channel,
        "question": over.question,
        "answer_id": over.answer_id,
        "state": found.stage,
        "name": over.contact_name,
        "mail": over.contact_mail,
        "created_at": over.created_at.isoformat(),
        "solved_at": over.solved_at.isoformat() if over.solved_at else None,
        "outcome": over.outcome,
        "note": over.note,
        "replies": list(found.replies),
    }
