"""The questions that were asked in vain most often in a span, put together by meaning."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.database.question_tables import QuestionAsked, QuestionGroup


@dataclass(frozen=True, slots=True)
class MostAsked:
    """The question that stands for a group, and how often one of it was asked in the span."""

    question: str
    count: int


def most_asked(session: Session, since: datetime, until: datetime, limit: int) -> list[MostAsked]:
    """Return the groups that wait for an answer, most often asked first."""
    times = func.count()
    chosen = (
        select(QuestionGroup.question, times)
        .join(QuestionAsked, QuestionAsked.group_id == QuestionGroup.id)
        .where(QuestionAsked.asked_at >= since, QuestionAsked.asked_at < until, QuestionGroup.state == "open")
        .group_by(QuestionGroup.id, QuestionGroup.question)
        .order_by(times.desc(), QuestionGroup.id)
        .limit(limit)
    )
    return [MostAsked(question, count) for question, count in session.execute(chosen)]
