"""Work in the background: followed, cancelled, failed; a result is kept, and nothing of one that did not come about."""

import threading
from collections.abc import Callable
from time import monotonic, sleep

import pytest

from bot import background
from bot.background import CancelledError, Result
from bot.database import runs
from bot.database.runs import Run
from bot.errors import DataError, UserError
from bot.wiring import Bot
from knowledge.passages import Progress
from tests.samples import BotMaker

PATIENCE = 30


@pytest.fixture
def bot(make_bot: BotMaker) -> Bot:
    return make_bot()


def latest(bot: Bot) -> Run:
    with bot.sessions() as session:
        found = runs.latest(session, "test")
    assert found is not None
    return found


def until(ready: Callable[[], bool]) -> None:
    began = monotonic()
    while not ready():
        assert monotonic() - began < PATIENCE
        sleep(0.02)


def test_it_is_followed_and_cancelled_from_elsewhere(bot: Bot) -> None:
    go, stopped = threading.Event(), threading.Event()

    def work(progress: Progress) -> Result:
        progress(10, 10)
        go.wait(PATIENCE)
        try:
            progress(10, 10)
        except CancelledError:
            stopped.set()
            raise
        return Result({}, {})

    background.start(bot.sessions, "test", "김하나", work)
    until(lambda: latest(bot).done == 10)
    with pytest.raises(UserError):
        background.start(bot.sessions, "test", None, work)
    with bot.sessions.begin() as session:
        runs.cancel(session, "test")
    go.set()
    assert stopped.wait(PATIENCE)
    assert latest(bot).state == "cancelled"


def test_what_goes_wrong_is_kept_as_a_sentence(bot: Bot, caplog: pytest.LogCaptureFixture) -> None:
    for error, phrase in ((ZeroDivisionError(), "golden.failed"), (DataError("golden.nothing"), "golden.nothing")):

        def work(_: Progress, error: Exception = error) -> Result:
            raise error

        background.start(bot.sessions, "test", None, work)
        until(lambda: latest(bot).state == "failed")
        assert latest(bot).error == phrase
    until(lambda: len(caplog.records) >= 2)


def test_work_that_is_waited_for_is_kept_too(bot: Bot) -> None:
    told: list[tuple[int, int]] = []

    def work(progress: Progress) -> Result:
        progress(1, 2)
        return Result({"passed": 1}, {"questions": {}})

    found = background.run(bot.sessions, "test", None, work, lambda done, total: told.append((done, total)))
    assert found.summary == {"passed": 1}
    assert told == [(1, 2)]
    assert (latest(bot).state, latest(bot).summary) == ("done", {"passed": 1})
