"""Which backups there are, as far as the database knows: it remembers the last ones that its own command wrote."""

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bot.database import versions
from bot.database.columns import now
from bot.database.copies import copies_of
from bot.database.engine import sessions_for
from bot.database.finding import Found

MADE = "backups"
"""The single value of the database that names them."""

REMEMBERED = 50


@dataclass(frozen=True, slots=True)
class Made:
    """A backup: where it was written, and when (ISO 8601, UTC)."""

    file: str
    at: str

    @property
    def moment(self) -> datetime:
        """Return when it was made."""
        return datetime.fromisoformat(self.at)


def remember(engine: Engine, file: Path) -> None:
    """Remember a backup that was made just now."""
    with sessions_for(engine).begin() as session:
        kept = [made for made in made_backups(session) if made.file != str(file.absolute())]
        kept.append(Made(str(file.absolute()), now().isoformat()))
        versions.put(session, MADE, json.dumps([asdict(made) for made in kept[-REMEMBERED:]], ensure_ascii=False))


def made_backups(session: Session) -> list[Made]:
    """Return the backups that are remembered, the oldest first."""
    return [Made(**each) for each in json.loads(versions.value(session, MADE) or "[]")]


def still_holding(
    session: Session, database: Path | None, people: Sequence[Found]
) -> tuple[tuple[Path, ...], tuple[Made, ...]]:
    """Return the copies and backups that hold one of these people, and the backups that cannot be looked into."""
    made = made_backups(session)
    there = {Path(each.file): each for each in made if Path(each.file).is_file()}
    files = dict.fromkeys([*(copies_of(database) if database else ()), *there])
    holding = tuple(file for file in files if _holds(file, people))
    return holding, tuple(each for each in made if Path(each.file) not in there)


def _holds(file: Path, people: Sequence[Found]) -> bool:
    """Tell whether a copy holds one of these people; yes where it cannot be read."""
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as copy:
            tables = {name for (name,) in copy.execute("SELECT name FROM sqlite_master")}
            questions = [("people", "external_id"), ("inbox", "person")]
            return "people" not in tables or any(
                copy.execute(
                    f"SELECT 1 FROM {table} WHERE channel = ? AND {column} = ? LIMIT 1",
                    (person.channel, person.external_id),
                ).fetchone()
                for table, column in questions
                if table in tables
                for person in people
            )
    except sqlite3.Error:
        return True
