"""The pages of administrators: accounts and tokens. The audit log is in ``trail.py``."""

import re
from collections.abc import Callable
from typing import Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.accounts import ROLES, Accounts
from bot.api_tokens import TOKEN_ROLES
from bot.errors import OperatorError, UserError
from bot.passwords import made_up
from bot.phrases import say
from connectors.web.askers import bot_of
from connectors.web.navigation import TABS, seen_by
from connectors.web.pages import checked_form, visited
from connectors.web.people import Who, require, who_of
from connectors.web.reader import reader_language
from connectors.web.sessions import door_of
from connectors.web.signin import text_of

router = APIRouter(prefix="/admin", include_in_schema=False)
BLANK = {"name": "", "role": "", "groups": "", "days": ""}


@router.get("")
def first(request: Request) -> Response:
    """Lead to the first of these pages that somebody may open."""
    require(request, "editor")
    return RedirectResponse(seen_by(TABS, who_of(request))[0].path, 303)


@router.get("/accounts")
def accounts(request: Request) -> Response:
    """Show the accounts and the form for a new one."""
    require(request, "admin")
    return _accounts(request)


def _accounts(request: Request, *, secret: str = "", secret_of: str = "", **shown: Any) -> Response:
    """Show the page, with what just happened: a ``secret`` is on no page but this one."""
    found = door_of(request).accounts.all()
    values = {"accounts": found, "roles": ROLES, "secret": secret, "secret_of": secret_of}
    return _page(request, "accounts.html", values, **shown)


