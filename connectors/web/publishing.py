"""Files that wait to be published: what each would change, then all of the chosen ones live at once, or none."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from bot.errors import DapbotError, UserError
from bot.notes import sentence
from bot.phrases import say
from bot.shown import author_name
from bot.version_trials import require_tried
from connectors.web.askers import bot_of
from connectors.web.changes import Kind, change_line, change_view, counts_of
from connectors.web.desk import Desk, calling, desk_of, form_at
from connectors.web.done import done_address, done_in
from connectors.web.listing import local_time
from connectors.web.pages import visited
from connectors.web.previews import previews_of
from connectors.web.reader import reader_language
from connectors.web.refusals import Refused, status_of
from connectors.web.shapes import PublishLine, RowNumber
from connectors.web.streams import EVENT_STREAM, Sent
from connectors.web.uploads import Tell, followed, progress_of, working
from connectors.web.version_trial_view import ShownTrial, shown_trial
from connectors.web.visitors import Visitor
from knowledge.language import Language

if TYPE_CHECKING:
    from bot.comparing import Change
    from bot.library import StagedInfo
    from bot.wiring import Bot

pages = APIRouter(prefix="/documents", include_in_schema=False)
router = APIRouter(prefix="/api/v1/knowledge")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A staged file as it is shown; ``seen`` is the number of the live version it is compared with, 0 without one.

    ``overtaken``: a newer file of the same document waits as well. ``trial``: what came of trying it, None where it
    was not tried.
    """

    version: int
    document: int
    name: str
    kind: str
    author: str
    at: str
    replaces: str
    seen: int
    counts: tuple[tuple[Kind, int], ...]
    notes: tuple[str, ...]
    overtaken: bool = False
    trial: "ShownTrial | None" = None


def _waiting(bot: "Bot", info: "StagedInfo", change: "Change", language: Language) -> Waiting:
    seen = bot.library.live_number(info.document)
    was = change.unchanged + len(change.changed) + len(change.removed)
    replaces = (
        say("web.staged.replaces", language, version=seen, count=was) if seen else say("web.staged.new", language)
    )
    return Waiting(
        version=info.version,
        document=info.document,
        name=info.name,
        kind=info.kind,
        author=author_name(info.author, language),
        at=local_time(info.created_at, bot.clock().tzinfo),
        replaces=replaces,
        seen=seen or 0,
        counts=counts_of(change),
        notes=tuple(sentence(note, language) for note in info.notes),
        trial=shown_trial(bot, info, language),
    )


# --- pages ------------------------------------------------------------------------------------------------------


@pages.get("/staged")
def staged(request: Request) -> Response:
    """Show the files that wait, with how much each would change."""
    return _staged(request, desk_of(request, "editor"))


def _staged(request: Request, desk: Desk, problems: Sequence[str] = (), visitor: Visitor | None = None) -> Response:
    bot, language = bot_of(request), reader_language(request)
    infos = bot.library.staged()
    previews = previews_of(request)
    shown = [_waiting(bot, info, previews.of(bot.library, info.version), language) for info in infos]
    newest = {each.document: each.version for each in sorted(shown, key=lambda each: each.version)}
    shown = [replace(each, overtaken=newest[each.document] != each.version) for each in shown]
    if request.query_params.get("moved") and not problems:
        problems = [say("web.staged.moved", language)]
    required = bot.settings.publishing == "tried"
    values = {"staged": shown, "may": desk, "done": done_in(request), "problems": problems, "required": required}
    return visited(request, "staged.html", visitor, **values)


@pages.get("/staged/{version}")
def preview(request: Request, version: RowNumber, show: str = "", page: int = 1) -> Response:
    """Show what one file would change, word by word."""
    desk = desk_of(request, "editor")
    bot, language = bot_of(request), reader_language(request)
    info = one_waiting(bot, version)
    change = previews_of(request).of(bot.library, version)
    each = _waiting(bot, info, change, language)
    return visited(
        request,
        "preview.html",
        each=each,
        staged=[each],
        view=change_view(change, language, show, page),
        here=f"/documents/staged/{version}?",
        required=bot.settings.publishing == "tried",
        may=desk,
        problems=[say("web.staged.moved", language)] if request.query_params.get("moved") else [],
    )


@pages.post("/publish")
async def publish_without_script(request: Request) -> Response:
    """Publish the chosen files, where no script runs; what changed meanwhile is shown first."""
    form, visitor, desk = await form_at(request, "editor")
    chosen, seen = _chosen(form)
    if not chosen:
        return await run_in_threadpool(_again, request, desk, visitor, "web.staged.nothing_chosen")
    try:
        address = await run_in_threadpool(_publish, bot_of(request), chosen, seen, desk)
    except UserError as error:
        return await run_in_threadpool(_again, request, desk, visitor, error.phrase, **error.values)
    request.app.state.examples.forget()
    return RedirectResponse(address, 303)


@pages.post("/discard")
async def discard_chosen(request: Request) -> Response:
    """Discard the chosen files."""
    form, visitor, desk = await form_at(request, "editor")
    chosen, _ = _chosen(form)
    if not chosen:
        return await run_in_threadpool(_again, request, desk, visitor, "web.staged.nothing_chosen")
    try:
        await run_in_threadpool(_discard, bot_of(request), chosen, desk)
    except UserError as error:
        return await run_in_threadpool(_again, request, desk, visitor, error.phrase, **error.values)
    path = "/documents/staged" if await run_in_threadpool(bot_of(request).library.staged) else "/documents"
    return RedirectResponse(done_address(path, "discarded"), 303)


