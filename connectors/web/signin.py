"""Signing in and out."""

from urllib.parse import urlsplit

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.errors import OperatorError
from bot.phrases import say
from bot.signing_in import SignInError
from connectors.web.pages import checked_form, visited
from connectors.web.people import who_of
from connectors.web.reader import LANGUAGE_COOKIE, LANGUAGE_SECONDS, reader_language
from connectors.web.refusals import Refused
from connectors.web.sessions import door_of

router = APIRouter(include_in_schema=False)
START = "/documents"
"""Where a person goes who was on the way to nowhere else."""


@router.get("/sign-in")
def sign_in_page(request: Request, next: str = "", out: bool = False) -> Response:  # noqa: A002 - as it is in the address
    """Show the form; whoever is signed in already goes on."""
    if who_of(request).kind in ("account", "local"):
        return RedirectResponse(own_path(next), 303)
    said = say("web.signed_out", reader_language(request)) if out else ""
    return _page(request, next, said=said)


def _page(
    request: Request, to: str, *, name: str = "", problem: str = "", said: str = "", status: int = 200, wait: int = 0
) -> Response:
    if not door_of(request).accounts.any():
        problem = say("web.refused.no_account", reader_language(request))
    response = visited(
        request,
        "sign_in.html",
        to=own_path(to),
        asking=door_of(request).asks_signed_in,
        typed=name,
        problem=problem,
        said=said,
    )
    if response.status_code == 200:
        response.status_code = status
    if wait:
        response.headers["retry-after"] = str(wait)
    return response


@router.post("/sign-in")
async def sign_in(request: Request) -> Response:
    """Check a name and a password, and begin a session; a wrong one shows the form again, with the sentence."""
    try:
        form, _ = await checked_form(request)
    except Refused as refused:
        if refused.phrase != "web.refused.token":
            raise
        form = await request.form()
        problem = say("web.sign_in.expired", reader_language(request))
        return await run_in_threadpool(
            _page, request, text_of(form, "next"), name=text_of(form, "name")[:100], problem=problem, status=403
        )
    return await run_in_threadpool(_sign_in, request, form)


def _sign_in(request: Request, form: FormData) -> Response:
    door = door_of(request)
    name, to, language = text_of(form, "name"), text_of(form, "next"), reader_language(request)
    try:
        value, account = door.sign_ins.sign_in(name, text_of(form, "password"), door.address(request))
    except SignInError as error:
        problem = say(error.phrase, language, **error.values)
        status = 429 if error.wait else 403 if error.disabled else 401
        return _page(request, to, name=name[:100], problem=problem, status=status, wait=error.wait)
    except OperatorError as error:
        if error.phrase != "accounts.busy":
            raise
        problem = say(error.phrase, language)
        return _page(request, to, name=name[:100], problem=problem, status=503, wait=5)
    signed = door.signed(request)
    if signed is not None:  # whoever sat here before does not stay signed in behind the new session
        door.sign_ins.sign_out(signed, door.address(request))
    response = RedirectResponse(own_path(to), 303)
    door.remember(request, response, value)
    if account.language:
        remember_language(response, account.language)
    return response


@router.post("/sign-out")
async def sign_out(request: Request) -> Response:
    """End the session of this browser."""
    await checked_form(request)
    door = door_of(request)
    signed = door.signed(request)
    if signed is not None:
        await run_in_threadpool(door.sign_ins.sign_out, signed, door.address(request))
    response = RedirectResponse("/sign-in?out=1", 303)
    door.forget(request, response)
    return response


def remember_language(response: Response, language: str) -> None:
    """Set the cookie of the language that a person reads."""
    response.set_cookie(LANGUAGE_COOKIE, language, max_age=LANGUAGE_SECONDS, httponly=True, samesite="lax")


def own_path(to: str) -> str:
    """Return a path of ours to go on to, the documents' for anything else: another site, a script, the sign-in."""
    try:
        parts = urlsplit(to)
    except ValueError:
        return START
    ours = to.startswith("/") and not to.startswith("//") and not parts.scheme and not parts.netloc
    plain = to.isascii() and to.isprintable() and "\\" not in to and len(to) <= 500
    return to if ours and plain and parts.path not in ("/sign-in", "/sign-out") else START


def text_of(form: FormData, name: str) -> str:
    """Return a field of a form, "" where it is not there."""
    value = form.get(name)
    return value if isinstance(value, str) else ""
