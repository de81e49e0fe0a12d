"""Groups of questions that so many have asked that somebody is told."""

from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.database.asked import GROUPS
from bot.database.columns import now
from bot.database.question_groups import COLUMNS, Group
from bot.database.question_tables import QuestionGroup


def to_alert(session: Session, askers: int, limit: int = 20) -> list[Group]:
    """Return open groups that so many people have asked, of which nobody was told yet."""
    due = (QuestionGroup.state == "open", QuestionGroup.people >= askers, QuestionGroup.alerted_at.is_(None))
    recent = QuestionGroup.last_at >= now() - timedelta(days=7)
    return [Group(*row) for row in session.execute(select(*COLUMNS).where(*due, recent).limit(limit))]


def alerted(session: Session, group: int) -> None:
    """Note that somebody was told of a group."""
    session.execute(update(GROUPS).where(GROUPS.c.id == group).values(alerted_at=now()))
