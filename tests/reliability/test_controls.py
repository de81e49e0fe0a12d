"""What must fail: a harness that reports 0 here has stopped measuring."""

import json
from typing import Any

import pytest

from tests.reliability.plan import Plan
from tests.reliability.running import run


def figures_of(**plan: Any) -> dict[str, Any]:
    figures = run(Plan(messages=40, kills=2, task="null", workers=1, **plan))
    print(json.dumps(figures))
    return figures


@pytest.mark.soak
def test_a_worker_that_says_done_before_the_work_loses_messages() -> None:
    figures = figures_of(at_most_once=True, fault="before_send", patience=4.0)
    assert figures["lost"] > 0
    assert "lost" in figures["failures"]


@pytest.mark.soak
def test_a_channel_that_finds_nothing_has_replies_doubled() -> None:
    figures = figures_of(forgetful=True, fault="after_send")
    assert (figures["lost"], figures["doubled"] > 0) == (0, True)
    assert "doubled" in figures["failures"]


@pytest.mark.soak
def test_a_channel_that_cannot_be_asked_has_them_doubled_and_marked() -> None:
    figures = figures_of(no_ask=True, fault="after_send")
    assert 0 < figures["doubled"] == figures["repeated_marked"] <= 16
    assert figures["failures"] == []
