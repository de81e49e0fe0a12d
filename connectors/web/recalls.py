"""Answers that rest on what holds no longer: the texts, the conversations, and the correction that is sent to them."""

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.correction_draft import word_correction
from bot.database.outdated import conversations
from bot.errors import DapbotError, UserError
from bot.phrases import say
from bot.recall import DAYS, LONGEST, Affected, Recall, prepared, recall, send, since, texts
from bot.shown import person_name
from bot.word_diff import Piece, word_diff
from connectors.web.askers import bot_of
from connectors.web.desk import Desk, desk_of, form_at
from connectors.web.listing import local_time, seen_document
from connectors.web.pages import visited
from connectors.web.reader import reader_language
from connectors.web.shapes import RowNumber
from connectors.web.streams import EVENT_STREAM, Sent
from connectors.web.uploads import Tell, followed, progress_of, working
from connectors.web.visitors import Visitor
from knowledge.language import Language

if TYPE_CHECKING:
    from bot.database.outdated import Entry, Outdated
    from bot.wiring import Bot

pages = APIRouter(prefix="/documents", include_in_schema=False)

SPANS = (30, 90, 365)
MOST_DAYS = 3_650
SHORT = 160
MOST_COUNTED = 500
"""Conversations that are counted on pages that only say how many there are."""
MOST_SHOWN = 100
"""Conversations on one page, those that can be told first: when they are told, the next ones stand there."""

Days = Annotated[int, Query(ge=1, le=MOST_DAYS)]


@dataclass(frozen=True, slots=True)
class ShownText:
    """A text that was used and holds no longer; ``old`` is how it begins."""

    passage: int
    title: str
    old: str
    gone: bool
    conversations: str
    told: str
    last: str


@dataclass(frozen=True, slots=True)
class ShownUse:
    """A conversation: who asked what where, and what became of the correction there; ``link`` is for admins alone."""

    conversation: str
    question: str
    said: str
    about: str
    open: bool
    told: bool
    state: str
    link: str


# --- pages ------------------------------------------------------------------------------------------------------


@pages.get("/{document}/recall")
def outdated(request: Request, document: RowNumber, days: Days = DAYS) -> Response:
    """Show the texts of a document that people were told and that hold no longer."""
    desk = desk_of(request, "editor")
    listed = seen_document(request, document, desk)
    bot, language = bot_of(request), reader_language(request)
    found = [_text(each, told, language, bot.clock().tzinfo) for each, told in texts(bot, document, days)]
    return visited(
        request, "recall.html", document=listed, may=desk, texts=found, days=days, spans=SPANS, done=None, problems=[]
    )


@pages.get("/{document}/recall/{passage}")
def one(request: Request, document: RowNumber, passage: RowNumber, days: Days = DAYS) -> Response:
    """Show one of them: the conversations, and the correction to send."""
    desk = desk_of(request, "editor")
    return _page(request, recall(bot_of(request), document, passage, days), days, desk)


def _page(
    request: Request,
    found: Recall,
    days: int,
    desk: Desk,
    visitor: Visitor | None = None,
    *,
    words: Mapping[str, str] | None = None,
    chosen: frozenset[str] | None = None,
    problem: str = "",
) -> Response:
    language = reader_language(request)
    listed = seen_document(request, found.document, desk)
    bot = bot_of(request)
    zone = bot.clock().tzinfo
    messages = {each: (words or {}).get(each) or prepared(found, each) for each in found.languages}
    response = visited(
        request,
        "recall_text.html",
        visitor,
        document=listed,
        may=desk,
        found=found,
        title=_title(found.was),
        pieces=_pieces(found),
        uses=[_use(each, language, zone, admin=desk.admin) for each in found.affected[:MOST_SHOWN]],
        total=len(found.affected),
        messages=messages,
        chosen=chosen,
        longest=LONGEST,
        days=days,
        has_model=bool(bot.settings.llm) or bot.llm is not None,
        said=_said(request, language),
        problem=problem,
    )
    response.status_code = 422 if problem else response.status_code
    return response


@pages.post("/{document}/recall/{passage}")
async def tell_them(request: Request, document: RowNumber, passage: RowNumber) -> Response:
    """Send the correction to the conversations that are ticked; with a script, the progress is followed."""
    form, visitor, desk = await form_at(request, "editor")
    chosen = frozenset(value for value in form.getlist("conversation") if isinstance(value, str))
    words = {language: str(form.get(f"text-{language}") or "") for language in ("ko", "en")}
    days = _days(str(form.get("days") or ""))
    wish = _Wish(document, passage, days, str(form.get("mark") or ""), chosen, words)
    if EVENT_STREAM in request.headers.get("accept", ""):
        return followed(request, _followed(request, wish, desk), reader_language(request))
    return await run_in_threadpool(_told, request, wish, desk, visitor)


@pages.post("/{document}/recall/{passage}/draft")
async def draft(request: Request, document: RowNumber, passage: RowNumber) -> Response:
    """Have the model word the correction, and show the page with it; where it cannot, with what was there."""
    form, visitor, desk = await form_at(request, "editor")
    chosen = frozenset(value for value in form.getlist("conversation") if isinstance(value, str))
    words = {language: str(form.get(f"text-{language}") or "") for language in ("ko", "en")}
    wish = _Wish(document, passage, _days(str(form.get("days") or "")), "", chosen, words)
    return await run_in_threadpool(_drafted, request, wish, desk, visitor)


