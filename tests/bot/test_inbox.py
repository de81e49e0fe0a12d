"""The inbox on both databases: what is accepted is claimed once, in order, by one owner at a time."""

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import delete, make_url, text, update
from sqlalchemy.orm import Session

from bot.database import inbox as rows
from bot.database import inbox_rows as reading
from bot.database.engine import Sessions, open_engine, sessions_for
from bot.database.inbox_statements import INBOX
from bot.inbox import MOST_CRASHES, MOST_TRIES, Claimed, Inbox, Incoming, LeaseLostError, Row
from bot.incoming import new_row
from bot.messages import Message, Nearest, Reply, Source, Tokens
from bot.settings import Settings

REPLY = Reply(
    "0123456789abcdef",
    "c",
    "환불은 3일 안에 처리됩니다.",
    answered=True,
    confidence=0.875,
    task="answer",
    language="ko",
    sources=(Source("hanbit-faq", "refund", 2, "환불", 3, 0.75, "3일 안에"),),
    nearest=(Nearest("delivery", "배송비는 얼마인가요?"),),
    checks="partly",
    model="scripted:a",
    tokens=Tokens(12, 34),
    cost_usd=None,
    latency_ms=12.5,
    extract=True,
    notice="알림",
    error="x",
)


def message(text: str = "환불은 얼마나 걸리나요?", conversation: str | None = "c", **more: Any) -> Message:
    return Message(text, "slack", conversation, **{"person": "U1", **more})


def incoming(key: str, conversation: str | None = "c", **more: Any) -> Incoming:
    return Incoming(key, message(key, conversation), **more)


@pytest.fixture
def inbox(row_sessions: Sessions) -> Inbox:
    return Inbox(row_sessions, waiting_per_person=100_000)


@pytest.fixture
def hasty(row_sessions: Sessions) -> Inbox:
    """An inbox whose leases run out while a test waits."""
    return Inbox(row_sessions, lease=0.05, waiting_per_person=100_000)


def got(row: Row | None) -> Row:
    assert row is not None
    return row


def taken(inbox: Inbox, owner: str = "a:1/0") -> Claimed:
    claimed = inbox.claim(owner)
    assert claimed is not None
    return claimed


def run_out(sessions: Sessions, row: Row) -> None:
    """Wait until a lease has run out by the database's clock."""
    with sessions() as session:
        _until(lambda: reading.time_now(session) > row.lease_until)


def _dialect(inbox: Inbox) -> str:
    return str(inbox._sessions.kw["bind"].dialect.name)


# --- accepting ----------------------------------------------------------------------------------------------------


def test_an_event_is_accepted_once(inbox: Inbox) -> None:
    assert inbox.accept(incoming("slack:1")) == "new"
    assert inbox.accept(incoming("slack:1")) == "duplicate"
    inbox.done(taken(inbox))
    assert inbox.accept(incoming("slack:1")) == "duplicate"
    assert inbox.claim("a") is None


def test_what_is_accepted_is_there_for_every_process(inbox: Inbox, rows_database: Settings) -> None:
    inbox.accept(incoming("slack:1"))
    engine = open_engine(rows_database)
    assert [row.key for row in Inbox(sessions_for(engine)).list()] == ["slack:1"]
    engine.dispose()


def test_several_are_accepted_together(inbox: Inbox) -> None:
    assert inbox.accept(incoming("1"), incoming("2", "d")) == "new"
    assert inbox.accept(incoming("1"), incoming("3")) == "new"
    assert inbox.accept(incoming("1"), incoming("2", "d")) == "duplicate"
    assert [row.key for row in inbox.list()] == ["1", "2", "3"]


