"""A message's whole way from the inbox through the bot to its channel: what is written, and that it is written once."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from bot.channels import ChannelError
from bot.inbox import Incoming, LeaseLostError
from bot.llm.scripted import Script, ScriptedModel
from bot.messages import Event, Message, Reply
from bot.wiring import Bot, build_bot
from tests.bot.test_workers import Letters
from tests.servers.databases import copy_folder, count, settings_of

ASKED = "환불은 얼마나 걸리나요?"
SAID = "환불은 신청하신 날부터 영업일 기준 3일 안에 처리됩니다."


@pytest.fixture
def letters() -> Letters:
    return Letters()


@pytest.fixture
def opened(korean_folder: Path, tmp_path: Path, letters: Letters) -> Iterator[Callable[..., Bot]]:
    """Opens bots over a copy of the Korean documents, with ``letters`` as their channel."""
    copy_folder(korean_folder, tmp_path / "data")
    with ExitStack() as undo:

        def open_bot(model: ScriptedModel | None = None, **settings: Any) -> Bot:
            values = settings_of(tmp_path / "data", **settings)
            return undo.enter_context(build_bot(values, llm=model, channels={"letters": letters}))

        yield open_bot


@pytest.fixture
def written(korean_folder: Path, tmp_path: Path) -> Callable[[str], int]:
    """Counts the rows of a table that were added to the copy: other tests may have asked in the original before."""
    tables = ("answers", "turns", "conversations", "usage", "feedback")
    before = {table: count(korean_folder, table) for table in tables}
    return lambda table: count(tmp_path / "data", table) - before[table]


def answered(bot: Bot) -> None:
    """Let workers run until nothing waits."""
    workers = bot.workers(count=2).start()
    deadline = time.monotonic() + 60
    while bot.inbox.list(limit=1):
        assert time.monotonic() < deadline, bot.inbox.list()
        time.sleep(0.02)
    assert workers.stop()


def asked(bot: Bot, text: str = ASKED, key: str = "1", conversation: str | None = "c") -> str:
    return bot.inbox.accept(Incoming(key, Message(text, "letters", conversation, "P1", language="ko")))


def test_a_message_is_answered_from_the_documents_and_logged_once(
    opened: Callable[..., Bot], letters: Letters, written: Callable[[str], int]
) -> None:
    bot = opened()
    assert [asked(bot), asked(bot)] == ["new", "duplicate"]
    answered(bot)
    assert [post.text for post in letters.posts] == [SAID]
    (done,) = bot.inbox.list("done")
    assert written("answers") == 1
    assert written("turns") == 2
    assert done.answer_id
    assert done.message is None  # what was said stands in the log of conversations alone


def test_a_follow_up_sees_what_was_said_before(
    opened: Callable[..., Bot], letters: Letters, written: Callable[[str], int]
) -> None:
    bot = opened()
    asked(bot, "배송비는 얼마인가요?")
    asked(bot, "그럼 환불은요?", "2")
    answered(bot)
    assert len(letters.posts) == 2
    assert written("conversations") == 1


def test_a_model_is_paid_once_however_often_the_reply_is_sent(opened: Callable[..., Bot], letters: Letters) -> None:
    model = ScriptedModel([Script(f"{SAID} [1]")])
    bot = opened(model)
    letters.troubles = [("before", ChannelError("down"))] * 3
    asked(bot)
    workers = bot.workers(count=1).start()
    deadline = time.monotonic() + 60
    while (rows := bot.inbox.list()) and time.monotonic() < deadline:
        bot.inbox.retry(rows[0].seq)
        time.sleep(0.05)
    assert workers.stop()
    assert len(letters.posts) == 1
    assert len(model.asked) == 1


def test_who_asks_too_much_hears_it_once_from_the_inbox_too(opened: Callable[..., Bot], letters: Letters) -> None:
    bot = opened(messages_per_minute=2)
    for n in range(5):
        asked(bot, key=str(n), conversation=str(n))
    answered(bot)
    said = [post.text for post in letters.posts]
    assert said.count(SAID) == 2
    assert len(said) == 3
    assert [row.error for row in bot.inbox.list("done")].count("limit") == 2


def test_the_exchange_and_the_row_are_written_together_or_not_at_all(
    opened: Callable[..., Bot], written: Callable[[str], int]
) -> None:
    bot = opened()

    def keeping(_session: object, reply: Reply) -> None:
        assert reply.text == SAID
        raise LeaseLostError("another worker has it")

    with pytest.raises(LeaseLostError):
        list(bot.stream(Message(ASKED, "letters", "c", "P1"), keeping=keeping))
    assert written("answers") == 0
    assert written("turns") == 0


def test_a_reply_nobody_listens_to_leaves_nothing_where_it_is_kept(
    opened: Callable[..., Bot], written: Callable[[str], int]
) -> None:
    bot = opened()
    events = bot.stream(Message(ASKED, "letters", "c", "P1"), keeping=lambda _session, _reply: None)
    first = next(iter(events))
    assert isinstance(first, Event)
    events.close()  # type: ignore[attr-defined]
    assert written("turns") == 0
