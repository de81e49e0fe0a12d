"""Who may ask how often, and what a model may cost: by the counters, on both databases."""

import threading
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.database import limits
from bot.database.inbox_rows import time_now
from bot.database.inbox_tables import LimitCounter
from bot.limits import Limits
from bot.messages import Message, Tokens
from bot.settings import Settings
from tests.bot.database.exchanges import Sessions

SEOUL = ZoneInfo("Asia/Seoul")
KIM, LEE = Message("환불은 얼마나 걸리나요?", "slack", person="U-KIM"), Message("Hello?", "slack", person="U-LEE")


class Hands:
    """A clock that is set by hand."""

    def __init__(self, text: str = "2026-11-24T10:00:20") -> None:
        self.set(text)

    def set(self, text: str) -> None:
        self.now = datetime.fromisoformat(text).replace(tzinfo=SEOUL).timestamp()

    def __call__(self, _session: Session) -> float:
        return self.now


@dataclass(frozen=True)
class Row:
    """A row as it is claimed."""

    message: Message | None
    attempts: int = 1


@pytest.fixture
def hands() -> Hands:
    return Hands()


def made(sessions: Sessions, hands: Hands, folder: Path = Path("data"), **values: Any) -> Limits:
    return Limits(Settings(data=folder, **values), sessions, moment=hands)


def used(sessions: Sessions, who: str) -> dict[str, tuple[int, int, float]]:
    with sessions() as session:
        rows = session.scalars(sa.select(LimitCounter).where(LimitCounter.who == who)).all()
    return {row.window: (row.messages, row.tokens, row.cost_usd) for row in rows}


# --- messages ---------------------------------------------------------------------------------------------------


def test_ten_a_minute_then_one_notice_then_silence(sessions: Sessions, hands: Hands) -> None:
    limits_ = made(sessions, hands)
    said = [limits_.admit(KIM) for _ in range(14)]
    assert [verdict.allowed for verdict in said] == [True] * 10 + [False] * 4
    assert [verdict.notice for verdict in said[10:]] == [
        "질문이 잠시 많았습니다(1분에 10개까지 답해 드립니다). 10:01부터 다시 물어봐 주세요.", "", "", ""
    ]  # fmt: skip
    assert said[10].reached is not None
    assert said[10].reached.wait == 40
    hands.set("2026-11-24T10:01:00")
    assert limits_.admit(KIM).allowed


def test_the_notice_is_in_the_language_of_the_message(sessions: Sessions, hands: Hands) -> None:
    limits_ = made(sessions, hands, messages_per_minute=1)
    limits_.admit(LEE)
    assert limits_.admit(LEE).notice == (
        "That was a lot at once: I answer up to 1 messages a minute. Please go on at 10:01."
    )
    hands.set("2026-11-24T10:01:00")
    limits_.admit(KIM)
    assert limits_.admit(replace(KIM, language="en")).notice.startswith("That was")


def test_what_is_not_answered_does_not_count_for_the_day(sessions: Sessions, hands: Hands) -> None:
    """Two hundred in one minute cost ten of the day, not all of it."""
    limits_ = made(sessions, hands)
    allowed = sum(limits_.admit(KIM).allowed for _ in range(60))
    assert allowed == 10
    assert used(sessions, "slack:U-KIM")["day:2026-11-24"] == (10, 0, 0.0)


def test_a_day_is_a_day_in_korea(sessions: Sessions, hands: Hands) -> None:
    limits_ = made(sessions, hands, messages_per_minute=0, messages_per_day=2)
    hands.set("2026-11-24T23:59:30")  # 14:59:30 in UTC
    assert [limits_.admit(KIM).allowed for _ in range(3)] == [True, True, False]
    assert limits_.admit(LEE).allowed
    hands.set("2026-11-25T00:00:00")
    assert limits_.admit(KIM).allowed
    limits_.admit(KIM)
    reached = limits_.admit(KIM).reached
    assert reached is not None
    assert reached.sentence("ko") == (
        "오늘은 하루에 답해 드릴 수 있는 2개를 모두 채우셨습니다. 2026년 11월 26일 0시부터 다시 물어봐 주세요."
    )
    assert reached.sentence("en").endswith("Please go on at 00:00 on 2026-11-26.")


