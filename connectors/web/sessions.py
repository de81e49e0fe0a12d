"""The session of whoever is signed in: its cookie; and where a request really comes from."""

from ipaddress import IPv4Network, IPv6Network, ip_network
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from bot.accounts import Accounts
from bot.api_tokens import ApiTokens
from bot.reach import address_in, is_loopback
from bot.settings import Settings
from bot.signing_in import SignedIn, SignIns

FORWARDED = ("x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "forwarded")
"""What proxies add: a request that has one of these began elsewhere."""

Network = IPv4Network | IPv6Network


class Door:
    """Who is let in: accounts, sessions and tokens, and what the settings say of those who have none of these."""

    def __init__(self, settings: Settings, accounts: Accounts, secret: str) -> None:
        self.accounts = accounts
        self.sign_ins = SignIns(accounts, secret.encode())
        self.tokens = ApiTokens(accounts.sessions, clock=accounts.clock)
        public = urlsplit(settings.public_url)
        self.secure = public.scheme == "https"
        self.proxies: list[Network] = [
            ip_network(each.strip(), strict=False) for each in settings.web_proxies.split(",") if each.strip()
        ]
        self._settings = settings
        self._here = is_loopback(settings.web_host) and (not public.hostname or is_loopback(public.hostname))

    @property
    def asks_signed_in(self) -> bool:
        """Whether one must be signed in to ask; administrators may change it while the server runs."""
        return (self._settings.web_ask or ("open" if self._here else "signed-in")) == "signed-in"

    def signed(self, request: Request) -> SignedIn | None:
        """Return who is signed in; looked up once a request."""
        if not hasattr(request.state, "signed"):
            value = request.cookies.get(self._cookie(request), "")
            request.state.signed = self.sign_ins.signed_in(value) if value else None
        signed: SignedIn | None = request.state.signed
        return signed

    def remember(self, request: Request, response: Response, value: str) -> None:
        """Set the cookie of a session: until the browser is closed, out of any script's reach."""
        response.set_cookie(self._cookie(request), value, path="/", httponly=True, samesite="lax", secure=self.secure)

    def forget(self, request: Request, response: Response) -> None:
        """Take the cookie back."""
        response.delete_cookie(self._cookie(request), path="/", httponly=True, samesite="lax", secure=self.secure)

    def address(self, request: Request) -> str:
        """Return the address a request comes from: the peer's, or what proxies that are trusted say of it."""
        peer = request.client.host if request.client else ""
        told = [each.strip() for each in ",".join(request.headers.getlist("x-forwarded-for")).split(",")]
        while told and self._is_proxy(peer):
            last = told.pop()
            if address_in(last) is None:
                break
            peer = last
        return peer

    def is_here(self, request: Request) -> bool:
        """Whether somebody on this machine asks, under this machine's own name and through no proxy."""
        peer = request.client.host if request.client else ""
        host = urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
        forwarded = any(name in request.headers for name in FORWARDED)
        return is_loopback(peer) and is_loopback(host) and not forwarded

    def _is_proxy(self, address: str) -> bool:
        found = address_in(address)
        return found is not None and (found.is_loopback or any(found in each for each in self.proxies))

    def _cookie(self, request: Request) -> str:
        """``__Host-``: no other host under the same domain can set it. Ports share cookies: each has its own name."""
        server = request.scope.get("server")
        name = f"dapbot_session_{server[1] if server else 0}"
        return f"__Host-{name}" if self.secure else name


def door_of(request: Request) -> Door:
    """Return the application's door."""
    door: Door = request.app.state.door
    return door
