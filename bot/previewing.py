"""What a file or a staged version would change, with what other documents say of the same questions."""

import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session, sessionmaker

from bot.comparing import Change, Elsewhere, across, compare_entries
from bot.database import documents, version_rows
from bot.database.documents import PassageRecord
from bot.database.staging import content_hash
from bot.database.version_rows import Entries, VersionRow
from bot.gathering import Gathered
from bot.intake import Taken, read_in, remembered, take
from bot.notes import from_json, sentence, sentences
from bot.owner import Ownership
from bot.same_questions import subjects
from bot.shown import FileState
from knowledge.entries import Note
from knowledge.errors import KnowledgeError
from knowledge.language import Language
from knowledge.plans import Plan
from knowledge.splitting import Draft, normalised

if TYPE_CHECKING:
    from knowledge.search import Knowledge

MOST_SEARCHED = 300
"""New and changed questions whose near ones are looked for in other documents: a search takes some milliseconds."""
NEAREST = 3
NEAR_SECONDS = 3.0
"""For all these searches: where nearly everything is in this one document, each of them looks far for others."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What a file would change; ``problem`` is set where it cannot be read, and ``document`` None for a new one."""

    name: str
    state: FileState
    change: Change = field(default_factory=Change)
    notes: tuple[Note, ...] = ()
    problem: Note | None = None
    document: int | None = None

    def reading(self, language: Language) -> str:
        """Return how the file was read, in words."""
        return sentences(self.notes, language)

    def message(self, language: Language) -> str:
        """Return why it cannot be read, in a sentence; empty where it can."""
        return sentence(self.problem, language) if self.problem else ""


class Previewer:
    """Looks at what would change, and writes nothing."""

    def __init__(self, sessions: sessionmaker[Session], knowledge: "Knowledge", owner: Ownership) -> None:
        self._sessions = sessions
        self._knowledge = knowledge
        self._owner = owner

    def compare(self, file: Gathered, plan: Plan | None = None) -> Compared:
        """Return what a file would change against what is live, or about to be."""
        taken = take(file)
        if plan is None:
            with self._sessions() as session:
                plan = remembered(version_rows.last_plan(session, file.name))
        intake = read_in(taken, plan) if isinstance(taken, Taken) else taken
        if intake.problem is not None:
            return Compared(file.name, "unreadable", problem=intake.problem)
        with self._sessions() as session:
            document = version_rows.document_id(session, file.name)
            before = Entries()
            if document is not None:
                before = version_rows.entries(session, version_rows.basis(session, document))
        after = Entries(intake.drafts, tuple(map(content_hash, intake.drafts)))
        change = self._compared(document, before, after, intake.notes)
        state: FileState = "added" if not before.drafts else "unchanged" if change.nothing else "changed"
        return Compared(file.name, state, change, intake.notes, document=document)

    def change_of(self, row: VersionRow) -> Change:
        """Return what a version would change against what is live, or about to be."""
        with self._sessions() as session:
            before = version_rows.entries(session, version_rows.basis(session, row.document_id))
            after = version_rows.entries(session, row.id)
        return self._compared(row.document_id, before, after, from_json(row.reading))

    def between(self, older: VersionRow, newer: VersionRow) -> Change:
        """Return what one version changed against another of the same document."""
        with self._sessions() as session:
            before, after = version_rows.entries(session, older.id), version_rows.entries(session, newer.id)
        return compare_entries(before.drafts, before.hashes, after.drafts, after.hashes, from_json(newer.reading))

    def _compared(self, document: int | None, before: Entries, after: Entries, notes: Iterable[Note]) -> Change:
        change = compare_entries(before.drafts, before.hashes, after.drafts, after.hashes, notes)
        fresh = [each.after for each in (*change.added, *change.changed) if each.after and each.after.question]
        if not fresh:
            return change
        with self._sessions() as session:
            others = _elsewhere(session, document, fresh)
            if self._owner.held and next(iter(documents.questions(session, document)), None):
                # Nobody else searches the embedded vectors.
                self._add_near(session, document, fresh, others)
        repeated, conflicting = across(fresh, others)
        return replace(
            change,
            duplicate=(*change.duplicate, *repeated),
            conflicting=(*change.conflicting, *conflicting),
        )

    def _add_near(
        self, session: Session, document: int | None, drafts: Sequence[Draft], others: dict[str, list[Elsewhere]]
    ) -> None:
        """Look for questions of other documents that ask the same in other words, as an answer would find them."""
        pairs: list[tuple[Draft, PassageRecord]] = []

        def elsewhere(ids: Sequence[int]) -> set[int]:
            return documents.live_elsewhere(session, ids, document)

        until = time.monotonic() + NEAR_SECONDS
        try:
            for draft in drafts[:MOST_SEARCHED]:
                if time.monotonic() > until:
                    break
                found = self._knowledge.search(draft.question, visible=elsewhere, limit=NEAREST, wait=False)
                records = documents.load(session, [candidate.id for candidate in found.candidates])
                pairs += [(draft, record) for record in records.values() if _is_rival(draft, record)]
        except KnowledgeError:  # a damaged index: what is asked in the same words is found without it
            return
        for language in ("ko", "en"):
            some = [pair for pair in pairs if pair[0].language == language]
            first, second = (
                subjects([d.question for d, _ in some], language),
                subjects([r.question for _, r in some], language),
            )
            for (draft, record), one, other in zip(some, first, second, strict=True):
                if one.core and one.core == other.core:
                    near = Elsewhere(record.document, _draft_of(record), near=True)
                    others[normalised(draft.question)].append(near)


def _is_rival(draft: Draft, record: PassageRecord) -> bool:
    """Tell whether another entry may ask the same in other words."""
    same = normalised(record.question) == normalised(draft.question)
    return bool(record.question) and record.language == draft.language and not same


def _elsewhere(session: Session, document: int | None, drafts: Iterable[Draft]) -> dict[str, list[Elsewhere]]:
    """Return the live entries of other documents that ask the same, by the normalised question."""
    asked = {normalised(draft.question) for draft in drafts}
    ids = [each for each, question in documents.questions(session, document) if normalised(question) in asked]
    found: dict[str, list[Elsewhere]] = defaultdict(list)
    for record in documents.load(session, ids).values():
        found[normalised(record.question)].append(Elsewhere(record.document, _draft_of(record)))
    return found


def _draft_of(record: PassageRecord) -> Draft:
    """Return what a passage says, as it is compared with others."""
    groups = None if record.audience is None else tuple(record.audience)
    dates = (record.valid_from, record.valid_until)
    said = (record.key, record.answer, record.language, record.question, record.title)
    return Draft(*said, record.aliases, groups, record.page, *dates)
