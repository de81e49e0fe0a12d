"""`dapbot admin token`: what programs show to use the HTTP API."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from connectors.cli.session import DataOption, JsonOption, note, settings_from, show, show_json, words

if TYPE_CHECKING:
    from bot.api_tokens import ApiTokens
    from bot.database.audit import Actor

app = typer.Typer(no_args_is_help=True)


@app.command("create", help=words("cli.help.token_create"), short_help=words("cli.help.token_create"))
def create(
    name: Annotated[str, typer.Argument(metavar="NAME", help=words("cli.help.token_name"), show_default=False)],
    role: Annotated[str, typer.Option("--role", help=words("cli.help.token_role"), show_default=False)],
    group: Annotated[
        list[str] | None, typer.Option("--group", metavar="GROUP", help=words("cli.help.group"), show_default=False)
    ] = None,
    days: Annotated[int | None, typer.Option("--days", min=1, help=words("cli.help.days"), show_default=False)] = None,
    data: DataOption = None,
) -> None:
    """Make a token and show it, this once."""
    with _tokens(data) as (tokens, actor):
        value, made = tokens.create(name, role, group or (), days, actor=actor)
    note(words("tokens.once", name=made.name, role=words(f"web.role.{made.role}")))
    show(value)


@app.command("list", help=words("cli.help.token_list"), short_help=words("cli.help.token_list"))
def list_(json_: JsonOption = False, data: DataOption = None) -> None:
    """List the tokens, also those that no longer work."""
    with _tokens(data) as (tokens, _):
        found = [(each, tokens.state(each)) for each in tokens.all()]
    zone = ZoneInfo(settings_from(data).timezone)
    if json_:
        from dataclasses import asdict

        times = ("created_at", "expires_at", "used_at", "revoked_at")
        lines = [asdict(each) | {"state": state} for each, state in found]
        show_json([line | {t: line[t].isoformat() if line[t] else None for t in times} for line in lines])
        return
    for each, state in found:
        day = f"{each.expires_at.astimezone(zone):%Y-%m-%d}" if each.expires_at else ""
        ends = words("tokens.until", day=day) if day else words("tokens.forever")
        parts = [str(each.id), each.name, f"{each.prefix}…", words(f"web.role.{each.role}"), *each.groups]
        show(" · ".join([*parts, words(f"tokens.state.{state}"), ends]))
    if not found:
        show(words("tokens.no_tokens"))


@app.command("revoke", help=words("cli.help.token_revoke"), short_help=words("cli.help.token_revoke"))
def revoke(
    token: Annotated[int, typer.Argument(metavar="ID", help=words("cli.help.token_id"), show_default=False)],
    data: DataOption = None,
) -> None:
    """End a token at once."""
    with _tokens(data) as (tokens, actor):
        found = tokens.revoke(token, actor=actor)
    show(words("tokens.revoke_done", name=found.name))


@contextmanager
def _tokens(data: Path | None) -> "Iterator[tuple[ApiTokens, Actor]]":
    from bot.api_tokens import ApiTokens
    from bot.database.audit import command_actor
    from bot.database.opening import opened

    with opened(settings_from(data)) as sessions:
        yield ApiTokens(sessions), command_actor()
