"""`dapbot summarize`: a text, a mail or a document in three lines with evidence, or many of them."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO, cast

import typer

from bot.errors import DapbotError, UserError
from connectors.cli.session import (
    DataOption,
    JsonOption,
    explain,
    note,
    progress,
    settings_from,
    show,
    show_json,
    spoken,
    words,
)
from connectors.terminal import CHANNEL
from knowledge.language import Language
from knowledge.passages import Progress

if TYPE_CHECKING:
    from bot.gathering import Gathered
    from bot.settings import Settings
    from bot.summary.batches import Entry, Summarizer
    from bot.summary.documents import Document

LONG_WORK = 4
"""Times the deadline of an answer, for one text."""


def run(
    file: Annotated[Path | None, typer.Argument(help=words("cli.help.summarize_file"), show_default=False)] = None,
    json_: JsonOption = False,
    language: Annotated[str | None, typer.Option(help=words("cli.help.summarize_language"))] = None,
    input_: Annotated[Path | None, typer.Option("--input", help=words("cli.help.summarize_input"))] = None,
    output: Annotated[Path | None, typer.Option("--output", help=words("cli.help.summarize_output"))] = None,
    data: DataOption = None,
) -> None:
    """Summarise one file, or every file of a folder, or every line of a file."""
    if (file is None) == (input_ is None):
        raise typer.BadParameter(words("summary.one_of"))
    if input_ is None and output is not None:
        raise typer.BadParameter(words("summary.output_alone"))
    if language not in (None, "ko", "en"):
        raise typer.BadParameter(words("summary.languages"))
    settings = settings_from(data)
    with summarizer(settings, cast("Language | None", language)) as made:
        if input_ is not None:
            _summarize_all(settings, made, input_, output or Path("-"))
        elif file is not None:
            _summarize_one(made, file, cast("Language | None", language), as_json=json_)


@contextmanager
def summarizer(settings: "Settings", language: Language | None) -> "Iterator[Summarizer]":
    """Yield what summarises; with the settings' model, whose use counts against the caps, where they name one.

    Raises:
        SettingsError: the model cannot be used.
    """
    from zoneinfo import ZoneInfo

    from bot.summary.batches import Summarizer

    zone = ZoneInfo(settings.timezone)
    if not settings.llm:
        yield Summarizer(language, reader=settings.language or None, zone=zone)
        return
    from bot.database import engine
    from bot.database.migrating import require_current
    from bot.limits import Limits
    from bot.llm import model_from

    model = model_from(settings)
    opened = engine.open_engine(settings)
    try:
        require_current(opened)
        limits = Limits(settings, engine.sessions_for(opened))
        seconds = LONG_WORK * settings.llm_deadline
        yield Summarizer(language, model, limits, seconds, CHANNEL, settings.language or None, zone)
    finally:
        opened.dispose()


def _summarize_one(made: "Summarizer", file: Path, language: Language | None, *, as_json: bool) -> None:
    from bot.summary.batches import Entry

    entry = Entry(file.name.removesuffix(".eml") if str(file) != "-" else None, _given(file))
    if as_json:
        show_json(made.line(entry))
        return
    for number, document in enumerate(entry.documents(made.zone)):
        if number:
            show()
        _show(made, document, language)


def _show(made: "Summarizer", document: "Document", language: Language | None) -> None:
    from bot.summary.wording import letter_notice, notice_of, told, told_letter

    summary = made.summary(document)
    head, letter = document.head, document.letter
    if head.subject:
        about = [part for part in (head.name or head.address, head.date) if part]
        show(f"{head.subject} ({', '.join(about)})\n" if about else f"{head.subject}\n")
    shown_in = language or spoken()
    show(told(summary, shown_in) if letter is None else told_letter(summary, letter, shown_in))
    said = notice_of(summary, spoken(), language) if letter is None else letter_notice(summary, shown_in)
    if said:
        note(said)


def _given(file: Path) -> "Gathered":
    """Return a file, or what stands on standard input."""
    from bot.gathering import Gathered

    if str(file) == "-":
        return Gathered("", sys.stdin.buffer.read())
    if file.is_dir():
        raise UserError("summary.folder", name=file)
    return Gathered(file.name, file)


def _summarize_all(settings: "Settings", made: "Summarizer", source: Path, target: Path) -> None:
    from bot.summary.batches import entries_of_folder, entries_of_lines
    from connectors.cli.batch import lines_at_once, read_lines, written_aside

    found = entries_of_folder(source) if source.is_dir() else entries_of_lines(read_lines(source))
    with written_aside(target) as output, progress(words("summary.progress")) as done:
        failed = write_summaries(made, found, output, done, lines_at_once(settings))
    if failed:
        note(words("summary.failed", failed=failed, total=len(found)))


def write_summaries(
    made: "Summarizer", entries: "Sequence[Entry]", output: TextIO, progress: Progress, threads: int
) -> int:
    """Write one line for each entry, in order; return how many could not be summarised."""
    from connectors.cli.batch import write_lines

    return write_lines(partial(_line, made), entries, output, progress, threads)


def _line(made: "Summarizer", entry: "Entry") -> dict[str, Any]:
    """Return the line of an entry, or why there is none: one that fails costs the others nothing."""
    if entry.error:
        return {"id": entry.id, "error": words(entry.error, number=entry.number, names="text")}
    try:
        return made.line(entry)
    except DapbotError as error:
        return {"id": entry.id, "error": explain(error)}
