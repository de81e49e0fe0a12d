"""The documents as the list shows them."""

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from starlette.requests import Request

from bot.database import accounts, browsing, versions
from bot.shown import author_name
from connectors.web.askers import bot_of
from connectors.web.desk import Desk
from connectors.web.reader import reader_language
from connectors.web.refusals import Refused
from knowledge.language import Language

if TYPE_CHECKING:
    from bot.library import DocumentInfo
    from bot.wiring import Bot

MOST_LISTED = 200
"""Documents on one page; beyond it, the names are searched."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One document: ``changed`` is the local time of its last change, ``audience`` None for everyone.

    ``owner`` is the name of the account that sees to it, "" where none does.
    """

    id: int
    name: str
    kind: str
    version: int
    state: str
    enabled: bool
    entries: int
    languages: tuple[str, ...]
    expired: int
    audience: tuple[str, ...] | None
    changed: str
    author: str
    reading: str
    owner: str = ""
    owner_id: int | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """Some of the ``total`` documents: those whose name holds the words, ``more`` of them not shown."""

    documents: tuple[Listed, ...]
    total: int
    more: int
    indexing: tuple[int, int] | None


def listing(
    bot: "Bot",
    language: Language,
    words: str = "",
    groups: Collection[str] | None = None,
    *,
    owner: int | None = None,
) -> Listing:
    """Return the documents that somebody in these groups (None: everybody's) may see; of an ``owner``, or of all."""
    with bot.sessions() as session:
        names = accounts.names_by_number(session)
        changes = browsing.last_changes(session)
        over = browsing.expired(session, bot.clock().date())
        told = versions.value(session, versions.PROGRESS) or ""
        busy = browsing.indexing(session)
    zone = bot.clock().tzinfo
    shown = [_listed(document, changes, over, language, names, zone) for document in bot.library.documents()]
    shown = [replace(each, state="requested") if each.id in busy else each for each in shown]
    seen = [each for each in shown if may_see(each.audience, groups)]
    sought = [folded(word) for word in words.split()]
    mine = [each for each in seen if owner is None or each.owner_id == owner]
    found = [each for each in mine if all(word in folded(each.name) for word in sought)]
    return Listing(
        tuple(found[:MOST_LISTED]), len(seen), max(0, len(found) - MOST_LISTED), _progress(told) if busy else None
    )


def seen_document(request: Request, document: int, desk: Desk) -> Listed:
    """Return one document as it is shown.

    Raises:
        Refused: 404, there is none of this number that they may see.
    """
    bot = bot_of(request)
    info = next((each for each in bot.library.documents() if each.id == document), None)
    if info is None or not may_see(info.audience, desk.groups):
        raise Refused(404, "library.no_document", id=document)
    with bot.sessions() as session:
        changes, names = browsing.last_changes(session), accounts.names_by_number(session)
    return _listed(info, changes, {}, reader_language(request), names, bot.clock().tzinfo)


def may_see(audience: Collection[str] | None, groups: Collection[str] | None) -> bool:
    """Tell whether what is for this audience (None: everyone) may be seen in these groups (None: by the editors)."""
    return groups is None or audience is None or not set(audience).isdisjoint(groups)


def folded(text: str) -> str:
    """Return a text as it is searched: composed, without case."""
    return unicodedata.normalize("NFKC", text).casefold()


def local_time(moment: datetime, zone: tzinfo | None) -> str:
    """Return a moment as it is shown: the day and the minute, in the zone that the bot's clock has."""
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def _listed(
    document: "DocumentInfo",
    changes: dict[int, browsing.LastChange],
    over: dict[int, int],
    language: Language,
    owners: Mapping[int, str],
    zone: tzinfo | None,
) -> Listed:
    change = changes.get(document.id)
    return Listed(
        id=document.id,
        name=document.name,
        kind=document.kind,
        version=document.version,
        state=document.state,
        enabled=document.enabled,
        entries=document.entries,
        languages=document.languages,
        expired=over.get(document.id, 0),
        audience=document.audience,
        changed=local_time(change.at if change else document.added_at, zone),
        author=author_name(change.author if change else "", language),
        reading=document.reading(language),
        owner=owners.get(document.owner or 0, ""),
        owner_id=document.owner,
    )


def _progress(told: str) -> tuple[int, int] | None:
    done, _, total = told.partition("/")
    return (int(done), int(total)) if done.isdecimal() and total.isdecimal() else None