def _drafted(request: Request, wish: "_Wish", desk: Desk, visitor: Visitor) -> Response:
    bot, problem = bot_of(request), ""
    found = recall(bot, wish.document, wish.passage, wish.days)
    words = dict(wish.words)
    try:
        for language in found.languages:
            words[language] = word_correction(bot, found, language, desk.actor.name)
    except DapbotError as error:
        problem = say(error.phrase, reader_language(request), **error.values)
    return _page(request, found, wish.days, desk, visitor, words=words, chosen=wish.chosen, problem=problem)


@dataclass(frozen=True, slots=True)
class _Wish:
    """To whom what is to be sent; ``mark`` is that of what held when somebody looked at it."""

    document: int
    passage: int
    days: int
    mark: str
    chosen: frozenset[str]
    words: Mapping[str, str]


def _told(request: Request, wish: _Wish, desk: Desk, visitor: Visitor) -> Response:
    try:
        return RedirectResponse(_send(request, wish, desk), 303)
    except UserError as error:
        if error.phrase == "web.recall.gone_text":
            raise
        found = recall(bot_of(request), wish.document, wish.passage, wish.days)
        problem = say(error.phrase, reader_language(request), **error.values)
        kept = None if error.phrase == "web.recall.moved" else wish.words
        return _page(request, found, wish.days, desk, visitor, words=kept, chosen=wish.chosen, problem=problem)


def _send(request: Request, wish: _Wish, desk: Desk, tell: Tell = lambda _: None) -> str:
    """Send it, and return the address of the page that says so."""
    bot = bot_of(request)
    found = recall(bot, wish.document, wish.passage, wish.days)
    if wish.mark and wish.mark != found.mark:
        raise UserError("web.recall.moved")
    sent = send(bot, found, wish.chosen, wish.words, progress_of(tell), author=desk.actor)
    where = f"/documents/{wish.document}/recall/{wish.passage}?days={wish.days}"
    return f"{where}&told={sent.told}&failed={sent.failed}"


def _followed(request: Request, wish: _Wish, desk: Desk) -> Generator[Sent, None, None]:
    return working(
        lambda tell: ("done", {"location": _send(request, wish, desk, tell)}),
        reader_language(request),
        lambda: None,
    )


def _days(text: str) -> int:
    return min(max(int(text), 1), MOST_DAYS) if text.isascii() and text.isdecimal() and len(text) < 6 else DAYS


def _said(request: Request, language: Language) -> str:
    told, failed = (request.query_params.get(name, "") for name in ("told", "failed"))
    if not all(number.isascii() and number.isdecimal() and len(number) < 6 for number in (told, failed)):
        return ""
    phrase = "web.recall.sent_some" if int(failed) else "web.recall.sent"
    return say(phrase, language, told=int(told), failed=int(failed))


# --- as shown ---------------------------------------------------------------------------------------------------


def _text(each: "Outdated", told: int, language: Language, zone: tzinfo | None) -> ShownText:
    return ShownText(
        passage=each.was.passage,
        title=_title(each.was),
        old=_short(each.was.answer),
        gone=each.now is None,
        conversations=say("web.recall.count", language, count=f"{each.conversations:,}"),
        told=say("web.recall.told_count", language, count=f"{told:,}") if told else "",
        last=local_time(each.last_at, zone),
    )


def _title(entry: "Entry") -> str:
    return _short(entry.question or entry.title or entry.answer)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= SHORT else text[: SHORT - 1].rstrip() + "…"


def _pieces(found: Recall) -> tuple[Piece, ...]:
    return () if found.now is None else tuple(word_diff(found.was.answer, found.now.answer))


def _use(each: Affected, language: Language, zone: tzinfo | None, *, admin: bool) -> ShownUse:
    use = each.use
    channel = say(f"web.recall.channel.{use.channel}", language) if use.channel in _CHANNELS else use.channel
    who = [person_name(use.person, language) or say("web.recall.somebody", language)] if admin else []
    at = local_time(each.told_at, zone) if each.told_at else ""
    told = say("web.recall.state.told", language, at=at) if at else ""
    state = told if each.state in ("open", "told") else say(f"web.recall.state.{each.state}", language)
    link = f"/conversations/{use.conversation_id}#answer-{use.answer_id}" if admin else ""
    about = " · ".join([channel, *who, local_time(use.at, zone)])
    return ShownUse(use.conversation_id, use.question, use.said, about, each.state == "open", bool(told), state, link)


_CHANNELS = ("web", "slack", "mail", "terminal", "http")


def recall_offer(bot: "Bot", document: int, language: Language) -> str:
    """Return how many conversations rest on what a document said before and says no longer, in a sentence; "" where
    there is none."""
    with bot.sessions() as session:
        count = conversations(session, document, since(DAYS), MOST_COUNTED)
    more = "+" if count == MOST_COUNTED else ""
    return say("web.recall.offer", language, count=f"{count:,}{more}") if count else ""
