"""What versions a document has: staged, published, compared, brought back."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.errors import UserError
from connectors.cli.change_words import change_line, show_change, version_line
from connectors.cli.document_words import reading_bot, screen
from connectors.cli.session import (
    DataOption,
    JsonOption,
    agreed,
    note,
    progress,
    running_bot,
    settings_from,
    show_json,
    spoken,
    words,
)

if TYPE_CHECKING:
    from bot.library import VersionInfo
    from bot.wiring import Bot

app = typer.Typer()

NumberArgument = Annotated[int, typer.Argument(metavar="ID", help=words("knowledge.help.id"), show_default=False)]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help=words("knowledge.help.agreed"))]
StagedArgument = Annotated[
    list[int], typer.Argument(metavar="NUMBER...", help=words("knowledge.help.version"), show_default=False)
]


@app.command("staged", help=words("knowledge.help.staged"))
def staged(json_: JsonOption = False, data: DataOption = None) -> None:
    """List what waits to be published, with what it would change."""
    with running_bot(settings_from(data)) as bot:
        found = bot.library.staged()
        changes = [bot.library.change_of(version.version) for version in found]
    if json_:
        both = zip(found, changes, strict=True)
        show_json([version_line(version) | {"change": change_line(change)} for version, change in both])
        return
    out = screen()
    for version, change in zip(found, changes, strict=True):
        out.write(f"{version.version:>4}  ", "dim")
        out.write(version.name, "bold")
        out.write("  " + _told(version) + "\n", "dim")
        show_change(out, change)
    if not found:
        out.write(words("knowledge.nothing_staged") + "\n")


@app.command("publish", help=words("knowledge.help.publish"))
def publish(
    versions: StagedArgument, yes: YesOption = False, json_: JsonOption = False, data: DataOption = None
) -> None:
    """Publish staged versions, all at the same moment; what changed meanwhile is shown and asked about first."""
    from bot.database.audit import command_actor
    from bot.version_trials import require_tried

    with running_bot(settings_from(data)) as bot, progress(words("knowledge.adding")) as done:
        seen, newest = {}, {about.document: about for about in map(bot.library.version, sorted(versions))}
        for about in newest.values():
            each = about.version
            seen[each] = bot.library.live_number(about.document)
            if about.state == "staged" and seen[each] != bot.library.number_of(about.base) and not yes:
                _ask_again(bot, about, seen[each])
        require_tried(bot, (about.version for about in newest.values()))
        made = bot.library.publish(versions, done, author=command_actor(), seen=seen)
    if json_:
        show_json([version_line(version) for version in made])
        return
    out = screen()
    for version in made:
        if version.state == "discarded":
            out.write(words("knowledge.outdated", name=version.name, number=version.number) + "\n", "warning")
            continue
        counts = {"added": version.added, "changed": version.changed, "removed": version.removed}
        out.write(words("knowledge.published", name=version.name, number=version.number, **counts) + "\n", "good")


@app.command("discard", help=words("knowledge.help.discard"))
def discard(versions: StagedArgument, data: DataOption = None) -> None:
    """Take back staged versions."""
    from bot.database.audit import command_actor

    with running_bot(settings_from(data)) as bot:
        for each in versions:
            name = bot.library.version(each).name
            bot.library.discard(each, author=command_actor())
            screen().write(words("knowledge.discarded", name=name) + "\n", "good")


@app.command("history", help=words("knowledge.help.history"))
def history(document: NumberArgument, json_: JsonOption = False, data: DataOption = None) -> None:
    """List the versions of a document, the newest first."""
    with reading_bot(settings_from(data)) as bot:
        found = bot.library.history(document)
    if json_:
        show_json([version_line(version) for version in found])
        return
    out = screen()
    for version in found:
        out.write(f"{version.number:>4}  ", "bold" if version.state == "published" else "dim")
        out.write(words(f"knowledge.state.{version.state}"), "good" if version.state == "published" else "dim")
        out.write("  " + _told(version) + "\n", "dim")


@app.command("diff", help=words("knowledge.help.diff"))
def diff(
    document: NumberArgument,
    older: Annotated[int, typer.Argument(metavar="OLD", help=words("knowledge.help.older"), show_default=False)],
    newer: Annotated[int, typer.Argument(metavar="NEW", help=words("knowledge.help.newer"), show_default=False)],
    json_: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Show what one version changes against another."""
    with reading_bot(settings_from(data)) as bot:
        change = bot.library.diff(document, older, newer)
    if json_:
        show_json(change_line(change))
    else:
        show_change(screen(), change)


