"""One document: its entries, versions, the answers that used it, who may see it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.database import accounts, browsing
from bot.phrases import say
from bot.shown import author_name
from connectors.web.askers import bot_of
from connectors.web.catalogue import alias_removed, file_of
from connectors.web.changes import change_view
from connectors.web.desk import Desk, desk_of, form_at
from connectors.web.done import done_address, done_in
from connectors.web.listing import local_time, seen_document
from connectors.web.pages import visited
from connectors.web.previews import previews_of
from connectors.web.reader import reader_language
from connectors.web.recalls import recall_offer
from connectors.web.refusals import Refused
from connectors.web.shapes import RowNumber
from connectors.web.visitors import Visitor
from knowledge.language import Language

if TYPE_CHECKING:
    from bot.shown import VersionInfo
    from bot.wiring import Bot

router = APIRouter(prefix="/documents", include_in_schema=False)
ENTRIES_A_PAGE = 50
LONGEST_WORDS = 200
LONGEST_ALIAS = 500
MOST_GROUPS = 100
LONGEST_GROUP = 150
LIVE_ONCE = ("published", "superseded")


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """A version in the history; ``before`` is the number of the one it is compared with, 0 for the first."""

    id: int
    number: int
    state: str
    at: str
    author: str
    filename: str
    added: int
    changed: int
    removed: int
    restored_from: int | None
    before: int
    current: bool
    restorable: bool
    edited: bool = False


@router.get("/{document}")
def entries(request: Request, document: RowNumber, q: str = "", page: int = 1) -> Response:
    """Show the entries of a document, some at a time, or those that hold some words."""
    desk = desk_of(request, "viewer")
    words = q[:LONGEST_WORDS].replace("\0", "")
    with bot_of(request).sessions() as session:
        shown = browsing.browse(session, document, words=words, page=page, size=ENTRIES_A_PAGE, groups=desk.groups)
    return _page(
        request,
        "document.html",
        document,
        desk,
        shown=shown,
        words=words,
        page=shown.first // ENTRIES_A_PAGE + 1,
        last_page=max(1, -(-shown.total // ENTRIES_A_PAGE)),
        today=bot_of(request).clock().date(),
    )


def _page(
    request: Request, name: str, document: int, desk: Desk, visitor: Visitor | None = None, **values: Any
) -> Response:
    listed = seen_document(request, document, desk)
    values = {"done": done_in(request), "problems": [], **values}
    return visited(request, name, visitor, document=listed, may=desk, **values)


@router.get("/{document}/entry")
def entry(request: Request, document: RowNumber, key: str = "") -> Response:
    """Lead to an entry: to the page of the document that it is on."""
    desk = desk_of(request, "viewer")
    seen_document(request, document, desk)
    with bot_of(request).sessions() as session:
        place = browsing.place_of(session, document, key, groups=desk.groups)
    if place is None:
        raise Refused(404, "web.document.entry_gone")
    at, number = place
    return RedirectResponse(f"/documents/{document}?page={at // ENTRIES_A_PAGE + 1}#entry-{number}", 303)


@router.get("/{document}/versions")
def versions(
    request: Request, document: RowNumber, older: RowNumber = 0, newer: RowNumber = 0, show: str = "", page: int = 1
) -> Response:
    """Show the history of a document, and two versions compared."""
    desk = desk_of(request, "viewer")
    seen_document(request, document, desk)
    library = bot_of(request).library
    history = library.history(document)
    comparable = [each.number for each in history if each.state != "discarded"]
    values: dict[str, Any] = {"view": None, "older": older, "newer": newer}
    if older and newer and desk.groups is None:
        change = previews_of(request).between(library, document, older, newer)
        values["view"] = change_view(change, reader_language(request), show, page)
    elif len(comparable) > 1:
        values |= {"older": comparable[1], "newer": comparable[0]}
    shown = _history(history, library.live_number(document), reader_language(request), bot_of(request))
    here = f"/documents/{document}/versions?older={older}&newer={newer}&"
    return _page(request, "versions.html", document, desk, versions=shown, comparable=comparable, here=here, **values)


def _history(history: "list[VersionInfo]", live: int | None, language: Language, bot: "Bot") -> list[ShownVersion]:
    zone = bot.clock().tzinfo
    numbers = sorted(each.number for each in history if each.state in LIVE_ONCE)
    return [
        ShownVersion(
            id=each.version,
            number=each.number,
            state=each.state,
            at=local_time(each.published_at or each.created_at, zone),
            author=author_name(each.author, language),
            filename=each.filename,
            added=each.added,
            changed=each.changed,
            removed=each.removed,
            restored_from=each.restored_from,
            before=max((n for n in numbers if n < each.number), default=0) if each.state in LIVE_ONCE else 0,
            current=each.number == live,
            restorable=each.state in LIVE_ONCE and each.number != live,
            edited=each.edited and not each.restored_from,
        )
        for each in history
    ]


@router.get("/{document}/uses")
def uses(request: Request, document: RowNumber) -> Response:
    """Show which answers rested on a document."""
    desk = desk_of(request, "viewer")
    with bot_of(request).sessions() as session:
        found = browsing.uses(session, document)
    zone = bot_of(request).clock().tzinfo
    last = [
        {"question": use.question, "at": local_time(use.at, zone), "version": use.version, "passage": use.passage}
        for use in found.last
    ]
    counts = {name: counted(getattr(found, name)) for name in ("total", "recent")}
    shown = {**counts, "last": last}
    recall = recall_offer(bot_of(request), document, reader_language(request)) if desk.edit else ""
    return _page(request, "uses.html", document, desk, uses=shown, recall=recall)


def counted(number: int) -> str:
    """Return how many uses there are, "+" where no more were counted; "" for none."""
    return f"{number:,}{'+' if number == browsing.MOST_COUNTED else ''}" if number else ""


@router.get("/{document}/settings")
def settings(request: Request, document: RowNumber) -> Response:
    """Show who may see a document, whether it is used, and how it is removed."""
    return _settings(request, document, desk_of(request, "editor"))


def _settings(
    request: Request, document: int, desk: Desk, visitor: Visitor | None = None, problem: str = ""
) -> Response:
    with bot_of(request).sessions() as session:
        groups = browsing.known_groups(session)
        known = [account for account in accounts.all_accounts(session) if account.active]
    problems = [say(problem, reader_language(request))] if problem else []
    values = {"groups": groups, "problems": problems, "accounts": known, "me": desk.actor.account_id}
    response = _page(request, "document_settings.html", document, desk, visitor, **values)
    response.status_code = 422 if problem else response.status_code
    return response


@router.get("/{document}/file")
def download(request: Request, document: RowNumber, original: bool = False) -> Response:
    """Return the document as a file."""
    desk_of(request, "editor")
    return file_of(request, document, original=original)


# --- changes ----------------------------------------------------------------------------------------------------


@router.post("/{document}/rollback")
async def rollback(request: Request, document: RowNumber) -> Response:
    """Bring an earlier version back."""
    form, _, desk = await form_at(request, "editor")
    number = str(form.get("version") or "")
    library = bot_of(request).library
    live = await run_in_threadpool(library.live_number, document)
    if number == str(live):
        raise Refused(422, "web.version.is_live")
    if form.get("live") not in (None, str(live)):  # what was to be undone is no longer the last change
        if await run_in_threadpool(_brought_back, request, document, live) == number:  # a double click
            return _done(request, f"/documents/{document}/versions", "rolledback", document, version=number)
        raise Refused(409, "web.version.overtaken")
    made = await run_in_threadpool(
        library.rollback, document, int(number) if _is_number(number) else None, author=desk.actor
    )
    values = {"version": made.restored_from} | ({"before": live} if live else {})
    return _done(request, f"/documents/{document}/versions", "rolledback", document, **values)


def _brought_back(request: Request, document: int, live: int | None) -> str:
    """Return the number of the version that the live one brought back, "" where it is one of its own."""
    history = bot_of(request).library.history(document)
    return next((str(each.restored_from) for each in history if each.number == live and each.restored_from), "")


@router.post("/{document}/aliases")
async def add_alias(request: Request, document: RowNumber) -> Response:
    """Have an entry found by another question too."""
    form, _, desk = await form_at(request, "editor")
    key, question = str(form.get("passage") or ""), str(form.get("question") or "").strip()
    if not question:
        raise Refused(422, "web.document.alias.empty")
    library = bot_of(request).library
    await run_in_threadpool(library.alias_add, key, question[:LONGEST_ALIAS], document=document, author=desk.actor)
    return _done(request, f"/documents/{document}", "alias", document)


@router.post("/{document}/aliases/{alias}/remove")
async def remove_alias(request: Request, document: RowNumber, alias: RowNumber) -> Response:
    """Take back a question that was added to an entry."""
    _, _, desk = await form_at(request, "editor")
    await run_in_threadpool(alias_removed, request, document, alias, desk)
    return _done(request, f"/documents/{document}", "alias_removed", document)


@router.post("/{document}/audience")
async def audience(request: Request, document: RowNumber) -> Response:
    """Say who may see a document: groups with commas between them, nobody named means everyone."""
    form, visitor, desk = await form_at(request, "admin")
    groups = list(dict.fromkeys(part.strip() for part in str(form.get("groups") or "").split(",") if part.strip()))
    if len(groups) > MOST_GROUPS or any(len(group) > LONGEST_GROUP for group in groups):
        return await run_in_threadpool(_settings, request, document, desk, visitor, "web.field.groups")
    await run_in_threadpool(bot_of(request).library.set_audience, document, groups or None, author=desk.actor)
    return _done(request, f"/documents/{document}/settings", "audience", document)


@router.post("/{document}/owner")
async def owner(request: Request, document: RowNumber) -> Response:
    """Say which account sees to a document: one that is chosen, whoever sends the form, or none."""
    form, _, desk = await form_at(request, "editor")
    chosen = str(form.get("owner") or "")
    account = desk.actor.account_id if form.get("me") else int(chosen) if _is_number(chosen) else None
    await run_in_threadpool(bot_of(request).library.set_owner, document, account, author=desk.actor)
    return _done(request, f"/documents/{document}/settings", "owner" if account else "owner_nobody", document)


def _done(request: Request, path: str, what: str, document: int, **values: object) -> Response:
    request.app.state.examples.forget()
    return RedirectResponse(done_address(path, what, document, **values), 303)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10