@pytest.mark.parametrize(
    "said",
    ["", "안녕하세요 👋", "a\nb\tc", "글" * 150_000, "'; DROP TABLE inbox; --", '{"a": 1}', "\\u0000"],
)
def test_a_message_is_claimed_as_it_was_accepted(inbox: Inbox, said: str) -> None:
    sent = message(said, audience=frozenset({"staff", "영업"}), language="ko", shared="10.0.0.1")
    where = {"channel": "C1", "ts": "1700000000.000100", "deep": {"list": [1, 2.5, None, True, "한"]}}
    inbox.accept(Incoming("slack:1", sent, where=where))
    claimed = taken(inbox)
    assert claimed.message == sent
    assert claimed.where == where
    assert claimed.readable


def test_what_no_database_takes_is_cleaned(inbox: Inbox) -> None:
    bad = "가\x00나\ud800"
    inbox.accept(Incoming(bad, message(bad, bad, person=bad), where={bad: bad}))
    assert taken(inbox).message == message("가나�", "가나�", person="가나�")
    assert inbox.accept(Incoming(bad, message())) == "duplicate"


def test_names_that_are_too_long_stay_apart(inbox: Inbox) -> None:
    long = "x" * 1_000
    for end in "ab":
        assert inbox.accept(Incoming(long + end, message("?", long + end, person=long + end))) == "new"
    assert {taken(inbox, "a").key, taken(inbox, "b").key} == {row.key for row in inbox.list()}


def test_too_much_of_one_person_is_refused(row_sessions: Sessions) -> None:
    inbox = Inbox(row_sessions, waiting_per_person=2)
    assert [inbox.accept(incoming(str(n), str(n))) for n in range(4)] == ["new", "new", "refused", "refused"]
    assert inbox.accept(incoming("0")) == "duplicate"
    assert inbox.accept(Incoming("9", message(person="U2"))) == "new"
    assert inbox.accept(Incoming("n", message(), kind="notice", text="알림")) == "new"
    for n in range(2):
        inbox.done(taken(inbox, str(n)))
    assert inbox.accept(incoming("5")) == "new"


def test_too_much_of_all_is_refused(row_sessions: Sessions) -> None:
    inbox = Inbox(row_sessions, waiting=3)
    told = [inbox.accept(Incoming(str(n), message(person=f"U{n}"))) for n in range(5)]
    assert told == ["new", "new", "new", "refused", "refused"]
    assert inbox.accept(Incoming("cron:x:1", kind="job", where={"job": "x"})) == "new"


# --- claiming -----------------------------------------------------------------------------------------------------


def test_a_conversation_has_one_row_worked_on(inbox: Inbox) -> None:
    for key, conversation in (("1", "c"), ("2", "c"), ("3", "d"), ("4", None), ("5", None)):
        inbox.accept(incoming(key, conversation))
    claimed = [taken(inbox, f"a/{n}") for n in range(4)]
    assert [row.key for row in claimed] == ["1", "3", "4", "5"]
    assert inbox.claim("b") is None
    inbox.done(claimed[0])
    assert taken(inbox).key == "2"


def test_lower_priority_comes_first_and_later_rows_wait(inbox: Inbox) -> None:
    inbox.accept(incoming("1", "a"))
    inbox.accept(incoming("2", "b", priority=-1))
    inbox.accept(incoming("3", "c", not_before=time.time() + 1_000))
    assert [taken(inbox, "x").key, taken(inbox, "y").key] == ["2", "1"]
    assert inbox.claim("z") is None


def test_threads_share_the_rows(inbox: Inbox) -> None:
    """Each row goes to one thread, those of a conversation one after the other."""
    for n in range(120):
        inbox.accept(incoming(str(n), f"c{n % 7}"))
    order: dict[str, list[int]] = defaultdict(list)
    busy: set[str] = set()
    clashes: list[str] = []

    def work(number: int) -> None:
        while (row := inbox.claim(f"w/{number}")) is not None or inbox.list(limit=1):
            if row is None:
                continue
            if row.conversation in busy:
                clashes.append(row.conversation)
            busy.add(row.conversation)
            order[row.conversation].append(row.seq)
            busy.discard(row.conversation)
            inbox.done(row)

    _all([lambda n=n: work(n) for n in range(6)])
    assert clashes == []
    assert sum(map(len, order.values())) == 120
    assert all(seqs == sorted(seqs) for seqs in order.values())
    assert inbox.counts()["done"] == 120


