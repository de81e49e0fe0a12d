"""One entry of a document: changed, added and taken out on its page; what somebody else did meanwhile is shown."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.database import browsing
from bot.errors import UserError
from bot.library_entries import Edit, EntryMovedError, LiveEntry
from bot.phrases import say
from connectors.web.askers import bot_of
from connectors.web.desk import Desk, desk_of, form_at
from connectors.web.done import done_address
from connectors.web.entry_forms import TypedEntry, differing, typed_in, typed_of
from connectors.web.listing import may_see, seen_document
from connectors.web.pages import visited
from connectors.web.reader import reader_language
from connectors.web.refusals import Refused, status_of
from connectors.web.shapes import RowNumber
from connectors.web.templating import fragment
from connectors.web.visitors import Visitor
from connectors.web.volume import ENTRIES_A_PAGE

if TYPE_CHECKING:
    from bot.library import Library

router = APIRouter(prefix="/documents", include_in_schema=False)
LONGEST_KEY = 200


@router.get("/{document}/entry/edit")
def edit_form(request: Request, document: RowNumber, key: str = "") -> Response:
    """Show an entry as a form: alone for the page's script, as a page without one."""
    desk = desk_of(request, "editor")
    entry = _entry(request, document, key)
    return _form(request, document, desk, entry=entry, typed=typed_of(entry.draft))


@router.get("/{document}/entry/new")
def new_form(request: Request, document: RowNumber, question: str = "") -> Response:
    """Show the form for another entry; ``question`` is already in it."""
    return _form(request, document, desk_of(request, "editor"), typed=TypedEntry(question[:2_000].replace("\0", "")))


@router.post("/{document}/entry/edit")
async def edit(request: Request, document: RowNumber) -> Response:
    """Change an entry; one that somebody else changed meanwhile is shown beside what was typed."""
    form, visitor, desk = await form_at(request, "editor")
    key, seen = str(form.get("key") or "")[:LONGEST_KEY], _number(str(form.get("seen") or ""))
    typed = typed_in(form)
    return await run_in_threadpool(_edit, request, document, desk, visitor, key, seen, typed)


def _edit(
    request: Request, document: int, desk: Desk, visitor: Visitor, key: str, seen: int, typed: TypedEntry
) -> Response:
    library = bot_of(request).library
    try:
        fields = typed.fields()
        if fields.audience is None and _is_nobodys(library, document, key):  # no field can say so: it stays
            fields = replace(fields, audience=())
        made = library.edit_entry(document, key, fields, seen=seen, author=desk.actor)
    except EntryMovedError as moved:
        return _moved(request, document, desk, visitor, typed, moved)
    except UserError as error:
        entry = replace(_entry(request, document, key), seen=seen)
        return _form(request, document, desk, visitor, entry=entry, typed=typed, error=error)
    if made is None:
        return RedirectResponse(_place(request, document, key, "entry_same"), 303)
    return _done(request, document, made, "entry_edited")


@router.post("/{document}/entry/new")
async def add(request: Request, document: RowNumber) -> Response:
    """Add an entry at the end of a document."""
    form, visitor, desk = await form_at(request, "editor")
    return await run_in_threadpool(_add, request, document, desk, visitor, typed_in(form))


def _add(request: Request, document: int, desk: Desk, visitor: Visitor, typed: TypedEntry) -> Response:
    try:
        made = bot_of(request).library.add_entry(document, typed.fields(), author=desk.actor)
    except UserError as error:
        return _form(request, document, desk, visitor, typed=typed, error=error)
    return _done(request, document, made, "entry_added")


@router.post("/{document}/entry/remove")
async def remove(request: Request, document: RowNumber) -> Response:
    """Take an entry out; if somebody else changed it meanwhile, that is shown instead."""
    form, visitor, desk = await form_at(request, "editor")
    key, seen = str(form.get("key") or "")[:LONGEST_KEY], _number(str(form.get("seen") or ""))
    return await run_in_threadpool(_remove, request, document, desk, visitor, key, seen)


def _remove(request: Request, document: int, desk: Desk, visitor: Visitor, key: str, seen: int) -> Response:
    library: Library = bot_of(request).library
    try:
        made = library.remove_entry(document, key, seen=seen, author=desk.actor)
    except EntryMovedError as moved:
        if moved.now is None:  # it is gone already: a double click
            return RedirectResponse(done_address(f"/documents/{document}", "entry_gone"), 303)
        return _form(request, document, desk, visitor, entry=moved.now, typed=typed_of(moved.now.draft), error=moved)
    return _done(request, document, made, "entry_removed")


# --- what is shown ----------------------------------------------------------------------------------------------


def _form(
    request: Request,
    document: int,
    desk: Desk,
    visitor: Visitor | None = None,
    *,
    typed: TypedEntry,
    entry: LiveEntry | None = None,
    error: UserError | None = None,
    **values: Any,
) -> Response:
    language = reader_language(request)
    listed = seen_document(request, document, desk)
    with bot_of(request).sessions() as session:
        groups = browsing.known_groups(session)
    values = {
        "document": listed,
        "may": desk,
        "entry": entry,
        "typed": typed,
        "groups": groups,
        "prose": entry is not None and entry.is_prose,
        "problem": say(error.phrase, language, **error.values) if error else "",
        "differing": (),
        "gone": False,
        **values,
    }
    if "x-fragment" in request.headers:
        known: Visitor | None = visitor or request.app.state.visitors.known(request)
        return HTMLResponse(fragment("entry_form.html", language, token=known.token if known else "", **values))
    response = visited(request, "entry.html", visitor, **values)
    response.status_code = status_of(error) if error else response.status_code
    return response


def _is_nobodys(library: "Library", document: int, key: str) -> bool:
    """Tell whether nobody may see an entry; one that is gone is no such."""
    try:
        return library.entry(document, key).draft.audience == ()
    except UserError:
        return False


def _moved(
    request: Request, document: int, desk: Desk, visitor: Visitor, typed: TypedEntry, moved: EntryMovedError
) -> Response:
    """Show what the entry says now beside what was typed; saved again, the latter counts."""
    if moved.now is None:
        return _form(request, document, desk, visitor, typed=typed, error=moved, gone=True)
    shown = differing(moved.now.draft, typed, reader_language(request))
    return _form(request, document, desk, visitor, entry=moved.now, typed=typed, error=moved, differing=shown)


def _entry(request: Request, document: int, key: str) -> LiveEntry:
    """Return an entry; Refused: 404, there is none of this key that is live."""
    desk = desk_of(request, "editor")
    seen_document(request, document, desk)
    entry = bot_of(request).library.entry(document, key[:LONGEST_KEY].replace("\0", ""))
    if not may_see(entry.draft.audience, desk.groups):
        raise Refused(404, "web.document.entry_gone")
    return entry


def _place(request: Request, document: int, key: str, what: str, **values: object) -> str:
    """Return the address of the page that an entry is on, with what was done there."""
    with bot_of(request).sessions() as session:
        place = browsing.place_of(session, document, key)
    if place is None:
        return done_address(f"/documents/{document}", what, document, **values)
    at, number = place
    address = done_address(f"/documents/{document}", what, document, page=at // ENTRIES_A_PAGE + 1, **values)
    return f"{address}#entry-{number}"


def _done(request: Request, document: int, made: Edit, what: str) -> Response:
    request.app.state.examples.forget()
    values = {"before": made.before, "version": made.version.number}
    return RedirectResponse(_place(request, document, made.key, what, **values), 303)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
