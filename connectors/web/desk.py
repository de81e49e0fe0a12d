"""Who works on the documents, and what they may do there."""

from dataclasses import dataclass

from starlette.datastructures import FormData
from starlette.requests import Request

from bot.database.audit import Actor
from connectors.web.askers import asker_of
from connectors.web.pages import checked_form
from connectors.web.people import require
from connectors.web.visitors import Visitor


@dataclass(frozen=True, slots=True)
class Desk:
    """``actor`` is whom changes are noted for; ``groups``: whose entries they see, None for all."""

    actor: Actor
    edit: bool
    admin: bool
    groups: frozenset[str] | None


def desk_of(request: Request, role: str) -> Desk:
    """Return who looks at a page or asks the API, if they have this role (viewer, editor or admin).

    Raises:
        Refused: 401, they must sign in; 403, their role is too little.
    """
    who = require(request, role)
    edit = who.may("editor")
    return Desk(who.actor, edit, who.may("admin"), None if edit else who.groups)


def calling(request: Request, role: str) -> Desk:
    """Return who asks the API to change something, if they may: a browser only from our own page."""
    desk = desk_of(request, role)
    asker_of(request)
    return desk


async def form_at(request: Request, role: str, *, files: bool = False) -> tuple[FormData, Visitor, Desk]:
    """Return a form that one of our own pages sent, and who sent it, if they have this role; ``files``: to be read."""
    desk = desk_of(request, role)
    form, visitor = await checked_form(request)
    if not files:
        await form.close()
    return form, visitor, desk
