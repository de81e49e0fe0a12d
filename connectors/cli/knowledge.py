"""`dapbot knowledge`: add, list, show, remove and search the documents, and build their indexes anew."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.errors import UserError
from connectors.cli.session import (
    DataOption,
    JsonOption,
    answering,
    note,
    progress,
    running_bot,
    settings_from,
    show_json,
    spoken,
    words,
)

if TYPE_CHECKING:
    from bot.database.documents import PassageRecord
    from bot.library import DocumentInfo, FileResult
    from bot.settings import Settings
    from bot.wiring import Bot
    from connectors.cli.screen import TerminalScreen
    from connectors.terminal import Style

app = typer.Typer(no_args_is_help=True)

MARKS: "dict[str, tuple[str, Style]]" = {
    "added": ("+", "good"),
    "changed": ("~", "good"),
    "unchanged": ("=", "dim"),
    "unreadable": ("✗", "warning"),
}
SHORT = 160
"""Characters of an answer in a list."""

NumberArgument = Annotated[int, typer.Argument(metavar="ID", help=words("knowledge.help.id"), show_default=False)]


@app.command("add", help=words("knowledge.help.add"))
def add(
    paths: Annotated[list[Path], typer.Argument(help=words("knowledge.help.paths"), show_default=False)],
    json_: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Add files and folders; exit code 1 only where nothing could be read."""
    from bot.gathering import gather

    settings = settings_from(data)
    files = gather(paths)
    with running_bot(settings) as bot, progress(words("knowledge.adding")) as done:
        results = bot.library.add(files, done)
    if json_:
        show_json([_result_line(result) for result in results])
    else:
        _show_results(results)
    if all(result.state == "unreadable" for result in results):
        raise typer.Exit(1)


@app.command("list", help=words("knowledge.help.list"))
def list_(json_: JsonOption = False, data: DataOption = None) -> None:
    """List the documents."""
    with _reading(settings_from(data)) as bot:
        found = bot.library.documents()
    if json_:
        show_json([_document_line(document) for document in found])
        return
    screen = _screen()
    for document in found:
        _show_document(screen, document)
    if not found:
        screen.write(words("knowledge.none") + "\n")


@app.command("show", help=words("knowledge.help.show"))
def show(document: NumberArgument, json_: JsonOption = False, data: DataOption = None) -> None:
    """Show a document with its passages."""
    with _reading(settings_from(data)) as bot:
        shown = bot.library.show(document)
    if json_:
        passages = [_passage_line(passage) for passage in shown.passages]
        show_json({**_document_line(shown.document), "passages": passages})
        return
    screen = _screen()
    _show_document(screen, shown.document)
    for passage in shown.passages:
        _show_passage(screen, passage)


@app.command("remove", help=words("knowledge.help.remove"))
def remove(
    document: NumberArgument,
    yes: Annotated[bool, typer.Option("--yes", "-y", help=words("knowledge.help.yes"))] = False,
    data: DataOption = None,
) -> None:
    """Remove a document for good, after a question."""
    settings = settings_from(data)
    with running_bot(settings) as bot:
        found = bot.library.show(document).document
        if not yes and not _agreed(words("knowledge.sure", name=found.name, count=found.entries)):
            note(words("knowledge.kept"))
            raise typer.Exit(1)
        bot.library.remove(document)
    _screen().write(words("knowledge.removed", name=found.name) + "\n", "good")


@app.command("search", help=words("knowledge.help.search"))
def search(
    question: Annotated[str, typer.Argument(help=words("knowledge.help.question"), show_default=False)],
    json_: JsonOption = False,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=100, help=words("knowledge.help.limit"))] = 10,
    audience: Annotated[list[str] | None, typer.Option(help=words("knowledge.help.audience"))] = None,
    data: DataOption = None,
) -> None:
    """Show what a question finds, with scores and the confidence."""
    if not question.strip():
        raise UserError("knowledge.no_question")
    found = _found(settings_from(data), question, limit, audience or [])
    if json_:
        show_json(found)
    else:
        _show_found(found)


@app.command("rebuild", help=words("knowledge.help.rebuild"))
def rebuild(data: DataOption = None) -> None:
    """Build the indexes anew from the database."""
    with running_bot(settings_from(data)) as bot, progress(words("knowledge.rebuilding")) as done:
        bot.library.rebuild(done)
        count = sum(document.entries for document in bot.library.documents())
    _screen().write(words("knowledge.rebuilt", count=count) + "\n", "good")


# --- what is read -------------------------------------------------------------------------------------------------


@contextmanager
def _reading(settings: "Settings") -> Iterator["Bot"]:
    """Yield a bot that leaves the data folder to whoever owns it: these commands only read rows."""
    from bot.owner import Ownership
    from bot.wiring import build_bot

    with build_bot(settings, ownership=Ownership(settings.data)) as bot:
        yield bot


