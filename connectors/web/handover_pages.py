"""The page of those who answer in place of the bot: what waits for a person, its conversation, the reply."""

from datetime import datetime, tzinfo
from typing import Any, Literal

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot import taking_over
from bot.calling import can_mail
from bot.database import handed, handovers, notices
from bot.database.audit import Actor, note
from bot.database.handovers import LONGEST_NOTE, OUTCOMES, Handover
from bot.database.transcripts import transcript
from bot.lasting import lasting
from bot.phrases import say
from bot.shown import author_name
from connectors.web.askers import WEB, bot_of
from connectors.web.chat_log import Item, Told
from connectors.web.desk import desk_of, form_at
from connectors.web.pages import visited
from connectors.web.people import Who, who_of
from connectors.web.reader import reader_language
from connectors.web.refusals import Refused
from connectors.web.shapes import RowNumber

router = APIRouter(prefix="/admin/handovers", include_in_schema=False)
SHOWN = 50
JUST_NOW = 60.0
"""Seconds in which a request has just been made."""
DONE = frozenset({"sent", "closed", "sent_closed", "reopened"})


@router.get("")
def waiting(request: Request, state: Literal["waiting", "solved"] = "waiting", before: RowNumber = 0) -> Response:
    """Show the requests that wait, or those that have ended, some at a time."""
    desk_of(request, "editor")
    bot = bot_of(request)
    with bot.sessions() as session:
        counts = handed.counted(session)
        found = handed.listed(session, solved=state == "solved", limit=SHOWN + 1, before=before)
        stages = {each.id: handed.with_replies(session, each).stage for each in found if state == "waiting"}
    more = found[SHOWN - 1].id if len(found) > SHOWN and state == "solved" else 0
    rows = [{**_row(request, each), "stage": stages.get(each.id, "solved")} for each in found[:SHOWN]]
    return visited(request, "handed.html", state=state, counts=counts, rows=rows, more=more, said=_said(request))


def _row(request: Request, over: Handover) -> dict[str, Any]:
    bot, language = bot_of(request), reader_language(request)
    now = bot.clock()
    age = (now - over.created_at).total_seconds()
    solver = author_name((over.solver or "").removeprefix("account:"), language)
    outcome = say(f"slack.handover.outcome.{over.outcome}", language) if over.outcome else ""
    withdrawn = over.channel == WEB and over.solver == over.asker
    return {
        "over": over,
        "since": say("web.chat.handed.since", language, time=lasting(age, language))
        if age >= JUST_NOW
        else say("web.chat.handed.just", language),
        "at": _when(over.created_at, now.tzinfo),
        "ended": say("web.chat.handed.withdrawn", language)
        if withdrawn
        else say("web.chat.handed.closed_by", language, name=solver, outcome=outcome),
    }


def _when(at: datetime, zone: tzinfo | None) -> str:
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def _said(request: Request) -> str:
    done = request.query_params.get("done", "")
    return say(f"web.chat.handed.done.{done}", reader_language(request)) if done in DONE else ""


@router.get("/{number}")
def one(request: Request, number: RowNumber) -> Response:
    """Show a request and its conversation; that somebody read it is noted."""
    desk = desk_of(request, "editor")
    over = _over(request, number)
    note_opened(request, over, desk.actor)
    problem = "web.chat.handed.done.untold" if request.query_params.get("done") == "untold" else ""
    return _page(request, over, problem=say(problem, reader_language(request)) if problem else "")


def _page(request: Request, over: Handover, *, problem: str = "", typed: str = "") -> Response:
    items, conversation = _conversation(request, over)
    return visited(
        request,
        "handed_one.html",
        **_row(request, over),
        items=items,
        record=conversation if who_of(request).may("admin") else "",
        outcomes=OUTCOMES,
        mail_works=can_mail(bot_of(request)),
        once=handed.fresh_name(),
        longest=taking_over.LONGEST_REPLY,
        longest_note=LONGEST_NOTE,
        zone=bot_of(request).clock().tzinfo,
        said=_said(request),
        problem=problem,
        typed=typed,
    )


def _over(request: Request, number: int) -> Handover:
    with bot_of(request).sessions() as session:
        over = handovers.handover(session, number)
    if over is None:
        raise Refused(404, "web.chat.handed.none_such")
    return over


def note_opened(request: Request, over: Handover, actor: Actor) -> None:
    """Note that somebody reads what another person said: the law asks for such records."""
    with bot_of(request).sessions.begin() as session:
        note(session, actor, "handover.opened", f"#{over.id}")


def _conversation(request: Request, over: Handover) -> tuple[list[Item], str]:
    """Return what was said, and the id of the conversation; nothing where that is gone."""
    with bot_of(request).sessions() as session:
        number = handed.conversation_of(session, over)
        place = handed.name_in(session, number) if number else None
        if number is None or place is None:
            return [], ""
        items = [Item(each.at, shown=each) for each in transcript(session, *place)]
        told = notices.of_conversations(session, [number])
    items += [Item(n.at, told=Told(n.id, n.text, handed.is_reply(n.key), n.at)) for n in told]
    return sorted(items, key=lambda each: each.at), number


@router.post("/{number}/reply")
async def reply(request: Request, number: RowNumber) -> Response:
    """Write to whoever asked, and end it where that is wished."""
    form, _, desk = await form_at(request, "editor")
    text, name = str(form.get("text") or "").replace("\0", ""), str(form.get("once") or handed.fresh_name())[:40]
    return await run_in_threadpool(_reply, request, number, text, name, bool(form.get("close")), desk.actor)


def _reply(request: Request, number: int, text: str, name: str, close: bool, actor: Actor) -> Response:
    bot = bot_of(request)
    if not taking_over.reply(bot, number, text, name=name, actor=actor).told:
        return RedirectResponse(f"/admin/handovers/{number}?done=untold", 303)
    if close:
        taking_over.close(bot, number, by=solver_of(who_of(request)), outcome="answered", actor=actor)
    return RedirectResponse(f"/admin/handovers/{number}?done={'sent_closed' if close else 'sent'}", 303)


@router.post("/{number}/close")
async def close(request: Request, number: RowNumber) -> Response:
    """Say how it ended."""
    form, _, desk = await form_at(request, "editor")
    outcome, words = str(form.get("outcome") or ""), str(form.get("note") or "").replace("\0", "")
    by = solver_of(who_of(request))
    await run_in_threadpool(
        taking_over.close, bot_of(request), number, by=by, outcome=outcome, words=words, actor=desk.actor
    )
    return RedirectResponse(f"/admin/handovers/{number}?done=closed", 303)


@router.post("/{number}/reopen")
async def reopen(request: Request, number: RowNumber) -> Response:
    """Have it wait again."""
    _, _, desk = await form_at(request, "editor")
    await run_in_threadpool(taking_over.reopen, bot_of(request), number, actor=desk.actor)
    return RedirectResponse(f"/admin/handovers/{number}?done=reopened", 303)


def solver_of(who: Who) -> str:
    """Return the page's name for who ends a request."""
    return f"account:{who.name}" if who.kind == "account" else who.actor.name