def test_a_day_of_a_zone_with_summer_time(sessions: Sessions, hands: Hands) -> None:
    limits_ = made(sessions, hands, messages_per_minute=0, messages_per_day=1, timezone="Europe/Berlin")
    hands.now = datetime(2026, 10, 25, 0, 30, tzinfo=ZoneInfo("Europe/Berlin")).timestamp()
    limits_.admit(KIM)
    reached = limits_.admit(KIM).reached
    assert reached is not None
    assert reached.wait == 24.5 * 3600  # of the day that has twenty-five hours


def test_zero_is_no_limit(sessions: Sessions, hands: Hands) -> None:
    limits_ = made(sessions, hands, messages_per_minute=0, messages_per_day=0)
    assert all(limits_.admit(KIM).allowed for _ in range(30))
    assert used(sessions, "slack:U-KIM") == {}


def test_an_address_may_ask_for_many(sessions: Sessions, hands: Hands) -> None:
    """An office behind one address: each has their own limit, and all together that of ten people."""
    limits_ = made(sessions, hands, messages_per_minute=2, people_per_address=3)
    people = [Message("안녕하세요", "web", person=f"p{i}", shared="address:192.0.2.7") for i in range(5)]
    assert [limits_.admit(person).allowed for person in people[:3] * 2] == [True] * 6
    refused = limits_.admit(people[3]).reached
    assert refused is not None
    assert refused.sentence("ko").startswith("같은 인터넷 주소에서 질문이 잠시 많았습니다(1분에 6개까지)")
    assert used(sessions, "web:p3")["day:2026-11-24"][0] == 0
    assert limits_.admit(Message("안녕하세요", "http", shared="address:192.0.2.8")).allowed
    assert made(sessions, hands, messages_per_minute=2, people_per_address=0).admit(people[3]).allowed


def test_whoever_is_nobody_in_particular_is_not_counted(sessions: Sessions, hands: Hands) -> None:
    limits_ = made(sessions, hands, messages_per_minute=1)
    assert all(limits_.admit(Message("안녕하세요", "terminal")).allowed for _ in range(5))


@pytest.mark.parametrize("person", ["x" * 5000, "\x00\ud800'; DROP TABLE limit_counters; --", "김:한빛 %_\n"])
def test_odd_names_of_people(sessions: Sessions, hands: Hands, person: str) -> None:
    limits_ = made(sessions, hands, messages_per_minute=1)
    message = Message("안녕하세요", "slack", person=person)
    assert [limits_.admit(message).allowed for _ in range(2)] == [True, False]
    assert limits_.admit(replace(message, person=person + "!")).allowed


def test_forty_mails_at_once_wait_for_their_turn(sessions: Sessions, hands: Hands) -> None:
    """Nobody sits and waits for a mail: those of a minute are not counted, those of a day are."""
    limits_ = made(sessions, hands, messages_per_minute=1, messages_per_day=40)
    message = Message("요약해 줘", "mail", person="minsu@company.com")
    assert [limits_.admit(message).allowed for _ in range(41)] == [True] * 40 + [False]


def test_one_floods_and_the_others_do_not_notice(sessions: Sessions, hands: Hands) -> None:
    """One sends two hundred in a minute over eight threads; everybody else's messages are all answered."""
    limits_ = made(sessions, hands)
    others = [Message("안녕하세요", "slack", person=f"U{i}") for i in range(10)]
    work = iter([*[KIM] * 100, *others * 5, *[KIM] * 100])
    lock, answered, notices = threading.Lock(), list[str](), list[str]()

    def run() -> None:
        while True:
            with lock:
                message = next(work, None)
            if message is None:
                return
            verdict = limits_.admit(message)
            with lock:
                answered.extend([str(message.person)] if verdict.allowed else [])
                notices.extend([verdict.notice] if verdict.notice else [])

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert answered.count("U-KIM") == 10
    assert {name: answered.count(name) for name in answered if name != "U-KIM"} == {f"U{i}": 5 for i in range(10)}
    assert len(notices) == 1


def test_a_row_counts_once_however_often_it_is_tried(sessions: Sessions, hands: Hands) -> None:
    limits_ = made(sessions, hands, messages_per_minute=1)
    with sessions.begin() as session:
        said = [limits_.judge(session, row) for row in (Row(KIM), Row(KIM, 2), Row(KIM, 3), Row(None), Row(KIM))]
    assert [verdict.allowed for verdict in said] == [True, True, True, True, False]
    assert said[-1].notice


def test_a_claim_that_is_rolled_back_counts_nothing(sessions: Sessions, hands: Hands) -> None:
    limits_ = made(sessions, hands, messages_per_minute=1)
    with sessions() as session:
        limits_.judge(session, Row(KIM))
        session.rollback()
    assert limits_.admit(KIM).allowed


