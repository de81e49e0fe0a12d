"""The pages: the conversation, and the list of addresses for programs. The documents' pages are in ``shelf.py``."""

import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.calling import can_mail
from bot.database.handed import Handed
from bot.database.opinions import Opinion
from bot.messages import Message, Reply
from connectors.web.askers import WEB, admit, asker_from, bot_of
from connectors.web.chat_log import LONGEST_NAME, ChatLog, Told, chat_log, requests_in, told_in
from connectors.web.forms import form_of
from connectors.web.openapi import operations
from connectors.web.reader import LANGUAGE_COOKIE, LANGUAGE_SECONDS, reader_language
from connectors.web.refusals import Refused
from connectors.web.shapes import RowNumber
from connectors.web.templating import fragment, page
from connectors.web.visitors import PROOF_FIELD, Visitor, Visitors
from knowledge.language import Language

if TYPE_CHECKING:
    from bot.wiring import Bot

router = APIRouter(include_in_schema=False)
LONGEST_QUESTION = 100_000
"""Characters of what is sent at once, a text to be worked on included."""


def visited(request: Request, name: str, visitor: Visitor | None = None, **values: Any) -> Response:
    """Return a page for this browser: a new one gets its cookie, ``?lang=`` is remembered and leaves the address."""
    if request.query_params.get("lang") in ("ko", "en"):
        clean = request.url.remove_query_params("lang")
        response: Response = RedirectResponse(clean.path + (f"?{clean.query}" if clean.query else ""), 303)
        response.set_cookie(
            LANGUAGE_COOKIE, request.query_params["lang"], max_age=LANGUAGE_SECONDS, httponly=True, samesite="lax"
        )
        return response
    visitors: Visitors = request.app.state.visitors
    visitor = visitor or visitors.known(request) or visitors.new(request)
    response = page(request, name, token=visitor.token, **values)
    visitors.remember(request, response, visitor)
    return response


async def checked_form(request: Request) -> tuple[FormData, Visitor]:
    """Return a form that one of our own pages sent, and whose it is.

    Raises:
        Refused: 403, its token is missing or another browser's.
    """
    form = await form_of(request)
    token = form.get(PROOF_FIELD)
    visitor: Visitor | None = request.app.state.visitors.page(request, token if isinstance(token, str) else None)
    if visitor is None:
        await form.close()
        raise Refused(403, "web.refused.token")
    return form, visitor


@router.get("/")
def chat(request: Request, conversation: str = "") -> Response:
    """Show a conversation: the one that is named; without, the page's script fills in that of before a reload."""
    visitor: Visitor | None = request.app.state.visitors.known(request)
    log = chat_log(request, visitor, conversation) if visitor and conversation else ChatLog(secrets.token_hex(16))
    return _chat(request, log, visitor)


def _chat(request: Request, log: ChatLog, visitor: Visitor | None = None) -> Response:
    examples = request.app.state.examples.some(reader_language(request))
    return visited(
        request,
        "chat.html",
        visitor,
        log=log,
        examples=examples,
        has_documents=bool(examples or bot_of(request).library.documents()),
        longest=LONGEST_QUESTION,
        mailing=mailing(request),
    )


@router.post("/")
async def chat_without_script(request: Request) -> Response:
    """Answer a question that was sent as a form, where no script runs, and show the whole conversation."""
    form, visitor = await checked_form(request)
    question, tab = str(form.get("question") or ""), str(form.get("conversation") or secrets.token_hex(16))
    asker = asker_from(request, visitor)
    name = visitor.conversation(tab[:LONGEST_NAME])
    if question.strip():
        message = Message(
            question,
            WEB,
            conversation=name,
            person=asker.person(None),
            audience=asker.audience(None),
            shared=asker.shared(None),
        )
        await admit(request, message)
        await run_in_threadpool(bot_of(request).ask, message)
    log = await run_in_threadpool(chat_log, request, visitor, tab)
    return await run_in_threadpool(_chat, request, log, visitor)


@router.get("/messages")
def messages(request: Request, conversation: str = "") -> Response:
    """Return what was said in a conversation of this browser, as the page shows it; another's is empty."""
    visitor: Visitor | None = request.app.state.visitors.known(request)
    log = chat_log(request, visitor, conversation) if visitor else ChatLog("")
    token = visitor.token if visitor else ""
    return HTMLResponse(
        fragment("exchanges.html", reader_language(request), log=log, token=token, mailing=mailing(request))
    )


@router.get("/messages/news")
def news(request: Request, conversation: str = "", after: RowNumber = 0) -> Response:
    """Return what was told in a conversation since, and how its requests for a person stand: the page asks now and
    then."""
    visitor: Visitor | None = request.app.state.visitors.known(request)
    told: Sequence[Told] = ()
    requests: dict[str, Handed] = {}
    if visitor is not None:
        name = visitor.conversation(conversation[:LONGEST_NAME])
        told, requests = told_in(bot_of(request), name, after), requests_in(bot_of(request), name)
    values = {"told": told, "requests": requests, "tab": conversation[:LONGEST_NAME], "mailing": mailing(request)}
    html = fragment("news.html", reader_language(request), token=visitor.token if visitor else "", **values)
    return HTMLResponse(html, headers={"cache-control": "no-store"})


def mailing(request: Request) -> bool:
    """Tell whether whoever asks for a person can be answered by mail."""
    return can_mail(bot_of(request))


def reply_html(bot: "Bot", reply: Reply, tab: str, visitor: Visitor, language: Language) -> str:
    """Return a reply that was given just now, as the page shows it."""
    values = {"reply": reply, "opinion": Opinion(), "request": None, "tab": tab, "token": visitor.token}
    values["mailing"] = can_mail(bot)
    return fragment("reply.html", language, **values)


@router.get("/api/docs")
def api_docs(request: Request) -> Response:
    """Show the addresses for programs: our own page, since the usual one loads its script from elsewhere."""
    return visited(request, "api.html", operations=operations(request.app.openapi()))
