"""Files that come in over HTTP are added or staged, and what happens is told as it does."""

import queue
import threading
from collections.abc import Callable, Generator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.errors import UserError
from bot.phrases import say
from bot.plan_words import plan_in_words
from connectors.web.askers import bot_of
from connectors.web.desk import calling
from connectors.web.forms import FILE_BYTES, MOST_FILES, NamedBytes, files_in, form_of
from connectors.web.previews import Previews, previews_of
from connectors.web.reader import reader_language
from connectors.web.refusals import error_sentence
from connectors.web.streams import EVENT_STREAM, Sent
from knowledge.language import Language
from knowledge.passages import Progress

if TYPE_CHECKING:
    from bot.database.audit import Actor
    from bot.library import FileResult
    from bot.wiring import Bot
    from knowledge.plans import Plan

router = APIRouter(prefix="/api/v1/knowledge")
FORM_SCHEMA = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["files"],
                    "properties": {
                        "files": {
                            "type": "array",
                            "items": {"type": "string", "format": "binary"},
                            "description": f"Up to {MOST_FILES} files of {FILE_BYTES // 1_000_000} MB each.",
                        },
                        "publish": {
                            "enum": ["1", "0"],
                            "description": "0: the files wait until they are published or discarded. Without it, 1.",
                        },
                        "columns": {
                            "type": "string",
                            "description": "How tables are to be read: `질문=Q,답변=A` (what a column is, and its "
                            "name or `#` and its number), or a plan as JSON. Without it, that is found out.",
                        },
                        "path": {
                            "type": "array",
                            "items": {"type": "string"},
                            "description": "What each file is called, folders included, instead of its own name.",
                        },
                    },
                }
            }
        },
    }
}
"""What OpenAPI says of the upload: the framework cannot see that the body is read by hand."""

