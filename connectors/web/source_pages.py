"""A source of an answer at its place, for whoever had the answer: a panel of the chat, or a page."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.database.cited import Cited, cited, place_of
from bot.word_diff import word_diff
from connectors.web.askers import WEB, bot_of
from connectors.web.chat_log import whose
from connectors.web.pages import visited
from connectors.web.people import who_of
from connectors.web.reader import reader_language
from connectors.web.refusals import Refused
from connectors.web.templating import fragment
from connectors.web.visitors import Visitor

router = APIRouter(prefix="/sources", include_in_schema=False)
MOST_SOURCES = 1_000
QUOTE_END = "…"


@router.get("/{answer}/{number}")
def source(request: Request, answer: str, number: int) -> Response:
    """Show the entry that an answer rests on: as it was then, and what became of it.

    Raises:
        Refused: 404, there is no such source, or the answer was given to somebody else.
    """
    visitor: Visitor | None = request.app.state.visitors.known(request)
    found = _found(request, visitor, answer[:40], number)
    who = who_of(request)
    live = found.document_id if who.may("viewer") and found.state != "withdrawn" else None
    values = {
        "cited": found,
        "pieces": _marked(found.text, found.quote),
        "changes": word_diff(found.text, found.now_text) if found.state == "changed" and found.text else [],
        "live": live,
        "at": found.at.astimezone(bot_of(request).clock().tzinfo).strftime("%Y-%m-%d %H:%M"),
        "answer": answer[:40],
        "chat": _tab(request, visitor, answer[:40]),
    }
    if "x-fragment" in request.headers:
        return HTMLResponse(fragment("source_panel.html", reader_language(request), **values))
    return visited(request, "source.html", visitor, **values)


def _found(request: Request, visitor: Visitor | None, answer: str, number: int) -> Cited:
    who, bot = who_of(request), bot_of(request)
    if visitor is not None and 0 < number <= MOST_SOURCES:
        groups = None if who.may("editor") else who.groups
        with bot.sessions() as session:
            place = place_of(session, answer)
            if place is not None and place.channel == WEB and whose(request, visitor).owns(place.external_id):
                found = cited(session, answer, number, groups=groups, today=bot.clock().date())
                if found is not None:
                    return found
    raise Refused(404, "web.chat.source.none")


def _tab(request: Request, visitor: Visitor | None, answer: str) -> str:
    with bot_of(request).sessions() as session:
        place = place_of(session, answer)
    return place.external_id.removeprefix(visitor.prefix) if place and visitor else ""


def _marked(text: str, quote: str) -> tuple[tuple[bool, str], ...]:
    """Return the pieces of a text, each with whether it was quoted; all of it quoted is nothing to mark."""
    said = quote.removesuffix(QUOTE_END).strip()
    at = text.find(said) if said else -1
    if at < 0 or len(said) >= len(text.strip()):
        return ((False, text),) if text else ()
    end = at + len(said)
    return tuple((marked, piece) for marked, piece in ((False, text[:at]), (True, said), (False, text[end:])) if piece)
