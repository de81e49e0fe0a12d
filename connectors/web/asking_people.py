"""Whoever asks on the page for a person: it is passed on once, its state is shown, and it can be taken back."""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot import calling
from bot.called import ADDRESS
from bot.database import handed
from bot.handing_over import HandingOver, Handover, Questioned
from bot.messages import Message
from connectors.web.askers import WEB, admit, asker_from, bot_of
from connectors.web.chat_log import LONGEST_NAME, requests_in
from connectors.web.pages import checked_form, mailing
from connectors.web.reader import reader_language
from connectors.web.refusals import Refused
from connectors.web.templating import fragment
from connectors.web.visitors import Visitor

router = APIRouter(prefix="/chat", include_in_schema=False)
MOST_WAITING = 5
"""Requests of one person that may wait at once."""

LONGEST_CONTACT = 100
LONGEST_MAIL = 320


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a form asks for."""

    tab: str
    answer: str
    name: str
    mail: str


@router.post("/person")
async def ask_person(request: Request) -> Response:
    """Pass a question on to a person.

    Raises:
        Refused: 404, the answer was given to somebody else; 422, the address is none, or there is no question yet;
            429, too many of theirs wait.
        TooMany: 429, a limit of messages is reached.
    """
    form, visitor = await checked_form(request)
    wanted = _wanted(form)
    asker = asker_from(request, visitor)
    person = asker.person(None) or visitor.name
    question = await run_in_threadpool(_checked, request, visitor, wanted, person)
    message = Message("", WEB, person=person, shared=asker.shared(None))
    await admit(request, message)
    await run_in_threadpool(_begin, request, visitor, wanted, person, question)
    return await run_in_threadpool(_shown, request, visitor, wanted)


def _wanted(form: FormData) -> Wanted:
    def said(name: str, limit: int) -> str:
        return " ".join(str(form.get(name) or "").replace("\0", "").split())[:limit]

    mail = said("mail", LONGEST_MAIL + 1)
    if mail and (len(mail) > LONGEST_MAIL or not ADDRESS.fullmatch(mail)):
        raise Refused(422, "web.chat.person.wrong_mail")
    return Wanted(said("conversation", LONGEST_NAME), said("answer", 40), said("name", LONGEST_CONTACT), mail)


def _checked(request: Request, visitor: Visitor, wanted: Wanted, person: str) -> Questioned:
    bot, place = bot_of(request), visitor.conversation(wanted.tab)
    over = HandingOver(bot.sessions, bot.clock)
    if wanted.answer:
        found = over.question_of(WEB, wanted.answer)
        if found is None or found.conversation != place:
            raise Refused(404, "feedback.no_answer")
    else:
        found = over.last_question(WEB, place, person)
        if found is None:
            raise Refused(422, "web.chat.person.nothing")
    with bot.sessions() as session:
        waiting = handed.waiting_of(session, WEB, person)
    if waiting >= MOST_WAITING and not requests_in(bot, place):
        raise Refused(429, "web.chat.person.too_many", most=MOST_WAITING)
    return found


def _begin(request: Request, visitor: Visitor, wanted: Wanted, person: str, question: Questioned) -> None:
    bot = bot_of(request)
    new = Handover(
        id=0,
        channel=WEB,
        place=visitor.conversation(wanted.tab),
        asker=person,
        question=question.question,
        called=calling.owners_of(bot.settings),
        created_at=bot.clock(),
        answer_id=question.answer_id,
        contact_name=wanted.name or None,
        contact_mail=wanted.mail or None,
    )
    calling.call(bot, HandingOver(bot.sessions, bot.clock).begin(new).handover)


def _shown(request: Request, visitor: Visitor, wanted: Wanted) -> Response:
    if "x-fragment" not in request.headers:
        return RedirectResponse(f"/?conversation={wanted.tab}#answer-{wanted.answer}", 303)
    requests = requests_in(bot_of(request), visitor.conversation(wanted.tab))
    waits = next((each for each in requests.values() if each.stage != "solved"), None)
    if waits is not None and wanted.answer not in requests:  # the conversation is with a person already
        requests[wanted.answer] = waits
    values = {"requests": requests, "token": visitor.token, "tab": wanted.tab, "mailing": mailing(request)}
    return HTMLResponse(fragment("requests.html", reader_language(request), **values))


@router.post("/person/{number}/fine")
async def fine(request: Request, number: int) -> Response:
    """Take a request back: it is not needed any more."""
    form, visitor = await checked_form(request)
    tab = str(form.get("conversation") or "")[:LONGEST_NAME]
    return await run_in_threadpool(_fine, request, visitor, number, tab)


def _fine(request: Request, visitor: Visitor, number: int, tab: str) -> Response:
    bot = bot_of(request)
    over = HandingOver(bot.sessions, bot.clock)
    found = over.get(number) if 0 < number < 2**31 else None
    if found is None or found.channel != WEB or found.place != visitor.conversation(tab):
        raise Refused(404, "web.status.404")
    person = asker_from(request, visitor).person(None) or visitor.name
    over.solve(number, by=person, outcome="other")
    return _shown(request, visitor, Wanted(tab, found.answer_id or "", "", ""))
