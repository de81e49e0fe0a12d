"""Workers die on purpose at every point between two steps of a message's way (``bot/faults.py``)."""

import json

from bot.faults import MESSAGE_POINTS
from tests.reliability.plan import Plan
from tests.reliability.running import PRODUCER_POINTS, WORKER_POINTS, run


def test_every_point_is_known_here() -> None:
    assert {*PRODUCER_POINTS, *WORKER_POINTS} == MESSAGE_POINTS.keys()


def test_each_is_died_at_and_nothing_comes_of_it() -> None:
    points = len(WORKER_POINTS)
    figures = run(Plan(messages=150, conversations=75, kills=points, task="smalltalk", workers=2, fault="all", seed=3))
    print(json.dumps(figures))
    assert figures["died_at"] == dict.fromkeys(WORKER_POINTS, 1)
    assert figures["failures"] == []


def test_who_accepts_dies_before_it_can_say_so() -> None:
    figures = run(Plan(messages=40, kills=2, task="null", workers=1, fault="after_accept", seed=5))
    assert figures["died_at"] == {"after_accept": 2}
    assert figures["failures"] == []


def test_a_message_that_ends_every_process_is_given_up_and_the_others_are_answered() -> None:
    figures = run(Plan(messages=40, kills=0, task="null", workers=1, poison=5))
    print(json.dumps(figures))
    assert figures["died_at"] == {"poison": 3}
    assert (figures["replied"], figures["lost"], figures["states"]) == (39, 1, {"dead": 1, "done": 39})
    assert figures["given_up"] == figures["doubled"] == figures["order_violations"] == 0
