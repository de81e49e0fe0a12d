"""What a form says of an entry: read, shown again as it was typed, and compared with what somebody else wrote."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from starlette.datastructures import FormData

from bot.comparing import FIELDS, text_of
from bot.entry_fields import EntryFields
from bot.errors import UserError
from bot.phrases import say
from bot.word_diff import Piece, word_diff
from knowledge.decoding import clean
from knowledge.language import Language

if TYPE_CHECKING:
    from knowledge.splitting import Draft

LONGEST_TYPED = 200_000


@dataclass(frozen=True, slots=True)
class TypedEntry:
    """The fields of a form, as text: ``aliases`` one a line, ``groups`` with commas between them."""

    question: str = ""
    answer: str = ""
    title: str = ""
    aliases: str = ""
    groups: str = ""
    valid_from: str = ""
    valid_until: str = ""

    def fields(self) -> EntryFields:
        """Return what was typed as an entry has it.

        Raises:
            UserError: a date cannot be read.
        """
        groups = [group for group in self.groups.replace("\n", ",").split(",") if group.strip()]
        return EntryFields(
            answer=self.answer,
            question=self.question,
            title=self.title,
            aliases=self.aliases.splitlines(),
            audience=groups or None,
            valid_from=day_of(self.valid_from),
            valid_until=day_of(self.valid_until),
        )


def typed_in(form: FormData) -> TypedEntry:
    """Return what a form says."""

    def text(name: str) -> str:
        return clean(str(form.get(name) or "")[:LONGEST_TYPED])

    return TypedEntry(**{name: text(name) for name in TypedEntry.__slots__})


def typed_of(draft: "Draft") -> TypedEntry:
    """Return an entry as a form shows it."""
    return TypedEntry(
        draft.question,
        draft.answer,
        draft.title,
        "\n".join(draft.aliases),
        ", ".join(draft.audience or ()),
        str(draft.valid_from or ""),
        str(draft.valid_until or ""),
    )


@dataclass(frozen=True, slots=True)
class Differing:
    """A field that two people wrote differently: as it is now, and word by word what the other one would change."""

    label: str
    now: str
    pieces: tuple[Piece, ...]


def differing(now: "Draft", typed: TypedEntry, language: Language) -> tuple[Differing, ...]:
    """Return the fields in which what was typed is not what an entry says now."""
    mine = typed.fields().draft(now)
    both = ((field, text_of(now, field), text_of(mine, field)) for field in FIELDS)
    return tuple(
        Differing(say(f"change.field.{field}", language), theirs, tuple(word_diff(theirs, own)))
        for field, theirs, own in both
        if theirs != own
    )


def day_of(text: str) -> date | None:
    """Return a day, None where nothing is written; an input for dates sends YYYY-MM-DD, people may type otherwise.

    Raises:
        UserError: it cannot be read.
    """
    from knowledge.validity import to_date

    try:
        return to_date(text.strip())
    except ValueError as error:
        raise UserError("entry.date", text=text.strip()[:40]) from error