# --- tokens and cost --------------------------------------------------------------------------------------------


def spend(sessions: Sessions, limits_: Limits, message: Message, tokens: int, cost: float, *, own: bool = True) -> None:
    with sessions.begin() as session:
        limits_.use(session, message, Tokens(tokens - 100, 100), cost, own=own)


def test_tokens_of_one_person_leave_those_of_others(sessions: Sessions, hands: Hands) -> None:
    limits_ = made(sessions, hands)
    spend(sessions, limits_, KIM, 199_999, 0.1)
    assert limits_.capped(KIM) is None
    spend(sessions, limits_, KIM, 101, 0.1)
    reached = limits_.capped(KIM)
    assert reached is not None
    assert reached.phrase == "answer.tokens_person"
    assert "2026년 11월 25일 0시까지는 자료의 원문으로" in reached.sentence("ko")
    assert limits_.capped(LEE) is None
    assert limits_.capped(KIM, own=False) is None
    hands.set("2026-11-25T00:00:00")
    assert limits_.capped(KIM) is None


@pytest.mark.parametrize(
    ("values", "ends"),
    [
        ({"tokens_per_day": 900}, "2026-11-25"),
        ({"cost_per_day": 0.5}, "2026-11-25"),
        ({"cost_per_month": 0.5}, "2026-12-01"),
    ],
)
def test_what_all_have_used_stops_all(sessions: Sessions, hands: Hands, values: dict[str, float], ends: str) -> None:
    limits_ = made(sessions, hands, **values)
    spend(sessions, limits_, KIM, 500, 0.3)
    assert limits_.capped(LEE) is None
    spend(sessions, limits_, LEE, 500, 0.3, own=False)
    for message in (KIM, LEE, Message("질문", "terminal")):
        reached = limits_.capped(message, own=False)
        assert reached is not None
        assert reached.until.isoformat() == f"{ends}T00:00:00+09:00"
        assert reached.phrase == "answer.budget_spent"
    assert used(sessions, "slack:U-LEE") == {}
    assert used(sessions, limits.EVERYONE)["month:2026-11"] == (0, 1000, pytest.approx(0.6))


def test_a_month_ends_with_the_month(sessions: Sessions, hands: Hands) -> None:
    limits_ = made(sessions, hands, cost_per_month=1)
    for day in ("2026-11-30", "2026-12-31"):
        hands.set(f"{day}T23:59:59")
        assert limits_.capped(KIM) is None
        spend(sessions, limits_, KIM, 1000, 1.0)
        assert limits_.capped(KIM) is not None
    hands.set("2027-01-01T00:00:00")
    assert limits_.capped(KIM) is None


def test_a_cost_that_is_not_known_counts_its_tokens(sessions: Sessions, hands: Hands) -> None:
    limits_ = made(sessions, hands, tokens_per_day=1000)
    with sessions.begin() as session:
        limits_.use(session, KIM, Tokens(800, 200), None)
        limits_.use(session, KIM, Tokens(), 0.0)
    assert limits_.capped(LEE) is not None
    assert used(sessions, limits.EVERYONE)["day:2026-11-24"] == (0, 1000, 0.0)


# --- the counters -----------------------------------------------------------------------------------------------


def test_many_add_at_once_and_nothing_is_lost(sessions: Sessions, hands: Hands) -> None:
    limits_ = made(sessions, hands)
    people = [Message("질문", "slack", person=f"U{i % 3}") for i in range(40)]

    def run(messages: list[Message]) -> None:
        for message in messages:
            spend(sessions, limits_, message, 1000, 0.25)

    threads = [threading.Thread(target=run, args=(people[i::4],)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert used(sessions, limits.EVERYONE)["day:2026-11-24"] == (0, 40_000, 10.0)
    assert sum(used(sessions, f"slack:U{i}")["day:2026-11-24"][1] for i in range(3)) == 40_000


def test_the_clock_is_the_database_s(sessions: Sessions) -> None:
    with sessions() as session:
        found = time_now(session)
        assert abs(found - datetime.now(SEOUL).timestamp()) < 5
        assert time_now(session) >= found


def test_who_reached_a_limit_is_counted(sessions: Sessions, hands: Hands) -> None:
    limits_ = made(sessions, hands, messages_per_minute=1)
    for message in (KIM, KIM, KIM, LEE):
        limits_.admit(message)
    with sessions() as session:
        assert limits.refused(session, hands.now - 3600) == 1
        assert limits.refused(session, hands.now + 3600) == 0
