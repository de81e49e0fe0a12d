"""Worker threads over an inbox and a channel that keeps what it was told to send."""

import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.channels import ChannelError, Delivery, Heard
from bot.database.conversations import Keeping
from bot.database.engine import Sessions, sqlite_path
from bot.inbox import MOST_CRASHES, Inbox, Incoming, Row
from bot.messages import Event, Message, Reply
from bot.workers import Workers

Doing = Callable[[Message], str]


class Answers:
    """Says what ``doing`` returns; keeps what it was asked."""

    def __init__(self, sessions: Sessions, doing: Doing = lambda message: f"답: {message.text}") -> None:
        self._sessions = sessions
        self._doing = doing
        self.asked: list[str] = []

    def stream(self, message: Message, *, keeping: Keeping, earlier: object = None) -> Iterator[Event]:
        self.asked.append(message.text)
        yield Event("status", "찾는 중")
        text = self._doing(message)
        yield Event("text", text)
        reply = Reply("a", "c", text, answered=True, confidence=1.0, task="answer", language="ko")
        with self._sessions.begin() as session:
            keeping(session, reply)
        yield Event("done", reply=reply)


@dataclass
class Post:
    """What people see."""

    key: str
    conversation: str | None
    text: str
    finished: int = 1


@dataclass
class Letters:
    """A channel; ``troubles`` are raised by the next sends, before or after anything was sent."""

    repeats_possible: bool = False
    streams: bool = False
    shows: bool = True
    name: str = "letters"
    posts: list[Post] = field(default_factory=list)
    troubles: list[tuple[str, Exception]] = field(default_factory=list)
    lookups: int = 0

    def send(self, delivery: Delivery, reply: Reply) -> str:
        when, trouble = self.troubles.pop(0) if self.troubles else ("", None)
        if trouble and when == "before":
            raise trouble
        if delivery.reference is None:
            self.posts.append(Post(delivery.key, delivery.message.conversation, reply.text))
            reference = str(len(self.posts) - 1)
        else:
            reference = delivery.reference
            self.finish(reference, reply)
        if trouble:
            raise trouble
        return reference

    def finish(self, reference: str, reply: Reply) -> None:
        post = self.posts[int(reference)]
        post.text, post.finished = reply.text, post.finished + 1

    def find(self, delivery: Delivery) -> str | None:
        self.lookups += 1
        return next((str(n) for n, post in enumerate(self.posts) if post.key == delivery.key), None)

    def open_stream(self, delivery: Delivery) -> "Shown | None":
        if not self.streams:
            return None
        self.posts.append(Post(delivery.key, delivery.message.conversation, "", finished=0))
        return Shown(self, str(len(self.posts) - 1))


@dataclass
class Shown:
    """A post that grows."""

    channel: Letters
    reference: str

    def show(self, event: Event) -> None:
        if not self.channel.shows:
            raise ChannelError("no more updates")
        if event.kind == "text":
            self.channel.posts[int(self.reference)].text += event.text

    def finish(self, reply: Reply) -> None:
        self.channel.finish(self.reference, reply)


class Knows(Letters):
    """A channel in which some messages are between people."""

    def heard(self, delivery: Delivery) -> Heard | None:
        return None if delivery.message.text.startswith("민수님") else Heard(delivery.message)


