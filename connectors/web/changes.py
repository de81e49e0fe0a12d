"""What a version changes, for the preview and for two versions compared: some of it at a time, word by word."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from bot.notes import sentence
from bot.phrases import say
from bot.word_diff import Piece
from connectors.web.refusals import Refused
from knowledge.language import Language

if TYPE_CHECKING:
    from bot.comparing import Change, EntryChange, Finding
    from knowledge.entries import Note
    from knowledge.splitting import Draft

Kind = Literal["changed", "added", "removed", "conflicting", "duplicate", "unreadable"]
KINDS: tuple[Kind, ...] = get_args(Kind)
A_PAGE = 20
LONGEST = 2_000
"""Characters of an added or removed entry that are shown; a changed one is shown whole, or there is no seeing what."""
MOST_LISTED = 1_000
"""Changes of one kind in an answer of the API."""

Pieces = Sequence[Piece]


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One change. ``details`` are its smaller fields, ``sides`` two answers with what each is called."""

    kind: Kind
    title: Pieces = ()
    body: Pieces = ()
    details: tuple[tuple[str, Pieces], ...] = ()
    sides: tuple[tuple[str, str], ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class ChangeView:
    """Some changes of one ``kind``: ``of_kind`` of them in all, ``total`` of every kind; ``first`` counts from 1."""

    counts: tuple[tuple[Kind, int], ...]
    kind: Kind
    shown: tuple[ShownChange, ...]
    page: int
    last_page: int
    help: str

    @property
    def total(self) -> int:
        """How many changes and findings there are."""
        return sum(count for _, count in self.counts)

    @property
    def of_kind(self) -> int:
        """How many of this kind there are."""
        return dict(self.counts)[self.kind]

    @property
    def first(self) -> int:
        """The number of the first one shown."""
        return (self.page - 1) * A_PAGE + 1


def counts_of(change: "Change") -> tuple[tuple[Kind, int], ...]:
    """Return how many changes of each kind there are."""
    return tuple((kind, len(getattr(change, kind))) for kind in KINDS)


def change_view(change: "Change", language: Language, kind: str = "", page: int = 1) -> ChangeView:
    """Return a page of the changes of one kind: of the first that there is, if none is named.

    Raises:
        Refused: 404, there is no such kind.
    """
    counts = counts_of(change)
    if kind and kind not in KINDS:
        raise Refused(404, "web.status.404")
    chosen: Kind = next((each for each, count in counts if each == kind or (not kind and count)), "changed")
    found = getattr(change, chosen)
    last_page = max(1, -(-len(found) // A_PAGE))
    page = min(max(page, 1), last_page)
    some = found[(page - 1) * A_PAGE : page * A_PAGE]
    about = say(f"web.change.{chosen}.help", language) if chosen in KINDS[3:] else ""
    return ChangeView(counts, chosen, tuple(_shown(chosen, each, language) for each in some), page, last_page, about)


def change_line(change: "Change", language: Language) -> dict[str, Any]:
    """Return a change as JSON: counts of all, and of each kind as many as can be looked at."""
    lines: dict[str, Any] = {"summary": change.words(language), "unchanged": change.unchanged}
    lines["counts"] = dict(counts_of(change))
    for kind in KINDS[:3]:
        lines[kind] = [_entry_line(each) for each in getattr(change, kind)[:MOST_LISTED]]
    for kind in KINDS[3:5]:
        lines[kind] = [_finding_line(each, language) for each in getattr(change, kind)[:MOST_LISTED]]
    return lines | {"unreadable": change.unread(language)}


def _entry_line(entry: "EntryChange") -> dict[str, Any]:
    from bot.comparing import FIELDS, text_of

    def side(draft: "Draft | None") -> dict[str, str] | None:
        return None if draft is None else {field: text_of(draft, field) for field in FIELDS}

    return {
        "passage": entry.key,
        "before": side(entry.before),
        "after": side(entry.after),
        "fields": list(entry.fields),
    }


def _finding_line(finding: "Finding", language: Language) -> dict[str, Any]:
    return {
        "kind": finding.kind,
        "question": finding.title,
        "answers": [finding.first.answer, finding.second.answer],
        "rows": [finding.first.row, finding.second.row],
        "document": finding.document or None,
        "message": finding.words(language),
    }


def _shown(kind: Kind, each: Any, language: Language) -> ShownChange:
    if kind == "unreadable":
        return _unread(each, language)
    if kind in ("conflicting", "duplicate"):
        return _finding(kind, each, language)
    return _changed(each, language) if kind == "changed" else _whole(kind, each, language)


def _whole(kind: Kind, entry: "EntryChange", language: Language) -> ShownChange:
    draft = entry.after or entry.before
    if draft is None:  # there is always one of them
        return ShownChange(kind)
    details = tuple(
        (say(f"web.change.{field}", language), _plain(text))
        for field in ("title", "aliases", "audience", "valid")
        if (text := _field(draft, field))
    )
    title = draft.question or draft.title
    return ShownChange(kind, _plain(title), _plain(_cut(draft.answer)), details if draft.question else (), (), "")


def _changed(entry: "EntryChange", language: Language) -> ShownChange:
    small = [field for field in entry.fields if field in ("title", "aliases", "audience", "valid_from", "valid_until")]
    details = [(say(f"change.field.{field}", language), entry.pieces(field)) for field in small]
    asked = entry.pieces("question") or _plain(entry.title)
    return ShownChange("changed", asked, entry.pieces("answer"), tuple(details))


def _finding(kind: Kind, finding: "Finding", language: Language) -> ShownChange:
    first, second = finding.first, finding.second
    if kind == "duplicate":
        return ShownChange(
            kind, _plain(first.question or first.title), _plain(_cut(first.answer)), note=finding.words(language)
        )
    sides = (
        (_place(first, "", language), _cut(first.answer)),
        (_place(second, finding.document, language), _cut(second.answer)),
    )
    return ShownChange(kind, _plain(first.question), sides=sides, note=finding.words(language))


def _unread(note: "Note", language: Language) -> ShownChange:
    return ShownChange("unreadable", body=_plain(sentence(note, language)))


def _place(draft: "Draft", document: str, language: Language) -> str:
    row = say("web.change.row", language, row=draft.row) if draft.row and not document else ""
    return " · ".join(filter(None, (document, draft.sheet if not document else "", row)))


def _field(draft: "Draft", field: str) -> str:
    if field == "valid":
        return (
            f"{draft.valid_from or '…'} ~ {draft.valid_until or '…'}" if draft.valid_from or draft.valid_until else ""
        )
    value = getattr(draft, field)
    return value if isinstance(value, str) else " / ".join(value or ())


def _plain(text: str) -> Pieces:
    return [Piece("same", text)] if text else []


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"
