"""Who may talk to this server: the Host, Origin and size of each request, and the headers of each response.

Local does not mean safe: a page of any site, open in the user's browser, can send requests to 127.0.0.1. It is
stopped by its Origin and Sec-Fetch-Site; a name that its owner re-points to 127.0.0.1 (DNS rebinding) by its Host.
A state-changing request that comes from a browser needs a token of our own page besides (``visitors.py``).
"""

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from connectors.web.refusals import Refused, crash_response, refusal_response

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
QUESTION_BYTES = 1_000_000
UPLOAD_BYTES = 210_000_000
"""Ten files at the limit of one; each file's own limit is checked when it is read."""
HSTS_SECONDS = 365 * 24 * 3600
UPLOAD_PATHS = ("/api/v1/knowledge", "/documents")

SECURITY_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # no-referrer would turn the Origin of our own forms into "null"
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


class Guard:
    """ASGI middleware, outside of everything else."""

    def __init__(self, app: ASGIApp, public_url: str = "", name: str = "") -> None:
        """``public_url`` is where people reach the server, ``name`` the host it was told to listen on."""
        self.app = app
        self.name = name.lower()
        public = urlsplit(public_url)
        self.secure = public.scheme == "https"
        self.public_host = public.netloc.lower()
        self.public_origin = f"{public.scheme}://{public.netloc}".lower() if public.netloc else ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse the request, or hand it on with its body bounded and its response's headers added."""
        if scope["type"] == "websocket":  # there is none; and a browser does not hold WebSockets to an origin
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        limit = UPLOAD_BYTES if request.url.path.startswith(UPLOAD_PATHS) else QUESTION_BYTES
        try:
            self.check(request.method, request.url.path, request.headers, scope.get("server"))
            _check_length(request.headers, limit)
        except Refused as refused:
            await refusal_response(request, refused)(scope, receive, self._with_headers(send))
            return
        await self._answer(_as_get(request), _bounded(receive, limit), self._with_headers(send))

    async def _answer(self, request: Request, receive: Receive, send: Send) -> None:
        begun = False

        async def sent(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(request.scope, receive, sent)
        except Exception as error:  # noqa: BLE001 - the edge of the connector: a sentence outside, a traceback in the log
            crashed = crash_response(request, error)
            if not begun:
                await crashed(request.scope, receive, send)

    def check(self, method: str, path: str, headers: Headers, server: tuple[str, int | None] | None) -> None:
        """Check where the request says it goes to and comes from.

        Raises:
            Refused: 421 for another server's name, 403 for another site's page.
        """
        hosts = headers.getlist("host")
        host = hosts[0].lower() if len(hosts) == 1 else ""
        if not (self._is_public(host) or self._is_own(host, server)):
            raise Refused(421, "web.refused.host")
        origin = headers.get("origin")
        if origin is not None and origin.lower() not in (f"http://{host}", self.public_origin or "-"):
            raise Refused(403, "web.refused.origin")
        site = headers.get("sec-fetch-site", "none")
        if site not in ("same-origin", "none") and not _is_link(method, path, headers):
            raise Refused(403, "web.refused.origin")

    def _is_public(self, host: str) -> bool:
        return bool(self.public_host) and host == self.public_host

    def _is_own(self, host: str, server: tuple[str, int | None] | None) -> bool:
        """Whether a Host header names this server: the address it is reached at, a loopback address, localhost."""
        address, port = server or ("", None)
        name = _name(host, port)
        if name is None:
            return False
        if name in ("localhost", self.name or "localhost"):
            return True
        try:
            named = ip_address(name)
        except ValueError:
            return False
        return named.is_loopback or str(named) == address.removeprefix("::ffff:")

    def _with_headers(self, send: Send) -> Send:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers[name] = value
                if self.secure:
                    headers["strict-transport-security"] = f"max-age={HSTS_SECONDS}"
                headers.setdefault("cache-control", "no-store")
            await send(message)

        return sent


def _as_get(request: Request) -> Request:
    """Answer HEAD as GET, wherever that is answered: the server that we run in leaves the body out."""
    return Request({**request.scope, "method": "GET"}) if request.method == "HEAD" else request


def _name(host: str, port: int | None) -> str | None:
    """Return the host that a Host header names, None where it does not name our port, or is none."""
    try:
        named = urlsplit(f"//{host}")
        name, named_port = named.hostname or "", named.port or 80
    except ValueError:
        return None
    return None if named.netloc != host or "@" in host or named_port != (port or 80) else name


def _is_link(method: str, path: str, headers: Headers) -> bool:
    """Whether a person followed a link to one of our pages: the only thing another site may lead to."""
    return (
        method in SAFE_METHODS
        and not path.startswith("/api/")
        and headers.get("sec-fetch-mode") == "navigate"
        and headers.get("sec-fetch-dest") == "document"
    )


def from_browser(headers: Headers) -> bool:
    """Whether a browser sent the request: every browser of today says so on requests that change something."""
    return "origin" in headers or "sec-fetch-site" in headers


def _check_length(headers: Headers, limit: int) -> None:
    declared = headers.get("content-length", "0")
    if declared.isascii() and declared.isdigit() and len(declared) < 16 and int(declared) <= limit:
        return
    raise Refused(413, "web.refused.size", limit=f"{limit // 1_000_000:,}")


def _bounded(receive: Receive, limit: int) -> Receive:
    """Count the body as it comes: a chunked one declares no length."""
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            raise Refused(413, "web.refused.size", limit=f"{limit // 1_000_000:,}")
        return message

    return counted
