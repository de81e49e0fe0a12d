"""Golden questions as a browser without a script and a program use them: saved, asked, changed, taken in and out."""

import csv
import io
import json
import re
from collections.abc import Callable
from html import unescape
from time import monotonic, sleep

import pytest

from bot.accounts import Accounts
from bot.database import audit, golden, runs
from bot.database.audit import Wanted
from bot.database.golden import NewGolden
from bot.golden import KIND
from bot.messages import Message
from bot.wiring import Bot
from tests.connectors.web.seen import text
from tests.servers.dapbot import Site
from tests.servers.visitor import PageVisitor

REFUND = "환불은 어떻게 하나요?"
FOREIGN = "우주선 발사 일정을 알려 주세요"
EVIL = "<img src=x onerror=alert(1)>\"'&lt; =cmd|'/C calc'!A0"
PASSWORD = "a long pass phrase 7"
PATIENCE = 30
JSON = {"Content-Type": "application/json"}


@pytest.fixture
def visitor(site: Site) -> PageVisitor:
    visitor = PageVisitor(site)
    assert visitor.open("/documents/golden").status == 200
    return visitor


def first_entry(visitor: PageVisitor, question: str) -> dict[str, str]:
    """Return the fields of the form that saves a question with the first entry that is found for it."""
    page = visitor.open(f"/documents/try?{_query(q=question)}").text
    form = next(each for each in re.findall(r"<form.*?</form>", page, re.DOTALL) if 'value="entry"' in each)
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    return {name: unescape(value) for name, value in fields.items() if name != "csrf_token"}


def _query(**fields: str) -> str:
    from urllib.parse import urlencode

    return urlencode(fields)


def until(ready: Callable[[], bool]) -> None:
    began = monotonic()
    while not ready():
        assert monotonic() - began < PATIENCE, "it never came to its end"
        sleep(0.05)


def ended(bot: Bot) -> bool:
    with bot.sessions() as session:
        newest = runs.latest(session, KIND)
    return newest is not None and newest.state != "running"


@pytest.mark.postgresql
def test_saved_from_a_trial_asked_changed_removed_and_brought_back(bot: Bot, visitor: PageVisitor) -> None:
    fields = first_entry(visitor, REFUND)
    assert "저장했어요" in text(visitor.follow(visitor.send("/documents/golden/save", **fields)))
    visitor.send("/documents/golden/save", question=FOREIGN, expects="none")
    visitor.send("/documents/golden/save", question="셔틀버스는 몇 시에 오나요?", expects="answer")
    assert "시작했어요" in text(visitor.follow(visitor.send("/documents/golden/run")))
    until(lambda: ended(bot))
    page = visitor.open("/documents/golden")
    assert "3개 중 2개 통과" in text(page)
    assert "통과 2" in text(page)
    failed = text(visitor.open("/documents/golden?show=failed"))
    assert "셔틀버스는" in failed
    assert "답하지 못해요" in failed
    assert REFUND not in failed
    with bot.sessions() as session:
        known = {one.question: one for one in golden.listed(session)}
        assert known[REFUND].key == fields["passage"]
        actions = [line.action for line in audit.lines(session, Wanted(action="golden"), limit=10)]
    assert actions == ["golden.saved"] * 3
    number = known["셔틀버스는 몇 시에 오나요?"].id
    visitor.send(
        f"/documents/golden/{number}/change", question="셔틀버스는 몇 시에 오나요?", expects="none", note="없음"
    )
    assert "실패 0" not in text(visitor.open("/documents/golden"))  # not asked since: neither passed nor failed
    assert visitor.send("/documents/golden/999/change", question="어디?", expects="none").status == 404
    removed = visitor.send(f"/documents/golden/{known[REFUND].id}/remove")
    assert "지웠어요" in text(removed)
    assert "되돌리기" in text(removed)
    back = next(each for each in re.findall(r"<form.*?</form>", removed.text, re.DOTALL) if "golden/add" in each)
    again = {name: unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', back)}
    came = visitor.send(
        "/documents/golden/add", **{name: value for name, value in again.items() if name != "csrf_token"}
    )
    assert came.status == 303, (again, text(came))
    with bot.sessions() as session:
        assert {one.question: one.key for one in golden.listed(session)}[REFUND] == fields["passage"]


def test_a_table_goes_out_and_comes_in_again_in_cp949_too(bot: Bot, visitor: PageVisitor) -> None:
    fields = first_entry(visitor, REFUND)
    visitor.send("/documents/golden/save", **fields)
    visitor.send("/documents/golden/save", question=EVIL, expects="none", groups="인사팀")
    table = visitor.open("/documents/golden/file.csv")
    assert table.body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(table.body.decode("utf-8-sig"))))
    assert rows[0][:4] == ["질문", "기대", "문서", "항목"]
    assert rows[1][:2] == [REFUND, "항목"]
    with bot.sessions.begin() as session:
        golden.remove(session, [one.id for one in golden.listed(session)])
    visitor.open("/documents/golden")
    came = visitor.send("/documents/golden/file", ("golden.csv", table.body))
    assert "새 질문 2개를 저장했어요. 이미 있던 질문은 0개예요." in text(came)
    assert "이미 있던 질문은 2개" in text(visitor.send("/documents/golden/file", ("golden.csv", table.body)))
    with bot.sessions() as session:
        kept = {one.question: one for one in golden.listed(session)}
    assert kept[REFUND].key == fields["passage"]
    assert kept[EVIL].audience == {"인사팀"}
    assert EVIL not in visitor.open("/documents/golden").text
    korean = (
        "질문,기대,문서\n주차장이 있나요?,답변,\n조식은 언제까지인가요?,몰라요,\n객실은요?,항목,없는 문서.csv\n".encode(
            "cp949"
        )
    )
    told = text(visitor.send("/documents/golden/file", ("기준.csv", korean)))
    assert "새 질문 1개" in told
    assert "3번째 줄: ‘몰라요’" in told
    assert "4번째 줄: ‘없는 문서.csv’ 문서가 없어요." in told


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\x00\x01\x02PK\x03\x04" * 50, "글자를 읽을 수 없는"),
        ("이름,나이\n홍길동,20\n".encode(), "‘질문’ 열을 찾지 못했어요"),
        (b"", "파일"),
        (b"a" * 5_000_001, "5MB"),
    ],
    ids=["no text", "no question", "empty", "huge"],
)
def test_what_is_no_table_of_questions_is_refused_in_a_sentence(visitor: PageVisitor, data: bytes, says: str) -> None:
    answer = visitor.send("/documents/golden/file", ("golden.csv", data))
    assert answer.status in (400, 422)
    assert says in text(answer)


