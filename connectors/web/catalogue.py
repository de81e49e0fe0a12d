"""The documents over HTTP: list, look at, use, versions, audience, other wordings, a question tested."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.database import accounts, browsing
from bot.errors import UserError
from bot.trying import Knobs
from connectors.web.askers import bot_of
from connectors.web.changes import change_line
from connectors.web.desk import Desk, calling, desk_of
from connectors.web.downloads import attachment
from connectors.web.listing import may_see, seen_document
from connectors.web.previews import previews_of
from connectors.web.reader import reader_language
from connectors.web.shapes import AliasLine, AudienceLine, RollbackLine, RowNumber, TryLine
from connectors.web.trial import trial_line, try_out
from knowledge.language import Language
from knowledge.passages import LEGS

if TYPE_CHECKING:
    from bot.database.documents import PassageRecord
    from bot.library import DocumentInfo
    from bot.shown import VersionInfo

router = APIRouter(prefix="/api/v1/knowledge")


def document_line(document: "DocumentInfo", language: Language, owners: Mapping[int, str]) -> dict[str, Any]:
    """Return a document as JSON; ``added_at`` with its offset, ``reading`` says how it was read."""
    plain = ("id", "name", "kind", "version", "state", "enabled", "entries", "languages", "audience")
    line = {name: getattr(document, name) for name in plain}
    about = {"added_at": document.added_at.isoformat(), "reading": document.reading(language)}
    return line | about | {"owner": owners.get(document.owner or 0)}


def owners_in(request: Request) -> dict[int, str]:
    """Return the names of those who may own documents."""
    with bot_of(request).sessions() as session:
        return accounts.names_by_number(session)


def entry_line(entry: "PassageRecord") -> dict[str, Any]:
    """Return an entry as JSON, its dates as YYYY-MM-DD."""
    plain = ("title", "question", "answer", "language", "page", "aliases", "audience")
    days = {"valid_from": entry.valid_from, "valid_until": entry.valid_until}
    dates = {name: day.isoformat() if day else None for name, day in days.items()}
    return {"passage": entry.key} | {name: getattr(entry, name) for name in plain} | dates


def version_line(version: "VersionInfo", language: Language) -> dict[str, Any]:
    """Return a version as JSON; ``id`` is what a staged one is published by, ``version`` its number."""
    plain = ("document", "name", "state", "author", "added", "changed", "removed", "restored_from", "filename", "kind")
    line = {"id": version.version, "version": version.number} | {name: getattr(version, name) for name in plain}
    published = version.published_at.isoformat() if version.published_at else None
    times = {"created_at": version.created_at.isoformat(), "published_at": published}
    return line | times | {"reading": version.reading(language)}


@router.get("", summary="List the documents")
def documents(request: Request) -> Response:
    """Return every document that one may see, with its live version."""
    desk = desk_of(request, "viewer")
    language = reader_language(request)
    shown = [each for each in bot_of(request).library.documents() if may_see(each.audience, desk.groups)]
    owners = owners_in(request)
    return JSONResponse({"documents": [document_line(each, language, owners) for each in shown]})


@router.post("/try", summary="Test a question")
def try_question(line: TryLine, request: Request) -> Response:
    """Return what a search finds, the confidence `line`, and the answer that somebody in these groups would get.

    `why` says why it would not be answered, `checks` how far each sentence is backed, `stages_ms` where the time went;
    `prompt` is what a language model was asked. Nothing is recorded; what a model costs counts. Another day than today
    is for editors.
    """
    desk = calling(request, "viewer")
    named = frozenset(line.audience or ())
    groups = named if desk.groups is None else desk.groups if line.audience is None else named & desk.groups
    knobs = Knobs(
        line=line.line,
        legs=frozenset(line.legs or LEGS),
        read=line.read,
        groups=groups,
        day=line.day if desk.edit else None,
        language=line.language,
        model=line.model,
    )
    return JSONResponse(trial_line(try_out(bot_of(request), line.question, knobs, reader_language(request))))


@router.get("/{document}", summary="Look inside a document")
def look(request: Request, document: RowNumber) -> Response:
    """Return a document with its entries, in their order."""
    desk = desk_of(request, "viewer")
    seen_document(request, document, desk)
    shown = bot_of(request).library.show(document)
    line = document_line(shown.document, reader_language(request), owners_in(request))
    entries = [entry_line(each) for each in shown.passages if may_see(each.audience, desk.groups)]
    return JSONResponse(line | {"entries": entries})


@router.delete("/{document}", summary="Remove a document")
def remove(request: Request, document: RowNumber) -> Response:
    """Remove a document for good: its text is gone from answers at once. For admins."""
    desk = calling(request, "admin")
    bot_of(request).library.remove(document, author=desk.actor)
    return _changed(request, {"removed": document})


@router.post("/{document}/enable", summary="Use a document")
def enable(request: Request, document: RowNumber) -> Response:
    """Use a document in answers again. For editors."""
    desk = calling(request, "editor")
    bot_of(request).library.enable(document, author=desk.actor)
    return _changed(request, {"enabled": document})


@router.post("/{document}/disable", summary="Disable a document")
def disable(request: Request, document: RowNumber) -> Response:
    """Keep a document out of answers; it can be enabled again. For editors."""
    desk = calling(request, "editor")
    bot_of(request).library.disable(document, author=desk.actor)
    return _changed(request, {"disabled": document})


@router.get("/{document}/versions", summary="List the versions")
def versions(request: Request, document: RowNumber) -> Response:
    """Return the versions of a document, the newest first."""
    seen_document(request, document, desk_of(request, "viewer"))
    language = reader_language(request)
    history = bot_of(request).library.history(document)
    return JSONResponse({"versions": [version_line(each, language) for each in history]})


@router.get("/{document}/diff", summary="Compare two versions")
def diff(request: Request, document: RowNumber, older: RowNumber, newer: RowNumber) -> Response:
    """Return what the version `newer` changes against `older`, by their numbers. For editors."""
    desk_of(request, "editor")
    change = previews_of(request).between(bot_of(request).library, document, older, newer)
    return JSONResponse(change_line(change, reader_language(request)))


@router.post("/{document}/rollback", summary="Bring a version back")
def rollback(line: RollbackLine, request: Request, document: RowNumber) -> Response:
    """Make what an earlier version said live again, as a new version. For editors."""
    desk = calling(request, "editor")
    made = bot_of(request).library.rollback(document, line.version, author=desk.actor)
    return _changed(request, version_line(made, reader_language(request)))


@router.get("/{document}/file", summary="Download a document")
def download(request: Request, document: RowNumber, original: bool = False) -> Response:
    """Return the document as a file: with its columns and the ids of the entries, or `original`. For editors."""
    desk_of(request, "editor")
    return file_of(request, document, original=original)


def file_of(request: Request, document: int, *, original: bool) -> Response:
    """Return a document as a file to keep."""
    return attachment(*bot_of(request).library.download(document, original=original))


@router.put("/{document}/audience", summary="Say who may see a document")
def audience(line: AudienceLine, request: Request, document: RowNumber) -> Response:
    """Set the groups that may see a document, null for everyone; at once. For admins."""
    desk = calling(request, "admin")
    bot_of(request).library.set_audience(document, line.audience, author=desk.actor)
    return _changed(request, {"document": document, "audience": line.audience})


@router.get("/{document}/aliases", summary="List other wordings")
def aliases(request: Request, document: RowNumber) -> Response:
    """Return the questions that people added to entries, beside those in the file. For editors."""
    desk_of(request, "editor")
    rows = bot_of(request).library.aliases(document)
    lines = [
        {"id": row.id, "passage": row.key, "question": row.alias, "of": row.question, "author": row.author}
        for row in rows
    ]
    return JSONResponse({"aliases": lines})


@router.post("/{document}/aliases", summary="Add another wording")
def add_alias(line: AliasLine, request: Request, document: RowNumber) -> Response:
    """Have an entry found by another question too. For editors."""
    desk = calling(request, "editor")
    bot_of(request).library.alias_add(line.passage, line.question, document=document, author=desk.actor)
    return _changed(request, {"passage": line.passage, "question": line.question})


@router.delete("/{document}/aliases/{alias}", summary="Remove another wording")
def remove_alias(request: Request, document: RowNumber, alias: RowNumber) -> Response:
    """Take back a question that was added to an entry. For editors."""
    desk = calling(request, "editor")
    alias_removed(request, document, alias, desk)
    return _changed(request, {"removed": alias})


def alias_removed(request: Request, document: int, alias: int, desk: Desk) -> None:
    """Remove a wording of this document.

    Raises:
        UserError: this document has none of this number.
    """
    library = bot_of(request).library
    if all(row.id != alias for row in library.aliases(document)):
        raise UserError("library.no_alias", id=alias)
    library.alias_remove(alias, author=desk.actor)


@router.get("/{document}/uses", summary="See which answers used a document")
def uses(request: Request, document: RowNumber) -> Response:
    """Return how many answers rested on a document (counted up to 5,000), and the last of them for editors."""
    desk = desk_of(request, "viewer")
    seen_document(request, document, desk)
    with bot_of(request).sessions() as session:
        found = browsing.uses(session, document)
    return JSONResponse({"total": found.total, "recent": found.recent, "last": _use_lines(found, desk)})


def _use_lines(found: browsing.Uses, desk: Desk) -> list[dict[str, Any]]:
    plain = ("answer_id", "question", "passage", "version")
    return [
        {name: getattr(use, name) for name in plain} | {"at": use.at.isoformat()} for use in found.last if desk.edit
    ]


def _changed(request: Request, line: dict[str, Any]) -> Response:
    request.app.state.examples.forget()
    return JSONResponse(line)
