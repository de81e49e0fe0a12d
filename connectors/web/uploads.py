"""The documents over HTTP: list, upload with progress, look at, remove."""

import queue
import threading
import unicodedata
from collections.abc import Callable, Generator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.phrases import say
from connectors.web.askers import asker_of, bot_of
from connectors.web.people import require
from connectors.web.reader import reader_language
from connectors.web.refusals import Refused, error_sentence
from connectors.web.streams import EVENT_STREAM, Sent
from knowledge.language import Language
from knowledge.passages import Progress

if TYPE_CHECKING:
    from bot.database.documents import PassageRecord
    from bot.library import DocumentInfo, FileResult
    from bot.wiring import Bot

router = APIRouter(prefix="/api/v1/knowledge")
MOST_FILES = 100
FILE_BYTES = 20_000_000
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
                        }
                    },
                }
            }
        },
    }
}
"""What OpenAPI says of the upload: the framework cannot see that the body is read by hand."""

NamedBytes = tuple[str, bytes]


async def form_of(request: Request) -> FormData:
    """Return a form, its files included.

    Raises:
        Refused: 415, it is no form; 400, it did not arrive whole; 422, too many files.
    """
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind not in ("multipart/form-data", "application/x-www-form-urlencoded"):
        raise Refused(415, "web.refused.form")
    try:
        return await request.form(max_files=MOST_FILES, max_fields=MOST_FILES)
    except Refused:
        raise
    except HTTPException as error:  # the framework's, in English: broken boundaries, too many parts
        if "Too many" in str(error.detail):
            raise Refused(422, "web.upload.too_many", limit=MOST_FILES) from error
        raise Refused(400, "web.upload.broken") from error


async def files_in(form: FormData, language: Language) -> tuple[list[NamedBytes], list[dict[str, Any]]]:
    """Return the files of a form that are small enough, and a result for each that is not.

    Raises:
        Refused: 422, there is none.
    """
    files: list[NamedBytes] = []
    refused: list[dict[str, Any]] = []
    for _, upload in form.multi_items():
        if not isinstance(upload, UploadFile) or not upload.filename:
            continue
        name = plain_name(upload.filename)
        if (upload.size or 0) > FILE_BYTES:
            message = say("web.upload.too_large", language, name=name, limit=FILE_BYTES // 1_000_000)
            refused.append({"name": name, "state": "unreadable", "message": message})
        else:
            files.append((name, await upload.read()))
    if not files and not refused:
        raise Refused(422, "web.upload.no_file")
    return files, refused


def plain_name(name: str) -> str:
    """Return a file's name without folders and control characters, composed (a Mac sends Hangul in pieces)."""
    last = PurePosixPath(name.replace("\\", "/")).name
    printable = "".join(c for c in last if c.isprintable())
    return unicodedata.normalize("NFC", printable).strip()[:200] or "file"


def added(
    bot: "Bot", files: list[NamedBytes], language: Language, progress: Progress | None = None
) -> list[dict[str, Any]]:
    """Add files to the library and return one result a file, with its sentence."""
    return [result_line(result, language) for result in bot.library.add(files, progress)]


def result_line(result: "FileResult", language: Language) -> dict[str, Any]:
    """Return a file's result as JSON; ``message`` says in a sentence what happened, ``reading`` how it was read."""
    counts = {"added": result.added, "changed": result.changed, "removed": result.removed}
    read = result.state != "unreadable"
    message = say(f"web.upload.{result.state}", language, **counts) if read else result.message(language)
    reading = result.reading(language)
    return {"name": result.name, "state": result.state, **counts, "reading": reading, "message": message}


def document_line(document: "DocumentInfo", language: Language) -> dict[str, Any]:
    """Return a document as JSON; ``added_at`` with its offset, ``reading`` says how it was read."""
    plain = ("id", "name", "kind", "version", "state", "enabled", "entries", "languages")
    line = {name: getattr(document, name) for name in plain}
    return line | {"added_at": document.added_at.isoformat(), "reading": document.reading(language)}


def entry_line(entry: "PassageRecord") -> dict[str, Any]:
    """Return an entry as JSON, its dates as YYYY-MM-DD."""
    plain = ("title", "question", "answer", "language", "page", "aliases", "audience")
    days = {"valid_from": entry.valid_from, "valid_until": entry.valid_until}
    dates = {name: day.isoformat() if day else None for name, day in days.items()}
    return {"passage": entry.key} | {name: getattr(entry, name) for name in plain} | dates


@router.post("", summary="Add documents", openapi_extra=FORM_SCHEMA)
async def upload(request: Request) -> Response:
    """Add files, or replace those of the same name; each file has its own result.

    With `Accept: text/event-stream`: the events `progress` (`{"done", "total"}`, while the entries are made
    searchable), then `done` (what is answered otherwise) or `error`. `state` is `added`, `changed`, `unchanged` or
    `unreadable`; `reading` says how the file was read. 422 when no file could be read.
    """
    require(request, "editor")
    asker_of(request)
    language = reader_language(request)
    files, refused = await files_in(await form_of(request), language)
    bot = bot_of(request)
    if EVENT_STREAM in request.headers.get("accept", ""):
        work = _followed(bot, files, refused, language, request.app.state.examples.forget)
        response: Response = request.app.state.streams.response(
            work, lambda error: ("error", {"error": error_sentence(error, language)})
        )
        return response
    results = refused + (await run_in_threadpool(added, bot, files, language) if files else [])
    request.app.state.examples.forget()
    if all(result["state"] == "unreadable" for result in results):
        return JSONResponse({"error": results[0]["message"], "files": results}, status_code=422)
    return JSONResponse({"files": results})


def _followed(
    bot: "Bot", files: list[NamedBytes], refused: list[dict[str, Any]], language: Language, after: Callable[[], None]
) -> Generator[Sent, None, None]:
    """Add the files in a thread beside and yield how far it is; the adding goes on when the reader has gone."""
    steps: queue.SimpleQueue[Sent] = queue.SimpleQueue()

    def add() -> None:
        try:
            results = added(bot, files, language, lambda d, t: steps.put(("progress", {"done": d, "total": t})))
            steps.put(("done", {"files": refused + results}))
        except Exception as error:  # noqa: BLE001 - the edge of the connector: the reader gets a sentence
            steps.put(("error", {"error": error_sentence(error, language)}))
        finally:
            after()

    threading.Thread(target=add, name="upload", daemon=True).start()
    while True:
        step = steps.get()
        yield step
        if step[0] != "progress":
            return


@router.get("", summary="List the documents")
def documents(request: Request) -> Response:
    """Return every document with its live version."""
    language = reader_language(request)
    return JSONResponse({"documents": [document_line(each, language) for each in bot_of(request).library.documents()]})


@router.get("/{document}", summary="Look inside a document")
def look(request: Request, document: int) -> Response:
    """Return a document with its entries, in their order."""
    shown = bot_of(request).library.show(document)
    line = document_line(shown.document, reader_language(request))
    return JSONResponse(line | {"entries": [entry_line(each) for each in shown.passages]})


@router.delete("/{document}", summary="Remove a document")
def remove(request: Request, document: int) -> Response:
    """Remove a document: its text is gone from answers at once."""
    require(request, "admin")
    asker_of(request)
    bot_of(request).library.remove(document)
    request.app.state.examples.forget()
    return JSONResponse({"removed": document})
