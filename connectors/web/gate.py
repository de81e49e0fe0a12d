"""The gate: what nobody opened is closed. It stands before every route, so that a new one cannot be forgotten."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.errors import DapbotError
from connectors.web.guard import SAFE_METHODS
from connectors.web.people import require, who_of
from connectors.web.refusals import Refused, handle_dapbot_error, refusal_response
from connectors.web.sessions import door_of
from connectors.web.visitors import PROOF_HEADER

OPEN = frozenset({"/sign-in", "/sign-out", "/api/docs", "/api/openapi.json"})
"""Beside the static files: for everybody who can reach the server."""

SIGNED = frozenset({"/slack/events"})
"""For whoever can sign what they send; the route sees to that, and nobody needs to be looked up."""

STATE = frozenset({"/health", "/ready"})
"""Asked every few seconds by whatever watches the server: nobody needs to be looked up."""

FIGURES = "/metrics"
"""For whoever watches from this machine; from elsewhere with a token."""

ASKING = frozenset({"/", "/messages", "/messages/news", "/api/v1/ask", "/api/v1/feedback", "/history"})
"""For everybody, unless DAPBOT_WEB_ASK says signed-in. All the rest is for those who have a role."""

ASKING_BELOW = ("/history/", "/sources/", "/chat/")
"""What everything below is as ``ASKING``: each shows and changes only what is the asker's own."""


class Gate:
    """ASGI middleware before the routes, inside the guard; it looks up who asks, in a thread, once a request."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request in, or refuse it before anything of it is read."""
        if scope["type"] == "http" and not _is_plain(scope["path"]):
            request = Request(scope)
            try:
                await run_in_threadpool(admit, request)
            except Refused as refused:
                await refusal_response(request, refused)(scope, receive, send)
                return
            except DapbotError as error:
                await handle_dapbot_error(request, error)(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _is_plain(path: str) -> bool:
    return path in STATE or path in SIGNED or path.startswith("/static/")


def admit(request: Request) -> None:
    """Let a request through to its route, which may ask for more than a viewer's role.

    What changes something over the API comes from our own page, or from a program: a form's token is in its body, and
    is checked where that is read.

    Raises:
        Refused: 401, whoever sent it must sign in; 403, their role is too little, or it is another site's page.
    """
    path = request.url.path
    if path == FIGURES and "authorization" not in request.headers and door_of(request).is_here(request):
        return  # also when the database, which knows everybody else, is away
    who = who_of(request)
    if path.startswith("/api/") and request.method not in SAFE_METHODS and who.kind not in ("owner", "token"):
        request.app.state.visitors.require(request, request.headers.get(PROOF_HEADER))
    asking = path in ASKING or path.startswith(ASKING_BELOW)
    if path in OPEN or (asking and not door_of(request).asks_signed_in):
        return
    require(request, "asker" if asking else "viewer")
