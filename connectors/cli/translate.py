"""`dapbot translate`: a text, or one for each line of a file."""

import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from bot.errors import DapbotError, UserError
from bot.json_lines import id_of, object_of
from bot.messages import Message, Reply, answer_line
from connectors.cli.session import (
    DataOption,
    JsonOption,
    answering,
    explain,
    note,
    progress,
    read_text,
    settings_from,
    show,
    show_json,
    words,
)
from connectors.terminal import CHANNEL
from knowledge.passages import Progress

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.wiring import Bot
    from connectors.cli.drafts import Asking
    from connectors.cli.remote import RemoteBot


def run(
    file: Annotated[Path | None, typer.Argument(help=words("cli.help.translate_file"), show_default=False)] = None,
    to: Annotated[str | None, typer.Option(help=words("cli.help.translate_to"))] = None,
    tone: Annotated[str | None, typer.Option(help=words("cli.help.translate_tone"))] = None,
    glossary: Annotated[Path | None, typer.Option(help=words("cli.help.translate_glossary"))] = None,
    json_: JsonOption = False,
    input_: Annotated[Path | None, typer.Option("--input", help=words("cli.help.translate_input"))] = None,
    output: Annotated[Path | None, typer.Option("--output", help=words("cli.help.translate_output"))] = None,
    data: DataOption = None,
) -> None:
    """Translate one text, or one for each line of a file."""
    if (file is None) == (input_ is None):
        raise typer.BadParameter(words("translate.one_of"))
    if input_ is None and output is not None:
        raise typer.BadParameter(words("translate.output_alone"))
    options = _options(to, tone, glossary)
    settings = settings_from(data)
    if input_ is not None:
        _translate_all(settings, input_, output or Path("-"), options)
    elif file is not None:
        _translate_one(settings, file, options, as_json=json_)


def _options(to: str | None, tone: str | None, glossary: Path | None) -> dict[str, str]:
    """Return what holds for every text; a wrong language, or a glossary that cannot be read, is told at once."""
    from bot.translating.glossary import read_glossary
    from bot.translating.request import LANGUAGES, code_of

    options = {}
    if to is not None:
        code = code_of(to)
        if code is None:
            raise typer.BadParameter(words("translate.no_language", named=to, codes=", ".join(LANGUAGES)))
        options["to"] = code
    if tone:
        options["tone"] = tone
    if glossary is not None:
        read_glossary(glossary)
        options["glossary"] = str(glossary.absolute())
    return options


def _message(text: str, options: Mapping[str, str]) -> Message:
    return Message(text.replace("\r\n", "\n"), CHANNEL, task="translate", options=options)


def _translate_one(settings: "Settings", file: Path, options: Mapping[str, str], *, as_json: bool) -> None:
    if file.is_dir():
        raise UserError("translate.folder", name=file)
    text = read_text(file)
    with answering(settings, text) as bot:
        reply = _told(bot, _message(text, options))
    if as_json:
        show_json(_line_of(reply, text, options))
        return
    from connectors.terminal import source_name

    show(reply.text)
    if reply.notice:
        note(f"\n{reply.notice}")
    for number, found in enumerate(reply.sources, 1):
        note(f"  [{number}] {source_name(found, reply.language)}")


def _told(bot: "Bot | RemoteBot", message: Message) -> Reply:
    """Return the reply; on a terminal, how far it is stands there meanwhile."""
    if not sys.stderr.isatty():
        return bot.ask(message)
    from rich.console import Console

    reply = None
    with Console(stderr=True).status(words("translate.progress")) as shown:
        for event in bot.stream(message):
            if event.kind == "status":
                shown.update(event.text)
            reply = event.reply or reply
    return reply or bot.ask(message)


def _line_of(reply: Reply, text: str, options: Mapping[str, str]) -> dict[str, Any]:
    """Return the answer line, with the language and the translation, None where no model made one."""
    from bot.translating.request import usual_target

    made = reply.model not in ("none", "extractive")
    more = {"to": options.get("to") or usual_target(text), "translation": reply.text if made else None}
    return answer_line(reply) | more


def _translate_all(settings: "Settings", source: Path, target: Path, options: Mapping[str, str]) -> None:
    from connectors.cli.batch import lines_at_once, read_lines, written_aside

    if source.is_dir():
        raise UserError("translate.folder", name=source)
    lines = read_lines(source)
    with answering(settings) as bot, written_aside(target) as file, progress(words("translate.progress")) as done:
        failed = write_translations(bot, lines, options, file, done, lines_at_once(settings))
    if failed:
        note(words("translate.lines_failed", failed=failed, total=len(lines)))


def write_translations(
    bot: "Asking", lines: Sequence[bytes], options: Mapping[str, str], output: TextIO, progress: Progress, threads: int
) -> int:
    """Write one line for each line ``{"id", "text", "to"?, "tone"?}``, in order; return how many could not be
    translated. Nothing of it is recorded."""
    from connectors.cli.batch import write_lines

    def untranslated(line: dict[str, Any]) -> bool:
        return line["translation"] is None

    work = partial(_line, bot, options)
    return write_lines(work, list(enumerate(lines, 1)), output, progress, threads, untranslated)


def _line(bot: "Asking", options: Mapping[str, str], numbered: tuple[int, bytes]) -> dict[str, Any]:
    """Return the translation of a line, or why there is none: one that fails costs the others nothing."""
    from bot.translating.request import code_of

    number, raw = numbered
    found = object_of(raw)
    if isinstance(found, str):
        return {"id": None, "translation": None, "error": words(found, number=number)}
    text = found.get("text")
    given = {name: found[name] for name in ("to", "tone") if found.get(name) is not None}
    wrong = [name for name, value in given.items() if not isinstance(value, str)]
    if not isinstance(text, str) or not text.strip():
        wrong.append("text")
    if isinstance(given.get("to"), str) and code_of(given["to"]) is None:
        wrong.append("to")
    if wrong:
        said = words("batch.wrong_field", number=number, names=", ".join(wrong))
        return {"id": id_of(found), "translation": None, "error": said}
    chosen = {**options, **given}
    if "to" in chosen:
        chosen["to"] = code_of(chosen["to"]) or chosen["to"]
    try:
        reply = bot.ask(_message(str(text), chosen), record=False)
    except DapbotError as error:
        return {"id": id_of(found), "translation": None, "error": explain(error)}
    return _line_of(reply, str(text), chosen) | {"id": id_of(found)}