@app.command("rollback", help=words("knowledge.help.rollback"))
def rollback(
    document: NumberArgument,
    number: Annotated[
        int | None, typer.Argument(metavar="[VERSION]", help=words("knowledge.help.back_to"), show_default=False)
    ] = None,
    json_: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Bring back an earlier version, as a new one."""
    from bot.database.audit import command_actor

    with running_bot(settings_from(data)) as bot, progress(words("knowledge.adding")) as done:
        made = bot.library.rollback(document, number, done, author=command_actor())
    if json_:
        show_json(version_line(made))
        return
    values = {"name": made.name, "number": made.number, "restored": made.restored_from}
    screen().write(words("knowledge.rolled_back", **values) + "\n", "good")


@app.command("enable", help=words("knowledge.help.enable"))
def enable(document: NumberArgument, data: DataOption = None) -> None:
    """Have answers use a document again."""
    _switch(document, data, "enable")


@app.command("disable", help=words("knowledge.help.disable"))
def disable(document: NumberArgument, data: DataOption = None) -> None:
    """Keep a document out of answers, without removing it."""
    _switch(document, data, "disable")


@app.command("audience", help=words("knowledge.help.audience_of"))
def audience(
    document: NumberArgument,
    groups: Annotated[
        list[str] | None, typer.Argument(metavar="[GROUP]...", help=words("knowledge.help.groups"), show_default=False)
    ] = None,
    everyone: Annotated[bool, typer.Option("--everyone", help=words("knowledge.help.everyone"))] = False,
    data: DataOption = None,
) -> None:
    """Say who may see a document."""
    from bot.database.audit import command_actor

    if bool(groups) == everyone:
        raise typer.BadParameter(words("knowledge.groups_or_everyone"))
    with running_bot(settings_from(data)) as bot:
        bot.library.set_audience(document, None if everyone else groups, author=command_actor())
        name = bot.library.show(document).document.name
    said = (
        words("knowledge.for_everyone", name=name)
        if everyone
        else words("knowledge.for_groups", name=name, groups=", ".join(groups or ()))
    )
    screen().write(said + "\n", "good")


@app.command("download", help=words("knowledge.help.download"))
def download(
    document: NumberArgument,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help=words("knowledge.help.output"))
    ] = None,
    original: Annotated[bool, typer.Option("--original", help=words("knowledge.help.original"))] = False,
    data: DataOption = None,
) -> None:
    """Write a document to a file; ``-o -``: to standard output. An existing file is not replaced without ``-o``."""
    with reading_bot(settings_from(data)) as bot:
        name, _, content = bot.library.download(document, original=original)
    if str(output) == "-":
        sys.stdout.buffer.write(content)
        return
    target = output or Path(name)
    if output is None and target.exists():
        raise UserError("knowledge.file_exists", file=target)
    try:
        target.write_bytes(content)
    except OSError as error:
        raise UserError("knowledge.cannot_write", file=target, reason=error.strerror or error) from error
    screen().write(words("knowledge.downloaded", file=target) + "\n", "good")


def _ask_again(bot: "Bot", about: "VersionInfo", live: int | None) -> None:
    """Show what a version would change now that another one is live, and ask whether that is meant."""
    note(words("knowledge.meanwhile", name=about.name, number=live or 0))
    show_change(screen(), bot.library.change_of(about.version))
    if not agreed(words("knowledge.publish_anyway")):
        note(words("knowledge.not_published"))
        raise typer.Exit(1)


def _switch(document: int, data: Path | None, what: str) -> None:
    from bot.database.audit import command_actor

    with running_bot(settings_from(data)) as bot:
        getattr(bot.library, what)(document, author=command_actor())
        name = bot.library.show(document).document.name
    screen().write(words(f"knowledge.{what}d", name=name) + "\n", "good")


def _told(version: "VersionInfo") -> str:
    """Return when and by whom, and how much it changed."""
    from bot.shown import author_name

    moment = (version.published_at or version.created_at).astimezone()
    counts = {"added": version.added, "changed": version.changed, "removed": version.removed}
    values = {"date": f"{moment:%Y-%m-%d %H:%M}", "author": author_name(version.author, spoken()) or "–", **counts}
    said = words("knowledge.version", **values)
    return f"{said}  {words('knowledge.restored', number=version.restored_from)}" if version.restored_from else said
