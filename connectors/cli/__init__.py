"""The ``dapbot`` command: one file per group of commands, which import what is heavy only when they run."""

import sys
from collections.abc import Sequence

import typer

from bot.errors import DapbotError
from connectors.cli import database, knowledge, session

app = typer.Typer(
    name="dapbot",
    help=session.words("cli.help.dapbot"),
    epilog=session.words("cli.help.debug"),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # run() says an error in one sentence
    rich_markup_mode=None,  # plain help: 0.1 s less, and it reads well in any terminal
)
app.add_typer(knowledge.app, name="knowledge", help=session.words("cli.help.knowledge"))
app.add_typer(database.app, name="database", help=session.words("cli.help.database"))


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code: 0, 1 (an error, said in one sentence), 2 (wrong usage).

    ``--debug`` anywhere before ``--`` lets errors through with their traceback.
    """
    arguments, debug = _without_debug(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that cannot show a character must not end the command
    try:
        app(list(arguments), prog_name="dapbot")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BrokenPipeError:
        _close_output()
        return session.BROKEN_PIPE_EXIT
    except DapbotError as error:
        if debug:
            raise
        session.note(session.explain(error))
        return 1
    except Exception as error:  # the edge of the program: whoever typed the command gets a sentence
        if debug:
            raise
        session.note(session.words("cli.unexpected", kind=type(error).__name__, error=error))
        return 1
    return 0


def _without_debug(arguments: Sequence[str]) -> tuple[list[str], bool]:
    """Take ``--debug`` out of the flags; what stands after ``--`` is text of the person's own."""
    end = list(arguments).index("--") if "--" in arguments else len(arguments)
    flags = [a for a in arguments[:end] if a != "--debug"]
    return [*flags, *arguments[end:]], len(flags) < end


def _close_output() -> None:
    """Send what is still buffered nowhere, so that Python does not complain about the closed pipe at exit."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main() -> None:
    """Run the command as the shell gave it."""
    sys.exit(run(sys.argv[1:]))