def test_while_paused_rows_are_accepted_and_not_claimed(inbox: Inbox) -> None:
    inbox.pause()
    assert inbox.accept(incoming("1")) == "new"
    assert inbox.paused()
    assert inbox.claim("a") is None
    inbox.resume()
    assert not inbox.paused()
    assert taken(inbox).key == "1"


# --- leases -------------------------------------------------------------------------------------------------------


def test_a_lease_is_renewed(hasty: Inbox, row_sessions: Sessions) -> None:
    hasty.accept(incoming("1"))
    row = taken(hasty, "a:1/0")
    run_out(row_sessions, row)
    assert hasty.renew("a:1", [row.seq, 999_999]) == {row.seq}
    assert hasty.renew("b", [row.seq]) == frozenset()
    hasty.done(row)
    assert hasty.renew("a:1", [row.seq]) == frozenset()


def test_whoever_lost_the_lease_writes_nothing(hasty: Inbox, row_sessions: Sessions) -> None:
    hasty.accept(incoming("1"))
    frozen = taken(hasty, "a/0")
    run_out(row_sessions, frozen)
    other = taken(hasty, "b/0")
    assert (other.seq, other.crashes, other.attempts) == (frozen.seq, 1, 2)
    before = got(hasty.get(frozen.seq))
    attempts: list[Callable[[], object]] = [
        lambda: hasty.sending(frozen),
        lambda: hasty.done(frozen),
        lambda: hasty.fail(frozen, "x"),
        lambda: hasty.fail(frozen, "x", permanent=True),
        lambda: _answered(hasty, row_sessions, frozen),
    ]
    for attempt in attempts:
        with pytest.raises(LeaseLostError):
            attempt()
    after = got(hasty.get(frozen.seq))
    assert replace(after, waited=0) == replace(before, waited=0)
    hasty.done(other)


def _answered(inbox: Inbox, sessions: Sessions, claimed: Claimed) -> None:
    with sessions.begin() as session:
        inbox.answered(session, claimed, REPLY)


def test_a_lost_lease_undoes_what_was_written_with_it(hasty: Inbox, row_sessions: Sessions) -> None:
    hasty.accept(incoming("1"))
    row = replace(taken(hasty), owner="another")

    def record() -> None:
        with row_sessions.begin() as session:
            session.execute(text("INSERT INTO state (name, value) VALUES ('exchange', '1')"))
            hasty.answered(session, row, REPLY)

    with pytest.raises(LeaseLostError):
        record()
    with row_sessions() as session:
        assert session.execute(text("SELECT count(*) FROM state WHERE name = 'exchange'")).scalar() == 0


def test_a_start_takes_what_an_earlier_one_had(inbox: Inbox) -> None:
    for n in range(3):
        inbox.accept(incoming(str(n), str(n)))
    mine, others = taken(inbox, "host:1:aaaa/0"), taken(inbox, "host:11:bbbb/0")
    assert inbox.release("host:1:", crashed=True) == 1
    again = taken(inbox, "host:1:cccc/0")
    assert (again.seq, again.crashes, again.attempts) == (mine.seq, 1, 2)
    assert got(inbox.get(others.seq)).owner == "host:11:bbbb/0"


def test_what_is_given_back_counts_for_nothing(inbox: Inbox) -> None:
    for n in range(2):
        inbox.accept(incoming(str(n), str(n)))
    given, kept = taken(inbox, "a/0"), taken(inbox, "a/1")
    assert inbox.release("a", but=[kept.seq]) == 1
    with pytest.raises(LeaseLostError):
        inbox.sending(given)
    again = taken(inbox, "b/0")
    assert (again.seq, again.crashes, again.attempts) == (given.seq, 0, 1)
    inbox.sending(kept)


