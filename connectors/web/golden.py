"""The page of golden questions: what must be answered by which entry, asked again whenever something changes."""

from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from bot import golden_changes, golden_files
from bot.database import golden, runs
from bot.database.golden import Golden, NewGolden
from bot.golden import KIND
from bot.phrases import say
from connectors.web.askers import bot_of
from connectors.web.desk import Desk, desk_of, form_at
from connectors.web.downloads import attachment
from connectors.web.golden_view import CHOSEN, Chosen, golden_page
from connectors.web.pages import visited
from connectors.web.reader import reader_language
from connectors.web.refusals import Refused
from connectors.web.shapes import LARGEST_NUMBER, RowNumber
from connectors.web.visitors import Visitor
from knowledge.language import language_of

router = APIRouter(prefix="/documents/golden", include_in_schema=False)
PAGE = "/documents/golden"
LONGEST_WORDS = 200
MOST_GROUPS = 100
LONGEST_GROUP = 150
DONE = frozenset("saved changed removed started cancelled".split())


@router.get("")
def page(request: Request, show: str = "", q: str = "", page: int = 1) -> Response:
    """Show the questions, some at a time, with what came of them at the last run."""
    return _page(request, desk_of(request, "editor"), show=show, words=q, number=page)


def _page(
    request: Request,
    desk: Desk,
    visitor: Visitor | None = None,
    *,
    show: str = "",
    words: str = "",
    number: int = 1,
    told: tuple[str, ...] = (),
    removed: Golden | None = None,
) -> Response:
    chosen: Chosen = next((each for each in CHOSEN if each == show), "all")
    words = words[:LONGEST_WORDS].replace("\0", "").strip()
    bot, language = bot_of(request), reader_language(request)
    shown = golden_page(bot, language, chosen=chosen, words=words, page=number)
    done = request.query_params.get("done", "")
    if done in DONE and not told:
        told = (say(f"golden.done.{done}", language),)
    zone = bot.clock().tzinfo
    return visited(
        request, "golden.html", visitor, shown=shown, chosen=chosen, kinds=CHOSEN, words=words, told=told,
        removed=removed, may=desk, zone=zone,
    )  # fmt: skip


@router.get("/new")
def new(request: Request, answer: str = "") -> Response:
    """Lead to the test of the question that an answer was given to, to be saved from there."""
    desk_of(request, "editor")
    with bot_of(request).sessions() as session:
        asked = golden.asked_in(session, answer[:40])
    if asked is None:
        raise Refused(404, "feedback.no_answer")
    question, groups = asked
    pairs = [
        ("q", question[: golden.LONGEST_QUESTION]),
        ("answer", answer[:40]),
        *(("groups", each) for each in groups),
    ]
    return RedirectResponse(f"/documents/try?{urlencode(pairs)}", 303)


@router.post("/save")
async def save(request: Request) -> Response:
    """Save what was tested; a question that is golden already expects something else from now on."""
    form, _, desk = await form_at(request, "editor")
    replaced = _number(form.get("golden"))
    bot, made = bot_of(request), _new_in(form)
    kept, _ = await run_in_threadpool(golden_changes.save, bot, desk.actor, made, instead_of=replaced)
    if "x-fragment" in request.headers:
        language = reader_language(request)
        said, title = say(f"golden.done.{kept}", language), say("golden.title", language)
        return HTMLResponse(f'{said} <a href="{PAGE}">{title}</a>')
    return RedirectResponse(f"{PAGE}?done={kept}", 303)


@router.post("/add")
async def add(request: Request) -> Response:
    """Save one again that was just removed."""
    form, _, desk = await form_at(request, "editor")
    await run_in_threadpool(golden_changes.save, bot_of(request), desk.actor, _new_in(form))
    return RedirectResponse(f"{PAGE}?done=saved", 303)


@router.post("/run")
async def run(request: Request) -> Response:
    """Begin to ask all of them."""
    _, _, desk = await form_at(request, "editor")
    await run_in_threadpool(golden_changes.ask_all, bot_of(request), desk.actor)
    return RedirectResponse(f"{PAGE}?done=started", 303)


@router.post("/cancel")
async def cancel(request: Request) -> Response:
    """End the run that goes on."""
    await form_at(request, "editor")
    await run_in_threadpool(stopped, request)
    return RedirectResponse(f"{PAGE}?done=cancelled", 303)


