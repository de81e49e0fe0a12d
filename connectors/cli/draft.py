"""`dapbot draft`: a text to order, or one for each line of a file."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import typer

from bot.errors import UserError
from connectors.cli.session import (
    DataOption,
    JsonOption,
    answering,
    note,
    progress,
    read_text,
    settings_from,
    show,
    show_json,
    words,
)

if TYPE_CHECKING:
    from bot.messages import Reply
    from bot.settings import Settings
    from connectors.cli.drafts import Asking

ReadLine = Callable[[str], str]
"""Shows a question, and returns what is typed."""


def run(
    order: Annotated[str | None, typer.Argument(help=words("cli.help.draft_order"), show_default=False)] = None,
    kind: Annotated[str | None, typer.Option(help=words("cli.help.draft_kind"))] = None,
    target: Annotated[str | None, typer.Option(help=words("cli.help.draft_target"))] = None,
    product: Annotated[str | None, typer.Option(help=words("cli.help.draft_product"))] = None,
    tone: Annotated[str | None, typer.Option(help=words("cli.help.draft_tone"))] = None,
    length: Annotated[str | None, typer.Option(help=words("cli.help.draft_length"))] = None,
    when: Annotated[str | None, typer.Option(help=words("cli.help.draft_when"))] = None,
    versions: Annotated[int | None, typer.Option(min=1, max=5, help=words("cli.help.draft_versions"))] = None,
    json_: JsonOption = False,
    input_: Annotated[Path | None, typer.Option("--input", help=words("cli.help.draft_input"))] = None,
    output: Annotated[Path | None, typer.Option("--output", help=words("cli.help.draft_output"))] = None,
    data: DataOption = None,
) -> None:
    """Write one text, or one for each line of a file."""
    said = {"target": target, "product": product, "tone": tone, "length": length, "when": when}
    options = {name: value for name, value in said.items() if value}
    if kind is not None:
        options["kind"] = _kind(kind)
    if versions is not None:
        options["versions"] = str(versions)
    if (input_ is not None and order is not None) or (input_ is None and order is None and not options):
        raise typer.BadParameter(words("draft.one_of"))
    if input_ is None and output is not None:
        raise typer.BadParameter(words("draft.output_alone"))
    settings = settings_from(data)
    if input_ is not None:
        _draft_all(settings, input_, output or Path("-"), options)
        return
    text = read_text(Path("-")) if order == "-" else order or ""
    talks = order != "-" and not json_ and sys.stdin.isatty() and sys.stdout.isatty()
    _draft_one(settings, text, options, as_json=json_, read=_typed if talks else None)


def _kind(said: str) -> str:
    from bot.drafting.brief import KINDS
    from bot.drafting.reading import kind_named

    found = kind_named(said)
    if found is None:
        raise typer.BadParameter(words("draft.no_kind", kind=said, kinds=", ".join(KINDS)))
    return found


def _typed(question: str) -> str:
    """Ask on the terminal; Ctrl-D and an empty line leave it to the bot."""
    sys.stderr.write(f"{question}\n> ")
    sys.stderr.flush()
    return sys.stdin.readline().strip()


def _draft_one(
    settings: "Settings", order: str, options: Mapping[str, str], *, as_json: bool, read: ReadLine | None
) -> None:
    from connectors.cli.drafts import draft_line

    text = order or words("draft.order")
    with answering(settings, text) as bot:
        reply = drafted(bot, text, options, read)
    if as_json:
        show_json(draft_line(reply, text, options))
    else:
        _show(reply)


def drafted(bot: "Asking", order: str, options: Mapping[str, str], read: ReadLine | None) -> "Reply":
    """Return the draft; what the order leaves out is asked once where somebody is there to answer (``read``)."""
    from bot.drafting.thread import is_question
    from connectors.cli.drafts import message

    if read is None:
        return bot.ask(message(order, options, ask=False))
    conversation = uuid4().hex
    reply = bot.ask(message(order, options, conversation=conversation))
    if is_question(reply.text):
        said = read(reply.text) or words("draft.go_on")
        reply = bot.ask(message(said, options, conversation=conversation))
    return reply


def _show(reply: "Reply") -> None:
    """Show the text as the result, and what is to be known of it beside: a pipe gets a text that can be used."""
    from connectors.terminal import source_name

    show(reply.text)
    if reply.notice:
        note(f"\n{reply.notice}")
    for number, source in enumerate(reply.sources, 1):
        note(f"  [{number}] {source_name(source, reply.language)}")


def _draft_all(settings: "Settings", source: Path, target: Path, options: Mapping[str, str]) -> None:
    from connectors.cli.batch import lines_at_once, read_lines, written_aside
    from connectors.cli.drafts import write_drafts

    if source.is_dir():
        raise UserError("draft.folder", name=source)
    lines = read_lines(source)
    with answering(settings) as bot, written_aside(target) as file, progress(words("draft.progress")) as done:
        failed = write_drafts(bot, lines, options, file, done, lines_at_once(settings))
    if failed:
        note(words("draft.failed", failed=failed, total=len(lines)))
