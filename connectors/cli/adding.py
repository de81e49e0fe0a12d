"""`dapbot knowledge add`: files and folders become documents."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.errors import UserError
from connectors.cli.change_words import compared_line, show_compared
from connectors.cli.document_words import result_line, say_if_nobody_runs, screen, show_results
from connectors.cli.session import DataOption, JsonOption, progress, running_bot, settings_from, show_json, words

if TYPE_CHECKING:
    from bot.gathering import Gathered
    from bot.wiring import Bot
    from connectors.cli.screen import TerminalScreen
    from knowledge.plans import Plan

app = typer.Typer()


@app.command("add", help=words("knowledge.help.add"))
def add(
    paths: Annotated[list[Path], typer.Argument(help=words("knowledge.help.paths"), show_default=False)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=words("knowledge.help.dry_run"))] = False,
    stage: Annotated[bool, typer.Option("--stage", help=words("knowledge.help.stage"))] = False,
    audience: Annotated[list[str] | None, typer.Option(help=words("knowledge.help.add_audience"))] = None,
    document: Annotated[
        int | None, typer.Option("--document", metavar="ID", help=words("knowledge.help.into"), show_default=False)
    ] = None,
    columns: Annotated[
        str, typer.Option(metavar="ROLE=NAME,...", help=words("knowledge.help.columns"), show_default=False)
    ] = "",
    json_: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Add files and folders; exit code 1 only where nothing could be read."""
    from knowledge.guarded import prepare

    prepare()  # the reading process starts while the rest is imported
    from bot.database.audit import command_actor
    from bot.gathering import gather
    from bot.plan_words import plan_in_words

    plan = plan_in_words(columns) if columns.strip() else None
    settings, files = settings_from(data), gather(paths)
    if dry_run:
        with running_bot(settings) as bot:
            _show_compared(bot, _named(bot, files, document), plan, as_json=json_)
        return
    with running_bot(settings) as bot, progress(words("knowledge.adding")) as done:
        results = bot.library.add(
            _named(bot, files, document),
            done,
            author=command_actor(),
            audience=audience or None,
            publish=not stage and bot.settings.publishing != "tried",
            plan=plan,
        )
        say_if_nobody_runs(bot)
    show_json([result_line(result) for result in results]) if json_ else show_results(results)
    if all(result.state == "unreadable" for result in results):
        raise typer.Exit(1)


def _named(bot: "Bot", files: "Sequence[Gathered]", document: int | None) -> "list[Gathered]":
    """Give the one file the name of the document that it is to replace."""
    from bot.gathering import Gathered

    if document is None:
        return list(files)
    if len(files) != 1:
        raise UserError("knowledge.one_file", count=len(files))
    return [Gathered(bot.library.show(document).document.name, files[0].content)]


def _show_compared(bot: "Bot", files: "Sequence[Gathered]", plan: "Plan | None", *, as_json: bool) -> None:
    compared = bot.library.compare(*files, plan=plan)
    if as_json:
        show_json([compared_line(each) for each in compared])
    else:
        out: TerminalScreen = screen()
        for each in compared:
            show_compared(out, each)
        out.write("\n" + words("knowledge.dry_run") + "\n", "dim")
    if all(each.state == "unreadable" for each in compared):
        raise typer.Exit(1)
