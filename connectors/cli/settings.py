"""`dapbot settings`: what holds and where it comes from; change it, take a change back."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from connectors.cli.session import DataOption, JsonOption, settings_from, show, show_json, words

if TYPE_CHECKING:
    from bot.changing_settings import ChangingSettings
    from bot.setting_rows import Row
    from bot.settings import Settings

app = typer.Typer(no_args_is_help=True)

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help=words("cli.help.setting"), show_default=False)]


@contextmanager
def _changing(data: Path | None) -> Iterator[tuple["Settings", "ChangingSettings"]]:
    from bot.changing_settings import ChangingSettings
    from bot.database.opening import opened
    from bot.kept_settings import kept_under

    given = settings_from(data)
    with opened(given) as sessions:
        settings = kept_under(given, sessions)
        yield settings, ChangingSettings(settings, sessions)


@app.command("list", help=words("cli.help.settings_list"), short_help=words("cli.help.settings_list"))
def list_(json_: JsonOption = False, data: DataOption = None) -> None:
    """List every setting with its value and where that comes from."""
    from bot.setting_rows import row_line, rows

    with _changing(data) as (settings, changing):
        found = rows(settings, changing.kept())
    if json_:
        show_json({"settings": [row_line(row) for row in found]})
        return
    section = ""
    for row in found:
        if row.section != section:
            section = row.section
            show(("\n" if row is not found[0] else "") + words(f"web.settings.section.{section}"))
        show(_line(row))


def _line(row: "Row") -> str:
    kind = row.source if row.source in ("page", "default", "environment", "flag") else "file"
    value = row.value or words("web.settings.unset")
    return f"  {row.variable}={value}  ({words(f'web.settings.source.{kind}', file=row.source)})"


@app.command("set", help=words("cli.help.settings_set"), short_help=words("cli.help.settings_set"))
def set_(
    name: NameArgument,
    value: Annotated[str, typer.Argument(metavar="VALUE", help=words("cli.help.setting_value"), show_default=False)],
    data: DataOption = None,
) -> None:
    """Keep a value in the database."""
    _set(name, value, data)


@app.command("reset", help=words("cli.help.settings_reset"), short_help=words("cli.help.settings_reset"))
def reset(name: NameArgument, data: DataOption = None) -> None:
    """Go back to the default."""
    _set(name, None, data)


def _set(name: str, value: str | None, data: Path | None) -> None:
    from bot.database.audit import command_actor
    from bot.setting_sections import ITEMS

    with _changing(data) as (_, changing):
        changing.set({name.upper(): value}, command_actor())
    later = ITEMS[name.upper()].changes == "restart"
    show(words("cli.settings.restart" if later else "cli.settings.done", name=name.upper()))


@app.command("undo", help=words("cli.help.settings_undo"), short_help=words("cli.help.settings_undo"))
def undo(data: DataOption = None) -> None:
    """Take the last change back."""
    from bot.database.audit import command_actor
    from bot.database.kept_settings import SETTINGS

    with _changing(data) as (_, changing):
        changing.undo(SETTINGS, changing.kept().number, command_actor())
    show(words("web.settings.undone"))