Tell = Callable[[Sent], None]
"""Hands on an event while work goes on."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """Files that came in: who sent them, whether they go live at once, and how somebody said they are to be read."""

    files: list[NamedBytes]
    refused: list[dict[str, Any]]
    author: "Actor"
    publish: bool
    language: Language
    plan: "Plan | None" = None


def added(bot: "Bot", arrived: Arrived, progress: Progress | None = None) -> list[dict[str, Any]]:
    """Add or stage what arrived and return one result a file, with its sentence; those refused come first."""
    if not arrived.files:
        return arrived.refused
    publish = arrived.publish and bot.settings.publishing != "tried"
    results = bot.library.add(
        arrived.files, progress, author=arrived.author, publish=publish, plan=arrived.plan, keep_unread=True
    )
    return arrived.refused + [result_line(result, arrived.language) for result in results]


def result_line(result: "FileResult", language: Language) -> dict[str, Any]:
    """Return a file's result as JSON; ``message`` says in a sentence what happened, ``reading`` how it was read.

    ``staged``: it waits to be published; ``version`` is then what it is published or discarded by. ``unread``: by what
    a table is found that could not be read, so that somebody can choose its columns.
    """
    counts = {"added": result.added, "changed": result.changed, "removed": result.removed}
    state = {"added": "staged_new", "changed": "staged_change"}.get(result.state) if result.staged else result.state
    read = result.state != "unreadable"
    message = say(f"web.upload.{state}", language, **counts) if read else result.message(language)
    about = {"reading": result.reading(language), "message": message}
    ids: dict[str, Any] = {"document": result.document, "version": result.version, "staged": result.staged}
    ids |= {"unread": result.unread} if result.unread else {}
    return {"name": result.name, "state": result.state, **counts, **about, **ids}


async def arrived_in(request: Request, form: FormData, author: "Actor") -> Arrived:
    """Return the files of a form, to be published unless it says otherwise."""
    language = reader_language(request)
    files, refused = await files_in(form, language)
    columns = str(form.get("columns") or "").strip()
    plan = plan_in_words(columns) if columns else None
    return Arrived(files, refused, author, form.get("publish") not in ("0", "false"), language, plan)


@router.post("", summary="Add documents", openapi_extra=FORM_SCHEMA)
async def upload(request: Request) -> Response:
    """Add files, or replace those of the same name; each file has its own result. For editors.

    With `publish` = 0 nothing changes yet: each result has the `version` by which it is looked at, published or
    discarded. With `Accept: text/event-stream`: the events `step` (`{"step"}`: reading, comparing), `progress`
    (`{"done", "total"}`, while the entries are made searchable), then `done` (what is answered otherwise) or
    `error`; whoever hangs up before files that were to wait are ready has them discarded. `state` is `added`,
    `changed`, `unchanged` or `unreadable`; `reading` says how the file was read. 422 when no file could be read.
    """
    desk = calling(request, "editor")
    arrived = await arrived_in(request, await form_of(request), desk.actor)
    bot = bot_of(request)
    if EVENT_STREAM in request.headers.get("accept", ""):
        return followed(request, _staging(request, arrived), arrived.language)
    results = await run_in_threadpool(added, bot, arrived)
    request.app.state.examples.forget()
    if all(result["state"] == "unreadable" for result in results):
        return JSONResponse({"error": results[0]["message"], "files": results}, status_code=422)
    return JSONResponse({"files": results})


def followed(request: Request, work: Generator[Sent, None, None], language: Language) -> Response:
    """Return a response that follows the work event by event."""
    response: Response = request.app.state.streams.response(
        work, lambda error: ("error", {"error": error_sentence(error, language)})
    )
    return response


def _staging(request: Request, arrived: Arrived) -> Generator[Sent, None, None]:
    """Add the files and yield how far it is; files that were to wait are discarded where nobody waits for them."""
    bot, previews = bot_of(request), previews_of(request)
    gone = threading.Event()
    ready: list[dict[str, Any]] = []

    def add(tell: Tell) -> Sent:
        tell(("step", {"step": "reading"}))
        results = added(bot, arrived, progress_of(tell))
        if not arrived.publish:
            tell(("step", {"step": "comparing"}))
            results = [_with_findings(bot, previews, each, arrived.language) for each in results]
        ready.extend(results)
        if gone.is_set():
            _discard(bot, results, arrived.author)
        return "done", {"files": results}

    try:
        yield from working(add, arrived.language, request.app.state.examples.forget)
    except GeneratorExit:
        gone.set()
        _discard(bot, ready, arrived.author)  # those that come later, it discards itself
        raise


def _with_findings(bot: "Bot", previews: Previews, result: dict[str, Any], language: Language) -> dict[str, Any]:
    """Add to a staged file's result what is to be looked at before it is published."""
    if not result.get("staged"):
        return result
    change = previews.of(bot.library, result["version"])
    found = {"duplicate": len(change.duplicate), "conflicting": len(change.conflicting)}
    if any(found.values()):
        result["message"] += " · " + say("web.upload.findings", language, **found)
    return result | found


def _discard(bot: "Bot", results: list[dict[str, Any]], author: "Actor") -> None:
    for result in results:
        if result.get("staged"):
            with suppress(UserError):  # somebody was faster
                bot.library.discard(result["version"], author=author)


def progress_of(tell: Tell) -> Progress:
    """Return a progress that tells of itself as an event."""
    return lambda done, total: tell(("progress", {"done": done, "total": total}))


def working(work: Callable[[Tell], Sent], language: Language, after: Callable[[], None]) -> Generator[Sent, None, None]:
    """Do the work in a thread beside and yield what it tells, at last what it returns, or the error.

    The work goes on when nobody listens any more.
    """
    told: queue.SimpleQueue[Sent] = queue.SimpleQueue()

    def run() -> None:
        try:
            told.put(work(told.put))
        except Exception as error:  # noqa: BLE001 - the edge of the connector: the reader gets a sentence
            told.put(("error", {"error": error_sentence(error, language)}))
        finally:
            after()

    threading.Thread(target=run, name="upload", daemon=True).start()
    while True:
        step = told.get()
        yield step
        if step[0] in ("done", "error"):
            return