def stopped(request: Request) -> bool:
    """End the run that goes on, whichever process works on it; False: there is none."""
    with bot_of(request).sessions.begin() as session:
        return runs.cancel(session, KIND)


@router.get("/progress")
def progress(request: Request) -> Response:
    """Tell how far the run is, for the page's script."""
    desk_of(request, "editor")
    with bot_of(request).sessions() as session:
        newest = runs.latest(session, KIND)
    going = newest is not None and newest.running
    return JSONResponse(
        {"running": going, "done": newest.done if newest else 0, "total": newest.total if newest else 0}
    )


@router.get("/file.csv")
def download(request: Request) -> Response:
    """Return all of them as a table."""
    desk_of(request, "editor")
    language = reader_language(request)
    with bot_of(request).sessions() as session:
        every = golden.listed(session)
    return attachment(golden_files.file_name(language), "text/csv", golden_files.table_of(every, language))


@router.post("/file")
async def upload(request: Request) -> Response:
    """Save what a table holds."""
    form, visitor, desk = await form_at(request, "editor", files=True)
    file = form.get("files")
    data = await file.read(golden_files.LARGEST + 1) if isinstance(file, UploadFile) and file.filename else b""
    await form.close()
    if not data:
        raise Refused(422, "web.upload.no_file")
    return await run_in_threadpool(_imported, request, visitor, desk, data)


def _imported(request: Request, visitor: Visitor, desk: Desk, data: bytes) -> Response:
    found = golden_changes.take_in(bot_of(request), desk.actor, data)
    return _page(request, desk, visitor, told=tuple(golden_files.told(found, reader_language(request))))


@router.post("/{number}/change")
async def change(request: Request, number: RowNumber) -> Response:
    """Put other words or another expectation in the place of one."""
    form, _, desk = await form_at(request, "editor")
    await run_in_threadpool(_change, request, desk, number, form)
    return RedirectResponse(f"{PAGE}?done=changed#golden-{number}", 303)


def _change(request: Request, desk: Desk, number: int, form: FormData) -> None:
    with bot_of(request).sessions() as session:
        before = golden.get(session, number)
    if before is None:
        raise Refused(404, "golden.none")
    golden_changes.change(bot_of(request), desk.actor, number, _new_in(form, before))


@router.post("/{number}/remove")
async def remove(request: Request, number: RowNumber) -> Response:
    """Remove one; the page offers to save it again."""
    _, visitor, desk = await form_at(request, "editor")
    return await run_in_threadpool(_remove, request, visitor, desk, number)


def _remove(request: Request, visitor: Visitor, desk: Desk, number: int) -> Response:
    gone = golden_changes.remove(bot_of(request), desk.actor, number)
    told = (say("golden.done.removed", reader_language(request)),)
    return _page(request, desk, visitor, told=told, removed=gone)


def _new_in(form: FormData, before: Golden | None = None) -> NewGolden:
    """Return what a form says of a golden question; what it does not say stays as it was."""
    question, expects, language = _text(form, "question"), _text(form, "expects"), _text(form, "in")
    if expects not in ("entry", "answer", "none"):
        raise Refused(422, "golden.no_expectation")
    document = _number(form.get("document")) or (before.document_id if before else None)
    return NewGolden(
        question,
        expects,  # type: ignore[arg-type]
        language if language in ("ko", "en") else language_of(question),  # type: ignore[arg-type]
        document or None,
        _text(form, "passage") or (before.key if before else None),
        _groups(form),
        _text(form, "note"),
        _text(form, "answer")[:40] or (before.answer_id if before else None),
    )


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value.replace("\0", "").strip() if isinstance(value, str) else ""


def _groups(form: FormData) -> frozenset[str]:
    """Return the groups that are named, one a field or several with commas."""
    named = [part.strip() for value in form.getlist("groups") if isinstance(value, str) for part in value.split(",")]
    return frozenset(each[:LONGEST_GROUP] for each in named[:MOST_GROUPS] if each)


def _number(value: object) -> int:
    text = value if isinstance(value, str) else ""
    return min(int(text), LARGEST_NUMBER) if text.isascii() and text.isdecimal() and len(text) < 11 else 0
