"""Nothing lost, doubled or out of order where processes are killed at random moments; the long runs: ``make soak``."""

import json

import pytest

from tests.reliability.plan import Plan
from tests.reliability.running import run


def test_on_sqlite() -> None:
    figures = run(Plan(messages=120, kills=4, task="smalltalk"))
    print(json.dumps(figures))
    assert figures["failures"] == []
    assert figures["kills"] == 4
    assert (figures["accepted"], figures["replied"], figures["lost"], figures["doubled"]) == (120, 120, 0, 0)
    assert figures["answers"] == 120, "an answer was worked out, and recorded, twice"


@pytest.mark.parametrize("words", ["--db", "--kills x", "--db oracle", "--stop"])
def test_a_plan_that_cannot_be(words: str) -> None:
    from tests.reliability.plan import parsed

    with pytest.raises(SystemExit):
        parsed(words.split())