def test_three_crashes_are_the_end(inbox: Inbox) -> None:
    inbox.accept(incoming("poison"))
    inbox.accept(incoming("next"))
    seq = taken(inbox, "a:1/0").seq
    inbox.release("a:", crashed=True)
    assert taken(inbox, "a:2/0").crashes == 1
    inbox.release("a:", crashed=True)
    assert inbox.claim("a:3/0") is None  # after two it waits
    waits = got(inbox.get(seq))
    assert (waits.crashes, waits.owner) == (MOST_CRASHES - 1, None)
    assert 4 <= waits.not_before - time.time() + 1 <= 9
    assert inbox.retry(seq)
    assert inbox.claim("a:3/1", suspects=False) is None
    assert taken(inbox, "a:3/0").crashes == MOST_CRASHES - 1
    inbox.release("a:", crashed=True)
    assert taken(inbox, "a:4/0").key == "next"
    dead = got(inbox.get(seq))
    assert (dead.state, dead.crashes, dead.error) == ("dead", MOST_CRASHES, "crashed")
    assert dead.message is not None


# --- failing ------------------------------------------------------------------------------------------------------


def test_each_try_waits_longer_and_the_eighth_is_the_last(inbox: Inbox) -> None:
    inbox.accept(incoming("1"))
    inbox.accept(incoming("2"))
    for tries in range(1, MOST_TRIES):
        row = taken(inbox)
        assert row.attempts == tries
        assert inbox.fail(row, "the channel is down") is False
        wait = got(inbox.get(row.seq)).not_before - time.time()
        least = min(2 * 4 ** (tries - 1), 900)
        assert least - 1 <= wait <= 2 * least + 1
        assert inbox.claim("b") is None  # the next one of the conversation waits, too
        inbox.retry(row.seq)
    assert inbox.fail(taken(inbox), "the channel is down") is True
    assert got(inbox.get(row.seq)).error == "the channel is down"
    assert taken(inbox).key == "2"


def test_who_names_a_time_is_left_alone_until_then(inbox: Inbox) -> None:
    inbox.accept(incoming("1"))
    row = taken(inbox)
    inbox.fail(row, "429", retry_after=70)
    assert 69 <= got(inbox.get(row.seq)).not_before - time.time() <= 75


def test_a_permanent_error_is_the_end(inbox: Inbox) -> None:
    inbox.accept(incoming("1"))
    row = taken(inbox)
    assert inbox.fail(row, "channel_not_found", permanent=True) is True
    assert inbox.counts() == {"new": 0, "answered": 0, "sending": 0, "done": 0, "dead": 1}
    assert got(inbox.get(row.seq)).finished_at is not None


def test_a_refused_send_was_none(inbox: Inbox, row_sessions: Sessions) -> None:
    """Whoever takes it up need not ask whether it is there; after any other failure they must."""
    inbox.accept(incoming("1"))
    for refused, state in ((True, "answered"), (False, "sending")):
        row = taken(inbox)
        _answered(inbox, row_sessions, row)
        inbox.sending(row)
        inbox.fail(row, "x", refused=refused)
        assert got(inbox.get(row.seq)).state == state
        inbox.retry(row.seq)


# --- the whole way --------------------------------------------------------------------------------------------------


def test_the_reply_is_stored_before_it_is_sent_and_gone_afterwards(inbox: Inbox, row_sessions: Sessions) -> None:
    inbox.accept(incoming("1"))
    row = taken(inbox)
    _answered(inbox, row_sessions, row)
    stored = got(inbox.get(row.seq))
    assert (stored.state, stored.reply, stored.answer_id) == ("answered", REPLY, REPLY.answer_id)
    inbox.sending(row)
    inbox.done(row, "1700000000.000200")
    done = got(inbox.get(row.seq))
    assert (done.state, done.reference, done.reply, done.message) == ("done", "1700000000.000200", None, None)
    with row_sessions() as session:
        kept = session.execute(text("SELECT CAST(payload AS TEXT), answer FROM inbox")).one()
    assert tuple(kept) == ("{}", None)


