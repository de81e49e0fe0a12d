"""Documents, entries and results as JSON lines and on the screen: what the commands of `dapbot knowledge` share."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from connectors.cli.session import note, spoken, words

if TYPE_CHECKING:
    from bot.database.documents import PassageRecord
    from bot.library import DocumentInfo, FileResult
    from bot.settings import Settings
    from bot.wiring import Bot
    from connectors.cli.screen import TerminalScreen
    from connectors.terminal import Style

MARKS: "dict[str, tuple[str, Style]]" = {
    "added": ("+", "good"),
    "changed": ("~", "good"),
    "unchanged": ("=", "dim"),
    "unreadable": ("✗", "warning"),
}
SHORT = 160
"""Characters of an answer in a list."""
_UNITS = ((1_000_000, "MB"), (1_000, "kB"))


@contextmanager
def reading_bot(settings: "Settings") -> Iterator["Bot"]:
    """Yield a bot that leaves the data folder to whoever owns it: these commands only read rows."""
    from bot.owner import Ownership
    from bot.wiring import build_bot

    with build_bot(settings, ownership=Ownership(settings.data)) as bot:
        yield bot


def say_if_nobody_runs(bot: "Bot") -> None:
    """Say where several processes may share the database and none of them runs: nobody answers with what was added."""
    from bot.presence import nobody_runs

    if nobody_runs(bot):
        note(words("knowledge.nobody_runs"))


def screen() -> "TerminalScreen":
    """Return the terminal, or the pipe, that the result goes to."""
    from connectors.cli.screen import TerminalScreen

    return TerminalScreen()


def result_line(result: "FileResult") -> dict[str, Any]:
    """Return what became of a file as JSON."""
    plain = ("name", "state", "added", "changed", "removed", "document", "version", "staged")
    line = {name: getattr(result, name) for name in plain}
    return line | {"reading": result.reading(spoken()), "message": result.message(spoken())}


def document_line(document: "DocumentInfo") -> dict[str, Any]:
    """Return a document as JSON."""
    plain = ("id", "name", "kind", "version", "state", "enabled", "entries", "languages", "audience")
    line = {name: getattr(document, name) for name in plain}
    if document.stored is not None:
        line["stored_bytes"] = document.stored
    return line | {"added_at": document.added_at.isoformat(), "reading": document.reading(spoken())}


def passage_line(passage: "PassageRecord") -> dict[str, Any]:
    """Return an entry as JSON, its dates as YYYY-MM-DD."""
    plain = ("title", "question", "answer", "aliases", "language", "page", "audience")
    dates = {"valid_from": passage.valid_from, "valid_until": passage.valid_until}
    line = {"passage": passage.key} | {name: getattr(passage, name) for name in plain}
    return line | {name: day and day.isoformat() for name, day in dates.items()}


def show_results(results: Sequence["FileResult"]) -> None:
    """Show what became of each file, and of all."""
    out = screen()
    for result in results:
        mark, style = MARKS[result.state]
        counts = {"added": result.added, "changed": result.changed, "removed": result.removed}
        out.write(f"{mark} ", style)
        out.write(result.name, "bold")
        out.write("  " + words(f"knowledge.{result.state}", **counts) + "\n", style)
        if said := result.message(spoken()) or result.reading(spoken()):
            out.write(f"  {said}\n", "plain" if result.problem else "dim")
    counted = {state: sum(result.state == state for result in results) for state in MARKS}
    if len(results) > 1:
        out.write("\n" + words("knowledge.summary", files=len(results), **counted) + "\n", "bold")
    staged = [str(result.version) for result in results if result.staged]
    if staged:
        out.write("\n" + words("knowledge.staged", count=len(staged), ids=" ".join(staged)) + "\n", "bold")


def show_document(out: "TerminalScreen", document: "DocumentInfo") -> None:
    """Show a document on one line; what is not as usual stands out."""
    out.write(f"{document.id:>4}  ", "dim")
    out.write(document.name, "bold")
    about = {"kind": document.kind.upper(), "count": document.entries, "version": document.version}
    out.write("  " + words("knowledge.document", date=document.date, **about), "dim")
    if document.stored is not None:
        out.write("  " + words("knowledge.stored", size=_size(document.stored)), "dim")
    if document.audience is not None:
        out.write("  " + words("knowledge.only_for", groups=", ".join(document.audience) or "–"), "warning")
    if not document.enabled:
        out.write("  " + words("knowledge.disabled_mark"), "warning")
    if document.state != "published":
        out.write(
            "  " + words("knowledge.unpublished" if document.state == "staged" else "knowledge.waiting"), "warning"
        )
    out.write("\n")


def show_passage(out: "TerminalScreen", passage: "PassageRecord") -> None:
    """Show an entry with all that is kept with it."""
    out.write("\n" + (passage.title + "\n" if passage.title else ""), "dim")
    if passage.question:
        out.write(passage.question + "\n", "bold")
    out.write(passage.answer + "\n")
    if passage.aliases:
        out.write(words("knowledge.aliases", aliases=" / ".join(passage.aliases)) + "\n", "dim")
    if passage.audience is not None:
        out.write(words("knowledge.audience", groups=", ".join(passage.audience)) + "\n", "dim")
    if passage.valid_from or passage.valid_until:
        period = {"begin": passage.valid_from or "…", "end": passage.valid_until or "…"}
        out.write(words("knowledge.valid", **period) + "\n", "dim")
    out.write(words("knowledge.key", key=passage.key) + "\n", "dim")


def short(text: str) -> str:
    """Return a text on one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= SHORT else line[: SHORT - 1] + "…"


def _size(count: int) -> str:
    for size, unit in _UNITS:
        if count >= size:
            return f"{count / size:.1f} {unit}"
    return f"{count} B"
