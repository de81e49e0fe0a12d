"""What a version changes, as JSON and on the screen: each entry, and word by word within it."""

from typing import TYPE_CHECKING, Any

from connectors.cli.session import spoken, words

if TYPE_CHECKING:
    from bot.comparing import Change, EntryChange, Finding
    from bot.library import Compared, VersionInfo
    from bot.word_diff import Piece
    from connectors.cli.screen import TerminalScreen
    from connectors.terminal import Style
    from knowledge.splitting import Draft

MOST = 20
"""Entries of one kind that the screen shows; JSON holds all."""
AROUND = 40
"""Characters of what stays the same that are shown beside a change."""


def compared_line(compared: "Compared") -> dict[str, Any]:
    """Return what a file would change, as JSON."""
    line = {"name": compared.name, "state": compared.state, "document": compared.document}
    said = {"reading": compared.reading(spoken()), "message": compared.message(spoken())}
    return line | said | change_line(compared.change)


def change_line(change: "Change") -> dict[str, Any]:
    """Return a change as JSON, word by word where an entry is changed."""
    kinds = {name: [_entry_line(each) for each in getattr(change, name)] for name in ("added", "changed", "removed")}
    found = {name: [_finding_line(each) for each in getattr(change, name)] for name in ("duplicate", "conflicting")}
    said = {"unreadable": change.unread(spoken()), "summary": change.words(spoken())}
    return kinds | {"unchanged": change.unchanged} | found | said


def version_line(version: "VersionInfo") -> dict[str, Any]:
    """Return a version as JSON."""
    plain = ("version", "document", "name", "number", "state", "author", "added", "changed", "removed", "filename")
    line = {name: getattr(version, name) for name in (*plain, "kind", "restored_from")}
    published = version.published_at and version.published_at.isoformat()
    return line | {"created_at": version.created_at.isoformat(), "published_at": published}


def show_compared(out: "TerminalScreen", compared: "Compared") -> None:
    """Show what a file would change."""
    out.write(compared.name, "bold")
    out.write("  " + words(f"knowledge.would_be_{compared.state}") + "\n", "good")
    if said := compared.message(spoken()) or compared.reading(spoken()):
        out.write(f"  {said}\n", "plain" if compared.problem else "dim")
    if not compared.problem:
        show_change(out, compared.change)


def show_change(out: "TerminalScreen", change: "Change") -> None:
    """Show a change: what to look at first, then the entries, at most ``MOST`` of a kind."""
    out.write(f"  {change.words(spoken())}\n")
    for said in change.unread(spoken()):
        out.write(f"  ! {said}\n", "warning")
    for finding in (*change.conflicting[:MOST], *change.duplicate[:MOST]):
        out.write(f"  ! {finding.words(spoken()).strip()}\n", "warning")
    _more(out, max(0, len(change.conflicting) - MOST) + max(0, len(change.duplicate) - MOST))
    for each in change.changed[:MOST]:
        out.write(f"  ~ {each.title}\n", "bold")
        for field in each.fields:
            _show_pieces(out, words(f"change.field.{field}"), each.pieces(field))
    _more(out, len(change.changed) - MOST)
    for mark, style, entries in (("+", "good", change.added), ("-", "warning", change.removed)):
        for each in entries[:MOST]:
            out.write(f"  {mark} {each.title}\n", style)  # type: ignore[arg-type]
        _more(out, len(entries) - MOST)


def _show_pieces(out: "TerminalScreen", label: str, pieces: "list[Piece]") -> None:
    """Show a text with what went and what came; of what stays only what is beside it."""
    out.write(f"    {label}: ", "dim")
    for at, piece in enumerate(pieces):
        if piece.kind == "same":
            out.write(_beside(piece.text, first=not at, last=at == len(pieces) - 1), "dim")
            continue
        style: Style = "warning" if piece.kind == "out" else "good"
        bare = not out.console.is_terminal or out.console.no_color
        marks = ("[-", "-]") if piece.kind == "out" else ("{+", "+}")
        out.write(f"{marks[0]}{piece.text}{marks[1]}" if bare else piece.text, style)
    out.write("\n")


def _beside(text: str, *, first: bool, last: bool) -> str:
    if len(text) <= 2 * AROUND:
        return text
    start = "" if first else text[:AROUND]
    end = "" if last else text[-AROUND:]
    return f"{start}…{end}"


def _more(out: "TerminalScreen", count: int) -> None:
    if count > 0:
        out.write("    " + words("knowledge.and_more", count=count) + "\n", "dim")


def _entry_line(each: "EntryChange") -> dict[str, Any]:
    line: dict[str, Any] = {"passage": each.key, "title": each.title, "row": (each.after or each.before or each).row}  # type: ignore[union-attr]
    line |= {"before": _draft_line(each.before), "after": _draft_line(each.after), "fields": list(each.fields)}
    if each.fields:
        line["diff"] = {
            field: [[piece.kind, piece.text] for piece in each.pieces(field)] for field in each.fields if field != "key"
        }
    return line


def _draft_line(draft: "Draft | None") -> dict[str, Any] | None:
    if draft is None:
        return None
    plain = ("question", "answer", "title", "aliases", "audience")
    dates = {"valid_from": draft.valid_from, "valid_until": draft.valid_until}
    return {name: getattr(draft, name) for name in plain} | {
        name: day.isoformat() if day else None for name, day in dates.items()
    }


def _finding_line(finding: "Finding") -> dict[str, Any]:
    both = (finding.first, finding.second)
    return {
        "kind": finding.kind,
        "document": finding.document or None,
        "entries": [
            {"passage": draft.key, "row": draft.row, "sheet": draft.sheet or None} | (_draft_line(draft) or {})
            for draft in both
        ],
        "differs": [list(pair) for pair in finding.differs],
        "message": finding.words(spoken()).strip(),
    }
