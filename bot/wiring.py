"""The one place that puts the bot together; tests hand in what they want to be different."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from functools import cached_property
from threading import Thread
from types import TracebackType
from typing import TYPE_CHECKING, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.answer_log import Told, tell
from bot.errors import SettingsError
from bot.llm import LanguageModel, model_from
from bot.messages import Event, Message, Reply
from bot.owner import Ownership, find_owner
from bot.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from bot.channels import Channel, Earlier
    from bot.database.conversations import Keeping
    from bot.database.engine import Sessions
    from bot.delivering import Jobs
    from bot.forgetting import Forgetting
    from bot.inbox import Inbox, Incoming, Row
    from bot.library import Library
    from bot.limits import Limits
    from bot.metrics import Metrics
    from bot.orchestrator import Orchestrator
    from bot.workers import Workers

Clock = Callable[[], datetime]
"""Tells the time now, aware of its zone."""


class Bot:
    """Everything over one data folder. Nothing heavy is loaded before it is needed; threads may share it."""

    def __init__(
        self,
        settings: Settings,
        engine: "Engine",
        ownership: Ownership,
        llm: LanguageModel | None,
        clock: Clock,
        channels: "Mapping[str, Channel] | None" = None,
    ) -> None:
        from bot.database.engine import sessions_for
        from bot.database.leading import Lead
        from bot.faults import fault
        from knowledge.search import Knowledge

        self.settings = settings
        self.engine = engine
        self.clock = clock
        self.ownership = ownership
        self.channels: Mapping[str, Channel] = channels or {}
        self.sessions: Sessions = sessions_for(engine)
        self.lead = Lead(engine, lambda: self.slot)
        self.shared = bool(settings.chroma_url) and not self.lead.alone
        self.knowledge = Knowledge(
            ownership.folder / "indexes",
            embedding_model=settings.embedding_model,
            chroma_url=settings.chroma_url,  # writes only through the library, which writes only with the lock
            shared=self.shared,
            reached=fault(settings.fault),
        )
        self._llm = llm
        self._undo = ExitStack()

    @cached_property
    def slot(self) -> str:
        """The name of this process among all that work with the database: the same after each start."""
        from bot.processes import slot

        return slot(self.ownership)

    @cached_property
    def llm(self) -> LanguageModel | None:
        """The language model; SettingsError where the settings name one that cannot be used."""
        model = self._llm or model_from(self.settings)
        if model is not None:  # beside the search: importing a provider's library takes seconds
            Thread(target=model.warm, name="dapbot-model-warm", daemon=True).start()
        return model

    @cached_property
    def library(self) -> "Library":
        """The documents: rows first, indexes follow."""
        from bot.library import Library

        parts = (self.sessions, self.knowledge, self.ownership)
        return Library(*parts, lead=self.lead, shared=self.shared, fault=self.settings.fault)

    @cached_property
    def orchestrator(self) -> "Orchestrator":
        """What answers; it is made at the first question, so that commands that ask nothing need no model."""
        from bot.orchestrator import Orchestrator
        from bot.tasks.request import Tools

        tools = Tools(self.settings, self.sessions, self.knowledge, self.llm, self.clock)
        return Orchestrator(tools, self.limits, heard=self._hear)

    def renew_model(self) -> None:
        """Take up the model that the settings name by now; SettingsError where it cannot be used."""
        self.__dict__.pop("llm", None)
        if "orchestrator" in self.__dict__:
            self.orchestrator.use_model(self.llm)

    def forgetting(self) -> "Forgetting | None":
        """Return what forgets people who were erased; None where nobody has asked anything yet."""
        return self.orchestrator.forgetting if "orchestrator" in self.__dict__ else None

    @cached_property
    def metrics(self) -> "Metrics":
        """The figures of this process; answers are counted from when it is first asked for."""
        from bot.metrics import Metrics

        return Metrics(self)

    def _hear(self, told: Told) -> None:
        """Write the line of an answer, and count it where somebody looks at the figures."""
        tell(told)
        if "metrics" in self.__dict__:
            self.metrics.answer(told)

    @cached_property
    def limits(self) -> "Limits":
        """How much may be asked, and what a model may cost."""
        from bot.limits import Limits

        return Limits(self.settings, self.sessions)

    @cached_property
    def inbox(self) -> "Inbox":
        """The messages that were accepted and wait for their replies."""
        from bot.faults import fault
        from bot.inbox import Inbox

        return Inbox(
            self.sessions,
            waiting=self.settings.waiting,
            waiting_per_person=self.settings.waiting_per_person,
            admit=self.limits.judge,
            given_up=self._given_up,
            reached=fault(self.settings.fault),
        )

    def _given_up(self, row: "Row") -> "Incoming | None":
        """Return what a channel says to somebody whose message is given up, None where it says nothing."""
        from bot.incoming import Sorry

        channel = self.channels.get(row.channel)
        return channel.given_up(row, self.settings.language or None) if isinstance(channel, Sorry) else None

    def workers(self, jobs: "Jobs | None" = None, *, count: int | None = None) -> "Workers":
        """Return threads that answer what the inbox holds, to be started; ``jobs`` are run by name."""
        from bot.database.places import Settled
        from bot.faults import fault
        from bot.workers import Workers

        for channel in self.channels.values():
            if isinstance(channel, Settled):
                channel.settle(self.sessions)
        return Workers(
            self,
            self.inbox,
            self.channels,
            count or self.settings.workers,
            jobs,
            slot=self.slot,
            latest=3600 * self.settings.answer_hours,
            language=self.settings.language or None,
            reached=fault(self.settings.fault),
        )

    def ask(self, message: Message, *, record: bool = True) -> Reply:
        """Answer in one piece. ``record=False``: nothing is logged (batches)."""
        return self.orchestrator.reply(message, record=record)

    def stream(
        self,
        message: Message,
        *,
        record: bool = True,
        keeping: "Keeping | None" = None,
        earlier: "Sequence[Earlier] | None" = None,
    ) -> Iterator[Event]:
        """Answer step by step; the last event is ``done`` with the whole reply.

        ``keeping`` is called in the transaction that records the exchange, and writes there what belongs to it.
        ``earlier`` is what was said before, where the channel knows it better than the log of conversations.
        """
        return self.orchestrator.stream(message, record=record, keeping=keeping, earlier=earlier)

    def rate(
        self,
        answer_id: str,
        rating: int,
        *,
        channel: str,
        person: str | None = None,
        reason: str | None = None,
        comment: str | None = None,
    ) -> None:
        """Keep what a person thought of an answer: 1 or -1; UserError where there is no such answer.

        One that somebody is not content with is not given again to who asks the same: it is written anew.
        """
        from bot.database.cached_answers import drop_answer
        from bot.database.conversations import add_feedback

        with self.sessions.begin() as session:
            add_feedback(session, answer_id, rating, channel=channel, person=person, reason=reason, comment=comment)
            if rating < 0:
                drop_answer(session, answer_id)

    def warm(self) -> None:
        """Load what questions will need, in the background; SettingsError where the model cannot be used."""
        self.knowledge.warm()
        _ = self.orchestrator

    def at_close(self, undo: ExitStack) -> None:
        """Take over what is to be given back when the bot is closed."""
        self._undo = undo

    def close(self) -> None:
        """Let go of the indexes, the folder and the database."""
        self._undo.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def build_bot(
    settings: Settings,
    *,
    llm: LanguageModel | None = None,
    clock: Clock | None = None,
    ownership: Ownership | None = None,
    channels: "Mapping[str, Channel] | None" = None,
) -> Bot:
    """Open the data folder and return the bot over it; a database that does not exist yet is made.

    ``llm`` stands in for the model that the settings name, ``clock`` for the system's clock. ``ownership`` is the
    folder's lock where the caller has taken it, and gives it back; otherwise the bot takes it if it is free, mends
    what a crash left and takes up what other processes write meanwhile; if it is not free, it only reads. ``channels``
    are those through which the inbox is answered, by name.

    Raises:
        SettingsError: a setting cannot be used.
        DataError: the database or an index cannot be used as it is, or needs ``dapbot database upgrade``.
    """
    from bot.database.engine import open_engine, sessions_for
    from bot.database.migrating import require_current
    from bot.kept_settings import kept_under

    with ExitStack() as undo:
        engine = open_engine(settings)
        undo.callback(engine.dispose)
        require_current(engine)
        settings = kept_under(settings, sessions_for(engine))
        clock = clock or _local_clock(settings)
        ours = ownership is None
        if ownership is None:
            ownership = undo.enter_context(Ownership(settings.data))
            ownership.take(0 if find_owner(settings.data) else 0.2)  # a server keeps it: waiting would be for nothing
        bot = Bot(settings, engine, ownership, llm, clock, channels)
        undo.callback(bot.knowledge.close)
        undo.callback(bot.lead.close)
        if ours and ownership.held:
            from bot.indexer import Indexer

            bot.library.heal()
            undo.enter_context(Indexer(bot.library, settled=True))
        bot.at_close(undo.pop_all())
    return bot


def _local_clock(settings: Settings) -> Clock:
    try:
        zone = ZoneInfo(settings.timezone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise SettingsError("settings.timezone", name="DAPBOT_TIMEZONE", value=settings.timezone) from error
    return lambda: datetime.now(zone)
