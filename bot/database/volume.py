"""How much was asked and answered since a moment, and what people thought of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from bot.database.tables import Answer, Feedback


@dataclass(frozen=True, slots=True)
class Volume:
    """Questions, and how many of them had an answer; other tasks (summaries, drafts ...); opinions of both kinds."""

    questions: int = 0
    answered: int = 0
    others: int = 0
    good: int = 0
    bad: int = 0

    @property
    def unanswered(self) -> int:
        """Questions that the documents had no answer to."""
        return self.questions - self.answered

    @property
    def share(self) -> float:
        """The part of the questions that had an answer, 0 to 1; 0 where there were none."""
        return self.answered / self.questions if self.questions else 0.0


def volume_since(session: Session, since: datetime) -> Volume:
    """Return what was asked since a moment, in all channels; greetings and the like are no questions."""
    question = Answer.task == "answer"
    answers = select(
        func.count(case((question, 1))),
        func.count(case((question & Answer.answered, 1))),
        func.count(case((Answer.task.not_in(("answer", "smalltalk", "preferences")), 1))),
    ).where(Answer.created_at >= since)
    opinions = (
        select(func.count(case((Feedback.rating > 0, 1))), func.count(case((Feedback.rating < 0, 1))))
        .join(Answer, Answer.id == Feedback.answer_id)
        .where(Answer.created_at >= since)
    )
    questions, answered, others = session.execute(answers).one()
    good, bad = session.execute(opinions).one()
    return Volume(questions, answered, others, good, bad)
