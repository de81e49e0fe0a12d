"""Who looks at the page: a random, signed name in a cookie, and the token that shows a request is our own page's."""

import hmac
import os
import secrets
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from bot.errors import DataError
from bot.settings import Settings
from connectors.web.guard import from_browser
from connectors.web.refusals import Refused
from connectors.web.sessions import door_of

SECRET_CHARACTERS = 64
COOKIE_SECONDS = 180 * 24 * 3600
"""As long as conversations are kept."""
PROOF_HEADER = "x-csrf-token"
PROOF_FIELD = "csrf_token"


@dataclass(frozen=True, slots=True)
class Visitor:
    """A browser: ``name`` cannot be guessed, ``token`` is what its own pages carry.

    ``account`` is the number of whoever is signed in there: their conversations are not those of whoever sits at the
    same browser after them, and ``token`` is of this session only.
    """

    name: str
    token: str
    account: int | None = None

    @property
    def prefix(self) -> str:
        """What the names of this visitor's conversations begin with: an account's are the same in every browser."""
        return f"{self.name}." if self.account is None else f"account-{self.account}."

    def conversation(self, tab: str) -> str:
        """Return the channel's name for a conversation of this visitor: nobody else can say it."""
        return f"{self.prefix}{tab}"


class Visitors:
    """Makes and checks visitors with a secret; ``secure``: people come by https."""

    def __init__(self, secret: str, *, secure: bool) -> None:
        self.secret = secret.encode()
        self.secure = secure

    def known(self, request: Request) -> Visitor | None:
        """Return the visitor whose cookie the request carries, None without one or with one we did not sign."""
        name, _, signature = request.cookies.get(_cookie_name(request), "").partition(".")
        if name and hmac.compare_digest(signature.encode(), self._sign("visitor", name).encode()):
            return self._visitor(request, name)
        return None

    def new(self, request: Request) -> Visitor:
        """Return a visitor never seen before."""
        return self._visitor(request, secrets.token_hex(16))

    def remember(self, request: Request, response: Response, visitor: Visitor) -> None:
        """Set the visitor's cookie: no script can read it."""
        response.set_cookie(
            _cookie_name(request),
            f"{visitor.name}.{self._sign('visitor', visitor.name)}",
            max_age=COOKIE_SECONDS,
            httponly=True,
            samesite="lax",
            secure=self.secure,
        )

    def page(self, request: Request, token: str | None) -> Visitor | None:
        """Return the visitor if the request is one of our page's: its cookie and its token belong together."""
        visitor = self.known(request)
        if visitor and token and hmac.compare_digest(token.encode(), visitor.token.encode()):
            return visitor
        return None

    def require(self, request: Request, token: str | None) -> Visitor | None:
        """Let a change through: a browser's, or in a session, only from our own page; another program's as it is.

        Raises:
            Refused: 403, a browser sent it without the page's token.
        """
        visitor = self.page(request, token)
        if visitor is None and (from_browser(request.headers) or door_of(request).signed(request)):
            raise Refused(403, "web.refused.token")
        return visitor

    def _visitor(self, request: Request, name: str) -> Visitor:
        signed = door_of(request).signed(request)
        if signed is None:
            return Visitor(name, self._sign("token", name))
        return Visitor(name, self._sign("token", f"{name}:{signed.session.id}"), signed.account.id)

    def _sign(self, purpose: str, name: str) -> str:
        return hmac.new(self.secret, f"{purpose}:{name}".encode(), sha256).hexdigest()


def _cookie_name(request: Request) -> str:
    """Cookies are shared by all ports of a host: two servers on one machine must not mix theirs up."""
    server = request.scope.get("server")
    return f"dapbot_{server[1] if server else 0}"


def load_secret(settings: Settings) -> str:
    """Return what signs cookies and forms: the setting, else the one in the data folder, made at the first call.

    Raises:
        DataError: the file cannot be read or made.
    """
    if settings.secret:
        return settings.secret.get_secret_value()
    path = settings.data / "secret"
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
        return _read_secret(path) or _make_secret(path)
    except OSError as error:
        raise DataError("web.secret_file", file=path, reason=error.strerror or error) from error


def _read_secret(path: Path) -> str:
    """Return the stored secret, "" where there is none or too little of one."""
    try:
        stored = path.read_text("ascii").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        return ""
    return stored if len(stored) >= SECRET_CHARACTERS else ""


def _make_secret(path: Path) -> str:
    """Write a new secret aside, for the owner's eyes only, and put it in place whole."""
    aside = path.with_name(f"secret.{os.getpid()}.new")
    secret = secrets.token_hex(SECRET_CHARACTERS // 2)
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(secret)
    aside.replace(path)
    return secret
