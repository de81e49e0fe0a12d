"""The pages of what people said: conversations found and filtered, one of them with everything that is kept of it."""

import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import tzinfo
from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from bot.database import exchange_search
from bot.database.audit import Actor, note
from bot.database.columns import now
from bot.database.conversation_rows import ConversationRow, answers_said, rows_of
from bot.database.dossier import Dossier, bring_back, dossier, hide, place_of_answer
from bot.database.exchange_filters import Wanted
from bot.database.grams import excerpt, folded, holds, words_of
from bot.database.ledger import answer_ledger
from bot.database.own_conversations import UNDO, delete_due
from bot.errors import DapbotError, UserError
from bot.phrases import say
from connectors.web import record_filters as filters
from connectors.web.askers import bot_of
from connectors.web.desk import desk_of, form_at
from connectors.web.pages import visited
from connectors.web.reader import reader_language
from connectors.web.record_words import Shown, conversation_address, day_and_minute, handover_words, shown
from connectors.web.refusals import Refused
from knowledge.language import Language

if TYPE_CHECKING:
    from bot.database.engine import Sessions
    from bot.wiring import Bot

router = APIRouter(include_in_schema=False)

A_PAGE = 50
COUNT_SECONDS = 1.0
"""How long the figures beside the filters may be counted, which come after the page."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A conversation of the list, and where it is opened; ``place`` is where its answer says what was searched for."""

    row: ConversationRow
    at: str
    channel: str
    link: str
    place: tuple[str, str, str] | None


@router.get("/conversations")
def conversations(request: Request, below: str = "") -> Response:
    """Show the newest conversations that match, or those below a place."""
    desk_of(request, "admin")
    bot, language = bot_of(request), reader_language(request)
    values = filters.values_of(request.query_params)
    wanted = filters.wanted_of(values, bot.clock().tzinfo)
    start = filters.whole_number(below)
    with bot.sessions() as session:
        hits = exchange_search.find(session, wanted, below=start, size=A_PAGE)
        rows = rows_of(session, hits.hits)
        answers = answers_said(session, hits.hits) if wanted.words else {}
        everything = exchange_search.count(session, wanted).count if not wanted.any else None
    left = request.app.state.said.left
    gone = request.query_params.get("deleted", "")
    return visited(
        request,
        "conversations.html",
        rows=[_listed(row, answers.get(row.answer, ""), values, bot.clock().tzinfo, language) for row in rows],
        values=dict.fromkeys(filters.NAMES, "") | values,
        limited=bool(values),
        chips=filters.chips(values, _names(bot, wanted), language),
        choices=filters.choices(language),
        quick=[(name, filters.address(_without_quick(values), **chosen)) for name, chosen in filters.QUICK],
        total=_total(everything, start, hits.below, len(rows), language),
        counts=filters.address(values, "/conversations/counts"),
        exports=[(kind, filters.address(values, f"/conversations/export.{kind}")) for kind in ("csv", "jsonl")],
        older=filters.address({**values, "below": str(hits.below)}) if hits.below else "",
        newest=filters.address(values) if start else "",
        unfinished=bool(hits.below) and len(hits.hits) < A_PAGE,
        deleted=gone if gone.isalnum() and len(gone) <= 64 else "",
        late="late" in request.query_params,
        indexing=say("web.conversations.indexing", language, left=f"{left:,}") if left and values.get("q") else "",
    )


def _listed(
    row: ConversationRow, answer: str, values: dict[str, str], zone: tzinfo | None, language: Language
) -> Listed:
    marked = filters.address({"q": values.get("q", "")}, f"/conversations/{row.id}")
    link = f"{marked}#answer-{row.answer}"
    words = words_of(values.get("q", ""))
    place = None if not words or holds(folded(row.question), words) else excerpt(answer, words)
    return Listed(row, day_and_minute(row.at, zone), filters.word_of("channel", row.channel, language), link, place)


def _total(everything: int | None, start: int | None, below: int | None, rows: int, language: Language) -> str:
    """Return how many there are, as far as that is known before they are counted."""
    if everything is not None:
        return say("web.conversations.total", language, count=f"{everything:,}")
    if start is None and below is None:
        return say("web.conversations.total", language, count=f"{rows:,}")
    return ""


def _without_quick(values: dict[str, str]) -> dict[str, str]:
    chosen = {name for _, each in filters.QUICK for name in each}
    return {name: value for name, value in values.items() if name not in chosen}


def _names(bot: "Bot", wanted: Wanted) -> dict[str, str]:
    """Return words for the filters that are numbers."""
    if wanted.document is None:
        return {}
    try:
        return {"document": bot.library.show(wanted.document).document.name}
    except UserError:
        return {}


@router.get("/conversations/counts")
def counts(request: Request) -> Response:
    """Return how many conversations match, and how many with each of the quick filters besides, in words."""
    desk_of(request, "admin")
    bot, language = bot_of(request), reader_language(request)
    values = filters.values_of(request.query_params)
    lines = {"total": _counted(bot, values, "web.conversations.total", language)}
    for name, chosen in filters.QUICK:
        lines[name] = _counted(bot, {**_without_quick(values), **chosen}, "web.conversations.count", language)
    return JSONResponse(lines)


