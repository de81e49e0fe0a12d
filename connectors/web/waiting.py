"""The administrators' page of the inbox: what waits, what was given up and why; try again, drop, pause, resume."""

from datetime import datetime, tzinfo

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.database.audit import Actor, note
from bot.desk import Desk, Noting
from bot.inbox_words import error_in_words, failed, is_worked_on, state_in_words, whose
from bot.phrases import say
from connectors.mail.senders import refused
from connectors.web.askers import bot_of
from connectors.web.desk import form_at
from connectors.web.handovers import handed_over
from connectors.web.pages import visited
from connectors.web.people import require
from connectors.web.reader import reader_language
from connectors.web.refusals import Refused
from knowledge.language import Language

router = APIRouter(prefix="/admin/inbox", include_in_schema=False)
SHOWN = 100
LARGEST = 2**63 - 1


@router.get("")
def inbox(request: Request) -> Response:
    """Show what went wrong, then what waits, the oldest first."""
    require(request, "admin")
    bot, language = bot_of(request), reader_language(request)
    zone = bot.clock().tzinfo
    return visited(
        request,
        "inbox.html",
        counts=dict(bot.inbox.counts()),
        paused=bot.inbox.paused(),
        rows=[
            {
                "id": row.seq,
                "state": state_in_words(row, language),
                "bad": failed(row),
                "whose": whose(row),
                "at": _when(row.created_at, zone),
                "tries": row.attempts,
                "why": error_in_words(row.error, language),
                "may_retry": not is_worked_on(row) and (row.attempts > 0 or row.state == "dead"),
                "may_drop": row.state != "dead",
            }
            for row in bot.inbox.worst_first(SHOWN)
        ],
        handed=handed_over(bot, language),
        unanswered=[
            say(f"doctor.mail_refused_{reason}", language, count=count)
            for reason, count in sorted(refused(bot.sessions).items())
        ],
        said=_done(request, language),
    )


def _done(request: Request, language: Language) -> str:
    did = request.query_params.get("done", "")
    return say(f"web.inbox.done.{did}", language) if did in ("retry", "drop", "busy", "pause", "resume") else ""


def _when(at: float, zone: tzinfo | None) -> str:
    return f"{datetime.fromtimestamp(at, zone):%Y-%m-%d %H:%M}"


@router.post("/pause")
async def pause(request: Request) -> Response:
    """Answer nothing from the inbox for now."""
    _, _, desk = await form_at(request, "admin")
    await run_in_threadpool(bot_of(request).inbox.pause, noting=_noting(desk.actor, "paused", "inbox"))
    return RedirectResponse("/admin/inbox?done=pause", 303)


@router.post("/resume")
async def resume(request: Request) -> Response:
    """Go on."""
    _, _, desk = await form_at(request, "admin")
    await run_in_threadpool(bot_of(request).inbox.resume, noting=_noting(desk.actor, "resumed", "inbox"))
    return RedirectResponse("/admin/inbox?done=resume", 303)


@router.post("/{number}/retry")
async def retry(request: Request, number: int) -> Response:
    """Try one again."""
    _, _, desk = await form_at(request, "admin")
    return await run_in_threadpool(_change, bot_of(request).inbox, number, "retry", desk.actor)


@router.post("/{number}/drop")
async def drop(request: Request, number: int) -> Response:
    """Give one up."""
    _, _, desk = await form_at(request, "admin")
    return await run_in_threadpool(_change, bot_of(request).inbox, number, "drop", desk.actor)


def _change(inbox: Desk, number: int, what: str, actor: Actor) -> Response:
    row = inbox.get(number) if 0 < number <= LARGEST else None
    if row is None:
        raise Refused(404, "web.status.404")
    change, action = (inbox.retry, "retried") if what == "retry" else (inbox.drop, "dropped")
    did = change(number, noting=_noting(actor, action, f"#{number}", channel=row.channel, kind=row.kind))
    return RedirectResponse(f"/admin/inbox?done={what if did else 'busy'}", 303)


def _noting(actor: Actor, action: str, subject: str, **detail: str) -> Noting:
    return lambda session: note(session, actor, f"inbox.{action}", subject, **detail)
