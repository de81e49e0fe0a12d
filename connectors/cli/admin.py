"""`dapbot admin`: who may sign in. The tokens of programs are in ``tokens.py``, the audit log in ``audit.py``."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from bot.errors import UserError
from connectors.cli import audit, tokens
from connectors.cli.session import DataOption, JsonOption, note, settings_from, show, show_json, words

if TYPE_CHECKING:
    from datetime import datetime

    from bot.accounts import Accounts
    from bot.database.accounts import AccountRow
    from bot.database.audit import Actor

app = typer.Typer(no_args_is_help=True)
app.add_typer(tokens.app, name="token", help=words("cli.help.admin_token"), short_help=words("cli.help.admin_token"))
app.command("audit", help=words("cli.help.admin_audit"), short_help=words("cli.help.admin_audit"))(audit.run)

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help=words("cli.help.account"), show_default=False)]
StdinOption = Annotated[bool, typer.Option("--password-stdin", help=words("cli.help.password_stdin"))]
GenerateOption = Annotated[bool, typer.Option("--generate", help=words("cli.help.generate"))]
GroupOption = Annotated[
    list[str] | None, typer.Option("--group", metavar="GROUP", help=words("cli.help.group"), show_default=False)
]


@app.command("create", help=words("cli.help.admin_create"), short_help=words("cli.help.admin_create"))
def create(
    name: NameArgument,
    role: Annotated[str, typer.Option("--role", help=words("cli.help.role"))] = "admin",
    group: GroupOption = None,
    password_stdin: StdinOption = False,
    generate: GenerateOption = False,
    data: DataOption = None,
) -> None:
    """Make an account."""
    with _accounts(data) as (accounts, actor):
        from bot.accounts import proper_name, role_of

        plain, wanted = proper_name(name), role_of(role)  # told before a password is typed
        password = _password(stdin=password_stdin, generate=generate)
        made = accounts.create(plain, password, role=wanted, groups=group or (), actor=actor)
    show(words("admin.created", name=made.name, role=words(f"web.role.{made.role}")))
    if generate:
        _show_password(password)


@app.command("list", help=words("cli.help.admin_list"), short_help=words("cli.help.admin_list"))
def list_(json_: JsonOption = False, data: DataOption = None) -> None:
    """List the accounts."""
    with _accounts(data) as (accounts, _):
        found = accounts.all()
    if json_:
        show_json([_line(each) for each in found])
        return
    zone = ZoneInfo(settings_from(data).timezone)
    for each in found:
        show(_sentence(each, zone))
    if not found:
        show(words("admin.none"))


@app.command("password", help=words("cli.help.admin_password"), short_help=words("cli.help.admin_password"))
def password(
    name: NameArgument, password_stdin: StdinOption = False, generate: GenerateOption = False, data: DataOption = None
) -> None:
    """Give an account another password; its sessions end."""
    with _accounts(data) as (accounts, actor):
        found = accounts.named(name)
        fresh = _password(stdin=password_stdin, generate=generate)
        accounts.set_password(found.id, fresh, actor=actor)
    show(words("admin.password", name=found.name))
    if generate:
        _show_password(fresh)


@app.command("role", help=words("cli.help.admin_role"), short_help=words("cli.help.admin_role"))
def role(
    name: NameArgument,
    role: Annotated[str, typer.Argument(metavar="ROLE", help=words("cli.help.role"), show_default=False)],
    data: DataOption = None,
) -> None:
    """Give an account another role."""
    with _accounts(data) as (accounts, actor):
        found = accounts.named(name)
        ended = accounts.set_role(found.id, role, actor=actor)
    show(words("admin.role", name=found.name, role=words(f"web.role.{role.strip().lower()}")))
    _tell_ended(ended)


@app.command("groups", help=words("cli.help.admin_groups"), short_help=words("cli.help.admin_groups"))
def groups(
    name: NameArgument,
    group: Annotated[
        list[str] | None, typer.Argument(metavar="[GROUP]...", help=words("cli.help.groups"), show_default=False)
    ] = None,
    data: DataOption = None,
) -> None:
    """Say which groups an account is in; none takes it out of all."""
    with _accounts(data) as (accounts, actor):
        found = accounts.named(name)
        accounts.set_groups(found.id, group or (), actor=actor)
        kept = accounts.named(name).groups
    show(words("admin.groups", name=found.name, groups=", ".join(kept) or words("admin.no_groups")))


@app.command("disable", help=words("cli.help.admin_disable"), short_help=words("cli.help.admin_disable"))
def disable(name: NameArgument, data: DataOption = None) -> None:
    """Let an account in no longer."""
    _do("disable", name, data)


@app.command("enable", help=words("cli.help.admin_enable"), short_help=words("cli.help.admin_enable"))
def enable(name: NameArgument, data: DataOption = None) -> None:
    """Let an account in again."""
    _do("enable", name, data)


@app.command("sign-out", help=words("cli.help.admin_sign_out"), short_help=words("cli.help.admin_sign_out"))
def sign_out(name: NameArgument, data: DataOption = None) -> None:
    """End all sessions of an account."""
    _do("sign_out", name, data)


@app.command("remove", help=words("cli.help.admin_remove"), short_help=words("cli.help.admin_remove"))
def remove(
    name: NameArgument,
    yes: Annotated[bool, typer.Option("--yes", "-y", help=words("cli.help.yes"))] = False,
    data: DataOption = None,
) -> None:
    """Delete an account, after a question."""
    if not yes:
        if not sys.stdin.isatty():
            raise UserError("confirm.needed")
        typer.confirm(words("admin.remove_ask", name=name), abort=True)
    _do("remove", name, data)


def _do(what: str, name: str, data: Path | None) -> None:
    with _accounts(data) as (accounts, actor):
        found = accounts.named(name)
        ended = getattr(accounts, what)(found.id, actor=actor)
    show(words(f"admin.{what}", name=found.name))
    _tell_ended(ended)


def _tell_ended(tokens: int | None) -> None:
    """Say that API tokens ended with the rights of the account that made them."""
    if tokens:
        note(words("admin.tokens_ended", count=tokens))


@contextmanager
def _accounts(data: Path | None) -> "Iterator[tuple[Accounts, Actor]]":
    """Open the accounts for one command; yield them and who runs it."""
    from bot.accounts import Accounts
    from bot.database.audit import command_actor
    from bot.database.opening import opened

    with opened(settings_from(data)) as sessions:
        yield Accounts(sessions), command_actor()


def _password(*, stdin: bool, generate: bool) -> str:
    """Return a new password: made, read from standard input, or asked for twice on a terminal."""
    if generate:
        from bot.passwords import made_up

        return made_up()
    if stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise UserError("admin.no_terminal")
    from getpass import getpass

    first = getpass(words("admin.ask_password"))
    if getpass(words("admin.ask_again")) != first:
        raise UserError("accounts.password.differ")
    return first


def _show_password(password: str) -> None:
    note(words("admin.password_once"))
    show(password)


def _line(account: "AccountRow") -> dict[str, Any]:
    """Return an account as JSON: times as ISO 8601 with their offset."""
    return {
        "id": account.id,
        "name": account.name,
        "role": account.role,
        "groups": list(account.groups),
        "active": account.active,
        "created_at": account.created_at.isoformat(),
        "signed_in_at": account.signed_in_at.isoformat() if account.signed_in_at else None,
    }


def _sentence(account: "AccountRow", zone: ZoneInfo) -> str:
    parts = [account.name, words(f"web.role.{account.role}")]
    if not account.active:
        parts.append(words("admin.disabled"))
    if account.groups:
        parts.append(", ".join(account.groups))
    parts.append(_when(account.signed_in_at, zone))
    return " · ".join(parts)


def _when(at: "datetime | None", zone: ZoneInfo) -> str:
    return words("admin.seen", at=f"{at.astimezone(zone):%Y-%m-%d %H:%M}") if at else words("admin.never_seen")