def _page(
    request: Request,
    name: str,
    values: dict[str, Any],
    *,
    problem: str = "",
    typed: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    language, asked = reader_language(request), request.query_params
    done = say("web.account.done", language) if "done" in asked else ""
    if done and re.fullmatch(r"[1-9][0-9]{0,3}", asked.get("ended", "")):
        done += " " + say("admin.tokens_ended", language, count=asked["ended"])
    zone = bot_of(request).clock().tzinfo
    response = visited(request, name, **values, problem=problem, said=done, typed=BLANK | (typed or {}), zone=zone)
    response.status_code = status if response.status_code == 200 else response.status_code
    return response


@router.post("/accounts")
async def create(request: Request) -> Response:
    """Make an account: with the password that was typed, else with one that is made up and shown this once."""
    form, who = await _form(request)
    return await run_in_threadpool(_create, request, form, who)


def _create(request: Request, form: FormData, who: Who) -> Response:
    typed = text_of(form, "password")
    password = typed or made_up()
    name, role, groups = text_of(form, "name"), text_of(form, "role"), _groups(form)
    try:
        made = door_of(request).accounts.create(name, password, role=role, groups=groups, actor=who.actor)
    except (UserError, OperatorError) as error:
        problem = say(error.phrase, reader_language(request), **error.values)
        kept = {"name": name[:100], "role": role, "groups": ", ".join(groups)[:1000]}
        return _accounts(request, problem=problem, typed=kept, status=422)
    if who.kind == "local":  # from here on, nobody may do anything without signing in
        return RedirectResponse("/sign-in", 303) if typed else _first(request, made.name, password)
    if typed:
        return RedirectResponse("/admin/accounts?done=1", 303)
    return _accounts(request, secret=password, secret_of=made.name)


def _first(request: Request, name: str, password: str) -> Response:
    return visited(request, "first_account.html", who=None, name_of=name, secret=password)


@router.post("/accounts/{number}/password")
async def password(request: Request, number: int) -> Response:
    """Give an account a password that is made up and shown this once."""
    _, who = await _form(request)
    return await run_in_threadpool(_new_password, request, number, who)


def _new_password(request: Request, number: int, who: Who) -> Response:
    found = door_of(request).accounts
    fresh = made_up()
    found.set_password(number, fresh, actor=who.actor)
    if number == who.account_id:
        return _first(request, who.name, fresh)
    name = next(each.name for each in found.all() if each.id == number)
    return _accounts(request, secret=fresh, secret_of=name)


@router.post("/accounts/{number}/role")
async def role(request: Request, number: int) -> Response:
    """Give an account another role."""
    form, who = await _form(request)
    return await _change(request, lambda found: found.set_role(number, text_of(form, "role"), actor=who.actor))


@router.post("/accounts/{number}/groups")
async def groups(request: Request, number: int) -> Response:
    """Say which groups an account is in."""
    form, who = await _form(request)
    return await _change(request, lambda found: found.set_groups(number, _groups(form), actor=who.actor))


@router.post("/accounts/{number}/disable")
async def disable(request: Request, number: int) -> Response:
    """Let an account in no longer."""
    _, who = await _form(request)
    return await _change(request, lambda found: found.disable(number, actor=who.actor))


@router.post("/accounts/{number}/enable")
async def enable(request: Request, number: int) -> Response:
    """Let an account in again."""
    _, who = await _form(request)
    return await _change(request, lambda found: found.enable(number, actor=who.actor))


@router.post("/accounts/{number}/sign-out")
async def sign_out(request: Request, number: int) -> Response:
    """End the sessions of an account."""
    _, who = await _form(request)
    return await _change(request, lambda found: found.sign_out(number, actor=who.actor))


@router.post("/accounts/{number}/remove")
async def remove(request: Request, number: int) -> Response:
    """Delete an account."""
    _, who = await _form(request)
    return await _change(request, lambda found: found.remove(number, actor=who.actor))


async def _change(request: Request, change: Callable[[Accounts], int | None]) -> Response:
    try:
        ended = await run_in_threadpool(change, door_of(request).accounts)
    except UserError as error:
        problem = say(error.phrase, reader_language(request), **error.values)
        return await run_in_threadpool(_accounts, request, problem=problem, status=422)
    return RedirectResponse("/admin/accounts?done=1" + (f"&ended={ended}" if ended else ""), 303)


@router.get("/tokens")
def tokens(request: Request) -> Response:
    """Show the tokens and the form for a new one."""
    require(request, "admin")
    return _tokens(request)


def _tokens(request: Request, *, secret: str = "", secret_of: str = "", **shown: Any) -> Response:
    found = door_of(request).tokens
    listed = [(each, found.state(each)) for each in found.all()]
    values = {"tokens": listed, "roles": TOKEN_ROLES, "secret": secret, "secret_of": secret_of}
    return _page(request, "tokens.html", values, **shown)


@router.post("/tokens")
async def create_token(request: Request) -> Response:
    """Make a token and show it, this once."""
    form, who = await _form(request)
    return await run_in_threadpool(_create_token, request, form, who)


def _create_token(request: Request, form: FormData, who: Who) -> Response:
    days = text_of(form, "days").strip()
    name, wanted, groups = text_of(form, "name"), text_of(form, "role"), _groups(form)
    try:
        number = (int(days) if days.isascii() and days.isdecimal() and len(days) < 9 else 0) if days else None
        value, made = door_of(request).tokens.create(name, wanted, groups, number, actor=who.actor)
    except UserError as error:
        problem = say(error.phrase, reader_language(request), **error.values)
        kept = {"name": name[:100], "role": wanted, "groups": ", ".join(groups)[:1000], "days": days[:9]}
        return _tokens(request, problem=problem, typed=kept, status=422)
    return _tokens(request, secret=value, secret_of=made.name)


@router.post("/tokens/{number}/revoke")
async def revoke(request: Request, number: int) -> Response:
    """End a token at once."""
    _, who = await _form(request)
    await run_in_threadpool(door_of(request).tokens.revoke, number, actor=who.actor)
    return RedirectResponse("/admin/tokens?done=1", 303)


async def _form(request: Request) -> tuple[FormData, Who]:
    """Return a form that one of our own pages sent, and the administrator who did.

    Raises:
        Refused: 401 or 403, it was nobody who may.
    """
    who = require(request, "admin")
    form, _ = await checked_form(request)
    return form, who


def _groups(form: FormData) -> list[str]:
    return [each.strip() for each in text_of(form, "groups").split(",") if each.strip()]
