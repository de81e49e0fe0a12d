"""What is counted of a span of days: while a day is open, when it is over, and when people have been erased since."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot import summing
from bot.complaints import examples
from bot.database import day_sums, handovers, notices
from bot.database.behind_sums import Complaining, complaining
from bot.database.bias_runs import KEPT, keep_run, last_run
from bot.database.erasing import erase, find_people
from bot.database.handed import reply_key
from bot.database.notice_tables import NoticeRow
from bot.database.sum_tables import DaySum
from bot.database.tables import Answer, Conversation
from bot.insight import LIVE_SECONDS, ReadBefore, read_insight
from bot.insight_figures import Insight, Span, Used, last_days
from bot.jobs import jobs_of
from bot.wiring import Bot
from tests.bot.insight_days import asked, filled
from tests.samples import BotMaker


@pytest.fixture
def bot(make_bot: BotMaker) -> Bot:
    made = make_bot()
    filled(made, made.clock())
    return made


def seen(bot: Bot, days: int = 7, before: ReadBefore | None = None) -> Insight:
    now = bot.clock()
    with bot.sessions() as session:
        return read_insight(session, last_days(now.date(), days), now, before=before)


def check(found: Insight) -> None:
    """The week of ``filled``, whether its days are counted live or were summed up."""
    now, before = found.now, found.before
    assert (now.conversations, now.questions, now.answered, now.unanswered, now.others) == (6, 4, 3, 1, 1)
    assert (before.questions, before.answered, found.comparable) == (2, 1, False)
    assert (now.good, now.bad, found.reasons) == (1, 1, (("wrong", 1),))
    assert (now.handed, now.ended, found.waiting, found.outcomes) == (2, 1, 1, (("answered", 1),))
    assert now.waited is not None
    assert 6_000 < now.waited < 7_500  # two hours, by a bucket
    assert now.moods == {"positive": 0, "neutral": 0, "negative": 3}
    assert now.mood == pytest.approx(-0.6333, abs=0.001)
    assert [(each.name, each.count, each.negative) for each in found.aspects] == [("배송", 3, 3)]
    assert (now.cost_usd, now.answers, now.unpriced) == (0.5, 6, 0)
    assert now.p50 is not None
    assert now.p95 is not None
    assert 33 <= now.p50 <= 48
    assert 1_600 <= now.p95 <= 2_400
    assert {(each.name, each.count, each.answered, each.handed) for each in found.channels} == {
        ("web", 3, 2, 0), ("slack", 1, 1, 2),
    }  # fmt: skip
    assert {(each.name, each.count) for each in found.languages} == {("ko", 3), ("en", 1)}
    assert found.tasks == (("translate", 1),)
    assert found.spending[0].model == "openai:gpt"
    assert (found.spending[0].input, found.spending[0].cost_usd) == (100, 0.5)
    assert found.entries[0] == Used("자주 묻는 질문.csv", "배송-1", 4)
    assert [each.key for each in found.bad_entries] == ["refund", "배송-1"]
    assert [step.questions for step in found.steps] == [0, 0, 0, 0, 0, 3, 1]


@pytest.mark.postgresql
def test_the_same_is_seen_of_open_days_and_of_closed_ones(bot: Bot) -> None:
    found = seen(bot)
    assert found.pending == 7  # from eight days ago on: they wait for the run, and are not counted meanwhile
    assert found.before.questions == 0
    assert summing.close_days(bot) == 8
    assert summing.close_days(bot) == 0, "a day is summed up once"
    before = ReadBefore()
    for _ in range(2):
        found = seen(bot, before=before)
        assert found.pending == 0
        check(found)


@pytest.mark.postgresql
def test_a_handover_is_replied_to_by_its_first_reply(bot: Bot) -> None:
    now = bot.clock()
    with bot.sessions() as session:
        over = next(each for each in handovers.waiting(session))
        conversation = session.scalars(select(Answer.conversation_id).where(Answer.id == over.answer_id)).one()
    for minutes in (30, 90):
        with bot.sessions.begin() as session:
            notices.add(session, reply_key(over.id, str(minutes)), conversation, "답이에요")
            last = session.scalars(select(NoticeRow).order_by(NoticeRow.id.desc())).first()
            assert last
            last.created_at = over.created_at + timedelta(minutes=minutes)
    with bot.sessions() as session:
        counted = summing.count_day(session, now.date(), now.tzinfo)
        assert day_sums.first_replies_between(session, now + timedelta(hours=1), now + timedelta(hours=9)) == []
    assert [each.count for each in counted if each.measure == "replied"] == [1]
    replied = seen(bot).now.replied
    assert replied is not None
    assert 1_500 < replied < 2_160


@pytest.mark.postgresql
def test_sums_stay_when_people_are_erased_and_hold_nobody(bot: Bot) -> None:
    jobs_of(bot)[summing.JOB]({})
    with bot.sessions() as session:
        people = [each for name in ("kim", "lee") for each in find_people(session, name)]
    erase(bot.engine, people)
    found = seen(bot)
    assert found.now.questions == 3, "today's went with the person, yesterday's are sums"
    assert found.before.questions == 2
    with bot.sessions() as session:
        kept = [f"{row.measure} {row.name} {row.detail}" for row in session.query(DaySum)]
    assert not [row for row in kept if any(word in row for word in ("kim", "lee", "홍길동", "010", "드론"))]


@pytest.mark.postgresql
def test_processes_that_close_the_same_days_write_them_once(bot: Bot) -> None:
    with ThreadPoolExecutor(4) as processes:
        list(processes.map(lambda _number: summing.close_days(bot), range(4)))
    check(seen(bot))


def test_what_was_read_is_read_again_when_a_day_has_closed(bot: Bot) -> None:
    seconds = [1000.0]
    before = ReadBefore(lambda: seconds[0])
    assert seen(bot, 30, before).now.questions == 4
    summing.close_days(bot)
    assert seen(bot, 30, before).now.questions == 6
    asked(bot, bot.clock())
    assert seen(bot, 30, before).now.questions == 6, "as it was some seconds ago"
    seconds[0] += LIVE_SECONDS
    assert seen(bot, 30, before).now.questions == 7


def test_a_day_is_one_of_the_time_zone_and_settles_before_it_closes(make_bot: BotMaker) -> None:
    bot = make_bot()
    midnight = bot.clock().replace(hour=0, minute=0, second=0, microsecond=0)
    asked(bot, midnight - timedelta(minutes=1))
    asked(bot, midnight + timedelta(minutes=1))
    yesterday = midnight.date() - timedelta(days=1)
    with bot.sessions() as session:
        assert summing.waiting_days(session, midnight + timedelta(minutes=10)) == []
        assert summing.waiting_days(session, midnight + timedelta(minutes=20)) == [yesterday]
        counted = summing.count_day(session, yesterday, midnight.tzinfo)
    assert [each.count for each in counted if each.measure == "question"] == [1]


def test_nothing_asked_is_nothing_counted(make_bot: BotMaker) -> None:
    bot = make_bot()
    assert summing.close_days(bot) == 0
    found = seen(bot, 90)
    assert (found.now.questions, found.now.share, found.now.p50, found.now.per_solved) == (0, None, None, None)
    assert (found.pending, found.comparable, len(found.steps)) == (0, False, 90)


def test_long_spans_are_shown_by_week(bot: Bot) -> None:
    summing.close_days(bot)
    found = seen(bot, 366)
    assert len(found.steps) == 53
    assert sum(step.questions for step in found.steps) == 6
    assert found.steps[-1].span == Span(bot.clock().date() - timedelta(days=1), bot.clock().date())


@pytest.mark.parametrize("share", [0.5, 0.95])
def test_percentiles_are_off_by_some_per_cent_at_most(share: float) -> None:
    times = [1.17**number for number in range(3, 70)] * 3
    buckets: dict[int, int] = {}
    for each in times:
        buckets[summing.bucket(each)] = buckets.get(summing.bucket(each), 0) + 1
    exact = sorted(times)[int(share * len(times))]
    assert summing.percentile(buckets, share) == pytest.approx(exact, rel=0.2)
    assert summing.percentile({}, share) is None
    assert summing.bucket(0) == 0


def test_examples_say_what_is_complained_of_without_who(bot: Bot) -> None:
    now = bot.clock()
    with bot.sessions() as session:
        messages = complaining(session, now - timedelta(days=7), now + timedelta(days=1))
    found = examples(messages, ["배송", "가격"])
    assert found["가격"] == []
    assert len(found["배송"]) == 2
    assert all("010-1234" not in each.text for each in found["배송"])
    with bot.sessions.begin() as session:
        for each in session.scalars(select(Conversation)):
            each.removed_at = each.updated_at
        assert complaining(session, now - timedelta(days=7), now + timedelta(days=1)) == []
    long = Complaining("옷은 예뻤어요. " * 20 + "하지만 배송은 너무 늦었어요.", {"delivery": -0.5}, "c", "a", now)
    assert examples([long], ["배송"])["배송"][0].text == "배송은 너무 늦었어요."


def test_long_names_are_cut_and_a_day_kept_twice_is_the_last_one(bot: Bot) -> None:
    day = date(2026, 1, 1)
    for count in (1, 2):
        with bot.sessions.begin() as session:
            day_sums.keep(session, day, [day_sums.Sum("entry", "가" * 900, "나" * 900, count)])
    with bot.sessions() as session:
        (found,) = day_sums.added_up(session, day, day, ["entry"])
    assert (len(found.name), len(found.detail), found.count) == (400, 200, 2)


@pytest.mark.postgresql
def test_the_last_runs_of_the_bias_watch_are_kept_without_questions(make_bot: BotMaker) -> None:
    bot = make_bot()
    at = datetime.now(bot.clock().tzinfo)
    with bot.sessions.begin() as session:
        assert last_run(session) is None
        for number in range(KEPT + 2):
            keep_run(session, "extractive", {"questions": number, "pairs_differing": [{"question": "x"}]}, at)
        found = last_run(session)
    assert found
    assert found.figures == {"questions": KEPT + 1}
