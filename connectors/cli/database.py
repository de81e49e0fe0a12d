"""`dapbot database`: upgrade, downgrade, backup, restore, delete what is old, erase a person."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.errors import UserError
from connectors.cli.session import DataOption, note, progress, settings_from, show, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Engine

    from bot.database.backup import Holding
    from bot.database.erasing import Erased
    from bot.settings import Settings

app = typer.Typer(no_args_is_help=True)

WORTH_TELLING = 50_000_000
"""Bytes that are free in a SQLite file."""

YesOption = Annotated[bool, typer.Option("--yes", "-y", help=words("cli.help.yes"))]
FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help=words("cli.help.backup_file"), show_default=False)]


@app.command("upgrade", help=words("cli.help.database_upgrade"), short_help=words("cli.help.database_upgrade"))
def upgrade(data: DataOption = None) -> None:
    """Bring the tables to the newest revision."""
    from bot.database import engine as database

    settings = settings_from(data)
    with _open(settings) as engine:
        before = database.current(engine)
        if before == database.HEAD:
            show(words("database.is_current", revision=before))
            return
        from bot.database import migrating

        with _alone(settings, growing=True):
            copy = migrating.upgrade(engine)
        _show_change(engine, before, copy)


@app.command("downgrade", help=words("cli.help.database_downgrade"), short_help=words("cli.help.database_downgrade"))
def downgrade(
    revision: Annotated[str, typer.Argument(metavar="REVISION", help=words("cli.help.revision"))] = "-1",
    yes: YesOption = False,
    force: Annotated[bool, typer.Option("--force", help=words("cli.help.downgrade_force"))] = False,
    data: DataOption = None,
) -> None:
    """Take the tables back, one step where no revision is given."""
    from bot.database import engine as database
    from bot.database import migrating

    settings = settings_from(data)
    with _open(settings) as engine, _alone(settings):
        before = database.current(engine)
        if before is None:
            show(words("database.emptied"))
            return
        if not force:
            migrating.require_nothing_waiting(engine, revision)
        _confirm(words("database.downgrade_ask", before=before), yes=yes)
        copy = migrating.downgrade(engine, revision)
        _show_change(engine, before, copy)


@app.command("backup", help=words("cli.help.database_backup"), short_help=words("cli.help.database_backup"))
def backup(file: FileArgument, data: DataOption = None) -> None:
    """Write everything to one file."""
    from bot.database.backup import back_up
    from bot.database.backups_made import remember

    if file.is_dir():
        file = file / f"dapbot-{datetime.now().astimezone():%Y%m%d-%H%M%S}.sqlite3"
    with _open(settings_from(data)) as engine:
        holding = back_up(engine, file)
        remember(engine, file)
    show(words("backup.done", file=file, holding=_said(holding)))


@app.command("restore", help=words("cli.help.database_restore"), short_help=words("cli.help.database_restore"))
def restore(file: FileArgument, yes: YesOption = False, data: DataOption = None) -> None:
    """Replace everything by a backup."""
    from bot.database import backup as backups

    settings = settings_from(data)
    backups.check(file)
    _confirm(words("backup.restore_ask", folder=settings.data, file=file), yes=yes)
    restored = backups.restore(settings, file)
    show(words("backup.restored", holding=_said(restored.holding)))
    if restored.replaced:
        show(words("database.copy_kept", file=restored.replaced))


@app.command("retain", help=words("cli.help.database_retain"), short_help=words("cli.help.database_retain"))
def retain(
    dry_run: Annotated[bool, typer.Option("--dry-run", help=words("cli.help.retain_dry_run"))] = False,
    compact: Annotated[bool, typer.Option("--compact", help=words("cli.help.retain_compact"))] = False,
    data: DataOption = None,
) -> None:
    """Delete what has been kept long enough; a server may run beside."""
    from bot import retention
    from bot.database.audit import command_actor
    from bot.database.engine import sessions_for
    from bot.database.freeing import rewrite
    from bot.database.migrating import require_current
    from bot.database.personal import TABLES
    from bot.kept_settings import kept_under

    settings = settings_from(data)
    with _open(settings) as engine:
        require_current(engine)
        sessions = sessions_for(engine)
        settings = kept_under(settings, sessions)
        if dry_run:
            _show_counts("retain.due", retention.due(sessions, settings), days=settings.keep_days)
            return
        with progress(words("retain.working")) as step:
            done = retention.run(engine, sessions, settings, actor=command_actor(), progress=step)
        _show_counts("retain.done", done.counts, days=settings.keep_days)
        if compact:
            rewrite(engine, TABLES)
        elif done.free > WORTH_TELLING:
            note(words("retain.free", size=f"{done.free / 1e6:,.0f}"))


@app.command("erase-person", help=words("cli.help.database_erase"), short_help=words("cli.help.database_erase"))
def erase_person(
    person: Annotated[str, typer.Argument(metavar="ID", help=words("cli.help.person"), show_default=False)],
    yes: YesOption = False,
    data: DataOption = None,
) -> None:
    """Erase everything there is of a person, after showing how much that is."""
    from bot.database import erasing
    from bot.database.audit import command_actor
    from bot.database.engine import sessions_for
    from bot.database.migrating import require_current

    settings = settings_from(data)
    with _open(settings) as engine:
        require_current(engine)
        with sessions_for(engine)() as session:
            people = erasing.find_people(session, person)
        for found in people:
            names = ("conversations", "turns", "answers", "feedback", "messages", "aliases", "audit")
            name = found.external_id + (f" ({found.name})" if found.name else "")
            counts = {each: getattr(found, each) for each in names}
            show(words("erase.person", id=found.id, channel=found.channel, name=name, **counts))
        _confirm(words("erase.ask"), yes=yes)
        _show_erased(erasing.erase(engine, people, folder=settings.data, actor=command_actor()), engine)


def _show_erased(erased: "Erased", engine: "Engine") -> None:
    """Say what was erased, when, and where it still is."""
    from bot.database.engine import sqlite_path

    _show_counts("erase.done", erased.counts, at=f"{erased.at.astimezone():%Y-%m-%d %H:%M:%S %z}")
    if not erased.emptied:
        database = sqlite_path(engine)
        note(words("erase.not_emptied", file=f"{database}-wal") if database else words("erase.not_emptied_server"))
    if erased.indexes:
        note(words("erase.indexes"))
    if erased.account:
        note(words("erase.account", name=erased.account))
    if erased.copies:
        note(words("erase.copies"))
    for copy in erased.copies:
        note(f"  {copy}")
    if erased.backups:
        note(words("erase.backups_elsewhere"))
    for made in erased.backups:
        note(f"  {made.file} ({made.moment.astimezone():%Y-%m-%d %H:%M})")


def _show_counts(head: str, counts: "Mapping[str, int]", **values: object) -> None:
    """Say a sentence, and below it how many rows of each kind, where there are any."""
    show(words(head, **values) if any(counts.values()) else words(f"{head}_nothing", **values))
    for name, count in counts.items():
        if count:
            show(f"  {words(f'rows.{name}')}: {count:,}")


@contextmanager
def _open(settings: "Settings") -> "Iterator[Engine]":
    """Open the database for one command."""
    from bot.database.engine import open_engine

    engine = open_engine(settings)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _alone(settings: "Settings", *, growing: bool = False) -> Iterator[None]:
    """Refuse to change tables under a program that works with them; those of a PostgreSQL may grow under others."""
    from bot.owner import Ownership

    with Ownership(settings.data) as ownership:
        if not ownership.take() and not (growing and settings.database_url):
            raise UserError("backup.in_use", folder=settings.data)
        yield


def _confirm(question: str, *, yes: bool) -> None:
    """Ask on a terminal; without one, ``--yes`` is needed."""
    if yes:
        return
    if not sys.stdin.isatty():
        note(question)
        raise UserError("confirm.needed")
    typer.confirm(question, abort=True)


def _show_change(engine: "Engine", before: str | None, copy: Path | None) -> None:
    from bot.database.engine import current

    after = current(engine)
    if after is None:
        show(words("database.emptied"))
    elif before is None:
        show(words("database.created", revision=after))
    else:
        show(words("database.changed", before=before, after=after))
    if copy:
        show(words("database.copy_kept", file=copy))


def _said(holding: "Holding") -> str:
    from dataclasses import asdict

    return words("backup.holding", **asdict(holding))
