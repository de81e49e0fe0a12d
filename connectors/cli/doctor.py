"""`dapbot doctor`: what is there, what is missing, what to do next."""

from itertools import chain
from typing import TYPE_CHECKING

import typer

from bot.phrases import say
from connectors.cli.session import DataOption, JsonOption, settings_from, show_json, spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.doctor import Check
    from bot.settings import Settings
    from connectors.terminal import Style

MARKS: "dict[str, tuple[str, Style]]" = {"ok": ("✓", "good"), "note": ("·", "dim"), "todo": ("✗", "warning")}


def run(data: DataOption = None, json_: JsonOption = False) -> None:
    """Check the set-up; exit code 1 when something must be done."""
    from bot.doctor import examine
    from bot.kept_settings import with_stored
    from connectors.mail.checkup import of_mail
    from connectors.slack.checkup import of_slack

    settings = with_stored(settings_from(data))
    found = []
    for check in chain(examine(settings), of_slack(settings), of_mail(settings), _running(settings)):
        found.append(check)
        if not json_:
            _show(check)
    to_do = sum(check.state == "todo" for check in found)
    if json_:
        show_json({"ok": not to_do, "checks": [_line(check) for check in found]})
    else:
        _conclude(to_do)
    raise typer.Exit(1 if to_do else 0)


def _running(settings: "Settings") -> "Iterator[Check]":
    """Yield what the server that owns the data folder says of its parts; nothing where none runs."""
    from bot.doctor import running_parts
    from bot.owner import find_owner
    from connectors.cli.remote import ready_parts

    owner = find_owner(settings.data)
    if owner is not None and owner.address:
        yield from running_parts(ready_parts(owner.address))


def _line(check: "Check") -> dict[str, str]:
    return {
        "name": check.name,
        "state": check.state,
        "said": check.said(spoken()),
        "advice": check.advised(spoken()),
    }


def _show(check: "Check") -> None:
    from connectors.cli.screen import TerminalScreen

    mark, style = MARKS[check.state]
    screen = TerminalScreen()
    screen.write(f"{mark} ", style)
    screen.write(f"{check.said(spoken())}\n")
    if advice := check.advised(spoken()):
        screen.write(f"  → {advice}\n", style)


def _conclude(to_do: int) -> None:
    from connectors.cli.screen import TerminalScreen

    key = "doctor.to_do" if to_do else "doctor.all_well"
    TerminalScreen().write("\n" + say(key, spoken(), count=to_do) + "\n", "bold")
