"""Rows that end without an answer: taken back by who wrote, or given up; who waits is told. On both databases."""

from dataclasses import replace

import pytest

from bot.database.engine import Sessions
from bot.inbox import Inbox, Incoming, LeaseLostError, Row
from bot.messages import Message

SAID = Message("how much is it?", "slack", "C1:1.0", "U1")


def sorry(row: Row) -> Incoming | None:
    if row.kind == "notice" or row.message is None:
        return None
    return Incoming(f"{row.key}:given_up", row.message, kind="notice", where={"again": row.seq}, text="Sorry.")


@pytest.fixture
def inbox(row_sessions: Sessions) -> Inbox:
    return Inbox(row_sessions, given_up=sorry)


def test_what_was_taken_back_is_answered_by_nobody(inbox: Inbox) -> None:
    keys = ("slack:C1:1.0", "slack:C1:1.0:edit:2.0", "slack:C1:1.05", "slack:C1:1%0", "slack:C2:1.0")
    inbox.accept(*(Incoming(key, replace(SAID, conversation=key)) for key in keys))
    first = inbox.claim("here")
    assert first is not None
    inbox.sending(first, "C1:9.0")
    assert inbox.withdraw("slack:C1:1.0") == ("C1:9.0",)
    with pytest.raises(LeaseLostError):
        inbox.sending(first)
    with pytest.raises(LeaseLostError):
        inbox.done(first)
    gone = inbox.list("dead")
    assert {row.key for row in gone} == set(keys[:2])
    assert {(row.error, row.message, row.text) for row in gone} == {("gone:message_deleted", None, "")}
    assert {row.key for row in inbox.list()} == set(keys[2:])
    assert inbox.withdraw("slack:C1:1.0") == ()
    assert inbox.given_up() == ()  # nobody need see to it


def test_the_next_of_its_conversation_has_its_turn(inbox: Inbox) -> None:
    inbox.accept(Incoming("a", SAID))
    inbox.accept(Incoming("b", SAID))
    inbox.withdraw("a")
    following = inbox.claim("here")
    assert following is not None
    assert following.key == "b"


def test_who_waits_is_told_in_the_transaction_that_gives_up(inbox: Inbox) -> None:
    inbox.accept(Incoming("a", SAID))
    row = inbox.claim("here")
    assert row is not None
    assert inbox.fail(row, "ValueError at tasks.py:3", permanent=True)
    told = inbox.claim("here")
    assert told is not None
    assert (told.kind, told.person, told.text, told.where["again"]) == ("notice", "U1", "Sorry.", row.seq)
    assert inbox.fail(told, "x", permanent=True)
    assert inbox.claim("here") is None  # nothing is said about what was to be said
    assert inbox.retry(row.seq)
    again = inbox.claim("here")
    assert again is not None
    assert again.key == "a"


def test_what_is_lost_meanwhile_is_not_told(inbox: Inbox) -> None:
    inbox.accept(Incoming("a", SAID))
    row = inbox.claim("here")
    assert row is not None
    inbox.release("here")
    with pytest.raises(LeaseLostError):
        inbox.fail(row, "x", permanent=True)
    assert [row.key for row in inbox.list()] == ["a"]
