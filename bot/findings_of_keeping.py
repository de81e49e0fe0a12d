"""What the doctor finds of what is kept: the size of SQLite's log, the last backup, when what is old went."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.database import standing
from bot.database.columns import now
from bot.database.opening import engine_opened
from bot.findings import Check
from bot.settings import Settings

LARGE_LOG = 500_000_000
"""Bytes: someone reads for so long that SQLite cannot begin its log anew, or nobody has closed it properly."""

BACKUP_DAYS, RETENTION_DAYS = 7, 2


def of_keeping(settings: Settings) -> Iterator[Check]:
    """Look at what an operator is asked for after an accident, or by the law."""
    with engine_opened(settings) as (engine, sessions):
        log = standing.log_bytes(engine)
        with sessions() as session:
            backed_up, retained = standing.backed_up(session), standing.retained(session)
            begun = standing.begun(session)
    if log > LARGE_LOG:
        yield Check("log_file", "note", "doctor.log_large", {"size": f"{log / 1e6:,.0f}"}, "doctor.log_large_do")
    yield _backup(settings, backed_up.moment if backed_up else None, backed_up.file if backed_up else "", begun)
    if begun is not None and (retained or begun) < now() - timedelta(days=RETENTION_DAYS):
        values = {"at": _said(retained, settings) if retained else "-", "days": settings.keep_days}
        yield Check("retention", "note", "doctor.retention_late", values, "doctor.retention_late_do")
    elif retained:
        values = {"at": _said(retained, settings), "days": settings.keep_days}
        yield Check("retention", "ok", "doctor.retention", values)


def _backup(settings: Settings, at: datetime | None, file: str, begun: datetime | None) -> Check:
    """Say when the last backup was made, and whether it is where it was written."""
    if at is None:
        late = begun is not None and begun < now() - timedelta(days=BACKUP_DAYS)
        return Check("backup", "note" if late else "ok", "doctor.no_backup", {}, "doctor.backup_do" if late else "")
    values = {"at": _said(at, settings), "file": file}
    if at < now() - timedelta(days=BACKUP_DAYS):
        return Check("backup", "note", "doctor.backup_old", values, "doctor.backup_do")
    return Check("backup", "ok", "doctor.backup" if Path(file).is_file() else "doctor.backup_moved", values)


def _said(at: datetime, settings: Settings) -> str:
    return f"{at.astimezone(ZoneInfo(settings.timezone)):%Y-%m-%d %H:%M}"
