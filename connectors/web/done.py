"""What was just done, said at the top of the next page, with the way back where there is one."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.requests import Request

from bot.database.documents import name_of
from bot.phrases import say
from connectors.web.askers import bot_of
from connectors.web.people import who_of
from connectors.web.reader import reader_language
from connectors.web.recalls import recall_offer

if TYPE_CHECKING:
    from knowledge.language import Language

KNOWN = frozenset("disabled enabled removed published discarded rolledback alias alias_removed audience".split())
ENTRIES = frozenset("entry_edited entry_added entry_removed entry_same entry_gone columns_same".split())
OF_OWNERS = frozenset("owner owner_nobody".split())
CHANGED = frozenset("published rolledback disabled entry_edited entry_removed".split())
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Done:
    """A sentence; ``undo``: the address of a form that takes it back, with its ``fields``; ``look``: what changed.

    ``recall``: documents that people were told something of which holds no longer, each with a sentence on it.
    """

    sentence: str
    undo: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    look: str = ""
    recall: tuple[tuple[int, str], ...] = ()


def done_address(path: str, what: str, *documents: int, **values: object) -> str:
    """Return the address of the page that says ``what`` was done."""
    numbers = ",".join(map(str, documents[:MOST_NAMED]))
    query = {"done": what, **({"of": numbers} if numbers else {}), **values}
    return f"{path}?{urlencode(query)}"


def done_in(request: Request) -> Done | None:
    """Return what the address of this page says was done, None where it says nothing that can be."""
    what = request.query_params.get("done", "")
    if what not in KNOWN | ENTRIES | OF_OWNERS:
        return None
    numbers = [int(n) for n in request.query_params.get("of", "").split(",")[:MOST_NAMED] if _is_number(n)]
    names = {n: name for n in numbers if (name := _name(request, n))}
    language: Language = reader_language(request)
    version = request.query_params.get("version", "")
    before = request.query_params.get("before", "")
    undo, fields = _way_back(what, list(names), before, version)
    sentence = say(
        f"web.done.{what}",
        language,
        name=next(iter(names.values()), ""),
        names=", ".join(names.values()),
        version=version if _is_number(version) else "",
    )
    look = ""
    if what in ENTRIES and undo:
        look = f"/documents/{next(iter(names))}/versions?older={before}&newer={version}"
    return Done(sentence, undo, fields, look, tuple(_recall(request, list(names), language)) if what in CHANGED else ())


def _recall(request: Request, documents: list[int], language: "Language") -> Iterator[tuple[int, str]]:
    """Yield the documents whose former texts people were told, each with how many conversations there are."""
    if who_of(request).may("editor"):
        for document in documents:
            if said := recall_offer(bot_of(request), document, language):
                yield document, said


def _way_back(what: str, documents: list[int], before: str, version: str) -> tuple[str, dict[str, str]]:
    if len(documents) != 1:
        return "", {}
    path = f"/documents/{documents[0]}"
    if what in ENTRIES and _is_number(before) and _is_number(version):
        return f"{path}/rollback", {"version": before, "live": version}
    if what in ("published", "rolledback") and _is_number(before):
        return f"{path}/rollback", {"version": before}
    opposite = {"disabled": "enable", "enabled": "disable"}.get(what)
    return (f"{path}/{opposite}", {}) if opposite else ("", {})


def _name(request: Request, document: int) -> str:
    with bot_of(request).sessions() as session:
        return name_of(session, document) or ""


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10
