"""Rows whose place is no more, and rows whose channel is shut: on both databases."""

import pytest

from bot.database import standing
from bot.database.engine import Sessions
from bot.inbox import GONE, MOST_TRIES, Inbox, Incoming, Row
from bot.inbox_words import error_in_words
from bot.messages import Message


@pytest.fixture
def inbox(row_sessions: Sessions) -> Inbox:
    return Inbox(row_sessions)


def taken(inbox: Inbox, key: str, channel: str = "slack") -> Row:
    inbox.accept(Incoming(key, Message("환불은 얼마나 걸리나요?", channel, key, "U1")))
    row = inbox.claim("a:1/0")
    assert row is not None
    return row


def test_what_has_no_place_is_settled(inbox: Inbox, row_sessions: Sessions) -> None:
    """Nobody need see to it: it is not counted, not tried again with the others, and told last; one may still retry."""
    inbox.fail(taken(inbox, "lost"), f"{GONE}is_archived", permanent=True)
    inbox.fail(taken(inbox, "broken"), "Slack refused: fatal_error", permanent=True)
    lost, broken = inbox.list("dead")
    assert inbox.given_up() == (broken.seq,)
    assert [row.seq for row in inbox.worst_first(10)] == [broken.seq, lost.seq]
    with row_sessions() as session:
        assert standing.given_up(session) == 1
    assert "is_archived" in error_in_words(lost.error, "ko")
    assert "gone" in error_in_words(lost.error, "en")
    assert inbox.retry(lost.seq)


def test_tries_do_not_count_while_the_channel_is_shut(inbox: Inbox) -> None:
    row = taken(inbox, "waits")
    for _ in range(MOST_TRIES + 3):
        assert not inbox.fail(row, "Slack refused: token_revoked", 300.0, refused=True, counts=False)
        waiting = inbox.list()[0]
        assert waiting.attempts == 0
        assert inbox.claim("a:1/0") is None, "it is left alone for a while"
        assert inbox.hurry("slack") == 1
        again = inbox.claim("a:1/0")
        assert again is not None
        row = again
    assert row.attempts == 1


def test_hurrying_is_of_one_channel_and_of_what_waits(inbox: Inbox) -> None:
    heard: list[str] = []
    inbox.on_work(lambda: heard.append("rung"))
    inbox.fail(taken(inbox, "mail:1", "mail"), "x", 300.0)
    inbox.fail(taken(inbox, "slack:1"), "x", 300.0)
    worked_on = taken(inbox, "slack:2")
    heard.clear()
    assert inbox.hurry("slack") == 1
    assert heard == ["rung"]
    assert inbox.hurry("slack") == 0
    assert heard == ["rung"]
    inbox.done(worked_on)
