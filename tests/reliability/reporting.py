"""The figures of a run as one JSON line, and whether it has failed."""

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select

from bot.database.engine import open_engine, sessions_for
from bot.database.inbox_tables import InboxRow
from bot.database.tables import Answer
from bot.settings import Settings
from tests.reliability.judging import Verdict, share_of
from tests.reliability.plan import Plan
from tests.reliability.supervising import Supervisor


@dataclass
class Happened:
    """What was done to the processes, and what they did by themselves.

    ``given_up`` are messages whose rows were in three crashes: they are shown to administrators, and the harness
    retries them.
    """

    kills: int = 0
    restarts: int = 0
    stops: int = 0
    unclean_stops: int = 0
    given_up: set[int] = field(default_factory=set)
    stuck: bool = False
    exits: Counter[int] = field(default_factory=Counter)
    died_at: Counter[str] = field(default_factory=Counter)
    fault_of: dict[str, str] = field(default_factory=dict)


def report(
    plan: Plan,
    settings: Settings,
    verdict: Verdict,
    acked: Sequence[dict[str, Any]],
    happened: Happened,
    processes: Supervisor,
) -> dict[str, Any]:
    """Return every figure; ``failures`` says in words what must not be."""
    rows = _rows(settings)
    marked = [n for n in verdict.doubled if n in rows["repeated"]]
    took = sorted(each for line in acked for each in line.get("took", ()))
    said = [line["said"] for line in acked if line["what"] == "acked"]
    figures = {
        "db": plan.db,
        "workers": plan.workers,
        "messages": plan.messages,
        "accepted": verdict.accepted,
        "replied": verdict.replied,
        "lost": len(verdict.lost),
        "doubled": len(verdict.doubled),
        "repeated_marked": len(marked),
        "given_up": len(happened.given_up),
        "order_violations": verdict.order_violations,
        "astray": len(verdict.astray),
        "accepted_twice": sum(each.count("new") > 1 for each in said),
        "p50_s": round(verdict.at(0.5), 3),
        "p95_s": round(verdict.at(0.95), 3),
        "p99_s": round(verdict.at(0.99), 3),
        "accept_p50_ms": round(1000 * share_of(took, 0.5), 2),
        "accept_p99_ms": round(1000 * share_of(took, 0.99), 2),
        "msg_s": round(verdict.replied / max(0.001, verdict.last - verdict.first), 1),
        "cpu_ms_msg": round(1000 * processes.cpu / max(1, verdict.replied), 2),
        "kills": happened.kills,
        "died_at": dict(happened.died_at),
        "restarts": happened.restarts,
        "stops": happened.stops,
        "worker_exits": sum(happened.exits.values()),
        "unclean_stops": happened.unclean_stops,
        "states": rows["states"],
        "answers": rows["answers"],
        "load": round(os.getloadavg()[0], 1),
    }
    return {**figures, "failures": failures(plan, figures, len(verdict.doubled) - len(marked), happened)}


def failures(plan: Plan, figures: dict[str, Any], unmarked: int, happened: Happened) -> list[str]:
    """Return what breaks a promise."""
    allowed = happened.stops * plan.threads if plan.inside else 0
    askable = not plan.no_ask
    broken = {
        "nothing moved any more": happened.stuck,
        "not everything was accepted": figures["accepted"] < plan.messages,
        "lost": figures["lost"] > 0,
        "out of order": figures["order_violations"] > 0,
        "in another conversation": figures["astray"] > 0,
        "accepted twice": figures["accepted_twice"] > 0,
        "doubled": askable and figures["doubled"] > allowed,
        "doubled, and not marked": (plan.no_ask or plan.inside) and unmarked > 0,
        "a process ended by itself": figures["worker_exits"] > 0,
        "a worker did not stop when told to": figures["unclean_stops"] > 0,
    }
    return [words for words, holds in broken.items() if holds]


def _rows(settings: Settings) -> dict[str, Any]:
    """Return what the tables say: to be shown beside the verdict, never to reach it."""
    engine = open_engine(settings)
    try:
        with sessions_for(engine)() as session:
            states = session.execute(select(InboxRow.state, func.count()).group_by(InboxRow.state)).all()
            repeated = session.scalars(select(InboxRow.key).where(InboxRow.repeated)).all()
            return {
                "states": {str(state): int(count) for state, count in states},
                "repeated": {int(key.rpartition("-")[2]) for key in repeated},
                "answers": session.scalar(select(func.count()).select_from(Answer)),
            }
    finally:
        engine.dispose()
