"""What a worker does with a row: work out the reply, store it, send it, say so; or run a job."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from bot.channels import Channel, ChannelError, Delivery, Earlier, Heard, Knowing, ReplyStream
from bot.holding import Hold
from bot.inbox import Claimed, Inbox, LeaseLostError
from bot.language import reply_language
from bot.messages import Event, Message, Reply
from bot.phrases import say
from knowledge.language import Language

if TYPE_CHECKING:
    from bot.database.conversations import Keeping

log = logging.getLogger(__name__)

LATEST = 24 * 3600.0
"""Seconds after which a message is not answered any more; its sender is told so."""

NOTICE = "notice"
"""The task of replies that are no answers."""


class Answering(Protocol):
    """What works out replies: the bot."""

    def stream(
        self, message: Message, *, keeping: "Keeping", earlier: Sequence[Earlier] | None = None
    ) -> Iterator[Event]:
        """Yield the events of a reply; ``keeping`` is called in the transaction that records it."""


class UndeliverableError(Exception):
    """Nobody here can do anything with the row."""

    def __init__(self, reason: str, *, permanent: bool = False) -> None:
        super().__init__(reason)
        self.permanent = permanent


class UnaskedError(ChannelError):
    """A channel does not say whether it has the reply: it may, and must be asked again."""


Jobs = Mapping[str, Callable[[Mapping[str, Any]], object]]
"""What is to be run for the rows of a job, by its name, with what was kept beside it; once more must do no harm."""


class Delivering:
    """Sees a claimed row through; worker threads share it.

    ``insist`` writes to the inbox as soon as that can be done. ``latest`` is in seconds; ``language`` is the one that
    is set, if one is.
    """

    def __init__(
        self,
        bot: Answering,
        inbox: Inbox,
        channels: Mapping[str, Channel],
        jobs: Jobs,
        *,
        insist: Callable[[Callable[[], object]], None],
        latest: float = LATEST,
        language: Language | None = None,
        reached: Callable[[str], None] = lambda _point: None,
    ) -> None:
        self._bot = bot
        self._inbox = inbox
        self._channels = channels
        self._jobs = jobs
        self._insist = insist
        self._latest = latest
        self._language = language
        self._reached = reached

    def deliver(self, hold: Hold) -> None:
        """Do what the row is for.

        Raises:
            LeaseLostError: it is another worker's by now; nothing more must be done.
            ChannelError, UndeliverableError, or any other: it could not be done.
        """
        row = hold.claimed
        if row.kind == "job":
            self._run_job(row)
        elif row.message is None:
            raise UndeliverableError("what was kept of the message cannot be read", permanent=True)
        elif row.channel not in self._channels:
            raise UndeliverableError(f"there is no channel {row.channel} here")
        else:
            delivery = Delivery(row.key, row.message, row.where, row.reference, sent_after=row.created_at)
            self._see_through(hold, self._channels[row.channel], delivery)

    def _run_job(self, row: Claimed) -> None:
        name = str(row.where.get("job") or row.conversation)
        job = self._jobs.get(name)
        if job is None:
            raise UndeliverableError(f"there is no job {name} here")
        job(row.where)
        self._insist(partial(self._inbox.done, row))

    def _see_through(self, hold: Hold, channel: Channel, delivery: Delivery) -> None:
        row = hold.claimed
        reply = row.reply or self._noticed(row, delivery.message)
        if _may_be_there(row) and not channel.repeats_possible:
            found = _asked(channel, delivery)
            if found is not None and reply is not None and row.state == "sending":
                self._insist(partial(self._inbox.done, row, found))  # it was sent as a whole
                return
            if found is not None:  # kept at once: who comes after a crash must know it too
                self._inbox.sending(row, found)
                delivery = replace(delivery, reference=found)
        shown = None
        if reply is None:
            delivery, heard = _heard(channel, delivery)
            if heard is None:
                self._insist(partial(self._inbox.done, row))
                return
            if said := self._too_late(row, delivery.message) or heard.notice:
                reply = _notice(delivery.message, said, self._language_of(delivery.message))
            else:
                reply, shown = self._answer(hold, channel, delivery, heard.earlier)
        if shown is None:
            cut_off = row.state == "sending" and delivery.reference is None
            self._inbox.sending(row, delivery.reference, repeated=cut_off and channel.repeats_possible)
        self._reached("before_send")
        with hold.sending():  # until it is noted: a process that stops must not leave in between
            reference = channel.send(delivery, reply) if shown is None else _finished(shown, reply)
            self._reached("after_send")
            self._reached("before_done")
            self._note(row, reference, durable=channel.repeats_possible)

    def _note(self, row: Claimed, reference: str, *, durable: bool) -> None:
        """Say that the row is done. Where it is another worker's by now, that one may have sent its reply as well."""
        try:
            self._insist(partial(self._inbox.done, row, reference, durable=durable))
        except LeaseLostError:
            self._inbox.sent_late(row, reference)
            raise

    def _noticed(self, row: Claimed, message: Message) -> Reply | None:
        """Return the reply that needs no working out: a notice."""
        return _notice(message, row.text, self._language_of(message)) if row.kind == "notice" else None

    def _too_late(self, row: Claimed, message: Message) -> str:
        """Return what is said instead of an answer that took too long, "" where it did not."""
        late = row.state == "new" and row.waited > self._latest
        return say("inbox.too_late", self._language_of(message)) if late else ""

    def _language_of(self, message: Message) -> Language:
        return message.language or reply_language(message.text, setting=self._language)

    # --- answering ------------------------------------------------------------------------------------------------

    def _answer(
        self, hold: Hold, channel: Channel, delivery: Delivery, earlier: Sequence[Earlier] | None
    ) -> tuple[Reply, ReplyStream | None]:
        """Work the reply out and store it; show it meanwhile, where that can be done."""
        stream = self._opened(hold, channel, delivery)
        self._reached("before_llm")
        events = self._bot.stream(delivery.message, keeping=self._inbox.keeping(hold.claimed), earlier=earlier)
        shows = stream
        try:
            for event in events:
                if event.reply is not None:
                    return event.reply, stream
                hold.check()
                if shows is not None and not _shown(hold, shows, event):
                    shows = None
        finally:
            if close := getattr(events, "close", None):
                close()  # where the row is lost, no model must write on
        raise AssertionError("a stream ends with its reply")

    def _opened(self, hold: Hold, channel: Channel, delivery: Delivery) -> ReplyStream | None:
        """Begin to show the reply; what was begun before is finished as a whole instead."""
        if delivery.reference is not None:
            return None
        row = hold.claimed
        with hold.sending():
            stream = channel.open_stream(delivery)
            if stream is not None:
                repeated = _may_be_there(row) and channel.repeats_possible
                self._inbox.sending(row, stream.reference, repeated=repeated)
        return stream


