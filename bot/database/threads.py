"""A channel's thread as turns: replies of ours are known again by their answers."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.channels import Earlier
from bot.database.conversations import PastTurn
from bot.database.tables import Answer, AnswerSource, Turn


def turns_of_thread(session: Session, earlier: Sequence[Earlier]) -> list[PastTurn]:
    """Return what was said as turns: of replies of ours what was recorded, with the passages they rest on."""
    known = _replies(session, {said.answer_id for said in earlier if said.answer_id})
    return [known.get(said.answer_id) or PastTurn(said.role, said.text) for said in earlier]


def _replies(session: Session, answers: Collection[str]) -> dict[str, PastTurn]:
    """Return the bot's turns of these answers, by the answer's id; none where there is no such answer."""
    if not answers:
        return {}
    rests: dict[str, list[int | None]] = {}
    chosen = sorted(answers)
    found = select(AnswerSource.answer_id, AnswerSource.passage_id).where(AnswerSource.answer_id.in_(chosen))
    for answer, passage in session.execute(found):
        rests.setdefault(answer, []).append(passage)
    said = select(Answer.id, Turn.text, Answer.task).join(Turn, Turn.id == Answer.turn_id).where(Answer.id.in_(chosen))
    return {
        answer: PastTurn("bot", text, passages=tuple(rests.get(answer, ())), task=task)
        for answer, text, task in session.execute(said)
    }
