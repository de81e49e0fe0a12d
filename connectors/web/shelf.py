"""The list of documents: what is there, uploads without a script, use and removal. One document is in ``volume.py``."""

from collections.abc import Sequence
from typing import Any, Literal

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from connectors.web.askers import bot_of
from connectors.web.blank_tables import blank_table, columns_in
from connectors.web.desk import Desk, desk_of, form_at
from connectors.web.done import done_address, done_in
from connectors.web.downloads import attachment
from connectors.web.forms import FILE_BYTES
from connectors.web.listing import folded, listing, seen_document
from connectors.web.pages import visited
from connectors.web.reader import reader_language
from connectors.web.refusals import Refused
from connectors.web.shapes import RowNumber
from connectors.web.templating import fragment
from connectors.web.trials import groups_for
from connectors.web.uploads import added, arrived_in
from connectors.web.visitors import Visitor
from knowledge.language import Language

router = APIRouter(prefix="/documents", include_in_schema=False)
LONGEST_WORDS = 200


@router.get("")
def documents(request: Request, q: str = "", mine: bool = False) -> Response:
    """Show the documents and the form to upload more."""
    return _documents(request, desk_of(request, "viewer"), q, mine=mine)


def _documents(
    request: Request,
    desk: Desk,
    words: str = "",
    results: Sequence[dict[str, Any]] = (),
    visitor: Visitor | None = None,
    *,
    mine: bool = False,
) -> Response:
    return visited(
        request,
        "documents.html",
        visitor,
        **_list(request, desk, words, mine=mine),
        results=results,
        limit=FILE_BYTES // 1_000_000,
        groups=groups_for(request, desk),
        trial=None,
        done=done_in(request),
    )


def _list(request: Request, desk: Desk, words: str, *, mine: bool = False) -> dict[str, Any]:
    bot = bot_of(request)
    account = desk.actor.account_id
    owner = account if mine else None
    shown = listing(bot, reader_language(request), words[:LONGEST_WORDS], desk.groups, owner=owner)
    return {
        "mine": mine and account is not None,
        "own": account is not None,
        "documents": shown.documents,
        "total": shown.total,
        "more": shown.more,
        "indexing": shown.indexing,
        "words": words[:LONGEST_WORDS],
        "staged": bot.library.staged() if desk.edit else [],
        "may": desk,
    }


@router.get("/list")
def document_list(request: Request, q: str = "", mine: bool = False) -> Response:
    """Return the list alone, for the page's script."""
    desk = desk_of(request, "viewer")
    visitor: Visitor | None = request.app.state.visitors.known(request)
    values = _list(request, desk, q, mine=mine)
    return HTMLResponse(
        fragment("document_list.html", reader_language(request), token=visitor.token if visitor else "", **values)
    )


@router.post("")
async def upload_without_script(request: Request) -> Response:
    """Add the files of a form, where no script runs, and show the page with the results."""
    form, visitor, desk = await form_at(request, "editor", files=True)
    results = await run_in_threadpool(added, bot_of(request), await arrived_in(request, form, desk.actor))
    request.app.state.examples.forget()
    return await run_in_threadpool(_documents, request, desk, "", results, visitor)


@router.get("/template")
def template_help(request: Request) -> Response:
    """Show what belongs into each column of the table to fill in."""
    desk_of(request, "viewer")
    return visited(request, "template_help.html", columns=columns_in(reader_language(request)))


@router.get("/template/{language}.{kind}")
def template(request: Request, language: Language, kind: Literal["csv", "xlsx"]) -> Response:
    """Return an empty table to fill in."""
    desk_of(request, "viewer")
    table = blank_table(language, kind)
    return attachment(table.name, table.media, table.data)


@router.post("/{document}/enable")
async def enable(request: Request, document: RowNumber) -> Response:
    """Use a document in answers again."""
    _, _, desk = await form_at(request, "editor")
    await run_in_threadpool(bot_of(request).library.enable, document, author=desk.actor)
    return _changed(request, "enabled", document)


@router.post("/{document}/disable")
async def disable(request: Request, document: RowNumber) -> Response:
    """Keep a document out of answers."""
    _, _, desk = await form_at(request, "editor")
    await run_in_threadpool(bot_of(request).library.disable, document, author=desk.actor)
    return _changed(request, "disabled", document)


@router.post("/{document}/remove")
async def remove(request: Request, document: RowNumber) -> Response:
    """Remove a document for good and show the list; where its name was asked for, only if that is what was typed."""
    form, _, desk = await form_at(request, "admin")
    typed = form.get("name")
    if typed is not None:
        listed = await run_in_threadpool(seen_document, request, document, desk)
        if folded(str(typed)).strip() != folded(listed.name).strip():
            raise Refused(422, "web.settings.remove.wrong")
    await run_in_threadpool(bot_of(request).library.remove, document, author=desk.actor)
    return _changed(request, "removed")


def _changed(request: Request, what: str, *documents: int) -> Response:
    request.app.state.examples.forget()
    return RedirectResponse(done_address("/documents", what, *documents), 303)
