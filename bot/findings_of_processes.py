"""For `dapbot doctor`: who works with a database that several processes may share, and how far each of them is."""

from collections.abc import Iterator
from typing import Any

from bot.database import processes, versions
from bot.database.engine import database_url
from bot.database.opening import opened
from bot.database.processes import ProcessRow
from bot.findings import Check
from bot.processes import is_running
from bot.settings import Settings


def of_processes(settings: Settings) -> Iterator[Check]:
    """Look at the processes that say that they are there; on SQLite there is one, which says so elsewhere."""
    if database_url(settings).get_backend_name() == "sqlite":
        return
    with opened(settings) as sessions, sessions() as session:
        rows, change = processes.listed(session), versions.change_number(session)
    yield from (_process(row, change) for row in rows)
    if not any(map(is_running, rows)):
        yield Check("processes", "note", "doctor.no_processes", {}, "doctor.no_processes_do")


def _process(row: ProcessRow, change: int) -> Check:
    values: dict[str, Any] = {
        "role": row.role,
        "host": row.host,
        "pid": row.pid,
        "folder": row.detail.get("folder", ""),
        "seconds": round(row.ago),
        "behind": change - row.change,
    }
    name = f"process_{row.name}"
    if not is_running(row):
        return Check(name, "note", "doctor.process_gone", values, "doctor.process_gone_do")
    if row.change < change:
        return Check(name, "note", "doctor.process_behind", values)
    return Check(name, "ok", "doctor.process_leads" if row.detail.get("leads") else "doctor.process", values)
