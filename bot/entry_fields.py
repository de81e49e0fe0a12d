"""What people may write into an entry: checked, cleaned, and put in the place of what it said."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.errors import UserError
from knowledge.decoding import clean
from knowledge.language import language_of
from knowledge.splitting import LONGEST_TITLE, Draft, hashed, normalised

LONGEST_QUESTION = 2_000
LONGEST_ANSWER = 30_000
"""Characters: a cell of Excel holds 32,767."""

MOST_ALIASES, LONGEST_ALIAS = 100, 500
MOST_GROUPS, LONGEST_GROUP = 100, 150
_SEPARATORS = "\n;|,/"
"""What stands between groups in a table: none can have it in its name."""


@dataclass(frozen=True, slots=True)
class EntryFields:
    """What somebody wrote; ``audience`` None: everyone. An entry of prose has no question, and keeps it so.

    An entry that nobody may see (``audience`` empty) can stay so, but none is made: no table could say that.
    """

    answer: str
    question: str = ""
    title: str = ""
    aliases: Sequence[str] = ()
    audience: Sequence[str] | None = None
    valid_from: date | None = None
    valid_until: date | None = None

    def draft(self, before: Draft | None = None) -> Draft:
        """Return the entry that says this: ``before`` with its key and its place, or a new one.

        Raises:
            UserError: something is missing, too long, or cannot be.
        """
        question, answer = _line(self.question), clean(self.answer).strip()
        if not answer:
            raise UserError("entry.no_answer")
        if not question and (before is None or before.question):
            raise UserError("entry.no_question")
        _short(len(question), LONGEST_QUESTION, "question")
        _short(len(answer), LONGEST_ANSWER, "answer")
        groups = self._groups()
        if groups == () and (before is None or before.audience != ()):
            raise UserError("entry.nobody")
        title = _line(self.title)
        _short(len(title), LONGEST_TITLE, "title")
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise UserError("entry.dates")
        said = {
            "answer": answer,
            "question": question,
            "title": title,
            "aliases": self._aliases(question),
            "audience": groups,
            "valid_from": self.valid_from,
            "valid_until": self.valid_until,
            "language": language_of(question or answer, language_of(answer)),
        }
        if before is None:
            return Draft(key=hashed(normalised(question)), **said)  # type: ignore[arg-type]
        return replace(before, **said, repeated=False)  # type: ignore[arg-type]

    def _aliases(self, question: str) -> tuple[str, ...]:
        found = tuple(alias for alias in dict.fromkeys(map(_line, self.aliases)) if alias and alias != question)
        if len(found) > MOST_ALIASES or any(len(alias) > LONGEST_ALIAS for alias in found):
            raise UserError("entry.aliases", most=MOST_ALIASES, longest=LONGEST_ALIAS)
        return found

    def _groups(self) -> tuple[str, ...] | None:
        if self.audience is None:
            return None
        found = tuple(group for group in dict.fromkeys(map(_line, self.audience)) if group)
        if len(found) > MOST_GROUPS or any(len(group) > LONGEST_GROUP for group in found):
            raise UserError("entry.groups", most=MOST_GROUPS, longest=LONGEST_GROUP)
        if any(mark in group for group in found for mark in _SEPARATORS):
            raise UserError("entry.group_name")
        return found


def fields_of(draft: Draft) -> EntryFields:
    """Return what an entry says, as it can be written anew."""
    return EntryFields(
        draft.answer,
        draft.question,
        draft.title,
        draft.aliases,
        draft.audience,
        draft.valid_from,
        draft.valid_until,
    )


def _line(text: str) -> str:
    """Return a text without line breaks and other marks that nobody can see."""
    return " ".join(clean(text).split())


def _short(length: int, most: int, field: str) -> None:
    if length > most:
        raise UserError(f"entry.{field}_long", most=most, length=length)
