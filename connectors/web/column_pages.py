"""The columns of a table chosen by hand: its first rows, what each column is, and what would be read."""

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.errors import UserError
from bot.notes import sentence
from bot.phrases import say
from connectors.web.askers import bot_of
from connectors.web.desk import Desk, desk_of, form_at
from connectors.web.done import done_address
from connectors.web.pages import visited
from connectors.web.plan_forms import DELIMITERS, ORDER, delimiter_name, plan_in, shown_sheets
from connectors.web.reader import reader_language
from connectors.web.refusals import status_of
from connectors.web.templating import fragment
from connectors.web.visitors import Visitor

if TYPE_CHECKING:
    from bot.library_plans import FileSource
    from knowledge.looking import Looked
    from knowledge.plans import Plan

router = APIRouter(prefix="/documents/columns", include_in_schema=False)


@router.get("")
def columns(request: Request, version: str = "", document: str = "", file: str = "") -> Response:
    """Show the first rows of a file: of a version that waits, of a live document, or of one that was not read."""
    desk = desk_of(request, "editor")
    source = _source(version, document, file)
    return _page(request, desk, source, None)


@router.post("")
async def choose(request: Request) -> Response:
    """Show what would be read, or read the file so: as a version that waits to be published."""
    form, visitor, desk = await form_at(request, "editor")
    return await run_in_threadpool(_choose, request, desk, visitor, form)


def _choose(request: Request, desk: Desk, visitor: Visitor, form: FormData) -> Response:
    source = _source(*(str(form.get(name) or "")[:40] for name in ("version", "document", "file")))
    library = bot_of(request).library
    encoding, delimiter = str(form.get("encoding") or ""), DELIMITERS.get(str(form.get("delimiter") or ""), "")
    same = (encoding, str(form.get("delimiter") or "")) == (form.get("was-encoding"), form.get("was-delimiter"))
    first = library.look(source, _file_plan(encoding, delimiter))
    # Read another way, the columns are other ones: what was chosen of them counts no more.
    plan = plan_in(form, first) if same else _file_plan(encoding, delimiter)
    if form.get("do") != "read" or not same:
        return _page(request, desk, source, plan, visitor, again=same)
    try:
        result = library.read_anew(source, plan, author=desk.actor)
    except UserError as error:
        return _page(request, desk, source, plan, visitor, error=error)
    if result.problem is not None:
        problem = UserError(result.problem.phrase, **result.problem.values)
        return _page(request, desk, source, plan, visitor, error=problem)
    if not result.staged:
        return RedirectResponse(done_address("/documents", "columns_same", result.document or 0), 303)
    return RedirectResponse(f"/documents/staged/{result.version}", 303)


def _file_plan(encoding: str, delimiter: str) -> "Plan":
    from knowledge.plans import ENCODINGS, Plan

    return Plan(encoding=encoding if encoding in ENCODINGS else "", delimiter=delimiter)


def _source(version: str, document: str, file: str) -> "FileSource":
    from bot.library_plans import source_of

    return source_of(version, document, file)


def _page(
    request: Request,
    desk: Desk,
    source: "FileSource",
    plan: "Plan | None",
    visitor: Visitor | None = None,
    *,
    again: bool = True,
    error: UserError | None = None,
) -> Response:
    from knowledge.looking import MOST_READ

    language = reader_language(request)
    library = bot_of(request).library
    file = library.source(source)
    shown = plan if plan is not None else file.plan
    looked = library.look(source, shown)
    problem = say(error.phrase, language, **error.values) if error else ""
    values: dict[str, Any] = {
        "called": file.name,
        "edited": file.edited,
        "source": source,
        "field": "file" if source.kind == "unread" else source.kind,
        "looked": looked,
        "sheets": shown_sheets(looked, shown if again else None),
        "problem": problem or (sentence(file.problem, language) if file.problem and plan is None else ""),
        "chosen": _chosen(looked, shown),
        "roles": ORDER,
        "delimiters": tuple(DELIMITERS),
        "most": MOST_READ,
        "sentence": lambda note: sentence(note, language),
        "may": desk,
    }
    if "x-fragment" in request.headers:
        known: Visitor | None = visitor or request.app.state.visitors.known(request)
        return HTMLResponse(fragment("columns_form.html", language, token=known.token if known else "", **values))
    response = visited(request, "columns.html", visitor, **values)
    response.status_code = status_of(error) if error else response.status_code
    return response


def _chosen(looked: "Looked", plan: "Plan | None") -> dict[str, str]:
    """Return the encoding and the delimiter that are chosen, "" for those that are found out."""
    from knowledge.plans import Plan

    said = plan or Plan()
    return {"encoding": said.encoding, "delimiter": delimiter_name(said.delimiter), "found": looked.encoding}
