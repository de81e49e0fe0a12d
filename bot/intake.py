"""A file is read: what it says, how it was read, or why it cannot be."""

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.database.staging import Upload
from bot.gathering import Gathered
from bot.notes import to_json
from knowledge.entries import Note, UnreadableError
from knowledge.guarded import read_guarded
from knowledge.plans import Plan, plan_of
from knowledge.reading import BY_HAND, GUESSED
from knowledge.splitting import Draft, hashed, normalised
from knowledge.tables import numbers

log = logging.getLogger(__name__)

READER_FAILURES = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError, MemoryError)


@dataclass(frozen=True, slots=True)
class Taken:
    """A file's bytes and their sha256."""

    name: str
    data: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Intake:
    """A file that was read; ``problem`` says why it could not be, and then there are no drafts.

    ``plan``: what somebody said of how it is to be read, where that was followed.
    """

    taken: Taken
    kind: str = ""
    notes: tuple[Note, ...] = ()
    drafts: tuple[Draft, ...] = ()
    problem: Note | None = None
    plan: Plan | None = None

    def upload(self, author: str, audience: tuple[str, ...] | None) -> Upload:
        """Return it as it is to be stored."""
        file = self.taken
        said = (file.name, file.sha256, self.kind, to_json(self.notes), self.drafts, file.data, author, audience)
        return Upload(*said, plan=None if self.plan is None else self.plan.kept().line())


def take(file: Gathered) -> Taken | Intake:
    """Return the bytes of a file, or why they cannot be had."""
    try:
        data = file.data()
    except UnreadableError as error:
        return Intake(Taken(file.name, b"", ""), problem=error.note)
    return Taken(file.name, data, hashlib.sha256(data).hexdigest())


def read_in(taken: Taken, plan: Plan | None = None) -> Intake:
    """Read a file and cut it into passages; whatever it does to its reader, the result is a sentence.

    ``plan``: how somebody said that it is to be read.
    """
    try:
        reading, drafts = read_guarded(taken.name, taken.data, plan=plan or GUESSED)
        if not drafts:
            raise UnreadableError("read.nothing")
    except UnreadableError as error:
        return Intake(taken, problem=error.note)
    except READER_FAILURES:  # a document no reader was made for must not keep the others out
        log.exception("reading %s failed", taken.name)
        return Intake(taken, problem=Note("read.failed"))
    followed = any(note.phrase == BY_HAND for note in reading.described)
    notes = (*reading.described, *_repeated(drafts))
    return Intake(taken, reading.kind, notes, tuple(drafts), plan=plan if followed else None)


def remembered(line: dict[str, Any] | None) -> Plan | None:
    """Return the plan of an earlier file, as it counts for the next one of the same document."""
    return None if line is None else replace(plan_of(line), remembered=True)


def _repeated(drafts: Sequence[Draft]) -> list[Note]:
    """Tell which entries ask what an earlier one asks already, or have its id."""
    rows: dict[str, list[int]] = {"read.repeated": [], "read.repeated_ids": []}
    for draft in drafts:
        if draft.repeated:
            asked = draft.question and draft.key.startswith(hashed(normalised(draft.question)))
            rows["read.repeated" if asked or not draft.question else "read.repeated_ids"].append(draft.row or 0)
    return [
        Note(phrase, {"count": len(found), "rows": numbers(found) if all(found) else ""})
        for phrase, found in rows.items()
        if found
    ]
