"""Changes of the golden questions, each with its line in the audit log: numbers, never the words of a question."""

from typing import TYPE_CHECKING, Literal

from bot import golden_files
from bot.database import audit, golden
from bot.errors import UserError
from bot.golden import start
from bot.golden_files import Imported, Refusal

if TYPE_CHECKING:
    from bot.database.audit import Actor
    from bot.database.golden import Golden, NewGolden
    from bot.wiring import Bot

Kept = Literal["saved", "changed"]


def save(bot: "Bot", actor: "Actor", new: "NewGolden", *, instead_of: int = 0) -> tuple[Kept, int]:
    """Save a golden question, or change the one of this number, or of the same question; return which, and its number.

    Raises:
        UserError: there is no such entry, there are too many, or another one asks the same.
    """
    with bot.sessions.begin() as session:
        known = instead_of if instead_of and golden.get(session, instead_of) else None
        number = known or golden.find(session, new.question, new.audience)
        kept: Kept = "saved" if number is None else "changed"
        if number is None:
            number = golden.add(session, new, actor.name)
        else:
            golden.change(session, number, new)
        audit.note(session, actor, f"golden.{kept}", f"#{number}")
    return kept, number


def change(bot: "Bot", actor: "Actor", number: int, new: "NewGolden") -> None:
    """Put another question or expectation in the place of one.

    Raises:
        UserError: as for ``save``; or there is none of this number.
    """
    with bot.sessions.begin() as session:
        if not golden.change(session, number, new):
            raise UserError("golden.none")
        audit.note(session, actor, "golden.changed", f"#{number}")


def remove(bot: "Bot", actor: "Actor", number: int) -> "Golden | None":
    """Remove one and return it, None where there is none."""
    with bot.sessions.begin() as session:
        gone = golden.get(session, number)
        if gone is not None:
            golden.remove(session, [number])
            audit.note(session, actor, "golden.removed", f"#{number}")
    return gone


def take_in(bot: "Bot", actor: "Actor", data: bytes) -> "Imported":
    """Save what a table holds; what is there already stays as it is.

    Raises:
        UserError: it is none.
    """
    added: list[int] = []
    refused: list[Refusal] = []
    known = 0
    with bot.sessions.begin() as session:
        documents = golden.documents(session)
        for number, cells in golden_files.cells_in(data):
            try:
                new = golden_files.golden_of(cells, documents)
                if golden.find(session, new.question, new.audience) is None:
                    added.append(golden.add(session, new, actor.name))
                else:
                    known += 1
            except UserError as error:
                refused.append(Refusal(number, error.phrase, dict(error.values)))
        audit.note(session, actor, "golden.imported", "golden", added=len(added))
    return Imported(tuple(added), known, tuple(refused))


def ask_all(bot: "Bot", actor: "Actor") -> int:
    """Begin to ask all of them in the background; return the number of the run.

    Raises:
        UserError: there is none, or that goes on already.
    """
    with bot.sessions() as session:
        if not golden.count(session):
            raise UserError("golden.nothing")
    return start(bot, actor.name)
