"""`dapbot evaluate golden`: the golden questions asked; exit 1 where one is not answered as it should be."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import typer

from connectors.cli.session import (
    DataOption,
    JsonOption,
    answering,
    progress,
    settings_from,
    show_json,
    words,
)

if TYPE_CHECKING:
    from knowledge.passages import Progress


def run(json_: JsonOption = False, data: DataOption = None) -> None:
    """Ask the golden questions."""
    from connectors.cli.remote import RemoteBot

    settings = settings_from(data)
    with answering(settings) as bot, progress(words("golden.going.label")) as done:
        found = _told(bot, done) if isinstance(bot, RemoteBot) else _asked(bot, done)
    if json_:
        show_json(found)
    else:
        _show(found)
    if found["failed"]:
        raise typer.Exit(1)


def _asked(bot: Any, done: "Progress") -> dict[str, Any]:
    """Ask in this process."""
    from bot.database.audit import command_actor
    from bot.golden import run as ask_all
    from bot.golden import tests_line

    bot.library.heal()
    return tests_line(ask_all(bot, command_actor().name, done))


def _told(bot: Any, done: "Progress") -> dict[str, Any]:
    """Have the server ask that owns the data folder."""
    found: dict[str, Any] = {}
    for kind, told in bot.events("/api/v1/golden/check", {}):
        if kind == "progress":
            done(told["done"], told["total"])
        elif kind == "done":
            found = told
    return found


def _show(found: Mapping[str, Any]) -> None:
    from connectors.cli.screen import TerminalScreen

    screen = TerminalScreen()
    if not found["asked"]:
        screen.write(words("golden.nothing") + "\n", "plain")
        return
    for line in found["questions"]:
        if not line["passed"]:
            screen.write(f"✗ {line['question']}\n", "warning")
            screen.write(f"    {_wanted(line)}\n", "dim")
            screen.write(f"    {_came(line['came'])}\n", "dim")
    summary = words("golden.passed", passed=found["passed"], asked=found["asked"])
    screen.write(summary + "\n", "warning" if found["failed"] else "good")


def _wanted(line: Mapping[str, Any]) -> str:
    if line["expects"] == "entry":
        return f"{words('golden.wanted.entry')} {line['document']} ({line['passage']})"
    return words(f"golden.wanted.{line['expects']}")


def _came(came: Mapping[str, Any]) -> str:
    if came["task"] != "answer":
        return words("golden.came.other")
    first = next(iter(came["entries"]), came["nearest"])
    if first is None:
        return words("golden.came.nothing")
    title = f"{first['document']} ({first['passage']})"
    kind = "entry" if came["answered"] else "below"
    return words(f"golden.came.{kind}", title=title, share=int(100 * came["confidence"]))