def _finished(stream: ReplyStream, reply: Reply) -> str:
    stream.finish(reply)
    return stream.reference


def _heard(channel: Channel, delivery: Delivery) -> tuple[Delivery, Heard | None]:
    """Return the delivery and the message as its channel knows it; None where it is not for the bot."""
    if not isinstance(channel, Knowing):
        return delivery, Heard(delivery.message)
    heard = channel.heard(delivery)
    if heard is None:  # what was begun is finished
        return delivery, Heard(delivery.message) if delivery.reference is not None else None
    return replace(delivery, message=heard.message), heard


def _asked(channel: Channel, delivery: Delivery) -> str | None:
    """Ask what was sent; where that is refused, nothing is known, and nothing was sent."""
    try:
        return channel.find(delivery)
    except ChannelError as error:
        raise UnaskedError(
            str(error), retry_after=error.retry_after, permanent=error.permanent, gone=error.gone, away=error.away
        ) from error


def _may_be_there(row: Claimed) -> bool:
    """Whether an earlier attempt may have sent something whose name we do not know."""
    return row.reference is None and (row.state == "sending" or (row.state == "new" and row.attempts > 1))


def _shown(hold: Hold, stream: ReplyStream, event: Event) -> bool:
    try:
        with hold.sending():
            stream.show(event)
    except ChannelError as error:
        log.info("row %d cannot be shown while it is written: %s", hold.claimed.seq, error)
        return False
    return True


def _notice(message: Message, text: str, language: Language) -> Reply:
    return Reply("", message.conversation or "", text, answered=False, confidence=0.0, task=NOTICE, language=language)
