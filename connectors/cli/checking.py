"""`dapbot knowledge check`: how well the documents are found, and what in them should be mended."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from connectors.cli.session import (
    DataOption,
    JsonOption,
    answering,
    progress,
    settings_from,
    show_json,
    spoken,
    words,
)

if TYPE_CHECKING:
    from connectors.terminal import Style
    from knowledge.passages import Progress

STYLES: "Mapping[str, Style]" = {
    "head": "bold",
    "plain": "plain",
    "detail": "dim",
    "good": "good",
    "warning": "warning",
}


def check(json_: JsonOption = False, data: DataOption = None) -> None:
    """Check the documents; what is found is no error."""
    from connectors.cli.remote import RemoteBot
    from connectors.cli.screen import TerminalScreen

    settings = settings_from(data)
    with answering(settings) as bot, progress(words("checkup.checking")) as done:
        found = _asked(bot, done) if isinstance(bot, RemoteBot) else _looked(bot, done)
    if json_:
        show_json(found)
        return
    screen = TerminalScreen()
    for line in found["words"]:
        screen.write(line["text"] + "\n", STYLES[line["weight"]])


def _looked(bot: Any, done: "Progress") -> dict[str, Any]:
    """Check in this process."""
    from bot.checkup import check as look_through
    from bot.checkup_words import checkup_line

    bot.library.heal()
    weigh, line = bot.ownership.held, bot.settings.line
    found = look_through(bot.sessions, bot.knowledge, bot.clock().date(), done, line=line, weigh=weigh)
    return checkup_line(found, spoken())


def _asked(bot: Any, done: "Progress") -> dict[str, Any]:
    """Have the server check that owns the data folder."""
    found: dict[str, Any] = {}
    for kind, told in bot.events("/api/v1/knowledge/check", {"language": spoken()}):
        if kind == "progress":
            done(told["done"], told["total"])
        elif kind == "done":
            found = told
    return found