def test_a_program_does_what_the_page_does(site: Site, bot: Bot) -> None:
    body = {"question": FOREIGN, "expects": "none", "note": "모르는 일", "audience": ["인사팀"]}
    made = site.post("/api/v1/golden", body).json
    assert (made["question"], made["expects"], made["language"]) == (FOREIGN, "none", "ko")
    assert site.post("/api/v1/golden", body | {"expects": "answer"}).json["id"] == made["id"]
    changed = site.call("PUT", f"/api/v1/golden/{made['id']}", json.dumps(body), JSON).json
    assert changed["expects"] == "none"
    begun = site.call("POST", "/api/v1/golden/runs")
    assert begun.status == 202
    until(lambda: ended(bot))
    past = site.call("GET", "/api/v1/golden/runs").json
    assert (past["latest"]["id"], past["latest"]["state"], past["runs"][0]["passed"]) == (begun.json["run"], "done", 1)
    [line] = site.call("GET", "/api/v1/golden").json["questions"]
    assert line["passed"] is True
    assert line["came"]["answered"] is False
    assert site.post("/api/v1/golden", {"question": "어디?", "expects": "entry"}).status == 422
    assert site.call("DELETE", f"/api/v1/golden/{made['id']}").status == 200
    for method in ("GET", "DELETE"):
        assert site.call(method, f"/api/v1/golden/{made['id']}").status == 404
    assert site.call("POST", "/api/v1/golden/runs").status == 422


def test_what_somebody_asked_leads_to_its_test(bot: Bot, visitor: PageVisitor) -> None:
    reply = bot.ask(Message(REFUND, "web", person="guest", audience=frozenset(["staff"])))
    assert visitor.open("/documents/golden/new?answer=nothing").status == 404
    page = visitor.follow(visitor.open(f"/documents/golden/new?answer={reply.answer_id}"))
    assert "실제로 들어온 질문이에요" in text(page)
    assert re.search(r'name="groups" value="staff" checked', page.text)
    visitor.send("/documents/golden/save", question=REFUND, expects="answer", answer=reply.answer_id)
    assert "실제로 들어온 질문" in text(visitor.open("/documents/golden"))


def test_one_run_at_a_time_that_any_process_may_stop(bot: Bot, visitor: PageVisitor) -> None:
    with bot.sessions.begin() as session:
        golden.add(session, NewGolden(FOREIGN, "none", "ko"), "somebody")
        number = runs.begin(session, KIND, "another process")
        assert number is not None
        runs.beat(session, number, 3, 7)
    page = visitor.open("/documents/golden")
    assert "7개 중 3개 물어봤어요" in text(page)
    assert "이미 하고 있어요" in text(visitor.send("/documents/golden/run"))
    visitor.send("/documents/golden/cancel")
    with bot.sessions.begin() as session:
        assert not runs.beat(session, number, 4, 7)
        assert not runs.finish(session, number, "done")
    assert "도중에 그만뒀어요" in text(visitor.open("/documents/golden"))


def test_only_editors_see_and_change_them(bot: Bot, site: Site) -> None:
    Accounts(bot.sessions).create("first", PASSWORD, role="admin", actor="test")
    Accounts(bot.sessions).create("looks", PASSWORD, role="viewer", groups=["인사팀"], actor="test")
    stranger = PageVisitor(site)
    assert stranger.open("/documents/golden").status == 303
    assert site.call("GET", "/api/v1/golden").status == 401
    stranger.open("/sign-in")
    stranger.send("/sign-in", name="looks", password=PASSWORD)
    assert stranger.open("/documents/golden").status == 403
    trial = stranger.open(f"/documents/try?{_query(q=REFUND)}")
    assert trial.status == 200
    assert "golden/save" not in trial.text
    assert stranger.send("/documents/golden/save", question=REFUND, expects="none").status == 403
