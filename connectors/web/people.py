"""Who a request is from, and what they may do: the account of a session, a token's program, this machine's owner."""

import hmac
from dataclasses import dataclass
from typing import Literal

from starlette.requests import Request

from bot.accounts import RANKS
from bot.api_tokens import TokenError
from bot.database.audit import Actor, command_actor
from bot.phrases import say
from connectors.web.reader import reader_language
from connectors.web.refusals import Refused
from connectors.web.sessions import door_of

FOR_PROGRAMS = ("/api/", "/metrics")
"""Where a bearer token counts."""

Kind = Literal["nobody", "local", "account", "token", "owner"]


@dataclass(frozen=True, slots=True)
class Who:
    """Whoever sent a request. ``role`` is "" for nobody in particular.

    ``kind``: ``account`` is signed in; ``token`` is a program; ``owner`` can read the data folder; ``local`` is on this
    machine while no account exists, when whoever is here may do everything. ``csrf`` is what a form of their page
    carries, "" before a browser has its cookie.
    """

    kind: Kind
    role: str = ""
    name: str = ""
    groups: frozenset[str] = frozenset()
    account_id: int | None = None
    token_id: int | None = None
    address: str = ""
    csrf: str = ""

    def may(self, role: str) -> bool:
        """Whether they have this role or one above it."""
        return RANKS[self.role] >= RANKS[role]

    @property
    def actor(self) -> Actor:
        """Return them as the audit log names them."""
        return Actor(self.name or self.kind, self.account_id, self.address or None)


def who_of(request: Request) -> Who:
    """Return whose request it is; looked up once a request.

    Raises:
        Refused: 401, a bearer token that is wrong, revoked or expired.
    """
    if not hasattr(request.state, "who"):
        request.state.who = _who(request)
    who: Who = request.state.who
    return who


def require(request: Request, role: str) -> Who:
    """Return whose request it is, if they may do what ``viewer``, ``editor`` or ``admin`` may.

    Raises:
        Refused: 401, they must sign in (a page leads to the sign-in); 403, their role is too little.
    """
    who = who_of(request)
    if who.may(role):
        return who
    if who.role:
        raise Refused(403, "web.refused.role", role=say(f"web.role.{role}", reader_language(request)))
    raise Refused(401, "web.refused.sign_in" if door_of(request).accounts.any() else "web.refused.no_account")


def _who(request: Request) -> Who:
    door = door_of(request)
    address = door.address(request)
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer" and request.url.path.startswith(FOR_PROGRAMS):
        return _program(request, token.strip(), address)
    visitor = request.app.state.visitors.known(request)
    csrf = visitor.token if visitor else ""
    signed = door.signed(request)
    if signed is not None:
        account = signed.account
        return Who(
            "account", account.role, account.name, frozenset(account.groups), account.id, address=address, csrf=csrf
        )
    if not door.accounts.any() and door.is_here(request):
        return Who("local", "admin", address=address, csrf=csrf)
    return Who("nobody", address=address, csrf=csrf)


def _program(request: Request, token: str, address: str) -> Who:
    owner_token: str = request.app.state.token
    if owner_token and hmac.compare_digest(token.encode(), owner_token.encode()):
        return Who("owner", "admin", command_actor().name, address=address)
    try:
        found = door_of(request).tokens.token(token)
    except TokenError as error:
        raise Refused(401, error.phrase) from error
    return Who("token", found.role, f"token:{found.name}", frozenset(found.groups), token_id=found.id, address=address)
