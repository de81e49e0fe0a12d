"""One person floods the inbox: they are answered as often as they may be and told once; nobody else notices."""

import threading
import time
from collections import Counter
from dataclasses import dataclass, field

from bot.channels import Delivery, ReplyStream
from bot.incoming import Incoming
from bot.messages import Message, Reply
from tests.samples import BotMaker, zone_at_noon

PATIENCE = 60.0


@dataclass
class Letters:
    """A channel that keeps who was sent what."""

    name: str = "letters"
    repeats_possible: bool = False
    sent: list[tuple[str, str]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def send(self, delivery: Delivery, reply: Reply) -> str:
        with self._lock:
            self.sent.append((str(delivery.message.person), reply.text))
            return str(len(self.sent))

    def find(self, delivery: Delivery) -> str | None:
        return None

    def open_stream(self, delivery: Delivery) -> ReplyStream | None:
        return None


def message(person: str, number: int) -> Incoming:
    said = Message("환불은 얼마나 걸리나요?", "letters", conversation=f"of {person}", person=person)
    return Incoming(f"letters:{person}:{number}", said)


def test_one_floods_and_the_others_are_answered(make_bot: BotMaker) -> None:
    bot = make_bot(
        messages_per_minute=0, messages_per_day=10, waiting_per_person=60, workers=4, timezone=zone_at_noon()
    )
    letters = Letters()
    bot.channels = {"letters": letters}
    accepted = Counter(bot.inbox.accept(message("flood", number)) for number in range(80))
    assert accepted == {"new": 60, "refused": 20}  # so many may wait, of one person
    for person in range(8):
        for number in range(3):
            assert bot.inbox.accept(message(f"p{person}", number)) == "new"
    workers = bot.workers().start()
    try:
        until = time.monotonic() + PATIENCE
        while bot.inbox.counts()["done"] < 84:
            assert time.monotonic() < until, bot.inbox.counts()
            time.sleep(0.05)
    finally:
        workers.stop()
    told = Counter(person for person, _ in letters.sent)
    assert told == {"flood": 11, **{f"p{person}": 3 for person in range(8)}}
    texts = [text for person, text in letters.sent if person == "flood"]
    assert all("영업일 기준 3일" in text for text in texts[:10])
    assert texts[10].startswith("오늘은 하루에 답해 드릴 수 있는 10개를 모두 채우셨습니다.")
    silent = [row for row in bot.inbox.list("done", limit=200) if row.error == "limit"]
    assert {row.conversation for row in silent} == {"of flood"}
    assert len(silent) == 49
