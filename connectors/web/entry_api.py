"""Entries, columns and owners over HTTP: what the pages do, a program can."""

from dataclasses import replace
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.entry_fields import EntryFields, fields_of
from bot.library_entries import Edit, EntryMovedError, LiveEntry
from bot.notes import sentence
from bot.phrases import say
from connectors.web.askers import bot_of
from connectors.web.desk import Desk, calling, desk_of
from connectors.web.entry_forms import day_of
from connectors.web.entry_shapes import ColumnsLine, EntryPatch, NewEntry, OwnerLine
from connectors.web.listing import seen_document
from connectors.web.reader import reader_language
from connectors.web.refusals import status_of
from connectors.web.sessions import door_of
from connectors.web.shapes import RowNumber
from connectors.web.uploads import result_line
from knowledge.language import Language

router = APIRouter(prefix="/api/v1/knowledge")


def live_line(entry: LiveEntry) -> dict[str, Any]:
    """Return an entry as JSON, with the ``seen`` by which it is changed."""
    draft = entry.draft
    plain = ("title", "question", "answer", "language", "page", "aliases", "audience", "row")
    days = {"valid_from": draft.valid_from, "valid_until": draft.valid_until}
    about = {"document": entry.document, "passage": draft.key, "version": entry.version, "seen": entry.seen}
    fields = {name: getattr(draft, name) for name in plain}
    return about | fields | {name: day.isoformat() if day else None for name, day in days.items()}


@router.get("/{document}/entry", summary="Look at an entry")
def entry(request: Request, document: RowNumber, passage: str) -> Response:
    """Return one live entry, with the `seen` by which it is changed. For editors."""
    seen_document(request, document, desk_of(request, "editor"))
    return JSONResponse(live_line(bot_of(request).library.entry(document, passage[:200].replace("\0", ""))))


@router.patch("/{document}/entry", summary="Change an entry")
def change(line: EntryPatch, request: Request, document: RowNumber) -> Response:
    """Change what an entry says, as a new version that is live at once. For editors.

    409 where somebody else changed it since: `now` is what it says then, null where it is gone.
    """
    desk = _seen(request, document)
    library = bot_of(request).library
    try:
        before = library.entry(document, line.passage)
        fields = _patched(fields_of(before.draft), line)
        made = library.edit_entry(document, line.passage, fields, seen=line.seen, author=desk.actor)
    except EntryMovedError as moved:
        return _moved(request, moved)
    return _made(request, document, line.passage, made)


@router.post("/{document}/entries", summary="Add an entry")
def add(line: NewEntry, request: Request, document: RowNumber) -> Response:
    """Add an entry at the end of a document, as a new version that is live at once. For editors."""
    desk = _seen(request, document)
    fields = EntryFields(
        answer=line.answer,
        question=line.question,
        title=line.title,
        aliases=line.aliases,
        audience=line.audience,
        valid_from=day_of(line.valid_from or ""),
        valid_until=day_of(line.valid_until or ""),
    )
    made = bot_of(request).library.add_entry(document, fields, author=desk.actor, key=line.passage or "")
    return _made(request, document, made.key, made)


@router.delete("/{document}/entry", summary="Take an entry out")
def remove(request: Request, document: RowNumber, passage: str, seen: RowNumber) -> Response:
    """Take an entry out of a document, as a new version that is live at once; 409 as for a change. For editors."""
    desk = _seen(request, document)
    try:
        made = bot_of(request).library.remove_entry(
            document, passage[:200].replace("\0", ""), seen=seen, author=desk.actor
        )
    except EntryMovedError as moved:
        return _moved(request, moved)
    request.app.state.examples.forget()
    return JSONResponse({"removed": made.key, "version": made.version.number, "before": made.before})


@router.put("/{document}/owner", summary="Say who sees to a document")
def owner(line: OwnerLine, request: Request, document: RowNumber) -> Response:
    """Set the account that sees to a document, null for nobody. For editors."""
    desk = _seen(request, document)
    account = None if line.owner is None else door_of(request).accounts.named(line.owner)
    bot_of(request).library.set_owner(document, account.id if account else None, author=desk.actor)
    return JSONResponse({"document": document, "owner": account.name if account else None})


@router.get("/columns", summary="Look at the rows of a table")
def columns(
    request: Request, version: RowNumber | None = None, document: RowNumber | None = None, file: str = ""
) -> Response:
    """Return the first rows of a file, what each column is read as, and the first entries so. For editors."""
    from bot.library_plans import source_of
    from knowledge.looking import look_line

    desk_of(request, "editor")
    library = bot_of(request).library
    source = source_of(version, document, file)
    line = look_line(library.look(source))
    return JSONResponse({"name": library.source(source).name, **_in_words(line, reader_language(request))})


@router.post("/columns", summary="Read a table by chosen columns")
def read(line: ColumnsLine, request: Request) -> Response:
    """Read a file by a plan, as a version that waits to be published; nothing of what is live changes. For editors."""
    from bot.library_plans import source_of
    from bot.plan_words import checked_plan

    desk = calling(request, "editor")
    source = source_of(line.version, line.document, line.file or "")
    result = bot_of(request).library.read_anew(source, checked_plan(line.plan), author=desk.actor)
    language = reader_language(request)
    if result.problem is not None:
        return JSONResponse({"error": sentence(result.problem, language)}, 422)
    return JSONResponse(result_line(result, language))


def _seen(request: Request, document: int) -> Desk:
    desk = calling(request, "editor")
    seen_document(request, document, desk)
    return desk


def _patched(fields: EntryFields, line: EntryPatch) -> EntryFields:
    given = line.model_fields_set
    said: dict[str, Any] = {n: getattr(line, n) or "" for n in ("question", "answer", "title") if n in given}
    said |= {"aliases": line.aliases or ()} if "aliases" in given else {}
    said |= {"audience": line.audience} if "audience" in given else {}
    said |= {name: day_of(getattr(line, name) or "") for name in ("valid_from", "valid_until") if name in given}
    return replace(fields, **said)


def _made(request: Request, document: int, key: str, made: Edit | None) -> Response:
    request.app.state.examples.forget()
    now = live_line(bot_of(request).library.entry(document, key))
    return JSONResponse(now | {"changed": made is not None, "before": made.before if made else None})


def _moved(request: Request, moved: EntryMovedError) -> Response:
    said = say(moved.phrase, reader_language(request), **moved.values)
    return JSONResponse({"error": said, "now": live_line(moved.now) if moved.now else None}, status_of(moved))


def _in_words(line: dict[str, Any], language: Language) -> dict[str, Any]:
    """Return a look with its notes and problems as sentences."""
    from knowledge.transport import note_of

    for sheet in line["sheets"]:
        sheet["notes"] = [sentence(note_of(note), language) for note in sheet["notes"]]
        problem = sheet["problem"]
        sheet["problem"] = None if problem is None else sentence(note_of(problem), language)
    return line