class Office:
    """An inbox, a channel, and workers that are stopped at the end of the test."""

    def __init__(self, sessions: Sessions, undo: ExitStack) -> None:
        self.sessions = sessions
        self._undo = undo
        self.inbox = Inbox(sessions, waiting_per_person=10_000)
        self.letters = Letters()
        self.answers = Answers(sessions)

    def work(self, doing: Doing | None = None, *, count: int = 2, slot: str = "here", **more: Any) -> Workers:
        if doing is not None:
            self.answers = Answers(self.sessions, doing)
        workers = Workers(self.answers, self.inbox, {"letters": self.letters}, count, slot=slot, **more)
        self._undo.callback(workers.stop, 10)
        return workers.start()

    def accept(self, *texts: str, conversation: str | None = "c", **more: Any) -> None:
        for text in texts:
            assert self.inbox.accept(Incoming(text, Message(text, "letters", conversation, "P"), **more)) == "new"

    def until(self, holds: Callable[[], object], seconds: float = 30) -> None:
        deadline = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < deadline, f"it never comes to hold; {self.inbox.counts()} {self.letters.posts}"
            time.sleep(0.01)

    def until_done(self) -> None:
        self.until(lambda: not self.inbox.list(limit=1))

    def until_failed(self, tries: int = 1) -> Row:
        """Wait until a row was put back, and have it go on at once the next time somebody looks."""
        self.until(lambda: any(row.attempts == tries and row.owner is None for row in self.inbox.list()))
        return self.inbox.list()[0]

    def row(self, *states: Any) -> Row:
        (row,) = self.inbox.list(*(states or ("done",)))
        return row


@pytest.fixture
def office(row_sessions: Sessions) -> Iterator[Office]:
    with ExitStack() as undo:
        yield Office(row_sessions, undo)


def test_messages_are_answered_once_and_in_order(office: Office) -> None:
    office.work(count=4)
    for n in range(60):
        office.accept(f"{n}", conversation=f"c{n % 5}")
        office.inbox.accept(Incoming(f"{n}", Message("again", "letters", "c")))
    office.until_done()
    assert sorted(post.text for post in office.letters.posts) == sorted(f"답: {n}" for n in range(60))
    for conversation in {post.conversation for post in office.letters.posts}:
        numbers = [int(post.key) for post in office.letters.posts if post.conversation == conversation]
        assert numbers == sorted(numbers)
    assert office.letters.lookups == 0


def test_what_waited_before_the_start_is_answered(office: Office) -> None:
    office.accept("1")
    office.work()
    office.until_done()
    done = office.row()
    assert (done.reference, done.attempts, done.repeated, office.letters.posts[0].text) == ("0", 1, False, "답: 1")


def test_a_conversation_that_hangs_keeps_nobody_from_theirs(office: Office) -> None:
    goes_on = threading.Event()

    def doing(message: Message) -> str:
        if message.text == "hangs":
            assert goes_on.wait(30)
        return message.text

    office.work(doing, count=3)
    office.accept("hangs", "behind")
    office.accept("other", conversation="d")
    office.until(lambda: [post.text for post in office.letters.posts] == ["other"])
    goes_on.set()
    office.until_done()
    assert [post.text for post in office.letters.posts] == ["other", "hangs", "behind"]


# --- what goes wrong -----------------------------------------------------------------------------------------------


def test_a_reply_is_worked_out_once_however_often_it_is_sent(office: Office) -> None:
    office.letters.troubles = [("before", ChannelError("busy", retry_after=0.5)), ("before", ChannelError("down"))]
    office.work()
    office.accept("1")
    row = office.until_failed(1)
    assert (row.state, row.error) == ("answered", "busy")  # it was refused, and so it is not there
    office.inbox.retry(row.seq)
    assert office.until_failed(2).state == "sending"  # nobody knows
    office.inbox.retry(row.seq)
    office.until_done()
    assert (len(office.answers.asked), len(office.letters.posts), office.letters.lookups) == (1, 1, 1)


def test_a_reply_that_came_through_is_found(office: Office) -> None:
    office.letters.troubles = [("after", ChannelError("broken off"))]
    office.work()
    office.accept("1")
    office.inbox.retry(office.until_failed().seq)
    office.until_done()
    assert (len(office.letters.posts), office.row().reference, office.row().repeated) == (1, "0", False)


def test_where_nobody_can_be_asked_it_may_come_twice_and_is_marked(office: Office) -> None:
    office.letters.repeats_possible = True
    office.letters.troubles = [("after", ChannelError("broken off"))]
    office.work()
    office.accept("1")
    office.inbox.retry(office.until_failed().seq)
    office.until_done()
    assert (len(office.letters.posts), office.letters.lookups, office.row().repeated) == (2, 0, True)


