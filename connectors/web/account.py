"""A person's own account: password, language, the browsers they are signed in with."""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.errors import DapbotError, OperatorError, UserError
from bot.phrases import say
from bot.signing_in import SignedIn, SignInError
from connectors.web.askers import bot_of
from connectors.web.pages import checked_form, visited
from connectors.web.people import require
from connectors.web.reader import reader_language
from connectors.web.refusals import Refused
from connectors.web.sessions import door_of
from connectors.web.signin import remember_language, text_of

router = APIRouter(prefix="/account", include_in_schema=False)


def signed_in(request: Request) -> SignedIn:
    """Return who is signed in.

    Raises:
        Refused: 401, nobody is: a token has no page, and without any account there is none to look at.
    """
    require(request, "viewer")
    signed = door_of(request).signed(request)
    if signed is None:
        raise Refused(401, "web.refused.sign_in")
    return signed


@router.get("")
def account(request: Request) -> Response:
    """Show the account of whoever is signed in."""
    if require(request, "viewer").kind == "local":
        return RedirectResponse("/admin/accounts", 303)
    return _page(request, said="web.account.done" if "done" in request.query_params else "")


def _page(request: Request, *, problem: str = "", said: str = "", status: int = 200, wait: int = 0) -> Response:
    signed = signed_in(request)
    response = visited(
        request,
        "account.html",
        account=signed.account,
        sessions=door_of(request).sign_ins.sessions_of(signed),
        this=signed.session.id,
        zone=bot_of(request).clock().tzinfo,
        problem=problem,
        said=say(said, reader_language(request)) if said else "",
    )
    response.status_code = status if response.status_code == 200 else response.status_code
    if wait:
        response.headers["retry-after"] = str(wait)
    return response


@router.post("/password")
async def password(request: Request) -> Response:
    """Give oneself another password; the other sessions end."""
    form, _ = await checked_form(request)
    return await run_in_threadpool(_password, request, form)


def _password(request: Request, form: FormData) -> Response:
    signed, door = signed_in(request), door_of(request)
    try:
        if text_of(form, "new") != text_of(form, "again"):
            raise UserError("accounts.password.differ")
        old, new = text_of(form, "old"), text_of(form, "new")
        door.sign_ins.change_password(signed, old, new, door.address(request))
    except (UserError, OperatorError) as error:
        wait = error.wait if isinstance(error, SignInError) else 0
        return _page(request, problem=_worded(request, error), status=429 if wait else 422, wait=wait)
    return RedirectResponse("/account?done=1", 303)


def _worded(request: Request, error: DapbotError) -> str:
    phrase = "web.account.wrong" if error.phrase == "signin.wrong" else error.phrase
    return say(phrase, reader_language(request), **error.values)


@router.post("/language")
async def language(request: Request) -> Response:
    """Choose the language of the pages, here and at the next sign-in."""
    form, _ = await checked_form(request)
    chosen = "en" if text_of(form, "language") == "en" else "ko"
    signed = await run_in_threadpool(signed_in, request)
    await run_in_threadpool(door_of(request).accounts.set_language, signed.account.id, chosen)
    response = RedirectResponse("/account?done=1", 303)
    remember_language(response, chosen)
    return response


@router.post("/sign-out-others")
async def sign_out_others(request: Request) -> Response:
    """End all other sessions."""
    await checked_form(request)
    await run_in_threadpool(_sign_out, request, others=True)
    return RedirectResponse("/account?done=1", 303)


@router.post("/sign-out-everywhere")
async def sign_out_everywhere(request: Request) -> Response:
    """End all sessions, this one too."""
    await checked_form(request)
    await run_in_threadpool(_sign_out, request, others=False)
    response = RedirectResponse("/sign-in?out=1", 303)
    door_of(request).forget(request, response)
    return response


def _sign_out(request: Request, *, others: bool) -> None:
    signed, door = signed_in(request), door_of(request)
    actor = signed.actor(door.address(request))
    door.accounts.sign_out(signed.account.id, actor=actor, keep=signed.session.id if others else "")
