"""Groups of questions by the words of what was asked in them, not only of the question that stands for them."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.database import said
from bot.database.grams import folded, holds, words_of
from bot.database.question_tables import QuestionAsked, QuestionGroup
from bot.database.tables import Answer, Turn

NEWEST = 2**31 - 1
LOOKED_AT = 2_000
"""Exchanges with these words, the newest, that are looked at."""


def groups_with(session: Session, search: str) -> set[int]:
    """Return the groups that were asked lately in words that hold all of the search's."""
    words = words_of(search)
    alike = QuestionGroup.id, QuestionGroup.question
    found = {number for number, question in session.execute(select(*alike)) if holds(folded(question), words)}
    turns = said.newest(session, words, NEWEST, LOOKED_AT)
    if not turns:
        return found
    text = func.coalesce(Turn.completed, Turn.text)
    asked = (
        select(QuestionAsked.group_id, text)
        .join(Answer, Answer.id == QuestionAsked.answer_id)
        .join(Turn, Turn.id == Answer.question_turn_id)
        .where(Answer.question_turn_id.in_(turns))
    )
    return found | {group for group, question in session.execute(asked) if holds(folded(question), words)}
