"""What was just done, said at the top of the next page, with the way back where there is one."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.requests import Request

from bot.errors import UserError
from bot.phrases import say
from connectors.web.askers import bot_of
from connectors.web.reader import reader_language

if TYPE_CHECKING:
    from knowledge.language import Language

KNOWN = frozenset("disabled enabled removed published discarded rolledback alias alias_removed audience".split())
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Done:
    """A sentence; ``undo`` is the address of a form that takes it back, with its ``fields``."""

    sentence: str
    undo: str = ""
    fields: dict[str, str] = field(default_factory=dict)


def done_address(path: str, what: str, *documents: int, **values: object) -> str:
    """Return the address of the page that says ``what`` was done."""
    numbers = ",".join(map(str, documents[:MOST_NAMED]))
    query = {"done": what, **({"of": numbers} if numbers else {}), **values}
    return f"{path}?{urlencode(query)}"


def done_in(request: Request) -> Done | None:
    """Return what the address of this page says was done, None where it says nothing that can be."""
    what = request.query_params.get("done", "")
    if what not in KNOWN:
        return None
    numbers = [int(n) for n in request.query_params.get("of", "").split(",")[:MOST_NAMED] if _is_number(n)]
    names = {n: name for n in numbers if (name := _name(request, n))}
    language: Language = reader_language(request)
    version = request.query_params.get("version", "")
    undo, fields = _way_back(what, list(names), request.query_params.get("before", ""))
    sentence = say(
        f"web.done.{what}",
        language,
        name=next(iter(names.values()), ""),
        names=", ".join(names.values()),
        version=version if _is_number(version) else "",
    )
    return Done(sentence, undo, fields)


def _way_back(what: str, documents: list[int], before: str) -> tuple[str, dict[str, str]]:
    if len(documents) != 1:
        return "", {}
    path = f"/documents/{documents[0]}"
    if what in ("published", "rolledback") and _is_number(before):
        return f"{path}/rollback", {"version": before}
    opposite = {"disabled": "enable", "enabled": "disable"}.get(what)
    return (f"{path}/{opposite}", {}) if opposite else ("", {})


def _name(request: Request, document: int) -> str:
    try:
        return bot_of(request).library.show(document).document.name
    except UserError:
        return ""


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10
