"""A worker process: the bot as it is, with a scripted model and the receiver as its channel.

``python -m tests.reliability.worker '{...}'``, started by the harness. SIGTERM stops it as a service manager does.
"""

import json
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Collection, Iterator
from typing import Any

from sqlalchemy.orm import Session

from bot.database.conversations import Keeping
from bot.database.engine import Sessions
from bot.database.tables import new_id
from bot.faults import fault
from bot.inbox import Claimed, Inbox
from bot.llm import Chunk, Prompt
from bot.llm.scripted import Script, ScriptedModel
from bot.messages import Event, Message, Reply
from bot.owner import Ownership
from bot.wiring import Bot, build_bot
from bot.workers import Workers
from tests.reliability.channel import ReceiverChannel
from tests.reliability.messages import ANSWER, QUESTION
from tests.reliability.plan import Plan
from tests.reliability.settings import settings_from
from tests.reliability.supervising import say_ready


def nowhere() -> None:
    """Nothing happens here."""


class Freezing:
    """Once told to by SIGUSR1, this process stops itself at the next moment of the wanted kind."""

    def __init__(self) -> None:
        self._told = threading.Event()
        signal.signal(signal.SIGUSR1, lambda *_: self._told.set())

    def moment(self) -> None:
        """Stop here, if told to."""
        if self._told.is_set():
            self._told.clear()
            os.kill(os.getpid(), signal.SIGSTOP)


class PausingModel(ScriptedModel):
    """A scripted model within whose pause the process may be frozen."""

    def __init__(self, pause: float, moment: Callable[[], None]) -> None:
        super().__init__([Script(ANSWER, pause=pause)], piece=len(ANSWER))
        self._moment = moment

    def stream(self, prompt: Prompt) -> Iterator[Chunk]:
        """Say the answer after the pause."""
        self._moment()
        yield from super().stream(prompt)


class Null:
    """Works nothing out: a pause, and the row of the inbox alone."""

    def __init__(self, sessions: Sessions, pause: float) -> None:
        self._sessions = sessions
        self._pause = pause

    def stream(self, message: Message, *, keeping: Keeping, earlier: object = None) -> Iterator[Event]:
        """Yield a fixed reply."""
        time.sleep(self._pause)
        said = Reply(new_id(), "", ANSWER, answered=True, confidence=1.0, task="null", language="ko")
        with self._sessions.begin() as session:
            keeping(session, said)
        yield Event("done", reply=said)


class AtMostOnce(Inbox):
    """Says that a row is done before anything is done, as queues do that acknowledge what they hand out."""

    def claim(self, owner: str, *, suspects: bool = True) -> Claimed | None:
        """Claim it and be done with it."""
        claimed = super().claim(owner, suspects=suspects)
        if claimed is not None:
            super().done(claimed)
        return claimed

    def answered(self, session: Session, claimed: Claimed, reply: Reply) -> None:
        """It is done already."""

    def sending(self, claimed: Claimed, reference: str | None = None, *, repeated: bool = False) -> None:
        """It is done already."""

    def done(self, claimed: Claimed, reference: str | None = None, *, durable: bool = False) -> None:
        """It is done already."""

    def renew(self, owner: str, seqs: Collection[int]) -> frozenset[int]:
        """Nobody else will ever have it."""
        return frozenset(seqs)


def main() -> None:
    """Work until told to stop."""
    asked: dict[str, Any] = json.loads(sys.argv[1])
    plan = Plan(**asked["plan"])
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(process)d %(threadName)s %(message)s")
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    settings, freezing = settings_from(asked), Freezing()
    channel = ReceiverChannel(
        asked["receiver"],
        repeats_possible=plan.no_ask,
        forgetful=plan.forgetful or plan.no_ask,
        streams=plan.stream,
        delay=plan.delay,
        lag=plan.lag,
        reached=fault(settings.fault),
        moment=freezing.moment if plan.inside else None,
        poison=plan.poison,
    )
    model = PausingModel(plan.model, nowhere if plan.inside else freezing.moment)
    with build_bot(settings, llm=model, ownership=Ownership(settings.data)) as bot:
        if plan.task == "answer":
            bot.ask(Message(QUESTION, "terminal"), record=False)  # what loads for seconds is loaded now
        workers = made_workers(bot, plan, asked["name"], channel)
        workers.start()
        say_ready(asked["ready"])
        stop.wait()
        workers.stop()


def made_workers(bot: Bot, plan: Plan, name: str, channel: ReceiverChannel) -> Workers:
    """Return the workers as the bot makes its own, but with a short lease and the name of this process."""
    reached = fault(bot.settings.fault)
    inbox = (AtMostOnce if plan.at_most_once else Inbox)(
        bot.sessions, lease=plan.lease, admit=bot.limits.judge, reached=reached
    )
    answering = Null(bot.sessions, plan.model) if plan.task == "null" else bot
    return Workers(answering, inbox, {channel.name: channel}, plan.threads, slot=name, reached=reached)


if __name__ == "__main__":
    main()