def test_a_reply_that_is_shown_keeps_its_reference(inbox: Inbox, row_sessions: Sessions) -> None:
    inbox.accept(incoming("1"))
    row = taken(inbox)
    inbox.sending(row, "ts-1", repeated=False)
    _answered(inbox, row_sessions, row)
    inbox.release("a", crashed=True)
    again = taken(inbox, "b")
    assert (again.state, again.reference, again.reply) == ("answered", "ts-1", REPLY)
    inbox.sending(again, repeated=True)
    assert got(inbox.get(row.seq)).repeated


# --- people ---------------------------------------------------------------------------------------------------------


def test_a_dead_row_is_retried_before_those_behind_it(inbox: Inbox) -> None:
    for key in "123":
        inbox.accept(incoming(key))
    first = taken(inbox)
    inbox.fail(first, "x", permanent=True)
    second = taken(inbox)
    assert inbox.retry(first.seq)
    assert inbox.claim("b") is None  # one of a conversation at a time
    inbox.done(second)
    again = taken(inbox)
    assert (again.seq, again.state, again.crashes, again.error) == (first.seq, "new", 0, None)
    inbox.done(again)
    assert taken(inbox).key == "3"


def test_a_dead_row_with_a_reply_is_asked_for_before_it_is_sent(inbox: Inbox, row_sessions: Sessions) -> None:
    inbox.accept(incoming("1"))
    row = taken(inbox)
    _answered(inbox, row_sessions, row)
    inbox.fail(row, "x", permanent=True)
    inbox.retry(row.seq)
    assert (taken(inbox).state, taken_reply(inbox, row.seq)) == ("sending", REPLY)


def taken_reply(inbox: Inbox, seq: int) -> Reply | None:
    return got(inbox.get(seq)).reply


def test_rows_are_dropped_and_taken_back(inbox: Inbox) -> None:
    for key in "12":
        inbox.accept(incoming(key))
    first, second = (row.seq for row in inbox.list())
    worked_on = taken(inbox)
    assert inbox.drop(second)
    assert inbox.drop(first)
    with pytest.raises(LeaseLostError):
        inbox.sending(worked_on)
    assert [row.error for row in inbox.list("dead")] == ["dropped", "dropped"]
    assert not inbox.drop(first)
    assert inbox.retry(second)
    assert taken(inbox).key == "2"


def test_what_is_not_there_or_finished_is_neither_retried_nor_dropped(inbox: Inbox) -> None:
    assert inbox.get(10**9) is None
    inbox.accept(incoming("1"))
    row = taken(inbox)
    assert not inbox.retry(row.seq)  # it is worked on
    inbox.done(row)
    assert [inbox.retry(seq) or inbox.drop(seq) for seq in (row.seq, 10**9)] == [False, False]


def test_rows_are_listed_and_counted(inbox: Inbox) -> None:
    for n in range(5):
        inbox.accept(incoming(str(n), str(n)))
    inbox.done(taken(inbox))
    inbox.fail(taken(inbox), "x", permanent=True)
    assert [row.key for row in inbox.list()] == ["2", "3", "4"]
    assert [row.key for row in inbox.list("dead", "done", "new", limit=3, newest=True)] == ["4", "3", "2"]
    assert inbox.counts() == {"new": 3, "answered": 0, "sending": 0, "done": 1, "dead": 1}
    assert 0 <= inbox.oldest() < 60


