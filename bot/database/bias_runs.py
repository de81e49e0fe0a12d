"""What runs of the bias watch found, the last of them first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.database.cleaning import cleaned_json, name_of
from bot.database.sum_tables import BiasRun

KEPT = 50
"""Runs that are kept."""


@dataclass(frozen=True, slots=True)
class KeptRun:
    """One run: when, with which model, and its figures as `dapbot evaluate bias --json` shows them, without pairs."""

    at: datetime
    model: str
    figures: Mapping[str, Any]


def keep_run(session: Session, model: str, figures: Mapping[str, Any], at: datetime) -> None:
    """Write the figures of a run; the pairs, which hold questions and answers, are left out. The caller commits."""
    held = {name: value for name, value in figures.items() if name != "pairs_differing"}
    session.add(BiasRun(model=name_of(model, 120), figures=cleaned_json(held), created_at=at))
    session.flush()
    newest = select(BiasRun.id).order_by(BiasRun.id.desc()).limit(KEPT)
    session.execute(delete(BiasRun).where(BiasRun.id.not_in(newest)))


def last_run(session: Session) -> KeptRun | None:
    """Return the last run, None where there was none."""
    row = session.scalars(select(BiasRun).order_by(BiasRun.id.desc()).limit(1)).first()
    return None if row is None else KeptRun(row.created_at, row.model, row.figures)
