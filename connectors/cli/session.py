"""What every command shares: the settings, the bot, the language, errors in one sentence, progress bars."""

import json
import locale
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.errors import DapbotError, UserError
from bot.phrases import say
from knowledge.language import Language, language_of
from knowledge.passages import Progress

if TYPE_CHECKING:  # these load the database and the settings library: 0.8 s that `dapbot --help` must not pay
    from bot.settings import Settings
    from bot.wiring import Bot
    from connectors.cli.remote import RemoteBot

BROKEN_PIPE_EXIT = 141
"""What a shell reports for a program that SIGPIPE ended, as `dapbot ... | head` would."""


def system_language() -> Language:
    """Return the language to speak before the settings are read: ``DAPBOT_LANGUAGE``, else the system's locale."""
    names = (os.environ.get(name, "") for name in ("DAPBOT_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))
    first = next((name for name in names if name), None) or locale.getlocale()[0] or ""
    return "ko" if first.lower().startswith(("ko", "korean")) else "en"


_spoken: ContextVar[Language] = ContextVar("spoken")


def spoken() -> Language:
    """Return the language this command speaks: the setting once it is read, the system's before."""
    return _spoken.get(system_language())


def words(key: str, /, **values: object) -> str:
    """Return a phrase of ``bot/phrases/`` in the language this command speaks."""
    return say(key, spoken(), **values)


DataOption = Annotated[Path | None, typer.Option("--data", help=words("cli.help.data"), show_default=False)]
JsonOption = Annotated[bool, typer.Option("--json", help=words("cli.help.json"))]


def settings_from(data: Path | None = None, **flags: object) -> "Settings":
    """Return the settings, flags that were given (not None) first; from here on the command speaks their language.

    Raises:
        SettingsError: a setting has a value that cannot be used.
    """
    from bot.settings import load

    settings = load(data=data, **flags)
    _spoken.set(settings.language or system_language())
    return settings


@contextmanager
def running_bot(settings: "Settings") -> Iterator["Bot"]:
    """Build the bot over the data folder and close it at the end, whatever happened."""
    from bot.wiring import build_bot

    with build_bot(settings) as bot:
        yield bot


@contextmanager
def answering(settings: "Settings", question: str = "") -> Iterator["Bot | RemoteBot"]:
    """Yield what answers: the server that owns the data folder, if one runs, else a bot in this process.

    A Korean ``question`` has Kiwi loaded beside the database's library: an answer is there half a second earlier.
    """
    from bot.owner import find_owner

    owner = find_owner(settings.data)
    if owner is not None and owner.address:
        from connectors.cli.remote import RemoteBot

        yield RemoteBot(owner.address, owner.token, spoken())
        return
    if language_of(question) == "ko":
        from knowledge import tokens

        Thread(target=tokens.warm, name="warm").start()
    with running_bot(settings) as bot:
        yield bot


def show(text: str = "", *, now: bool = False) -> None:
    """Print one line of the result; ``now``: whoever reads a pipe gets it at once."""
    sys.stdout.write(text + "\n")
    if now:
        sys.stdout.flush()


def show_json(value: Any) -> None:
    """Print a value as one line of JSON, Korean as it is."""
    show(json.dumps(value, ensure_ascii=False))


def note(text: str) -> None:
    """Print a line that is not part of the result: to stderr, so that a pipe does not get it."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def agreed(question: str) -> bool:
    """Ask on the terminal; without one, ``--yes`` is the way to agree.

    Raises:
        UserError: there is no terminal to ask on.
    """
    if not sys.stdin.isatty():
        raise UserError("knowledge.needs_yes")
    sys.stderr.write(question + " ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().casefold() in {"y", "yes", "예", "네", "ㅇ", "ㅇㅇ"}


def explain(error: DapbotError) -> str:
    """Return the one sentence of an error, in the language this command speaks."""
    return say(error.phrase, spoken(), **error.values)


def read_text(path: Path) -> str:
    """Return the text of a file, or of standard input for ``-``: UTF-8, else the Korean code page CP949.

    Raises:
        UserError: the file cannot be read, or is in neither encoding.
    """
    name = words("cli.standard_input") if str(path) == "-" else str(path)
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise UserError("cli.cannot_read", name=name, reason=error.strerror or error) from error
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UserError("cli.not_text", name=name)


@contextmanager
def progress(label: str) -> Iterator[Progress]:
    """Show a bar on stderr while the block runs, and only on a terminal.

    Yields:
        A function to be called with (done, total).
    """
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