def test_what_was_given_up_comes_first_and_what_was_dropped_last(inbox: Inbox) -> None:
    for n in range(6):
        inbox.accept(incoming(str(n), str(n)))
    for n in range(3):
        inbox.fail(taken(inbox, f"a/{n}"), "x", permanent=n < 2)
    dropped = inbox.list()[-1]
    assert inbox.drop(dropped.seq)
    assert [row.key for row in inbox.worst_first(10)] == ["1", "0", "2", "3", "4", "5"]
    assert [row.key for row in inbox.worst_first(3)] == ["1", "0", "2"]


def test_all_that_was_given_up_is_known_by_channel(inbox: Inbox) -> None:
    for n, channel in enumerate(("slack", "mail", "slack", "slack")):
        inbox.accept(Incoming(str(n), replace(message(), channel=channel, conversation=str(n))))
    rows = [taken(inbox, f"a/{n}") for n in range(3)]
    for row in rows:
        inbox.fail(row, "service_unavailable", permanent=True)
    inbox.drop(inbox.list()[0].seq)
    assert inbox.given_up() == tuple(row.seq for row in rows)
    assert inbox.given_up("mail") == (rows[1].seq,)
    assert inbox.given_up("none") == ()
    assert all(inbox.retry(seq) for seq in inbox.given_up())
    assert inbox.given_up() == ()


# --- limits -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Said:
    """A verdict as limits give it."""

    allowed: bool
    notice: str = ""


def test_who_asks_too_much_is_told_once(row_sessions: Sessions) -> None:
    verdicts = iter([Said(True), Said(False, "잠시 후 다시 물어봐 주세요."), Said(False), Said(True)])
    judged: list[str] = []

    def judge(_session: Session, row: Row) -> Said:
        judged.append(row.key)
        return next(verdicts)

    inbox = Inbox(row_sessions, admit=judge)
    for n in range(4):
        inbox.accept(incoming(str(n), str(n)))
    inbox.accept(Incoming("job", kind="job", where={"job": "x"}))
    first, notice, third = taken(inbox, "a/0"), taken(inbox, "a/1"), taken(inbox, "a/2")
    assert (first.key, first.kind) == ("0", "message")
    assert (notice.key, notice.kind, notice.text) == ("1", "notice", "잠시 후 다시 물어봐 주세요.")
    assert third.key == "3"
    assert got(inbox.list("done")[0]).error == "limit"
    inbox.release("a/1", crashed=True)
    again = taken(inbox, "b")
    assert (again.key, again.text) == ("1", notice.text)
    assert taken(inbox, "c").kind == "job"
    assert judged == ["0", "1", "2", "3"]


def test_people_who_are_refused_are_judged_in_transactions_of_their_own(row_sessions: Sessions) -> None:
    """Each judgement locks that person's counters: two workers that hold several would wait for each other."""
    judged: list[Session] = []

    def judge(session: Session, _row: Row) -> Said:
        judged.append(session)
        return Said(False)

    inbox = Inbox(row_sessions, admit=judge)
    for n in range(3):
        inbox.accept(incoming(str(n), str(n)))
    assert inbox.claim("a") is None
    assert len(judged) == len({id(each) for each in judged}) == 3
    assert {row.error for row in inbox.list("done")} == {"limit"}


# --- mending and compatibility ----------------------------------------------------------------------------------------


def test_a_conversation_whose_head_was_deleted_goes_on(inbox: Inbox, row_sessions: Sessions) -> None:
    for key in "12":
        inbox.accept(incoming(key))
    with row_sessions.begin() as session:
        session.execute(delete(INBOX).where(INBOX.c.key == "1"))
    assert inbox.claim("a") is None
    assert inbox.mend() == 1
    assert taken(inbox).key == "2"
    assert inbox.mend() == 0


def test_a_lease_from_before_the_clock_was_set_back_ends(inbox: Inbox, row_sessions: Sessions) -> None:
    inbox.accept(incoming("1"))
    row = taken(inbox)
    with row_sessions.begin() as session:
        session.execute(update(INBOX).values(lease_until=INBOX.c.lease_until + 3_600))
    assert inbox.mend() == 1
    assert got(inbox.get(row.seq)).lease_until - time.time() < inbox.lease + 2


