"""What every process that runs for long has: signals that stop it, workers and schedules, an end within seconds."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.errors import DapbotError
from bot.phrases import say
from knowledge.language import Language

if TYPE_CHECKING:
    from bot.schedules import Schedules
    from bot.wiring import Bot
    from bot.workers import Workers

GRACE_SECONDS = 2
"""For each of the parts that are stopped: the web server, the indexer, the indexes."""

FOR_JOBS = 1
"""Threads where no channel is: what is scheduled is done all the same."""


@contextmanager
def stop_signals() -> Iterator[threading.Event]:
    """Yield an event that SIGINT and SIGTERM set; what they did before comes back at the end."""
    stop = threading.Event()
    before = {each: signal.signal(each, lambda *_: stop.set()) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


@dataclass(frozen=True, slots=True)
class Work:
    """The workers and the schedules of this process; ``count`` rows are worked on at a time."""

    bot: "Bot"
    workers: "Workers"
    schedules: "Schedules"
    count: int

    def parts(self) -> Mapping[str, str]:
        """Return the state of each for /ready."""
        return {"workers": self._workers(), "schedules": self.schedules.state}

    def _workers(self) -> str:
        try:
            return "off: paused" if self.bot.inbox.paused() else "ready"
        except DapbotError as error:
            return f"failed: {type(error).__name__}"


@contextmanager
def at_work(bot: "Bot", count: int | None = None) -> Iterator[Work]:
    """Answer the inbox and see to what is scheduled while the block runs; what is at hand at its end is finished.

    ``count`` is how many rows are worked on at a time, where the settings are not to say it.
    """
    from bot.forgetting import Watch
    from bot.jobs import jobs_of, schedules_of
    from bot.kept_settings import KeptSettings
    from bot.unanswered import Grouping
    from connectors.slack.jobs import jobs_of_slack
    from connectors.slack.starting import watching_slack

    if bot.engine.dialect.name == "sqlite":  # its only process begins: whoever else has a lease is dead
        bot.inbox.release("", crashed=True)
    count = count or (bot.settings.workers if bot.channels else FOR_JOBS)
    workers = bot.workers({**jobs_of(bot), **jobs_of_slack(bot)}, count=count)
    schedules, watch = schedules_of(bot), Watch(bot.sessions, bot.forgetting)
    kept, grouping = KeptSettings(bot.sessions, bot.settings, bot.renew_model), Grouping(bot)
    for each in (workers, schedules, watch, kept, grouping):
        each.start()
    try:
        with watching_slack(bot):
            yield Work(bot, workers, schedules, count)
    finally:
        kept.stop()
        watch.stop()
        grouping.stop()
        schedules.stop(GRACE_SECONDS)
        workers.stop()


def say_if_paused(bot: "Bot", language: Language, tell: Callable[[str], None]) -> None:
    """Say so where nothing is going to be answered from the inbox."""
    if bot.inbox.paused():
        tell(say("serve.paused", language))


def close(bot: "Bot") -> None:
    """Close the bot, but wait only so long: a model that is being loaded would keep it for half a minute."""
    thread = threading.Thread(target=bot.close, name="close", daemon=True)
    thread.start()
    thread.join(GRACE_SECONDS)


def leave_behind() -> None:
    """End the process where a thread that nobody can stop would keep it.

    What it was at is not lost: rows are whole at any moment, and the indexes catch up at the next start.
    """
    if any(thread.name == "close" and thread.is_alive() for thread in threading.enumerate()):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)
