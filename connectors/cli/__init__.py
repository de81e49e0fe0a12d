"""The ``dapbot`` command: one file per group of commands, which import what is heavy only when they run."""

import gc
import logging
import os
import sys
from collections.abc import Callable, Sequence
from typing import Annotated

import typer

from bot.errors import DapbotError
from connectors.cli import (
    admin,
    ask,
    chat,
    checking,
    database,
    doctor,
    draft,
    evaluate,
    explain,
    inbox,
    knowledge,
    mail,
    report,
    sample,
    sentiment,
    serve,
    session,
    settings,
    slack,
    summarize,
    translate,
    worker,
)
from connectors.cli.session import words

app = typer.Typer(
    name="dapbot",
    help=words("cli.help.dapbot"),
    epilog=words("cli.help.debug"),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # run() says an error in one sentence
    rich_markup_mode=None,  # plain help: 0.1 s less, and it reads well in any terminal
)
COMMANDS: dict[str, Callable[..., None]] = {
    "serve": serve.run,
    "worker": worker.run,
    "chat": chat.run,
    "ask": ask.run,
    "sentiment": sentiment.run,
    "summarize": summarize.run,
    "draft": draft.run,
    "translate": translate.run,
    "explain": explain.run,
    "pause": inbox.pause,
    "resume": inbox.resume,
    "doctor": doctor.run,
}
GROUPS = {
    "knowledge": knowledge.app,
    "evaluate": evaluate.app,
    "report": report.app,
    "inbox": inbox.app,
    "database": database.app,
    "admin": admin.app,
    "slack": slack.app,
    "mail": mail.app,
    "settings": settings.app,
}

for _name, _command in COMMANDS.items():
    _said = words(f"cli.help.{_name}")
    app.command(_name, help=_said, short_help=_said)(_command)
for _name, _group in GROUPS.items():
    _said = words(f"cli.help.{_name}")
    app.add_typer(_group, name=_name, help=_said, short_help=_said)
knowledge.app.command("check", help=words("cli.help.check"), short_help=words("cli.help.check"))(checking.check)
knowledge.app.command("sample", help=words("cli.help.sample"), short_help=words("cli.help.sample"))(sample.run)


def _show_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        session.show(f"dapbot {version('dapbot')}")
        raise typer.Exit


@app.callback()
def dapbot(
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help=words("cli.help.version"))
    ] = False,
) -> None:
    """Hold the flags that go before any command."""


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code: 0, 1 (an error, said in one sentence), 2 (wrong usage).

    ``--debug`` anywhere before ``--`` lets errors through with their traceback.
    """
    words_given, debug = _without_debug(list(arguments))
    try:
        app(words_given, prog_name="dapbot")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BrokenPipeError:
        return session.BROKEN_PIPE_EXIT
    except DapbotError as error:
        if debug:
            raise
        session.note(session.explain(error))
        return 1
    except Exception as error:  # the edge of the program: whoever typed the command gets a sentence
        if debug:
            raise
        session.note(words("cli.unexpected", kind=type(error).__name__, error=error))
        return 1
    return 0


def _without_debug(arguments: list[str]) -> tuple[list[str], bool]:
    """Take ``--debug`` out of the flags; what stands after ``--`` is text of the person's own."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    flags = [argument for argument in arguments[:end] if argument != "--debug"]
    return [*flags, *arguments[end:]], len(flags) < end


class _Sentences(logging.Formatter):
    """What is logged, without the traceback."""

    def formatException(self, ei: object) -> str:  # noqa: ARG002, N802 - the library calls it so
        return ""

    def formatStack(self, stack_info: str) -> str:  # noqa: ARG002, N802 - the same
        return ""


def _log(*, debug: bool) -> None:
    """Say warnings on stderr as sentences, with their tracebacks only for ``--debug``."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter() if debug else _Sentences())
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    for package in ("bot", "connectors", "knowledge") if debug else ():
        logging.getLogger(package).setLevel(logging.DEBUG)


COLLECT_AFTER = 20_000, 20, 20
"""How many new objects make Python look for garbage (its own: 700, 10, 10). Indexing makes millions of small ones that
are no garbage: a table of 20,000 rows is answered from 4.3 s after its upload instead of 5.1."""


def main() -> None:
    """Run the command as the shell gave it."""
    gc.set_threshold(*COLLECT_AFTER)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that cannot show a character must not end the command
    _log(debug="--debug" in sys.argv)
    code = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        code = session.BROKEN_PIPE_EXIT
    if code == session.BROKEN_PIPE_EXIT:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python would complain when it flushes again
    sys.exit(code)
