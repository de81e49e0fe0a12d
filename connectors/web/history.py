"""The conversations of a browser or an account: listed, found, named, taken away and brought back."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.database import own_conversations
from bot.database.own_conversations import Own
from bot.phrases import say
from connectors.web.askers import bot_of
from connectors.web.chat_log import LONGEST_NAME, whose
from connectors.web.pages import checked_form, visited
from connectors.web.reader import reader_language
from connectors.web.templating import fragment
from connectors.web.visitors import Visitor

router = APIRouter(prefix="/history", include_in_schema=False)
SHOWN = 40
LONGEST_WORDS = 200
SAID = frozenset({"renamed", "removed", "restored", "gone"})


@dataclass(frozen=True, slots=True)
class Day:
    """Conversations of some days; ``phrase`` names them."""

    phrase: str
    chats: tuple[Own, ...]


@router.get("")
def history(request: Request, q: str = "", before: str = "", done: str = "", of: str = "") -> Response:
    """Show the list: a page, or for the script the list alone."""
    visitor: Visitor | None = request.app.state.visitors.known(request)
    if visitor is None:
        visitor = request.app.state.visitors.new(request)
    values = listed(request, visitor, q, before)
    values |= _done(request, done, of)
    if "x-fragment" in request.headers:
        html = fragment("history_list.html", reader_language(request), token=visitor.token, **values)
        return HTMLResponse(html, headers={"cache-control": "no-store"})
    return visited(request, "history.html", visitor, **values)


def listed(request: Request, visitor: Visitor, words: str = "", before: str = "") -> dict[str, Any]:
    """Return the list for a template; what was taken away long enough ago is deleted on the way."""
    bot, mine = bot_of(request), whose(request, visitor)
    now = bot.clock()
    clear_away(request)
    words = words[:LONGEST_WORDS].strip()
    with bot.sessions() as session:
        chats = own_conversations.own(session, mine, words=words, before=before[:LONGEST_NAME], limit=SHOWN + 1)
    more = chats[SHOWN - 1].name if len(chats) > SHOWN else ""
    zone = now.tzinfo
    days = [
        Day(phrase, tuple(each)) for phrase, each in groupby(chats[:SHOWN], lambda chat: _day(chat, now.date(), zone))
    ]
    return {
        "days": days,
        "more": f"/history?{urlencode({'before': more, **({'q': words} if words else {})})}" if more else "",
        "words": words,
        "account": visitor.account is not None,
        "zone": zone,
    }


def clear_away(request: Request) -> None:
    """Delete what was taken away long enough ago, anybody's: who takes something away may not come again."""
    bot = bot_of(request)
    with bot.sessions() as session:
        due = own_conversations.any_due(session, bot.clock())
    if due:
        with bot.sessions.begin() as session:
            own_conversations.delete_due(session, bot.clock())


def _day(chat: Own, today: date, zone: Any) -> str:
    age = today - chat.at.astimezone(zone).date()
    if age <= timedelta(0):
        return "web.chat.today"
    if age == timedelta(1):
        return "web.chat.yesterday"
    return "web.chat.week" if age < timedelta(7) else "web.chat.older"


def _done(request: Request, done: str, of: str) -> dict[str, str]:
    """Return what was just done; a conversation that was taken away can be brought back."""
    if done not in SAID:
        return {"said": "", "undo": ""}
    said = say(f"web.chat.history.{done}", reader_language(request))
    return {"said": said, "undo": of[:LONGEST_NAME] if done == "removed" else ""}


@router.post("/{name}/rename")
async def rename(request: Request, name: str) -> Response:
    """Call a conversation by another name."""
    form, visitor = await checked_form(request)
    title = str(form.get("title") or "")[:1000]
    return await run_in_threadpool(_change, request, visitor, "renamed", name, title)


@router.post("/{name}/remove")
async def remove(request: Request, name: str) -> Response:
    """Take a conversation away; it can be brought back for some seconds."""
    _, visitor = await checked_form(request)
    return await run_in_threadpool(_change, request, visitor, "removed", name)


@router.post("/{name}/restore")
async def restore(request: Request, name: str) -> Response:
    """Bring it back."""
    _, visitor = await checked_form(request)
    return await run_in_threadpool(_change, request, visitor, "restored", name)


def _change(request: Request, visitor: Visitor, what: str, name: str, title: str = "") -> Response:
    bot, mine = bot_of(request), whose(request, visitor)
    name = name[:LONGEST_NAME]
    with bot.sessions.begin() as session:
        if what == "renamed":
            did = own_conversations.rename(session, mine, name, title)
        elif what == "removed":
            did = own_conversations.take_away(session, mine, name, bot.clock())
        else:
            did = own_conversations.bring_back(session, mine, name)
    query = {"done": what if did else "gone", **({"of": name} if what == "removed" and did else {})}
    return RedirectResponse(f"/history?{urlencode(query)}", 303)
