"""`dapbot sentiment`: the mood of one text, or of a file of feedback with a summary.

Without ``--with-model`` our own small model reads, whatever model the settings name: a file may have thousands of rows,
and nobody should pay for them by surprise, or wait an hour, where our own takes seconds.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from bot.errors import UserError
from connectors.cli.sentiment_model import model_reader, show_bill
from connectors.cli.session import (
    DataOption,
    JsonOption,
    note,
    progress,
    read_text,
    settings_from,
    show,
    show_json,
    spoken,
    words,
)
from knowledge.passages import Progress

if TYPE_CHECKING:
    from bot.sentiment.batches import ModelReader, Reading
    from bot.sentiment.feedback import Entry
    from bot.sentiment.reading import Sentiment
    from bot.settings import Settings

MOST_ASPECTS = 8


def run(
    text: Annotated[str | None, typer.Argument(help=words("cli.help.sentiment_text"), show_default=False)] = None,
    json_: JsonOption = False,
    input_: Annotated[Path | None, typer.Option("--input", help=words("cli.help.sentiment_input"))] = None,
    output: Annotated[Path | None, typer.Option("--output", help=words("cli.help.sentiment_output"))] = None,
    plot: Annotated[Path | None, typer.Option("--plot", help=words("cli.help.sentiment_plot"))] = None,
    with_model: Annotated[bool, typer.Option("--with-model", help=words("cli.help.sentiment_model"))] = False,
    data: DataOption = None,
) -> None:
    """Say the mood of one text, or of every line of a file."""
    if (text is None) == (input_ is None):
        raise typer.BadParameter(words("sentiment.one_of"))
    settings = settings_from(data)
    if input_ is None and (output is not None or plot is not None):
        raise typer.BadParameter(words("sentiment.output_alone"))
    with ExitStack() as used:
        reader = used.enter_context(model_reader(settings)) if with_model else None
        if input_ is not None:
            _read_all(input_, output or Path("-"), plot, settings, reader)
        else:
            _read_one(read_text(Path("-")) if text == "-" else str(text), reader, as_json=json_)
    if reader is not None:
        show_bill(reader)


def _read_one(text: str, reader: "ModelReader | None", *, as_json: bool) -> None:
    from bot.sentiment.opinions import read_whole
    from bot.sentiment.reading import sentiment_line

    if reader is None:
        found, told = read_whole(text), {}
    else:
        (reading,) = reader.read([text])
        found, told = reading.mood, {"model": reading.model}
    if as_json:
        show_json({"id": None} | sentiment_line(found) | told)
        return
    show(words("sentiment.found", label=words(f"sentiment.{found.label}"), score=found.score))
    if found.reasons:
        show(words("sentiment.reasons", words=", ".join(found.reasons)))
    if found.aspects:
        named = ", ".join(f"{name} {score:+.2f}" for name, score in found.aspects.items())
        show(words("sentiment.aspects", aspects=named))


def _read_all(
    source: Path, target: Path, plot: Path | None, settings: "Settings", reader: "ModelReader | None"
) -> None:
    from connectors.cli.batch import lines_at_once, written_aside
    from connectors.cli.sentiment_model import readings

    entries = _entries(source)
    found = None if reader is None else readings(reader, entries, lines_at_once(settings))
    with written_aside(target) as file, progress(words("sentiment.progress")) as done:
        moods = write_moods(entries, file, done, found)
    if len(moods) < len(entries):
        note(words("sentiment.failed", failed=len(entries) - len(moods), total=len(entries)))
    _summarize(moods)
    if plot is not None:
        _plot(moods, plot)


def _entries(source: Path) -> "list[Entry]":
    from bot.sentiment.feedback import entries
    from knowledge.entries import UnreadableError

    try:
        data = sys.stdin.buffer.read() if str(source) == "-" else source.read_bytes()
    except OSError as error:
        raise UserError("cli.cannot_read", name=source, reason=error.strerror or error) from error
    try:
        return entries(data, source.suffix.lower().removeprefix("."))
    except UnreadableError as error:
        raise UserError(error.note.phrase, **error.note.values) from error


def write_moods(
    entries: "Sequence[Entry]", output: TextIO, progress: Progress, readings: "Iterator[Reading] | None" = None
) -> "list[Sentiment]":
    """Write one line for each entry, in order; return the moods of those that could be read.

    ``readings`` are those of a language model, one for each entry without an error; else our own model reads.
    """
    from bot.sentiment.opinions import read_whole
    from bot.sentiment.reading import sentiment_line

    moods = []
    for done, entry in enumerate(entries, 1):
        line: dict[str, Any] = {"id": entry.id}
        if entry.error:
            line["error"] = words(entry.error, number=entry.number, names="text")
        else:
            reading = next(readings) if readings is not None else None
            moods.append(found := reading.mood if reading else read_whole(entry.text))
            line |= sentiment_line(found) | ({"model": reading.model} if reading else {})
        output.write(json.dumps(line, ensure_ascii=False) + "\n")
        if done % 100 == 0 or done == len(entries):
            progress(done, len(entries))
    return moods


def _summarize(moods: "Sequence[Sentiment]") -> None:
    """Say the summary on stderr: standard output may be the result."""
    from bot.sentiment.feedback import summarize

    summary = summarize(moods)
    labels = {label: summary.labels[label] for label in ("positive", "neutral", "negative")}
    note(words("sentiment.summary", total=len(moods), mean=summary.mean, **labels))
    for name, (count, mean) in list(summary.aspects.items())[:MOST_ASPECTS]:
        note(words("sentiment.aspect", name=name, count=count, mean=mean))


def _plot(moods: "Sequence[Sentiment]", file: Path) -> None:
    """Draw the summary; in English where the machine has no font that can write Hangul."""
    from bot.phrases import say
    from bot.sentiment.aspects import KOREAN, TWINS
    from bot.sentiment.feedback import summarize
    from bot.sentiment.plot import COLOURS, draw, has_korean_font

    language = spoken() if has_korean_font() else "en"
    labels = {label: say(f"sentiment.{label}", language) for label in COLOURS}
    aspects = TWINS if language == "en" else {TWINS[name]: name for name in KOREAN}
    summary = summarize(moods)
    title = say("sentiment.title", language, total=len(moods), mean=summary.mean)
    try:
        draw(summary, title, labels, aspects, file)
    except OSError as error:
        raise UserError("cli.cannot_write", name=file, reason=error.strerror or error) from error