def _counted(bot: "Bot", values: dict[str, str], phrase: str, language: Language) -> str:
    with bot.sessions() as session:
        found = exchange_search.count(session, filters.wanted_of(values, bot.clock().tzinfo), COUNT_SECONDS)
    return say(phrase if found.whole else f"{phrase}.more", language, count=f"{found.count:,}")


@router.get("/answers/{answer}")
def answer(request: Request, answer: str) -> Response:
    """Lead to an answer in its conversation."""
    desk_of(request, "admin")
    with bot_of(request).sessions() as session:
        found = place_of_answer(session, answer)
    if found is None:
        raise Refused(404, "web.status.404")
    return RedirectResponse(conversation_address(found[0], answer, before=found[1]), 303)


@router.get("/answers/{answer}/prompt")
def prompt(request: Request, answer: str) -> Response:
    """Return what a model was sent for an answer, as plain text; whoever reads it is written down."""
    desk = desk_of(request, "admin")
    with bot_of(request).sessions.begin() as session:
        found = place_of_answer(session, answer)
        sent = answer_ledger(session, answer).prompt if found else None
        if found is None or sent is None:
            raise Refused(404, "web.status.404")
        note(session, desk.actor, "conversation.opened", found[0])
    return PlainTextResponse(sent)


@router.get("/conversations/{conversation}")
def conversation(request: Request, conversation: str, before: str = "", q: str = "") -> Response:
    """Show one conversation; whoever opens it is written down."""
    desk = desk_of(request, "admin")
    bot, language = bot_of(request), reader_language(request)
    with bot.sessions.begin() as session:
        found = dossier(session, conversation, before=filters.whole_number(before))
        if found is None:
            raise Refused(404, "web.status.404")
        hits = exchange_search.matching_answers(session, Wanted(words=q[:300]), [found.id]) if q.strip() else set()
        note(session, desk.actor, "conversation.opened", found.id, channel=found.channel)
    zone = bot.clock().tzinfo
    how = Shown(bot.settings.line, zone, language)
    exchanges = [shown(each, how, hit=each.ledger.answer_id in hits) for each in found.exchanges]
    return visited(
        request,
        "conversation.html",
        found=found,
        title=_title(found),
        channel=filters.word_of("channel", found.channel, language),
        began=day_and_minute(found.created_at, zone),
        exchanges=exchanges,
        told=[(day_and_minute(each.at, zone), each.text) for each in found.told],
        handovers=[(each.id, each.question, handover_words(each, zone, language)) for each in found.handovers],
        earlier=f"?before={found.before}" if found.before else "",
        latest=f"/conversations/{found.id}" if before else "",
        said=say("web.conversation.restored", language) if "restored" in request.query_params else "",
    )


def _title(found: Dossier) -> str:
    first = found.exchanges[0].ledger.asked if found.exchanges else found.id
    title = " ".join((found.title or first).split())
    return title if len(title) <= 80 else f"{title[:79].rstrip()}…"


@router.post("/conversations/{conversation}/delete")
async def delete(request: Request, conversation: str) -> Response:
    """Take a conversation away; it is deleted soon after, and can be brought back until then."""
    _, _, desk = await form_at(request, "admin")
    return await run_in_threadpool(_delete, request, conversation, desk.actor)


def _delete(request: Request, conversation: str, actor: Actor) -> Response:
    return RedirectResponse(f"/conversations?deleted={taken_away(bot_of(request), conversation, actor)}", 303)


def taken_away(bot: "Bot", conversation: str, actor: Actor) -> str:
    """Take a conversation away, to be deleted soon after; return its id.

    Raises:
        Refused: 404, there is none.
    """
    with bot.sessions.begin() as session:
        found = dossier(session, conversation, limit=1)
        if found is None or not hide(session, found.id, now()):
            raise Refused(404, "web.status.404")
        note(session, actor, "conversation.deleted", found.id, channel=found.channel, answers=found.total)
    later = threading.Timer(UNDO.total_seconds() + 1, _delete_due, (bot.sessions,))
    later.daemon = True
    later.start()
    return found.id


def _delete_due(sessions: "Sessions") -> None:
    """Delete what was taken away; where this process has ended before, retention does it."""
    with suppress(DapbotError, OSError), sessions.begin() as session:
        delete_due(session, now())


@router.post("/conversations/{conversation}/restore")
async def restore(request: Request, conversation: str) -> Response:
    """Bring back a conversation that was deleted just now."""
    _, _, desk = await form_at(request, "admin")
    return await run_in_threadpool(_restore, request, conversation, desk.actor)


def _restore(request: Request, conversation: str, actor: Actor) -> Response:
    with bot_of(request).sessions.begin() as session:
        there = bring_back(session, conversation)
        if there:
            note(session, actor, "conversation.restored", conversation)
    return RedirectResponse(
        f"{conversation_address(conversation)}?restored=1" if there else "/conversations?late=1", 303
    )