def test_who_names_a_time_is_left_alone(office: Office) -> None:
    office.letters.troubles = [("before", ChannelError("429", retry_after=600))]
    office.work()
    office.accept("1")
    row = office.until_failed()
    assert 590 < row.not_before - time.time() < 610


def test_a_permanent_error_is_not_tried_again(office: Office) -> None:
    office.letters.troubles = [("before", ChannelError("channel_not_found", permanent=True))]
    office.work()
    office.accept("1", "2")
    office.until_done()
    assert (office.row("dead").key, office.row("dead").error, office.row("done").key) == ("1", "channel_not_found", "2")


@pytest.mark.parametrize("error", [ValueError("비밀 내용"), RecursionError("비밀 내용"), KeyError("비밀 내용")])
def test_an_error_in_the_bot_is_kept_without_what_was_said(
    office: Office, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    def doing(message: Message) -> str:
        raise error

    with caplog.at_level(logging.DEBUG):
        office.work(doing)
        office.accept("비밀 내용")
        row = office.until_failed()
    assert row.error is not None
    assert row.error.startswith(f"{type(error).__name__} at test_workers.py:")
    assert "비밀" not in row.error + caplog.text


def test_channels_and_jobs_that_are_not_there_are_tried_again(office: Office) -> None:
    office.work()
    office.inbox.accept(Incoming("1", Message("?", "slack", "c")))
    office.inbox.accept(Incoming("2", kind="job", where={"job": "unknown"}))
    office.until(lambda: all(row.error for row in office.inbox.list()))
    errors = {row.error for row in office.inbox.list()}
    assert errors == {"there is no channel slack here", "there is no job unknown here"}


def test_a_locked_database_ends_no_thread(office: Office) -> None:
    file = sqlite_path(office.sessions.kw["bind"])
    if file is None:
        pytest.skip("PostgreSQL is restarted by the harness (tests/reliability)")
    office.work(count=3)
    office.accept("1")
    office.until_done()
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        accepting = threading.Thread(target=lambda: office.accept("2"))
        accepting.start()
        accepting.join(1.5)
        assert accepting.is_alive()
        other.execute("COMMIT")
    accepting.join(30)
    office.until_done()
    assert len(office.letters.posts) == 2


# --- streams -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shows", [True, False])
def test_a_reply_is_shown_and_finished(office: Office, shows: bool) -> None:
    office.letters.streams, office.letters.shows = True, shows
    seen: list[str] = []

    def doing(message: Message) -> str:
        seen.append(office.row("sending").reference or "")
        return "하나"

    office.work(doing)
    office.accept("1")
    office.until_done()
    assert office.letters.posts == [Post("1", "c", "하나", finished=1)]
    assert (seen, office.row().reference) == (["0"], "0")


@pytest.mark.parametrize("saved", [True, False])
def test_a_reply_that_was_begun_is_finished_by_another(office: Office, saved: bool) -> None:
    """``saved``: whether who began it came to write down what the channel calls it."""
    office.accept("1")
    claimed = office.inbox.claim("here@dead/0")
    assert claimed is not None
    office.letters.posts.append(Post("1", "c", "반쯤", finished=0))
    if saved:
        office.inbox.sending(claimed, "0")
    office.letters.streams = True
    office.work()
    office.until_done()
    assert office.letters.posts == [Post("1", "c", "답: 1", finished=1)]
    assert office.row().crashes == 1


@pytest.mark.parametrize("shown", [True, False])
def test_what_came_through_before_its_row_was_given_up_does_not_come_twice(office: Office, shown: bool) -> None:
    """Whoever died three times between sending a reply and saying so leaves a row that is given up, and can be retried.

    ``shown``: whether people saw the reply while it was written.
    """
    office.accept("1")
    claimed = office.inbox.claim("here@dead/0")
    assert claimed is not None
    if shown:
        office.inbox.sending(claimed, "0")
    reply = Reply("a", "c", "답", answered=True, confidence=1.0, task="answer", language="ko")
    with office.sessions.begin() as session:
        office.inbox.answered(session, claimed, reply)
    if not shown:
        office.inbox.sending(claimed)
    office.letters.posts.append(Post("1", "c", "답"))
    for _ in range(MOST_CRASHES + 1):  # after the second one it is put off
        office.inbox.release("here@dead", crashed=True)
        office.inbox.retry(claimed.seq)
        office.inbox.claim("here@dead/0")
    assert office.row("dead").error == "crashed"
    assert office.inbox.retry(claimed.seq)
    office.work()
    office.until_done()
    assert [(post.key, post.text) for post in office.letters.posts] == [("1", "답")]
    assert (office.row().reference, office.row().repeated, office.answers.asked) == ("0", False, [])


# --- leases --------------------------------------------------------------------------------------------------------


def test_a_long_answer_keeps_its_lease(office: Office) -> None:
    office.inbox.lease = 2.0

    def doing(message: Message) -> str:
        time.sleep(3.0)
        return "langsam"

    office.work(doing, count=2)
    other = office.work(slot="other")
    office.accept("1")
    office.until_done()
    assert (office.row().attempts, len(office.letters.posts), other.at_hand()) == (1, 1, 0)


def test_whoever_comes_back_from_a_pause_sends_nothing(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    """One whose row went to another meanwhile, and who was not told: as if the machine had stood still."""
    office.inbox.lease = 0.2
    goes_on = threading.Event()

    def doing(message: Message) -> str:
        if len(office.answers.asked) == 1:
            assert goes_on.wait(30)
            return "zu spät"
        return "rechtzeitig"

    frozen = office.work(doing, count=1, slot="frozen", heartbeat=1_000)
    office.accept("1")
    office.until(lambda: office.answers.asked)
    office.work(count=1, slot="other")
    office.until_done()
    goes_on.set()
    office.until(lambda: not frozen.at_hand())
    assert [post.text for post in office.letters.posts] == ["rechtzeitig"]
    assert office.row().crashes == 1
    assert "went to another worker" in caplog.text


def test_a_start_takes_up_at_once_what_an_earlier_one_had(office: Office) -> None:
    office.accept("1", "2")
    office.accept("3", conversation="d")
    assert office.inbox.claim("here@dead/0") is not None
    assert office.inbox.claim("here:beside@alive/0") is not None
    office.work()
    office.until(lambda: [row.owner for row in office.inbox.list()] == ["here:beside@alive/0"])
    office.inbox.release("here:beside@")
    office.until_done()
    assert [post.text for post in office.letters.posts] == ["답: 1", "답: 2", "답: 3"]


def test_rows_that_crashed_twice_are_worked_on_alone(office: Office) -> None:
    """So that none is given up for what another one does."""
    for n in range(3):
        office.accept(f"{n}", conversation=f"{n}")
    for _ in range(2):
        for n in range(3):
            office.inbox.claim(f"old:{n}")
        office.inbox.release("old:", crashed=True)
    office.inbox.claim("old:")  # each is put off
    for row in office.inbox.list():
        assert office.inbox.retry(row.seq)
    office.accept(*"abcdef", conversation=None)
    at_work: list[str] = []
    beside: dict[str, list[str]] = {}
    lock = threading.Lock()

    def doing(message: Message) -> str:
        with lock:
            at_work.append(message.text)
        time.sleep(0.05)
        with lock:
            beside[message.text] = list(at_work)
            at_work.remove(message.text)
        return "ja"

    office.work(doing, count=4)
    office.until_done()
    assert [beside[each] for each in "012"] == [["0"], ["1"], ["2"]]
    assert len(office.letters.posts) == 9


# --- notices, jobs, old rows ---------------------------------------------------------------------------------------


def test_a_notice_says_its_text(office: Office) -> None:
    office.work()
    office.accept("1", kind="notice", text="잠시 후 다시 물어봐 주세요.")
    office.until_done()
    assert [post.text for post in office.letters.posts] == ["잠시 후 다시 물어봐 주세요."]
    assert office.answers.asked == []


@pytest.mark.parametrize(
    ("asked", "told"), [("환불은요?", "답변이 너무 늦어졌습니다"), ("Refunds?", "It took too long")]
)
def test_what_is_too_old_is_not_answered_and_its_sender_knows(office: Office, asked: str, told: str) -> None:
    office.accept(asked)
    office.work(latest=-1)
    office.until_done()
    assert office.letters.posts[0].text.startswith(told)
    assert office.answers.asked == []


def test_who_did_not_ask_is_not_told_that_it_took_too_long(office: Office) -> None:
    office.letters = Knows()
    office.accept("민수님, 환불은요?", "환불은요?")
    office.work(latest=-1)
    office.until_done()
    assert [post.key for post in office.letters.posts] == ["환불은요?"]
    assert office.letters.posts[0].text.startswith("답변이 너무 늦어졌습니다")


def test_a_job_runs_once_for_its_key(office: Office) -> None:
    runs: list[str] = []
    office.work(jobs={"retention": lambda kept: runs.append(str(kept["job"]))})
    for key in ("cron:retention:1", "cron:retention:1", "cron:retention:2"):
        office.inbox.accept(Incoming(key, kind="job", where={"job": "retention"}))
    office.until_done()
    assert runs == ["retention", "retention"]


def test_a_job_that_fails_is_tried_again(office: Office) -> None:
    runs: list[int] = []

    def job(_kept: Mapping[str, Any]) -> None:
        runs.append(1)
        if len(runs) == 1:
            raise OSError("full")

    office.work(jobs={"retention": job})
    office.inbox.accept(Incoming("cron:retention:1", kind="job", where={"job": "retention"}))
    office.inbox.retry(office.until_failed().seq)
    office.until_done()
    assert len(runs) == 2


# --- stopping ------------------------------------------------------------------------------------------------------


def test_what_is_at_hand_is_finished_before_the_end(office: Office) -> None:
    begun, goes_on = threading.Event(), threading.Event()

    def doing(message: Message) -> str:
        begun.set()
        assert goes_on.wait(30)
        return "fertig"

    workers = office.work(doing, count=1)
    office.accept("1", "2")
    assert begun.wait(30)
    threading.Timer(0.3, goes_on.set).start()
    assert workers.stop(20)
    assert [post.text for post in office.letters.posts] == ["fertig"]
    assert [row.key for row in office.inbox.list()] == ["2"]


def test_what_takes_too_long_then_goes_to_another_at_once(office: Office) -> None:
    begun, goes_on = threading.Event(), threading.Event()

    def doing(message: Message) -> str:
        if len(office.answers.asked) == 1:
            begun.set()
            assert goes_on.wait(30)
        return f"{len(office.answers.asked)}"

    first = office.work(doing, count=1)
    office.accept("1")
    assert begun.wait(30)
    assert not first.stop(0.1)
    office.work(count=1, slot="other")
    office.until_done()
    goes_on.set()
    office.until(lambda: not first.at_hand())
    assert [post.text for post in office.letters.posts] == ["2"]
    assert (office.row().attempts, office.row().crashes) == (1, 0)


def test_workers_that_never_started_stop(office: Office) -> None:
    assert Workers(office.answers, office.inbox, {}, 2, slot="x").stop(0)


def test_paused_workers_go_on_when_told_to(office: Office) -> None:
    office.inbox.pause()
    office.work()
    office.accept("1")
    time.sleep(0.2)
    assert office.letters.posts == []
    office.inbox.resume()
    office.until_done()
