"""`dapbot knowledge tune`: have the search learn from questions that were answered well."""

from typing import Annotated, Any

import typer

from connectors.cli.session import DataOption, JsonOption, progress, running_bot, settings_from, show_json, words


def tune(
    undo: Annotated[bool, typer.Option("--undo", help=words("tune.help.undo"))] = False,
    json_: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Learn, or go back to what was before."""
    from bot import tuning
    from bot.database.audit import command_actor
    from connectors.cli.screen import TerminalScreen

    screen = TerminalScreen()
    with running_bot(settings_from(data)) as bot, progress(words("tune.undoing" if undo else "tune.learning")) as done:
        if undo:
            learned = tuning.undo(bot, command_actor(), done)
        else:
            outcome = tuning.tune(bot, command_actor(), done)
    if undo:
        if json_:
            show_json({"used": learned})
        else:
            screen.write(words("tune.undone.learned" if learned else "tune.undone") + "\n", "good")
    elif json_:
        show_json({**outcome.figures, "used": outcome.used})
    else:
        _show(screen, outcome.figures, used=outcome.used)


def _show(screen: Any, figures: Any, *, used: bool) -> None:
    screen.write(words("tune.questions", told=figures["told"]) + "\n")
    for name in ("words", "shipped", "trained"):
        first, five = figures[name]["first"], figures[name]["five"]
        screen.write(words("tune.figures", what=words(f"tune.{name}"), first=f"{first:.1%}", five=f"{five:.1%}") + "\n")
    screen.write(words("tune.used" if used else "tune.not_used") + "\n", "good" if used else "bold")
