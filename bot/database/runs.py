"""Long work in the background: of each kind one goes on at a time, and the last results are kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.database.columns import now
from bot.database.golden_tables import RunRow

State = Literal["running", "done", "cancelled", "failed"]

RUNS = RunRow.__table__
PATIENCE = timedelta(seconds=30)
"""Whoever works on a run says so every few seconds; one that nobody has spoken of for so long was interrupted."""

KEPT = 30
RESULTS_KEPT = 2


@dataclass(frozen=True, slots=True)
class Run:
    """One run; ``summary`` holds the figures of what was found, ``error`` the name of a phrase."""

    id: int
    kind: str
    state: State
    author: str | None
    done: int
    total: int
    summary: Mapping[str, Any]
    error: str | None
    started_at: datetime
    seen_at: datetime
    finished_at: datetime | None

    @property
    def running(self) -> bool:
        """Whether somebody works on it at this moment."""
        return self.state == "running" and now() - self.seen_at < PATIENCE

    @property
    def interrupted(self) -> bool:
        """Whether whoever worked on it is gone."""
        return self.state == "running" and not self.running


def begin(session: Session, kind: str, author: str | None) -> int | None:
    """Begin a run and return its number; None where one of this kind goes on already."""
    late = now() - PATIENCE
    gone = (RunRow.kind == kind) & (RunRow.state == "running") & (RunRow.seen_at < late)
    session.execute(update(RunRow).where(gone).values(state="failed", error="golden.interrupted", finished_at=now()))
    moment = now()
    values = {"kind": kind, "state": "running", "author": author, "started_at": moment, "seen_at": moment}
    try:
        with session.begin_nested():
            return int(session.execute(insert(RunRow).values(**values, summary={}).returning(RunRow.id)).scalar_one())
    except IntegrityError:
        return None


def beat(session: Session, number: int, done: int, total: int) -> bool:
    """Say that a run goes on, and how far it is; False: it was cancelled, or taken for interrupted."""
    going = (RunRow.id == number) & (RunRow.state == "running")
    seen = update(RunRow).where(going).values(seen_at=now(), done=done, total=total).returning(RunRow.id)
    return session.execute(seen).first() is not None


def finish(
    session: Session,
    number: int,
    state: State,
    *,
    summary: Mapping[str, Any] | None = None,
    result: Mapping[str, Any] | None = None,
    error: str | None = None,
) -> bool:
    """End a run, and let go of what is too old to be kept; False: it had ended already."""
    going = (RunRow.id == number) & (RunRow.state == "running")
    ended = (
        update(RunRow)
        .where(going)
        .values(state=state, summary=dict(summary or {}), result=result, error=error, finished_at=now())
        .returning(RunRow.kind)
    )
    kind = session.scalar(ended)
    if kind is not None:
        _forget(session, kind)
    return kind is not None


def cancel(session: Session, kind: str) -> bool:
    """End whatever run of a kind goes on; whoever works on it sees that at its next step."""
    going = (RunRow.kind == kind) & (RunRow.state == "running")
    ended = update(RunRow).where(going).values(state="cancelled", finished_at=now()).returning(RunRow.id)
    return session.execute(ended).first() is not None


def latest(session: Session, kind: str) -> Run | None:
    """Return the newest run of a kind."""
    row = session.execute(_CHOSEN.where(RUNS.c.kind == kind).order_by(RUNS.c.id.desc()).limit(1)).first()
    return None if row is None else Run(*row)


def history(session: Session, kind: str, most: int = KEPT) -> list[Run]:
    """Return the runs of a kind that came to their end, the newest first."""
    ended = (RUNS.c.kind == kind) & (RUNS.c.state == "done")
    return [Run(*row) for row in session.execute(_CHOSEN.where(ended).order_by(RUNS.c.id.desc()).limit(most))]


def last_result(session: Session, kind: str) -> tuple[Run, Mapping[str, Any]] | None:
    """Return the newest run of a kind that came to its end, with all of its result."""
    ended = (RUNS.c.kind == kind) & (RUNS.c.state == "done") & RUNS.c.result.is_not(None)
    chosen = _CHOSEN.add_columns(RUNS.c.result).where(ended).order_by(RUNS.c.id.desc()).limit(1)
    row = session.execute(chosen).first()
    return None if row is None else (Run(*row[:-1]), row[-1] or {})


def _forget(session: Session, kind: str) -> None:
    numbers = list(session.scalars(select(RUNS.c.id).where(RUNS.c.kind == kind).order_by(RUNS.c.id.desc())))
    session.execute(delete(RunRow).where(RunRow.id.in_(numbers[KEPT:])))
    held = select(RUNS.c.id).where(RUNS.c.kind == kind, RUNS.c.result.is_not(None)).order_by(RUNS.c.id.desc())
    old = list(session.scalars(held))[RESULTS_KEPT:]
    session.execute(update(RunRow).where(RunRow.id.in_(old)).values(result=None))


_CHOSEN = select(
    RUNS.c.id,
    RUNS.c.kind,
    RUNS.c.state,
    RUNS.c.author,
    RUNS.c.done,
    RUNS.c.total,
    RUNS.c.summary,
    RUNS.c.error,
    RUNS.c.started_at,
    RUNS.c.seen_at,
    RUNS.c.finished_at,
)
