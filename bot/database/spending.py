"""What answers cost: how many there were of each task and model, the tokens they used, and the price of those."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from bot.database.tables import Answer


@dataclass(frozen=True, slots=True)
class Spent:
    """The answers of one task that one model gave.

    ``cost_usd`` is what is known of it, in US dollars: ``unpriced`` answers come on top, whose price is not known.
    ``latency_ms`` is the mean.
    """

    task: str
    model: str
    answers: int
    input: int
    output: int
    cost_usd: float
    unpriced: int
    latency_ms: float


def spent_since(session: Session, since: datetime, until: datetime) -> Sequence[Spent]:
    """Return what the answers of a span used, the dearest first, then the most."""
    used = (Answer.input_tokens + Answer.output_tokens) > 0
    columns = (
        func.count(),
        func.sum(Answer.input_tokens),
        func.sum(Answer.output_tokens),
        func.coalesce(func.sum(Answer.cost_usd), 0.0),
        func.sum(case((used & Answer.cost_usd.is_(None), 1), else_=0)),
        func.avg(Answer.latency_ms),
    )
    rows = session.execute(
        select(Answer.task, Answer.model, *columns)
        .where(Answer.created_at >= since, Answer.created_at < until)
        .group_by(Answer.task, Answer.model)
    )
    found = [
        Spent(task, model, count, int(read), int(written), float(cost), int(unpriced), float(latency))
        for task, model, count, read, written, cost, unpriced, latency in rows
    ]
    return sorted(found, key=lambda spent: (-spent.cost_usd, -spent.answers, spent.task, spent.model))
