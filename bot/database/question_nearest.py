"""Which entries come next to what was asked in vain, as of a state of the documents."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.database.asked import GROUPS
from bot.database.question_tables import QuestionGroup


def unchecked(session: Session, change: int, limit: int) -> list[tuple[int, str]]:
    """Return open groups, the most asked first, not held against the documents as they are, with their questions."""
    chosen = select(QuestionGroup.id, QuestionGroup.question).where(
        QuestionGroup.state == "open", QuestionGroup.checked != change
    )
    ordered = chosen.order_by(QuestionGroup.recent.desc(), QuestionGroup.count.desc(), QuestionGroup.id).limit(limit)
    return [(int(group), str(question)) for group, question in session.execute(ordered)]


def note_nearest(
    session: Session, group: int, nearest: Sequence[Mapping[str, Any]], confidence: float, change: int
) -> None:
    """Write which entries come next to a group's question, as of a state of the documents."""
    values = {"nearest": [dict(each) for each in nearest], "confidence": confidence, "checked": change}
    session.execute(update(GROUPS).where(GROUPS.c.id == group).values(**values))
