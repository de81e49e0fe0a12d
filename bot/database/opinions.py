"""What somebody thinks of answers: read back for their own page, and taken back."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.database.cleaning import cleaned, name_of
from bot.database.tables import Feedback, Person


@dataclass(frozen=True, slots=True)
class Opinion:
    """``rating`` is 1 or -1, 0 where nobody said anything; ``reason`` and ``comment`` are "" where none was given."""

    rating: int = 0
    reason: str = ""
    comment: str = ""


def opinions(session: Session, answers: Collection[str]) -> dict[str, Opinion]:
    """Return the last opinion of each answer, by the answer's id."""
    chosen = select(Feedback).where(Feedback.answer_id.in_(answers)).order_by(Feedback.created_at, Feedback.id)
    return {row.answer_id: Opinion(row.rating, row.reason or "", row.comment or "") for row in session.scalars(chosen)}


def take_back(session: Session, answer: str, *, channel: str, person: str | None) -> bool:
    """Forget what a person thought of an answer; False where that is nothing."""
    if not person:
        return False
    who = select(Person.id).where(Person.channel == channel, Person.external_id == name_of(person, 320))
    theirs = (Feedback.answer_id == cleaned(answer)) & (Feedback.person_id == who.scalar_subquery())
    return bool(session.execute(delete(Feedback).where(theirs).returning(Feedback.id)).all())
