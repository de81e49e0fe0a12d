"""The documents' pages: what is there, uploads without a script, a look inside, removal."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from connectors.web.askers import bot_of
from connectors.web.pages import checked_form, visited
from connectors.web.reader import reader_language
from connectors.web.templating import fragment
from connectors.web.uploads import FILE_BYTES, added, files_in
from connectors.web.visitors import Visitor

router = APIRouter(prefix="/documents", include_in_schema=False)
ENTRIES_A_PAGE = 50


@router.get("")
def documents(request: Request) -> Response:
    """Show the documents and the form to upload more."""
    return _documents(request)


def _documents(request: Request, results: Sequence[dict[str, Any]] = (), visitor: Visitor | None = None) -> Response:
    return visited(
        request,
        "documents.html",
        visitor,
        documents=bot_of(request).library.documents(),
        results=results,
        limit=FILE_BYTES // 1_000_000,
    )


@router.get("/list")
def document_list(request: Request) -> Response:
    """Return the list alone, for the page's script."""
    visitor: Visitor | None = request.app.state.visitors.known(request)
    shown = bot_of(request).library.documents()
    token = visitor.token if visitor else ""
    return HTMLResponse(fragment("document_list.html", reader_language(request), documents=shown, token=token))


@router.post("")
async def upload_without_script(request: Request) -> Response:
    """Add the files of a form, where no script runs, and show the page with the results."""
    form, visitor = await checked_form(request)
    language = reader_language(request)
    files, refused = await files_in(form, language)
    results = refused + (await run_in_threadpool(added, bot_of(request), files, language) if files else [])
    request.app.state.examples.forget()
    return await run_in_threadpool(_documents, request, results, visitor)


@router.get("/{document}")
def look(request: Request, document: int, page: int = 1) -> Response:
    """Show the entries of a document, some at a time."""
    shown = bot_of(request).library.show(document)
    entries = list(shown.passages)
    last_page = max(1, -(-len(entries) // ENTRIES_A_PAGE))
    page = min(max(page, 1), last_page)
    first = (page - 1) * ENTRIES_A_PAGE
    return visited(
        request,
        "document.html",
        document=shown.document,
        entries=entries[first : first + ENTRIES_A_PAGE],
        first=first + 1,
        total=len(entries),
        page=page,
        last_page=last_page,
    )


@router.post("/{document}/remove")
async def remove(request: Request, document: int) -> Response:
    """Remove a document for good and show the list."""
    await checked_form(request)
    await run_in_threadpool(bot_of(request).library.remove, document)
    request.app.state.examples.forget()
    return RedirectResponse("/documents", 303)