def test_the_database_allows_no_second_head(row_sessions: Sessions, inbox: Inbox) -> None:
    from sqlalchemy.exc import IntegrityError

    for key in "12":
        inbox.accept(incoming(key))
    with pytest.raises(IntegrityError), row_sessions.begin() as session:
        session.execute(update(INBOX).values(head=True))


@pytest.mark.parametrize("payload", ["[]", "null", '"x"', '{"message": 5}', '{"message": {"text": []}, "where": 3}'])
def test_a_row_that_cannot_be_read_keeps_nobody_from_others(inbox: Inbox, row_sessions: Sessions, payload: str) -> None:
    inbox.accept(incoming("1", "c"))
    inbox.accept(incoming("2", "d"))
    with row_sessions.begin() as session:
        session.execute(text("UPDATE inbox SET payload = :p WHERE key = '1'"), {"p": payload})
    broken = taken(inbox, "a")
    assert broken.key == "1"
    assert taken(inbox, "b").key == "2"
    assert len(inbox.list()) == 2


FROZEN = (
    '{"message": {"text": "환불은 얼마나 걸리나요?", "channel": "slack", "conversation": "c", "person": "U1", '
    '"audience": ["staff"], "language": "ko", "of_a_later_version": {"a": 1}}, '
    '"where": {"ts": "1.2"}, "text": "", "v": 9}'
)
FROZEN_ANSWER = (
    '{"answer_id": "a1", "conversation": "c", "text": "3일입니다.", "answered": true, "confidence": 0.5, '
    '"task": "answer", "language": "ko", "sources": [{"document": "d", "passage": "p", "version": 1, "title": "t", '
    '"page": null, "score": 0.1, "quote": "q", "new": 1}], "nearest": [], '
    '"tokens": {"input": 1, "output": 2, "thoughts": 3}, "mood": "glad"}'
)


def test_rows_of_another_version_are_understood(inbox: Inbox, row_sessions: Sessions) -> None:
    """What this version writes is written down here: when a test of a later one fails, rows that wait would be lost."""
    inbox.accept(incoming("1"))
    with row_sessions.begin() as session:
        session.execute(
            text("UPDATE inbox SET payload = :p, answer = :a, state = 'answered'"), {"p": FROZEN, "a": FROZEN_ANSWER}
        )
    row = taken(inbox)
    assert row.message == Message("환불은 얼마나 걸리나요?", "slack", "c", "U1", frozenset({"staff"}), "ko")
    assert row.where == {"ts": "1.2"}
    assert row.reply == Reply(
        "a1",
        "c",
        "3일입니다.",
        answered=True,
        confidence=0.5,
        task="answer",
        language="ko",
        sources=(Source("d", "p", 1, "t", None, 0.1, "q"),),
        tokens=Tokens(1, 2),
    )


def test_the_clock_is_the_databases(inbox: Inbox) -> None:
    inbox.accept(incoming("1"))
    row = taken(inbox)
    assert abs(row.created_at - time.time()) < 5
    assert 50 < row.lease_until - row.created_at < 70


# --- several acceptors on PostgreSQL ----------------------------------------------------------------------------------


def test_rows_of_a_conversation_are_numbered_as_they_are_committed(inbox: Inbox, row_sessions: Sessions) -> None:
    """A row must not be seen while one with a lower number is still to come: it would be answered first."""
    if _dialect(inbox) == "sqlite":
        pytest.skip("SQLite has one writer")
    ends: list[str] = []
    with row_sessions.begin() as session:
        rows.add(session, [new_row(incoming("1", "c"))])
        elsewhere = threading.Thread(target=lambda: ends.append(inbox.accept(incoming("3", "d"))))
        behind = threading.Thread(target=lambda: ends.append(inbox.accept(incoming("2", "c")) + " behind"))
        behind.start()
        elsewhere.start()
        elsewhere.join(20)
        waiting = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        _until(lambda: session.execute(waiting).scalar_one() == 1)
        assert ends == ["new"]
    behind.join(20)
    assert ends == ["new", "new behind"]
    assert [row.key for row in inbox.list() if row.conversation == "c"] == ["1", "2"]
    assert {taken(inbox, "a").key, taken(inbox, "b").key} == {"1", "3"}


