"""What was said is written once, whole, and shown only to whom it belongs; on SQLite and PostgreSQL."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa

from bot.database.conversations import (
    NOBODY,
    Exchange,
    PastTurn,
    add_feedback,
    conversation_for,
    recent_turns,
    record,
)
from bot.database.ledger import answer_ledger
from bot.database.tables import Answer, Conversation, Feedback, Person, Turn, Usage
from bot.errors import UserError
from bot.messages import Message, Nearest, Tokens
from bot.tasks.request import SourceDetail
from tests.bot.database.exchanges import REPLY, SOURCE, Sessions, exchange, put


def turns(sessions: Sessions, name: str, person: str | None = None, channel: str = "web", limit: int = 20) -> list[str]:
    with sessions() as session:
        return [turn.text for turn in recent_turns(session, channel, name, limit, person=person)]


def count(sessions: Sessions, table: type) -> int:
    with sessions() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


# --- written and read back --------------------------------------------------------------------------------------


def test_everything_about_an_answer_is_kept(sessions: Sessions) -> None:
    seoul = timezone(timedelta(hours=9))
    full = Exchange(
        Message("그럼 환불은요?", "web", "c", "kim@example.com", frozenset({"직원", "vip"})),
        replace(
            REPLY,
            answer_id="0123456789abcdef" * 2,
            conversation="c",
            nearest=(Nearest("환불-1", "환불은 언제 되나요?"),),
            checks="partly",
            model="openai:gpt-4.1-mini",
            tokens=Tokens(812, 64),
            cost_usd=0.0021,
            latency_ms=812.5,
            notice="잠시 느립니다",
            error="timeout",
        ),
        completed="환불은 얼마나 걸리나요?",
        source_details=(SourceDetail(None, 12.5, None),),
        check_details=({"text": "이틀에서 사흘 걸려요.", "ok": True, "reasons": []},),
        legs={"keywords": "ready", "vectors": "off: 한국어를 읽지 못하는 모델"},
        prompt="질문: 환불은 얼마나 걸리나요?",
        prompt_version="ab12",
        at=datetime(2026, 11, 24, 1, 30, tzinfo=seoul),
    )
    assert put(sessions, full) == ["c"]
    with sessions.begin() as session:
        add_feedback(session, full.reply.answer_id, -1, channel="web", person="kim@example.com", reason="outdated")
        ledger = answer_ledger(session, "0123456789")
    assert (ledger.asked, ledger.searched) == ("그럼 환불은요?", "환불은 얼마나 걸리나요?")
    assert ledger.answer == REPLY.text
    assert (ledger.channel, ledger.conversation, ledger.person) == ("web", "c", "kim@example.com")
    assert ledger.audience == ("vip", "직원")
    assert ledger.at == full.at
    assert (ledger.checks, ledger.check_details) == ("partly", full.check_details)
    (source,) = ledger.sources
    assert (source.document, source.passage, source.version, source.page) == ("자주 묻는 질문.csv", "배송-1", 3, 2)
    assert (source.score, source.keyword_score, source.vector_score, source.live) == (0.87, 12.5, None, False)
    assert source.quote == SOURCE.quote
    assert ledger.nearest == ({"passage": "환불-1", "question": "환불은 언제 되나요?"},)
    assert ledger.legs == full.legs
    assert (ledger.model, ledger.prompt, ledger.prompt_version) == ("openai:gpt-4.1-mini", full.prompt, "ab12")
    assert (ledger.input_tokens, ledger.output_tokens, ledger.cost_usd) == (812, 64, 0.0021)
    assert (ledger.latency_ms, ledger.notice, ledger.error) == (812.5, "잠시 느립니다", "timeout")
    assert [(o.rating, o.reason) for o in ledger.feedback] == [(-1, "outdated")]


def test_the_turns_come_back_oldest_first_and_no_more_than_asked(sessions: Sessions) -> None:
    put(sessions, *(exchange(f"질문 {n}", name="c") for n in range(6)))
    with sessions() as session:
        found = recent_turns(session, "web", "c", 4)
    assert found == [
        PastTurn("person", "질문 4"),
        PastTurn("bot", REPLY.text),
        PastTurn("person", "질문 5"),
        PastTurn("bot", REPLY.text),
    ]


def test_the_completed_question_comes_back(sessions: Sessions) -> None:
    put(sessions, replace(exchange("그럼 환불은요?", name="c"), completed="환불은 얼마나 걸리나요?"))
    with sessions() as session:
        assert recent_turns(session, "web", "c")[0].completed == "환불은 얼마나 걸리나요?"


def test_a_conversation_that_is_new_has_no_turns(sessions: Sessions) -> None:
    with sessions() as session:
        assert recent_turns(session, "web", None) == []
        assert recent_turns(session, "web", "") == []
        assert recent_turns(session, "web", "없음") == []


def test_usage_is_summed_by_day_model_and_person(sessions: Sessions) -> None:
    seoul = timezone(timedelta(hours=9))
    early = datetime(2026, 11, 24, 1, tzinfo=seoul)  # still the 23rd in UTC: the day is the asker's
    for person, cost in (("a", 0.5), ("a", None), (None, 0.25), (None, 0.25)):
        one = exchange(person=person, model="openai:x", tokens=Tokens(10, 2), cost_usd=cost)
        put(sessions, replace(one, at=early))
    put(sessions, exchange(person="a"))
    with sessions() as session:
        person = session.scalar(sa.select(Person.id))
        rows = {(u.model, u.person_id, u.day.isoformat()): u for u in session.scalars(sa.select(Usage))}
    known, nobody = rows["openai:x", person, "2026-11-24"], rows["openai:x", NOBODY, "2026-11-24"]
    assert (known.answers, known.input_tokens, known.output_tokens, known.cost_usd) == (2, 20, 4, 0.5)
    assert (nobody.answers, nobody.cost_usd) == (2, 0.5)
    assert len(rows) == 3


# --- whose conversation it is -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("owner", "other"), [("kim", "lee"), ("kim", None), (None, "lee")])
def test_a_conversation_of_another_person_is_neither_read_nor_written(
    sessions: Sessions, owner: str | None, other: str | None
) -> None:
    put(sessions, exchange("내 비밀번호는 1234", name="1", person=owner))
    intruder = Message("앞에서 뭐라고 했죠?", "web", "1", other)
    with sessions() as session:
        assert recent_turns(session, "web", "1", person=other) == []
        fresh = conversation_for(session, intruder)
        assert fresh != "1"
        assert conversation_for(session, replace(intruder, person=owner)) == "1"
    (name,) = put(sessions, exchange("앞에서 뭐라고 했죠?", name="1", person=other))
    assert name != "1", "written under the same name by mistake, it begins afresh"
    assert turns(sessions, "1", owner) == ["내 비밀번호는 1234", REPLY.text]
    assert turns(sessions, name, other) == ["앞에서 뭐라고 했죠?", REPLY.text]


def test_the_same_name_on_two_channels_is_two_conversations(sessions: Sessions) -> None:
    put(sessions, exchange("웹", name="1", person="kim"), exchange("메일", name="1", person="kim", channel="mail"))
    assert turns(sessions, "1", "kim") == ["웹", REPLY.text]
    assert turns(sessions, "1", "kim", "mail") == ["메일", REPLY.text]
    assert count(sessions, Person) == 2


def test_people_in_a_thread_of_slack_share_it(sessions: Sessions) -> None:
    put(sessions, *(exchange(f"{who}의 질문", name="T1", person=who, channel="slack") for who in ("U1", "U2")))
    assert turns(sessions, "T1", "U3", "slack") == ["U1의 질문", REPLY.text, "U2의 질문", REPLY.text]
    assert count(sessions, Conversation) == 1


@pytest.mark.parametrize("name", [None, "", "  ", "\x00"])
def test_without_a_name_a_conversation_gets_one_that_cannot_be_guessed(sessions: Sessions, name: str | None) -> None:
    with sessions() as session:
        names = {conversation_for(session, Message("안녕", "web", name)) for _ in range(3)}
    assert len(names) == 3
    assert all(len(fresh) == 32 for fresh in names)


# --- several writers --------------------------------------------------------------------------------------------


def test_writers_to_one_conversation_go_one_after_the_other(sessions: Sessions) -> None:
    errors: list[BaseException] = []

    def write(number: int) -> None:
        try:
            put(
                sessions,
                *(exchange(f"{number}-{n}", name="T1", person=f"U{number}", channel="slack") for n in range(8)),
            )
        except BaseException as error:  # noqa: BLE001 - shown below, by the test's own thread
            errors.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with sessions() as session:
        rows = session.execute(sa.select(Turn.position, Turn.role).order_by(Turn.position)).all()
        assert [tuple(row) for row in rows] == [(n, ("person", "bot")[n % 2]) for n in range(96)]
        assert session.scalar(sa.select(sa.func.count()).select_from(Conversation)) == 1
        assert session.scalar(sa.select(sa.func.sum(Usage.answers))) == 48
        assert session.scalar(sa.select(sa.func.count()).select_from(Person)) == 6


def test_an_exchange_is_written_whole_or_not_at_all(sessions: Sessions) -> None:
    first = exchange(name="c")
    put(sessions, first)
    with pytest.raises(sa.exc.IntegrityError), sessions.begin() as session:
        record(session, replace(exchange(name="c"), reply=first.reply))
    assert (count(sessions, Turn), count(sessions, Answer)) == (2, 1)
    assert turns(sessions, "c") == ["배송은 얼마나 걸리나요?", REPLY.text]


# --- any text at all --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", ""),
        ("널\x00문자", "널문자"),
        ("반쪽 \ud83d 짝", "반쪽 \ufffd 짝"),
        ("두 반쪽 \ud83d\ude00", "두 반쪽 😀"),
        ("'; DROP TABLE turns; --", "'; DROP TABLE turns; --"),
        ("한글 :name %s {x} \\", "한글 :name %s {x} \\"),
    ],
)
def test_any_text_is_kept_as_it_can_be(sessions: Sessions, text: str, kept: str) -> None:
    source = replace(SOURCE, document=text, passage=text, title=text, quote=text)
    full = exchange(
        text, name=f"c{text}", person=f"u{text}", text=text, sources=(source,), nearest=(Nearest(text, text),)
    )
    full = replace(
        full,
        completed=text,
        check_details=({text: [text, {"x": (text, 1.5, None, True)}]},),
        legs={text: text},
        prompt=text,
    )
    put(sessions, full)
    assert turns(sessions, f"c{text}", f"u{text}") == [kept, kept]
    with sessions() as session:
        ledger = answer_ledger(session, full.reply.answer_id)
    assert (ledger.asked, ledger.answer, ledger.prompt, ledger.sources[0].quote) == (kept,) * 4
    assert ledger.check_details == ({kept: [kept, {"x": [kept, 1.5, None, True]}]},)


def test_a_huge_text_is_cut_and_says_so(sessions: Sessions) -> None:
    put(sessions, exchange("가" * 3_000_000, name="c"))
    (asked, _) = turns(sessions, "c")
    assert len(asked) == 200_000
    assert asked.endswith("가…")


def test_names_of_any_length_stay_apart(sessions: Sessions) -> None:
    long = "스레드" * 5_000
    for end in ("1", "2"):
        put(sessions, exchange(f"질문 {end}", name=long + end, person=long + end, model="m" * 5_000))
    assert turns(sessions, long + "1", long + "1") == ["질문 1", REPLY.text]
    assert turns(sessions, long + "2", long + "2") == ["질문 2", REPLY.text]
    assert turns(sessions, long + "2", long + "1") == []


# --- feedback ---------------------------------------------------------------------------------------------------


def test_a_person_has_one_opinion_and_those_who_are_not_known_many(sessions: Sessions) -> None:
    one = exchange(name="c")
    put(sessions, one)
    for person, rating, comment in (("kim", 1, None), ("kim", -1, "틀렸어요\x00"), (None, 1, None), (None, 1, None)):
        with sessions.begin() as session:
            add_feedback(session, one.reply.answer_id, rating, channel="web", person=person, comment=comment)
    with sessions() as session:
        found = sorted(session.execute(sa.select(Feedback.rating, Feedback.comment)).all(), key=str)
    assert [tuple(row) for row in found] == [(-1, "틀렸어요"), (1, None), (1, None)]


@pytest.mark.parametrize(
    ("answer", "rating", "reason"), [("없는 답변", 1, None), ("\x00", 1, None), (None, 0, None), (None, 1, "boring")]
)
def test_feedback_that_makes_no_sense_is_refused(
    sessions: Sessions, answer: str | None, rating: int, reason: str | None
) -> None:
    one = exchange(name="c")
    put(sessions, one)
    with pytest.raises(UserError), sessions.begin() as session:
        add_feedback(session, answer or one.reply.answer_id, rating, channel="web", reason=reason)
    assert count(sessions, Feedback) == 0


@pytest.mark.parametrize("answer_id", ["", "abc", "한글한글한글", "%" * 8, "_" * 8, "0" * 32, "\x00" * 8, "\ud800" * 8])
def test_an_answer_that_is_not_there_is_one_sentence(sessions: Sessions, answer_id: str) -> None:
    put(sessions, exchange())
    with sessions() as session, pytest.raises(UserError):
        answer_ledger(session, answer_id)


def test_a_beginning_that_two_answers_share_is_refused(sessions: Sessions) -> None:
    for end in ("a", "b"):
        put(sessions, replace(exchange(), reply=replace(REPLY, answer_id="f" * 31 + end, conversation=end)))
    with sessions() as session:
        with pytest.raises(UserError) as caught:
            answer_ledger(session, "ffffff")
        assert caught.value.phrase == "report.several_answers"
        assert answer_ledger(session, "F" * 31 + "B ").answer_id.endswith("b")


def test_times_are_aware(sessions: Sessions) -> None:
    put(sessions, exchange(name="c"))
    with sessions() as session:
        assert session.scalars(sa.select(Turn.created_at)).first().tzinfo is UTC


def test_a_turn_of_the_bot_comes_back_with_its_task(sessions: Sessions) -> None:
    put(sessions, exchange("이메일 써줘", name="c", task="draft"))
    with sessions() as session:
        assert [turn.task for turn in recent_turns(session, "web", "c")] == ["", "draft"]
