"""As in ``test_kills.py``, on PostgreSQL, with replies that are shown while they are written and two that accept."""

import json

from tests.reliability.plan import Plan
from tests.reliability.running import run
from tests.servers.postgres import new_database


def test_on_postgresql() -> None:
    plan = Plan(db="pg", messages=120, kills=4, task="smalltalk", stream=True, producers=2)
    figures = run(plan, new_database())
    print(json.dumps(figures))
    assert figures["failures"] == []
    assert figures["kills"] == 4
    assert (figures["accepted"], figures["replied"], figures["lost"], figures["doubled"]) == (120, 120, 0, 0)