def test_who_mends_takes_conversations_in_the_order_of_who_adds(
    inbox: Inbox, row_sessions: Sessions, rows_database: Settings
) -> None:
    """Otherwise each could hold what the other one waits for, and a message be refused to end it."""
    if _dialect(inbox) == "sqlite":
        pytest.skip("SQLite has one writer")
    names = ["한", "b", "B", "a", "가", "_"]
    for name in names:
        inbox.accept(incoming(name, name))
    with row_sessions.begin() as session:
        session.execute(update(INBOX).values(head=False))
    lock = text("SELECT pg_try_advisory_xact_lock(hashtextextended('slack:' || :name, 0))")
    waiting = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    first, *others = sorted(names)
    mended: list[int] = []

    def mend() -> None:
        with _inbox(_hashing(rows_database)) as other:
            mended.append(other.mend())

    mending = threading.Thread(target=mend)
    with row_sessions.begin() as session:
        assert session.execute(lock, {"name": first}).scalar_one()
        mending.start()
        _until(lambda: session.execute(waiting).scalar_one() == 1)
        assert all(session.execute(lock, {"name": name}).scalar_one() for name in others)
    mending.join(20)
    assert mended == [len(names)]


def test_acceptors_and_workers_at_once_leave_nothing_behind(rows_database: Settings, row_sessions: Sessions) -> None:
    """Who accepts looks whether the conversation has a head while who finishes takes it away: each time one is left."""
    count, conversations = 160, 3
    seen: dict[str, list[str]] = defaultdict(list)

    def accept(number: int) -> None:
        with _inbox(rows_database) as inbox:
            for n in range(number, count, 4):
                inbox.accept(incoming(f"{n}", f"c{n % conversations}"))

    def work(number: int) -> None:
        deadline = time.monotonic() + 60
        with _inbox(rows_database) as inbox:
            while sum(map(len, seen.values())) < count and time.monotonic() < deadline:
                row = inbox.claim(f"w{number}")
                if row is None:
                    time.sleep(0.002)
                    continue
                seen[row.conversation].append(f"{row.seq:09}")
                inbox.done(row)

    _all([*(lambda n=n: accept(n) for n in range(4)), *(lambda n=n: work(n) for n in range(3))])
    assert sum(map(len, seen.values())) == count
    assert all(seqs == sorted(seqs) for seqs in seen.values())


def _hashing(settings: Settings) -> Settings:
    """Have the database tell distinct rows apart as it does when there are many: they come in no order."""
    assert settings.database_url is not None
    url = make_url(settings.database_url.get_secret_value()).update_query_dict({"options": "-c enable_sort=off"})
    return settings.model_copy(update={"database_url": SecretStr(url.render_as_string(hide_password=False))})


@contextmanager
def _inbox(settings: Settings) -> Iterator[Inbox]:
    engine = open_engine(settings)
    yield Inbox(sessions_for(engine), waiting_per_person=100_000)
    engine.dispose()


def _all(works: list[Callable[[], object]]) -> None:
    """Do everything at once; the first error of a thread is that of the test."""
    errors: list[BaseException] = []

    def guarded(work: Callable[[], object]) -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - raised below
            errors.append(error)

    threads = [threading.Thread(target=guarded, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(90)
    if errors:
        raise errors[0]


def _until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < deadline, "it never comes to hold"
        time.sleep(0.01)
