"""What a file would change: added, changed and removed entries, repetitions, and questions with two answers."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.contradicting import differing
from bot.contradictions import contradiction
from bot.matching import Known, match
from bot.notes import sentence
from bot.phrases import say
from bot.word_diff import Piece, word_diff
from knowledge.entries import Note
from knowledge.language import Language
from knowledge.splitting import Draft, normalised

Field = Literal["question", "answer", "title", "aliases", "audience", "valid_from", "valid_until", "key"]
FIELDS: tuple[Field, ...] = ("question", "answer", "title", "aliases", "audience", "valid_from", "valid_until")
FindingKind = Literal["repeated", "elsewhere", "two_answers", "two_answers_elsewhere", "near"]
SHORT = 60
_UNREAD = ("read.row_", "read.line_")


@dataclass(frozen=True, slots=True)
class EntryChange:
    """One entry that is added (``before`` None), removed (``after`` None) or changed, and which of its fields are."""

    key: str
    before: Draft | None
    after: Draft | None
    fields: tuple[Field, ...] = ()

    @property
    def title(self) -> str:
        """What the entry is called: its question, else its heading, else the beginning of its text."""
        return called(self.after or self.before)

    def pieces(self, field: Field) -> list[Piece]:
        """Return a field before and after, word by word."""
        return word_diff(text_of(self.before, field), text_of(self.after, field))

    def words(self, language: Language) -> str:
        """Return the change in a sentence."""
        if self.before is None or self.after is None:
            return say(f"change.entry_{'added' if self.before is None else 'removed'}", language, title=self.title)
        names = ", ".join(say(f"change.field.{field}", language) for field in self.fields)
        return say("change.entry_changed", language, title=self.title, fields=names)


@dataclass(frozen=True, slots=True)
class Finding:
    """Two entries that say the same, or answer the same question differently.

    ``document`` is the other document's name, empty where both are in this one; ``differs`` are the numbers, dates or
    yes and no that differ: ``("3일", "5일")`` pairs.
    """

    kind: FindingKind
    first: Draft
    second: Draft
    document: str = ""
    differs: tuple[tuple[str, str], ...] = ()

    @property
    def title(self) -> str:
        """The question that is asked twice."""
        return called(self.first)

    def words(self, language: Language) -> str:
        """Return the finding in a sentence, with the rows where they are known."""
        values = {
            "title": self.title,
            "other": called(self.second),
            "document": self.document,
            "places": _places(self.first, None if self.document else self.second, language),
            "differs": "; ".join(" ↔ ".join(_told(each, language) for each in pair) for pair in self.differs),
        }
        said = say(f"change.{self.kind}", language, **values)
        return f"{said} {say('change.differs', language, **values)}" if self.differs else said


@dataclass(frozen=True, slots=True)
class Change:
    """What a version changes against another one; the entries in the order of the newer one, removed ones last."""

    added: tuple[EntryChange, ...] = ()
    changed: tuple[EntryChange, ...] = ()
    removed: tuple[EntryChange, ...] = ()
    unchanged: int = 0
    duplicate: tuple[Finding, ...] = ()
    conflicting: tuple[Finding, ...] = ()
    unreadable: tuple[Note, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether nothing would change."""
        return not (self.added or self.changed or self.removed)

    def words(self, language: Language) -> str:
        """Return the change in a sentence or two."""
        if self.nothing:
            return say("change.nothing", language)
        counts = {name: len(getattr(self, name)) for name in ("added", "changed", "removed", "duplicate")}
        said = [say("change.summary", language, **counts, unchanged=self.unchanged)]
        if self.conflicting:
            said.append(say("change.conflicts", language, count=len(self.conflicting)))
        if self.duplicate:
            said.append(say("change.duplicates", language, count=len(self.duplicate)))
        return " ".join(said)

    def unread(self, language: Language) -> list[str]:
        """Return a sentence for each reason why rows were left out."""
        return [sentence(note, language) for note in self.unreadable]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A live entry of another document that asks the same, or nearly the same."""

    document: str
    draft: Draft
    near: bool = False


def compare_entries(
    before: Sequence[Draft],
    before_hashes: Sequence[str],
    after: Sequence[Draft],
    after_hashes: Sequence[str],
    notes: Iterable[Note] = (),
) -> Change:
    """Compare two versions of a document, and the newer one with itself."""
    known = [Known(d.key, h, d.question, d.answer) for d, h in zip(before, before_hashes, strict=True)]
    matched = match(known, after, after_hashes)
    added, changed, unchanged = [], [], 0
    for draft, digest, place, key in zip(after, after_hashes, matched.before, matched.keys, strict=True):
        if place is None:
            added.append(EntryChange(key, None, draft))
        elif known[place].content_hash == digest and known[place].key == key:
            unchanged += 1
        else:
            changed.append(EntryChange(key, before[place], draft, _fields(before[place], draft, key)))
    left = set(matched.before)
    removed = [EntryChange(draft.key, draft, None) for at, draft in enumerate(before) if at not in left]
    repeated, conflicting = within(after)
    unread = tuple(note for note in notes if note.phrase.startswith(_UNREAD))
    return Change(tuple(added), tuple(changed), tuple(removed), unchanged, tuple(repeated), tuple(conflicting), unread)


def within(drafts: Sequence[Draft]) -> tuple[list[Finding], list[Finding]]:
    """Return the entries of a document that are there twice, and those that ask the same with another answer."""
    asked: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.question:
            asked[normalised(draft.question)].append(draft)
    repeated: list[Finding] = []
    conflicting: list[Finding] = []
    for same in asked.values():
        first = same[0]
        for other in same[1:]:
            if not meet(first, other):
                continue
            if normalised(first.answer) == normalised(other.answer):
                repeated.append(Finding("repeated", first, other))
            else:
                differs = differing(first.answer, other.answer)
                conflicting.append(Finding("two_answers", first, other, differs=differs))
    return repeated, conflicting


def across(drafts: Iterable[Draft], others: dict[str, list[Elsewhere]]) -> tuple[list[Finding], list[Finding]]:
    """Return what other documents say already, and what they say otherwise; ``others`` by the normalised question."""
    repeated: list[Finding] = []
    conflicting: list[Finding] = []
    for draft in drafts:
        for other in others.get(normalised(draft.question), ()) if draft.question else ():
            if not meet(draft, other.draft):
                continue
            if other.near:
                found = contradiction(draft.answer, other.draft.answer)
                if found is not None:
                    said = ((found.one, found.other),)
                    conflicting.append(Finding("near", draft, other.draft, other.document, said))
            elif normalised(draft.answer) == normalised(other.draft.answer):
                repeated.append(Finding("elsewhere", draft, other.draft, other.document))
            else:
                differs = differing(draft.answer, other.draft.answer)
                conflicting.append(Finding("two_answers_elsewhere", draft, other.draft, other.document, differs))
    return repeated, conflicting


def meet(one: Draft, other: Draft) -> bool:
    """Tell whether anybody may see both on any day: an answer for staff and one for guests do not contradict."""
    if one.audience is not None and other.audience is not None and not set(one.audience) & set(other.audience):
        return False
    begins = max((day for day in (one.valid_from, other.valid_from) if day), default=None)
    ends = min((day for day in (one.valid_until, other.valid_until) if day), default=None)
    return begins is None or ends is None or begins <= ends


def text_of(draft: Draft | None, field: Field) -> str:
    """Return a field as people read it."""
    value = getattr(draft, field) if draft is not None else None
    if isinstance(value, tuple):
        return ("\n" if field == "aliases" else ", ").join(value)
    return "" if value is None else str(value)


def called(draft: Draft | None) -> str:
    """Return what an entry is called."""
    if draft is None:
        return ""
    name = " ".join((draft.question or draft.title or draft.answer).split())
    return name if len(name) <= SHORT else name[: SHORT - 1] + "…"


def _fields(before: Draft, after: Draft, key: str) -> tuple[Field, ...]:
    found = [field for field in FIELDS if getattr(before, field) != getattr(after, field)]
    return (*found, "key") if before.key != key else tuple(found)


def _told(side: str, language: Language) -> str:
    """Return one side of a difference: a stance in the reader's language, what was written as it is."""
    return say(f"change.{side}", language) if side in ("yes", "no") else side or "…"


def _places(first: Draft, second: Draft | None, language: Language) -> str:
    """Return the rows of entries in words: "2, 7행", "시트 '요금' 3행"; empty where they are not known."""
    rows = [draft for draft in (first, second) if draft is not None and draft.row]
    if not rows:
        return ""
    sheets = {draft.sheet for draft in rows}
    numbers = ", ".join(str(draft.row) for draft in rows)
    if len(sheets) == 1:
        sheet = next(iter(sheets))
        return say("change.rows_sheet" if sheet else "change.rows", language, rows=numbers, sheet=sheet)
    each = (say("change.rows_sheet", language, rows=draft.row, sheet=draft.sheet) for draft in rows)
    return "; ".join(each)
