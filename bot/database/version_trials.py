"""Keeps what came of trying a version on real questions: its figures, and each question that it answers otherwise."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, get_args

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.database.columns import now
from bot.database.golden_tables import GoldenRow
from bot.database.tables import Answer, Turn
from bot.database.version_trial_tables import VersionTrialCaseRow, VersionTrialRow

Kind = Literal["broken", "lost", "changed", "gained", "mended"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""A golden question that no longer holds, or holds again; a question that is answered no more, otherwise, or now."""

SILENT = timedelta(seconds=60)
"""Without a word for so long a trial has ended with its process."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What answers a question: the entry, and what of it; ``written``: what a model makes of it, "" where none was
    asked."""

    document_id: int
    document: str
    key: str
    title: str
    text: str
    written: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A question whose answer would be another one. ``before`` and ``after``: None where there is none.

    ``asked``: how often; ``groups``: as whom. ``expects``: of a golden question.
    """

    kind: Kind
    question: str
    asked: int
    groups: frozenset[str]
    before: Entry | None
    after: Entry | None
    answer_id: str | None = None
    golden_id: int | None = None
    expects: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """How many questions were asked, real ones and golden ones, and of how many the answer is another one.

    ``asked``: how often the real ones were asked by people; ``since``: the day from which on they were looked for.
    ``open``: real ones that neither version answers.
    """

    questions: int = 0
    asked: int = 0
    golden: int = 0
    failing: int = 0
    open: int = 0
    broken: int = 0
    lost: int = 0
    changed: int = 0
    gained: int = 0
    mended: int = 0
    since: str = ""
    seconds: float = 0.0

    @property
    def nothing(self) -> bool:
        """Whether no answer would be another one."""
        return not any(getattr(self, kind) for kind in KINDS)


State = Literal["running", "done", "cancelled", "failed", "broken_off"]


@dataclass(frozen=True, slots=True)
class Trial:
    """A trial; ``live`` is the number of the version that it was held against, None where none was live."""

    id: int
    version: int
    state: State
    author: str
    live: int | None
    done: int
    total: int
    figures: Figures
    error: str
    started_at: datetime
    finished_at: datetime | None
    shares: Mapping[str, int] = field(default_factory=dict)


def begin(session: Session, version: int, live: int | None, author: str) -> int | None:
    """Begin a trial of a version in the place of an earlier one, and return its number; None: one goes on."""
    trial = of_version(session, version)
    if trial is not None and trial.state == "running":
        return None
    session.execute(delete(VersionTrialRow).where(VersionTrialRow.version_id == version))
    values = {"version_id": version, "state": "running", "live": live, "author": author or None}
    moments = {"started_at": now(), "seen_at": now()}
    try:
        with session.begin_nested():
            made = insert(VersionTrialRow).values(**values, **moments, done=0, total=0, figures={})
            return int(session.execute(made.returning(VersionTrialRow.id)).scalar_one())
    except IntegrityError:  # another process was faster
        return None


def tell(session: Session, trial: int, done: int, total: int) -> bool:
    """Write how far a trial is; False: it is to go on no longer."""
    told = (
        update(VersionTrialRow)
        .where(VersionTrialRow.id == trial, VersionTrialRow.state == "running")
        .values(done=done, total=total, seen_at=now())
    )
    return session.execute(told.returning(VersionTrialRow.id)).first() is not None


def finish(session: Session, trial: int, figures: Figures, cases: Sequence[Case]) -> bool:
    """Write the result; False: the trial was taken back meanwhile."""
    count = figures.questions + figures.golden
    ended = (
        update(VersionTrialRow)
        .where(VersionTrialRow.id == trial, VersionTrialRow.state == "running")
        .values(state="done", figures=asdict(figures), finished_at=now(), done=count, total=count)
    )
    if session.execute(ended.returning(VersionTrialRow.id)).first() is None:
        return False
    answers = {each.answer_id for each in cases if each.answer_id}
    goldens = {each.golden_id for each in cases if each.golden_id}
    there = set(session.scalars(select(Answer.id).where(Answer.id.in_(answers))))
    golden = set(session.scalars(select(GoldenRow.id).where(GoldenRow.id.in_(goldens))))
    rows = [
        {
            "trial_id": trial,
            "kind": each.kind,
            "position": at,
            "answer_id": each.answer_id,
            "golden_id": each.golden_id,
            "asked": each.asked,
            "audience": sorted(each.groups),
            "before": None if each.before is None else asdict(each.before),
            "after": None if each.after is None else asdict(each.after),
        }
        for at, each in enumerate(cases)
        if (each.answer_id in there or each.golden_id in golden)  # erased meanwhile: their words go with them
    ]
    if rows:
        session.execute(insert(VersionTrialCaseRow), rows)
    return True


def end(session: Session, trial: int, state: Literal["cancelled", "failed"], error: str = "") -> bool:
    """Have a trial that goes on end without a result; False: it does not go on."""
    ended = (
        update(VersionTrialRow)
        .where(VersionTrialRow.id == trial, VersionTrialRow.state == "running")
        .values(state=state, error=error or None, finished_at=now())
    )
    return session.execute(ended.returning(VersionTrialRow.id)).first() is not None


def of_version(session: Session, version: int) -> Trial | None:
    """Return the trial of a version, None where it was not tried."""
    row = session.scalar(select(VersionTrialRow).where(VersionTrialRow.version_id == version))
    if row is None:
        return None
    state: Any = row.state
    if state == "running" and row.seen_at < now() - SILENT:
        state = "broken_off"
    figures, shares = Figures(**row.figures), counts(session, row.id)
    about = (row.author or "", row.live, row.done, row.total, figures, row.error or "")
    return Trial(row.id, row.version_id, state, *about, row.started_at, row.finished_at, shares)


def counts(session: Session, trial: int) -> dict[str, int]:
    """Return how many questions of each kind there still are."""
    chosen = select(VersionTrialCaseRow.kind, func.count()).where(VersionTrialCaseRow.trial_id == trial)
    return {str(kind): int(count) for kind, count in session.execute(chosen.group_by(VersionTrialCaseRow.kind))}


def cases(session: Session, trial: int, kind: Kind | None = None, limit: int = 1_000, offset: int = 0) -> list[Case]:
    """Return questions whose answer would be another one, of one kind or of all, in order."""
    case = VersionTrialCaseRow
    text = func.coalesce(GoldenRow.question, Turn.completed, Turn.text)
    chosen = (
        select(case.kind, text, case.asked, case.audience, case.before, case.after, case.answer_id, case.golden_id)
        .add_columns(GoldenRow.expects)
        .outerjoin(GoldenRow, GoldenRow.id == case.golden_id)
        .outerjoin(Answer, Answer.id == case.answer_id)
        .outerjoin(Turn, Turn.id == Answer.question_turn_id)
        .where(case.trial_id == trial)
    )
    if kind is not None:
        chosen = chosen.where(case.kind == kind)
    ordered = chosen.order_by(case.position).limit(limit).offset(offset)
    return [_case(*row) for row in session.execute(ordered)]


def _case(kind: Any, text: str, asked: int, groups: Sequence[str], *rest: Any) -> Case:
    before, after = (None if each is None else Entry(**each) for each in rest[:2])
    answer, golden, expects = rest[2:]
    return Case(kind, text or "", asked, frozenset(groups), before, after, answer, golden, expects or "")


def drop(session: Session, version: int) -> None:
    """Delete the trial of a version that is discarded: what only it said goes."""
    session.execute(delete(VersionTrialRow).where(VersionTrialRow.version_id == version))
