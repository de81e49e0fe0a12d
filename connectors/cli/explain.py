"""`dapbot explain`: a topic, a text file or a file of code, at the level of whoever is to understand it."""

from pathlib import Path
from typing import Annotated, Any

import typer

from bot.errors import UserError
from bot.messages import Message, answer_line
from connectors.cli.session import (
    DataOption,
    JsonOption,
    answering,
    note,
    read_text,
    settings_from,
    show,
    show_json,
    spoken,
    words,
)
from connectors.terminal import CHANNEL
from knowledge.language import Language


def run(
    what: Annotated[str, typer.Argument(metavar="TOPIC|FILE|-", help=words("cli.help.explain_what"))],
    level: Annotated[str | None, typer.Option(help=words("cli.help.explain_level"))] = None,
    json_: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Explain one thing."""
    from bot.tutoring.request import level_in, level_named

    named = level_named(level or "")
    if level is not None and not named:
        raise typer.BadParameter(words("explain.no_level", named=level))
    settings = settings_from(data)
    message = _message(what, {"level": named} if named else {}, spoken())
    if not message.text.strip():
        raise UserError("explain.nothing")
    with answering(settings, message.text) as bot:
        reply = bot.ask(message)
    if json_:
        show_json(answer_line(reply) | {"level": named or level_in(what) or "general"})
        return
    from connectors.terminal import source_name

    show(reply.text)
    if reply.notice:
        note(f"\n{reply.notice}")
    for number, source in enumerate(reply.sources, 1):
        note(f"  [{number}] {source_name(source, reply.language)}")


def _message(what: str, options: dict[str, Any], language: Language) -> Message:
    """Return what is to be explained: the text of a file where there is one of that name, else the words.

    A file is explained in the ``language`` that the command speaks, whatever its own, words in theirs.
    """
    path = Path(what)
    if what == "-" or _is_there(path):
        if path.is_dir():
            raise UserError("explain.folder", name=what)
        text = read_text(path)
        more = {"do": "code"} if path.suffix.lower() in (".py", ".pyw") else {"do": "explain"}
        return Message(text, CHANNEL, task="tutor", language=language, options={**options, **more, "text": "whole"})
    return Message(what, CHANNEL, task="tutor", options={**options, "do": "explain"})


def _is_there(path: Path) -> bool:
    """Tell whether there is such a file; words can be too long for a name, or have what no name may have."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False