def _again(request: Request, desk: Desk, visitor: Visitor, phrase: str, **values: object) -> Response:
    response = _staged(request, desk, [say(phrase, reader_language(request), **values)], visitor)
    response.status_code = 409
    return response


def _chosen(form: FormData) -> tuple[list[int], dict[int, int | None]]:
    """Return the versions that are ticked, and which live version somebody saw each compared with."""
    chosen = [int(n) for n in form.getlist("version") if isinstance(n, str) and n.isdecimal() and len(n) < 10]
    seen = {version: form.get(f"seen-{version}") for version in chosen}
    numbers = {v: int(n) for v, n in seen.items() if isinstance(n, str) and n.isdecimal() and len(n) < 10}
    return chosen, {version: number or None for version, number in numbers.items()}


def _publish(
    bot: "Bot", chosen: Sequence[int], seen: Mapping[int, int | None], desk: Desk, tell: Tell = lambda _: None
) -> str:
    """Publish and return the address of the page that says so; published twice is published once.

    Of several files of one document the newest is published, and the others are discarded.
    """
    before = {version: bot.library.version(version) for version in sorted(chosen)}
    newest = {info.document: version for version, info in before.items()}
    if all(before[version].state in ("published", "requested") for version in newest.values()):
        return done_address("/documents", "published", *newest)
    numbers = {document: bot.library.live_number(document) for document in newest}
    wanted = [version for version in before if version in newest.values() or before[version].state == "staged"]
    require_tried(bot, newest.values())
    published = bot.library.publish(wanted, progress_of(tell), author=desk.actor, seen=seen)
    documents = list(dict.fromkeys(info.document for info in published))
    undo = numbers[documents[0]] if len(documents) == 1 else None
    return done_address("/documents", "published", *documents, **({"before": undo} if undo else {}))


def _discard(bot: "Bot", chosen: Sequence[int], desk: Desk) -> None:
    for version in chosen:
        bot.library.discard(version, author=desk.actor)


def one_waiting(bot: "Bot", version: int) -> "StagedInfo":
    """Return a version that waits; Refused: 404, it does not (any more)."""
    found = next((info for info in bot.library.staged() if info.version == version), None)
    if found is None:
        raise Refused(404, "web.staged.gone")
    return found


# --- API --------------------------------------------------------------------------------------------------------


@router.get("/staged", summary="List the files that wait")
def staged_lines(request: Request) -> Response:
    """Return the staged versions, each with how much it would change. For editors."""
    desk_of(request, "editor")
    bot, language = bot_of(request), reader_language(request)
    infos = bot.library.staged()
    previews = previews_of(request)
    lines = [_line(bot, info, previews.of(bot.library, info.version), language) for info in infos]
    return JSONResponse({"staged": lines})


def _line(bot: "Bot", info: "StagedInfo", change: "Change", language: Language) -> dict[str, Any]:
    each = _waiting(bot, info, change, language)
    plain = ("version", "document", "name", "kind", "author", "seen")
    line = {name: getattr(each, name) for name in plain}
    about = {"created_at": info.created_at.isoformat(), "reading": info.reading(language), "message": each.replaces}
    return line | about | {"counts": dict(each.counts)}


@router.get("/staged/{version}", summary="See what a file would change")
def staged_line(request: Request, version: RowNumber) -> Response:
    """Return what a staged version would add, change and remove, with both texts, and what is amiss in it."""
    desk_of(request, "editor")
    bot, language = bot_of(request), reader_language(request)
    info = one_waiting(bot, version)
    change = previews_of(request).of(bot.library, version)
    return JSONResponse(_line(bot, info, change, language) | change_line(change, language))


@router.delete("/staged/{version}", summary="Discard a file that waits")
def discard(request: Request, version: RowNumber) -> Response:
    """Take back a staged version; nothing of what is live changes. For editors."""
    desk = calling(request, "editor")
    bot_of(request).library.discard(version, author=desk.actor)
    return JSONResponse({"discarded": version})


@router.post("/publish", summary="Publish files that wait")
async def publish(line: PublishLine, request: Request) -> Response:
    """Make staged versions live, all at the same moment or none. For editors.

    409 when another version went live since: nothing was published. With `Accept: text/event-stream`: the events
    `progress` (`{"done", "total"}`), then `done` or `error`.
    """
    desk = calling(request, "editor")
    seen = {int(version): number or None for version, number in line.seen.items()}
    bot, language = bot_of(request), reader_language(request)
    if EVENT_STREAM in request.headers.get("accept", ""):
        work = _followed(bot, line.versions, seen, desk, language, request)
        return followed(request, work, language)
    address = await run_in_threadpool(_publish, bot, line.versions, seen, desk)
    request.app.state.examples.forget()
    return JSONResponse({"published": line.versions, "location": address})


def _followed(
    bot: "Bot",
    versions: Sequence[int],
    seen: Mapping[int, int | None],
    desk: Desk,
    language: Language,
    request: Request,
) -> Generator[Sent, None, None]:
    def work(tell: Tell) -> Sent:
        try:
            address = _publish(bot, versions, seen, desk, tell)
        except DapbotError as error:
            return "error", {"error": say(error.phrase, language, **error.values), "status": status_of(error)}
        return "done", {"published": list(versions), "location": address}

    return working(work, language, request.app.state.examples.forget)
