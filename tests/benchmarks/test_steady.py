"""10,000 rows waiting and 20 messages a second for ten minutes: nothing lost, memory flat. Speed is only printed."""

import json

import pytest

from tests.benchmarks.inbox_waiting import made
from tests.benchmarks.steady import OLD, steady

MAY_GROW_MB = 60.0
"""Between the second and the last quarter of the time."""


@pytest.mark.soak
@pytest.mark.parametrize("db", ["sqlite", "pg"])
def test_overload_bends_and_does_not_break(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    with made(db) as bot:
        figures = steady(bot, seconds=600, rate=20, waiting=10_000)
    with capsys.disabled():
        print("\n" + json.dumps({"db": db, **figures}))
    assert (figures["lost"], figures["doubled"], figures["out_of_order"]) == (0, 0, 0)
    assert figures["told_too_late"] == OLD
    assert figures["states"]["done"] == figures["messages"]
    assert figures["chat"] > 0
    assert figures["chat_unanswered"] == 0
    assert figures["memory_mb_end"] - figures["memory_mb_quarter"] < MAY_GROW_MB