def _found(settings: "Settings", question: str, limit: int, audience: Sequence[str]) -> dict[str, Any]:
    """Search here, or through the server that owns the data folder."""
    from bot.lookup import look_up, lookup_line
    from connectors.cli.remote import RemoteBot

    with answering(settings) as bot:
        if isinstance(bot, RemoteBot):
            body = {"question": question, "limit": limit, "audience": list(audience)}
            found: dict[str, Any] = bot.post("/api/v1/search", body)
            return found
        today = bot.clock().date()
        return lookup_line(look_up(bot.sessions, bot.knowledge, question, audience=audience, today=today, limit=limit))


def _agreed(question: str) -> bool:
    """Ask on the terminal; without one, ``--yes`` is the way to agree."""
    if not sys.stdin.isatty():
        raise UserError("knowledge.needs_yes")
    sys.stderr.write(question + " ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().casefold() in {"y", "yes", "예", "네", "ㅇ", "ㅇㅇ"}


# --- as JSON ------------------------------------------------------------------------------------------------------


def _result_line(result: "FileResult") -> dict[str, Any]:
    return {
        "name": result.name,
        "state": result.state,
        "added": result.added,
        "changed": result.changed,
        "removed": result.removed,
        "reading": result.reading(spoken()),
        "message": result.message(spoken()),
    }


def _document_line(document: "DocumentInfo") -> dict[str, Any]:
    plain = ("id", "name", "kind", "version", "state", "enabled", "entries", "languages")
    line = {name: getattr(document, name) for name in plain}
    return line | {"added_at": document.added_at.isoformat(), "reading": document.reading(spoken())}


def _passage_line(passage: "PassageRecord") -> dict[str, Any]:
    plain = ("title", "question", "answer", "aliases", "language", "page", "audience")
    dates = {"valid_from": passage.valid_from, "valid_until": passage.valid_until}
    line = {"passage": passage.key} | {name: getattr(passage, name) for name in plain}
    return line | {name: day and day.isoformat() for name, day in dates.items()}


# --- on the screen ------------------------------------------------------------------------------------------------


def _screen() -> "TerminalScreen":
    from connectors.cli.screen import TerminalScreen

    return TerminalScreen()


def _show_results(results: Sequence["FileResult"]) -> None:
    screen = _screen()
    for result in results:
        mark, style = MARKS[result.state]
        counts = {"added": result.added, "changed": result.changed, "removed": result.removed}
        screen.write(f"{mark} ", style)
        screen.write(result.name, "bold")
        screen.write("  " + words(f"knowledge.{result.state}", **counts) + "\n", style)
        if said := result.message(spoken()) or result.reading(spoken()):
            screen.write(f"  {said}\n", "plain" if result.problem else "dim")
    counted = {state: sum(result.state == state for result in results) for state in MARKS}
    if len(results) > 1:
        screen.write("\n" + words("knowledge.summary", files=len(results), **counted) + "\n", "bold")


def _show_document(screen: "TerminalScreen", document: "DocumentInfo") -> None:
    screen.write(f"{document.id:>4}  ", "dim")
    screen.write(document.name, "bold")
    about = {"kind": document.kind.upper(), "count": document.entries, "version": document.version}
    screen.write("  " + words("knowledge.document", date=document.date, **about), "dim")
    if document.state != "published":
        screen.write("  " + words("knowledge.waiting"), "warning")
    screen.write("\n")


def _show_passage(screen: "TerminalScreen", passage: "PassageRecord") -> None:
    screen.write("\n" + (passage.title + "\n" if passage.title else ""), "dim")
    if passage.question:
        screen.write(passage.question + "\n", "bold")
    screen.write(passage.answer + "\n")
    if passage.aliases:
        screen.write(words("knowledge.aliases", aliases=" / ".join(passage.aliases)) + "\n", "dim")
    if passage.audience is not None:
        screen.write(words("knowledge.audience", groups=", ".join(passage.audience)) + "\n", "dim")
    if passage.valid_from or passage.valid_until:
        period = {"begin": passage.valid_from or "…", "end": passage.valid_until or "…"}
        screen.write(words("knowledge.valid", **period) + "\n", "dim")


def _show_found(found: Mapping[str, Any]) -> None:
    screen = _screen()
    if not found["passages"]:
        screen.write(words("knowledge.nothing_found") + "\n")
        return
    screen.write(words("knowledge.confidence", share=f"{found['confidence']:.0%}") + "\n", "bold")
    for rank, passage in enumerate(found["passages"], 1):
        screen.write(f"{rank:>3}. ", "dim")
        screen.write(passage["question"] or passage["title"] or _short(passage["quote"]), "bold")
        screen.write(f"  {_scores(passage)}\n", "dim")
        screen.write(f"     {_short(passage['quote'])}\n")
        screen.write(f"     {passage['document']}\n", "dim")


def _scores(passage: Mapping[str, Any]) -> str:
    """Return the score and what each leg gave to it."""
    legs = {name: passage[name] for name in ("keyword_score", "vector_score") if passage[name] is not None}
    parts = [f"{passage['score']:.3f}", *(f"{words(f'knowledge.{name}')} {score:.2f}" for name, score in legs.items())]
    return " · ".join(parts)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHORT else line[: SHORT - 1] + "…"
