"""One reply, whatever cuts its sending off, as often as it likes: each case dies where a kill of a run has died."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.channels import ChannelError, Delivery
from bot.database.conversations import Keeping
from bot.database.engine import Sessions, open_engine, sessions_for
from bot.database.migrating import require_current
from bot.delivering import Delivering, UnaskedError
from bot.holding import Hold, Moment
from bot.inbox import Claimed, Inbox, Incoming, LeaseLostError
from bot.messages import Event, Message, Reply
from tests.reliability.channel import ReceiverChannel
from tests.reliability.judging import read_lines
from tests.reliability.receiver import Manners, receiving
from tests.servers.databases import settings_of

SAID = Reply("a", "c", "사흘 걸립니다", answered=True, confidence=1.0, task="answer", language="ko")


class CrashError(Exception):
    """The process dies here."""


class Answers:
    """Has an answer at once."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self.asked = 0

    def stream(self, message: Message, *, keeping: Keeping, earlier: object = None) -> Iterator[Event]:
        self.asked += 1
        yield Event("text", SAID.text)
        with self._sessions.begin() as session:
            keeping(session, SAID)
        yield Event("done", reply=SAID)


class Desk:
    """An inbox with one message, and workers that die at a point."""

    def __init__(self, folder: Path, undo: ExitStack, manners: Manners) -> None:
        engine = open_engine(settings_of(folder / "data"))
        undo.callback(engine.dispose)
        require_current(engine)
        self.sessions = sessions_for(engine)
        self.inbox = Inbox(self.sessions)
        self.answers = Answers(self.sessions)
        self._seen = folder / "seen.jsonl"
        self._address = undo.enter_context(receiving(self._seen, manners))
        self._undo = undo
        self.inbox.accept(Incoming("receiver:event-1", Message("얼마나 걸리나요?", "receiver", "c"), where={"n": 1}))

    def channel(self, **how: bool) -> ReceiverChannel:
        return self._undo.enter_context(ReceiverChannel(self._address, **how))

    def claim(self) -> Claimed:
        for row in self.inbox.list():
            self.inbox.retry(row.seq)  # whatever waits goes at once
        claimed = self.inbox.claim("worker:1")
        if claimed is None:  # one that was in several crashes was put off just now
            self.inbox.retry(1)
            claimed = self.inbox.claim("worker:1")
        assert claimed is not None
        return claimed

    def deliver(self, channel: ReceiverChannel, row: Claimed | None = None, dies_at: str = "") -> None:
        def reached(point: str) -> None:
            if point == dies_at:
                raise CrashError(point)

        delivering = Delivering(
            self.answers, self.inbox, {"receiver": channel}, {}, insist=lambda write: write(), reached=reached
        )
        row = row or self.claim()
        delivering.deliver(Hold(self.inbox, row, Moment()))

    def die(self, channel: ReceiverChannel, point: str) -> None:
        with pytest.raises(CrashError):
            self.deliver(channel, dies_at=point)
        self.inbox.release("worker:", crashed=True)

    def references(self) -> set[str]:
        return {line["reference"] for line in read_lines(self._seen)}

    def row(self) -> Claimed:
        row = self.inbox.get(1)
        assert row is not None
        return row


@pytest.fixture
def manners() -> Manners:
    return Manners(before=0, after=0, lookup=0)


@pytest.fixture
def desk(tmp_path: Path, manners: Manners) -> Iterator[Desk]:
    with ExitStack() as undo:
        yield Desk(tmp_path, undo, manners)


@pytest.mark.parametrize("streams", [False, True])
@pytest.mark.parametrize("point", ["before_llm", "before_send", "after_send", "before_done"])
def test_one_reply_after_two_crashes_at_the_same_point(desk: Desk, point: str, streams: bool) -> None:
    channel = desk.channel(streams=streams)
    desk.die(channel, point)
    if desk.row().state != "sending" or not desk.references():
        desk.die(channel, point)  # where it was sent already, the second one only asks
    desk.deliver(channel)
    assert (len(desk.references()), desk.row().state) == (1, "done")


def test_a_begun_reply_that_was_found_is_known_to_the_third_attempt(desk: Desk) -> None:
    """The first dies when it has begun to show the reply, the second when it has worked it out."""
    channel = desk.channel(streams=True)
    row = desk.claim()
    begun = channel.open_stream(delivery_of(row))
    assert begun is not None
    desk.inbox.release("worker:", crashed=True)  # its name was not kept
    desk.die(channel, "before_send")
    assert desk.row().reference == begun.reference
    desk.deliver(channel)
    assert desk.references() == {begun.reference}
    assert desk.answers.asked == 1


def test_a_refused_question_is_not_a_refused_reply(desk: Desk) -> None:
    """Sent, and killed; then the channel is asked, and says "not now": the reply is there all the same."""
    desk.die(desk.channel(), "after_send")
    row = desk.claim()
    assert row.state == "sending"

    class Busy(ReceiverChannel):
        def find(self, delivery: object) -> str | None:
            raise ChannelError("not now", retry_after=0.1)

    with pytest.raises(UnaskedError) as refused:
        desk.deliver(Busy("http://127.0.0.1:9"), row)
    desk.inbox.fail(row, "not now", refused.value.retry_after, refused=False)
    assert desk.row().state == "sending"
    desk.deliver(desk.channel())
    assert len(desk.references()) == 1


def test_what_cannot_be_asked_is_marked(desk: Desk) -> None:
    channel = desk.channel(repeats_possible=True)
    desk.die(channel, "after_send")
    assert not desk.row().repeated
    desk.deliver(channel)
    assert (len(desk.references()), desk.row().repeated, desk.row().state) == (2, True, "done")


@pytest.mark.parametrize("manners", [Manners(before=0, after=0, lookup=0, forgotten=1)])
def test_an_error_after_it_was_written_sends_nothing_again(desk: Desk) -> None:
    row = desk.claim()
    with pytest.raises(ChannelError):
        desk.deliver(desk.channel(), row)
    desk.inbox.fail(row, "500")
    desk.deliver(desk.channel())
    assert (len(desk.references()), desk.row().state) == (1, "done")


def test_who_wakes_up_within_a_send_marks_the_row(desk: Desk) -> None:
    """Frozen before anything was out; another one asks, finds nothing, and sends. Then the first one's is sent."""
    row = desk.claim()

    class Frozen(ReceiverChannel):
        def send(self, delivery: object, reply: Reply) -> str:
            desk.inbox.release("worker:", crashed=True)  # what happens when the lease is over
            desk.deliver(desk.channel())
            return super().send(delivery, reply)  # type: ignore[arg-type]

    frozen = desk._undo.enter_context(Frozen(desk._address))
    with pytest.raises(LeaseLostError):
        desk.deliver(frozen, row)
    assert (len(desk.references()), desk.row().repeated, desk.row().state) == (2, True, "done")


def test_who_wakes_up_before_a_send_sends_nothing(desk: Desk) -> None:
    row = desk.claim()
    desk.inbox.release("worker:", crashed=True)
    desk.deliver(desk.channel())
    with pytest.raises(LeaseLostError):
        desk.deliver(desk.channel(), row)
    assert (len(desk.references()), desk.row().repeated) == (1, False)


def delivery_of(row: Claimed) -> Delivery:
    assert row.message is not None
    return Delivery(row.key, row.message, row.where)
