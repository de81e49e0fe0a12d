"""Golden questions and runs in the background as rows, on both databases: said once, erased with whoever asked."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from bot.database import golden, runs
from bot.database.columns import now
from bot.database.erasing import erase, find_people
from bot.database.golden import MOST, NewGolden
from bot.database.golden_tables import GoldenRow, RunRow
from bot.database.tables import Answer, Document
from bot.errors import UserError
from tests.bot.database.exchanges import Sessions, exchange, put

ASKED = "배송은 얼마나 걸리나요?"


def save(sessions: Sessions, question: str = ASKED, **more: object) -> int:
    with sessions.begin() as session:
        return golden.add(session, NewGolden(question, "answer", "ko", **more), "김하나")  # type: ignore[arg-type]


def test_a_question_is_golden_once_for_each_kind_of_asker(sessions: Sessions) -> None:
    number = save(sessions)
    with pytest.raises(UserError) as twice:
        save(sessions, "  배송은 얼마나  걸리나요 ")
    assert twice.value.phrase == "golden.twice"
    other = save(sessions, audience=frozenset(["인사팀"]))
    with sessions.begin() as session:
        with pytest.raises(UserError):
            golden.change(session, other, NewGolden(ASKED, "none", "ko"))
        assert golden.change(session, number, NewGolden("환불은요?", "none", "ko", note=" 메모 "))
        assert not golden.change(session, 999, NewGolden("아무거나?", "none", "ko"))
    with sessions() as session:
        kept = {one.id: one for one in golden.listed(session)}
        assert golden.find(session, "환불은요") == number
    assert (kept[number].question, kept[number].expects, kept[number].note) == ("환불은요?", "none", "메모")
    assert kept[number].updated_at > kept[number].created_at


@pytest.mark.parametrize(
    ("new", "phrase"),
    [
        (NewGolden(" ?! ", "none", "ko"), "golden.empty"),
        (NewGolden("가" * 4_001, "none", "ko"), "golden.long"),
        (NewGolden("어디?", "entry", "ko"), "golden.no_entry"),
        (NewGolden("어디?", "entry", "ko", 999, "a"), "golden.no_entry"),
    ],
)
def test_what_is_no_golden_question(sessions: Sessions, new: NewGolden, phrase: str) -> None:
    with sessions.begin() as session, pytest.raises(UserError) as refused:
        golden.add(session, new, None)
    assert refused.value.phrase == phrase


def test_there_are_only_so_many(sessions: Sessions) -> None:
    row = {
        "question": "x",
        "expects": "none",
        "language": "ko",
        "audience": [],
        "created_at": now(),
        "updated_at": now(),
    }
    with sessions.begin() as session:
        session.execute(sa.insert(GoldenRow), [row | {"digest": str(number)} for number in range(MOST)])
    with pytest.raises(UserError):
        save(sessions)


def test_an_entry_is_known_again_in_a_document_that_was_added_anew(sessions: Sessions) -> None:
    with sessions.begin() as session:
        session.add(Document(name="안내.csv"))
    with sessions.begin() as session:
        number = golden.add(session, NewGolden(ASKED, "entry", "ko", 1, "배송-1"), None)
        session.execute(sa.delete(Document))
    with sessions() as session:
        kept = golden.get(session, number)
    assert kept is not None
    assert kept.is_entry(1, "", "배송-1")
    assert kept.is_entry(7, "안내.csv", "배송-1")
    assert not kept.is_entry(7, "안내.csv", "배송-2")
    assert not kept.is_entry(7, "다른 안내.csv", "배송-1")


def test_what_a_person_asked_is_erased_with_them(engine: Engine, sessions: Sessions) -> None:
    kim, lee = exchange("김씨의 질문", name="k", person="kim"), exchange("이씨의 질문", name="l", person="lee")
    put(sessions, kim, lee)
    save(sessions, "김씨의 질문", answer_id=kim.reply.answer_id)
    kept = save(sessions, "이씨의 질문", answer_id=lee.reply.answer_id)
    with sessions() as session:
        assert golden.asked_in(session, kim.reply.answer_id) == ("김씨의 질문", [])
        people = find_people(session, "kim")
    assert erase(engine, people).counts["golden"] == 1
    with sessions.begin() as session:
        assert [one.id for one in golden.listed(session)] == [kept]
        session.execute(sa.delete(Answer))  # as when its time is over: the company's question stays
    with sessions() as session:
        assert [one.answer_id for one in golden.listed(session)] == [None]


def test_one_run_goes_on_at_a_time_and_the_last_are_kept(sessions: Sessions) -> None:
    with sessions.begin() as session:
        first = runs.begin(session, "golden", "김하나")
        assert first is not None
        assert runs.begin(session, "golden", None) is None
        assert runs.begin(session, "checkup", None) is not None
        session.execute(sa.update(RunRow).values(seen_at=now() - timedelta(minutes=2)))
    with sessions() as session:
        newest = runs.latest(session, "golden")
        assert newest is not None
        assert newest.interrupted
    with sessions.begin() as session:
        assert runs.begin(session, "golden", None)  # whoever worked on the first one is gone
        assert not runs.beat(session, first, 1, 2)
        assert runs.cancel(session, "golden")
        assert not runs.cancel(session, "golden")
    for number in range(runs.KEPT + 3):
        with sessions.begin() as session:
            run = runs.begin(session, "golden", None)
            assert run is not None
            assert runs.finish(session, run, "done", summary={"asked": number}, result={"questions": {}})
    with sessions() as session:
        assert len(runs.history(session, "golden", 100)) == runs.KEPT
        assert session.scalar(sa.select(sa.func.count()).where(RunRow.result.is_not(None))) == runs.RESULTS_KEPT
        last = runs.last_result(session, "golden")
        assert last is not None
        assert last[0].summary["asked"] == runs.KEPT + 2
