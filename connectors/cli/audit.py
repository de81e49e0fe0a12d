"""`dapbot admin audit`: who did what, and when."""

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from bot.errors import UserError
from connectors.cli.session import DataOption, JsonOption, settings_from, show, show_json, spoken, words

if TYPE_CHECKING:
    from bot.database.audit import Line

UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


def run(
    since: Annotated[str, typer.Option("--since", help=words("cli.help.since"))] = "7d",
    actor: Annotated[str, typer.Option("--actor", help=words("cli.help.actor"), show_default=False)] = "",
    action: Annotated[str, typer.Option("--action", help=words("cli.help.action"), show_default=False)] = "",
    json_: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Show the log, the newest line first; with --json one object a line, with the log's own names."""
    from bot.database.audit import Wanted, every
    from bot.database.opening import opened

    settings = settings_from(data)
    zone = ZoneInfo(settings.timezone)
    begin = moment(since, zone)
    with opened(settings) as sessions, sessions() as session:
        for line in every(session, Wanted(begin, actor, action)):
            show_json(_object(line)) if json_ else show(_sentence(line, zone))


def moment(since: str, zone: ZoneInfo) -> datetime:
    """Return when to begin: ``7d``, ``12h``, ``30m``, ``2w`` before now, or a day, ``2026-11-24``.

    Raises:
        UserError: it is neither.
    """
    if found := re.fullmatch(r"(\d{1,4})([mhdw])", since.strip().lower()):
        return datetime.now(zone) - int(found[1]) * UNITS[found[2]]
    try:
        return datetime.fromisoformat(since.strip()).replace(tzinfo=zone)
    except ValueError as error:
        raise UserError("audit.since", value=since[:40]) from error


def _object(line: "Line") -> dict[str, Any]:
    return {
        "id": line.id,
        "at": line.at.isoformat(),
        "actor": line.actor,
        "action": line.action,
        "subject": line.subject,
        "detail": dict(line.detail),
        "address": line.address,
    }


def _sentence(line: "Line", zone: ZoneInfo) -> str:
    from bot.audit_words import action_in_words, actor_in_words, detail_in_words

    at, language = f"{line.at.astimezone(zone):%Y-%m-%d %H:%M:%S}", spoken()
    parts = [at, actor_in_words(line.actor, language), action_in_words(line.action, language), line.subject]
    return "  ".join([*parts, *filter(None, (detail_in_words(line.detail, language), line.address))])
