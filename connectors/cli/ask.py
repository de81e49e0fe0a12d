"""`dapbot ask`: one answer, or a file of them."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from connectors.cli.session import (
    DataOption,
    JsonOption,
    answering,
    note,
    progress,
    read_text,
    settings_from,
    show_json,
    words,
)

if TYPE_CHECKING:
    from bot.settings import Settings


def run(
    question: Annotated[str | None, typer.Argument(help=words("cli.help.question"), show_default=False)] = None,
    json_: JsonOption = False,
    conversation: Annotated[str | None, typer.Option(help=words("cli.help.conversation"))] = None,
    input_: Annotated[Path | None, typer.Option("--input", help=words("cli.help.input"))] = None,
    output: Annotated[Path | None, typer.Option("--output", help=words("cli.help.output"))] = None,
    data: DataOption = None,
) -> None:
    """Answer one question, or every line of a file."""
    if (question is None) == (input_ is None):
        raise typer.BadParameter(words("ask.one_of"))
    if input_ is not None:
        _ask_all(settings_from(data), input_, output or Path("-"))
    elif output is not None:
        raise typer.BadParameter(words("ask.output_alone"))
    else:
        settings = settings_from(data)
        text = read_text(Path("-")) if question == "-" else str(question)
        _ask_one(settings, text, conversation, as_json=json_)


def _ask_one(settings: "Settings", text: str, conversation: str | None, *, as_json: bool) -> None:
    from bot.messages import Message, answer_line
    from connectors.terminal import CHANNEL, show_reply

    with answering(settings, text) as bot:
        reply = bot.ask(Message(text, CHANNEL, conversation=conversation))
    if as_json:
        show_json(answer_line(reply))
    else:
        from connectors.cli.screen import TerminalScreen

        show_reply(TerminalScreen(), reply)


def _ask_all(settings: "Settings", source: Path, target: Path) -> None:
    from connectors.cli.batch import answer_all, lines_at_once, read_lines, written_aside

    lines = read_lines(source)
    with answering(settings) as bot, written_aside(target) as file, progress(words("ask.progress")) as show:
        failed = answer_all(partial(bot.ask, record=False), lines, file, show, lines_at_once(settings))
    if failed:
        note(words("ask.failed", failed=failed, total=len(lines)))
