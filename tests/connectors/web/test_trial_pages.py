"""A question tested: under other conditions, beside them, by a model and without one, by whoever may."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest

from bot.accounts import Accounts
from bot.llm.scripted import ScriptedModel
from bot.wiring import Bot
from tests.connectors.web.seen import text
from tests.samples import BotMaker
from tests.servers.dapbot import Site
from tests.servers.visitor import PageVisitor

SHIPPING = "배송비는 얼마인가요?"
EVIL = "<img src=x onerror=alert(1)>\"'&lt;"
PASSWORD = "a long pass phrase 7"
HOLIDAYS = "질문,답변,시작일,종료일,공개 대상\n설 연휴에 배송하나요?,설 연휴에는 쉽니다.,2027-02-05,2027-02-09,\n"


@pytest.fixture
def model() -> ScriptedModel:
    return ScriptedModel(["배송비는 3,000원입니다 [1]. 50,000원 이상 주문하시면 9,000원입니다 [1]."])


@pytest.fixture
def bot(make_bot: BotMaker, model: ScriptedModel) -> Bot:
    return make_bot(model)


@pytest.fixture
def visitor(site: Site) -> PageVisitor:
    visitor = PageVisitor(site)
    assert visitor.open("/documents/try").status == 200
    return visitor


def test_what_a_model_wrote_is_checked_sentence_by_sentence(visitor: PageVisitor, model: ScriptedModel) -> None:
    said = visitor.send("/documents/try", question=SHIPPING)
    assert "2문장 중 1문장 통과 못 함" in text(said)
    assert "근거에 없는 숫자예요: 9,000원" in text(said)
    assert "언어 모델에 보낸 내용" in text(said)
    assert "scripted:model: 토큰" in text(said)
    assert "질문이 똑같아요" in text(said)
    assert "<mark>배송비</mark>" in said.text
    asked = len(model.asked)
    without = text(visitor.send("/documents/try", question=SHIPPING, model="0"))
    assert "언어 모델 없이" in without
    assert "1문장 모두 통과" in without
    shared = text(visitor.open(f"/documents/try?{urlencode({'q': SHIPPING})}"))
    assert "언어 모델은 부르지 않고" in shared  # an address costs nothing, whoever opens it
    assert len(model.asked) == asked


def test_conditions_hold_for_the_trial_alone_and_stand_in_its_address(visitor: PageVisitor, site: Site) -> None:
    other = "배송비 얼마예요?"
    fields = {"question": other, "model": "0", "percent": "100", "legs": "keywords", "read": "2", "in": "en"}
    strict = visitor.send("/documents/try", **fields)
    assert "모른다고 답해요." in text(strict)
    for words in ("기준선 100%", "낱말만", "항목 2개까지", "영어로 답변"):
        assert words in text(strict)
    address = unescape(re.findall(r'data-address="([^"]+)"', strict.text)[0])
    assert "percent=100" in address
    again = visitor.open(address)
    assert "모른다고 답해요." in text(again)
    assert 'value="100"' in again.text
    both = text(visitor.send("/documents/try", question=other, model="0", compare="1", b_model="0", b_percent="100"))
    assert "두 번째 조건에서는 답하지 못해요." in both
    assert "언어 모델 없이" in both
    assert "아무 항목도" not in both
    meaning = text(visitor.send("/documents/try", question=other, model="0", legs="vectors"))
    assert "문서에서 찾은 것이 없어요" in meaning or "모른다고 답해요" in meaning  # its model reads no Korean
    assert site.post("/api/v1/ask", {"question": SHIPPING}).json["answered"]


def test_a_question_is_tested_as_of_another_day(visitor: PageVisitor) -> None:
    visitor.send("/documents", ("연휴.csv", HOLIDAYS.encode()), publish="1")
    question = "설 연휴에 배송하나요?"
    today = text(visitor.send("/documents/try", question=question, model="0"))
    assert "설 연휴에는 쉽니다" not in today
    then = text(visitor.send("/documents/try", question=question, model="0", day="2027-02-06"))
    assert "설 연휴에는 쉽니다" in then
    assert "2027-02-06 기준" in then


@pytest.mark.parametrize(
    ("field", "value"),
    [("percent", "101"), ("percent", "-5"), ("percent", "１０"), ("read", "0"), ("read", "21"), ("read", "8.5")]
    + [("day", value) for value in ("2026-13-01", "어제", "0001-01-01", "2026-08-01T00:00")],
)
def test_values_that_cannot_be_are_refused_in_a_sentence(visitor: PageVisitor, field: str, value: str) -> None:
    for answer in (
        visitor.send("/documents/try", question=SHIPPING, **{field: value}),
        visitor.open(f"/documents/try?{urlencode({'q': SHIPPING, field: value})}"),
    ):
        assert answer.status == 422
        assert "적어 주세요" in text(answer)


def test_a_program_sets_the_same_conditions(site: Site) -> None:
    line = {"question": SHIPPING, "model": False, "line": 1.0, "legs": ["keywords"], "read": 3, "day": "2026-11-25"}
    found = site.post("/api/v1/knowledge/try", line).json
    assert found["line"] == 1.0
    assert not found["answer"]["answered"]
    assert found["legs"]["vectors"] == "off: switched off"
    assert found["passages"][0]["why"] == ["질문이 똑같아요", "낱말로 1위"]
    assert set(found["stages_ms"]) == {"understanding", "search", "model", "rest", "total"}
    found = site.post("/api/v1/knowledge/try", {"question": SHIPPING}).json
    assert [each["ok"] for each in found["checks"]] == [True, False]
    assert SHIPPING in found["prompt"]
    for wrong in ({"line": 2.0}, {"read": 0}, {"legs": ["smell"]}, {"day": "soon"}, {"day": 20260101}):
        assert site.post("/api/v1/knowledge/try", {"question": SHIPPING} | wrong).status == 422, wrong


def test_viewers_test_as_themselves_and_of_today(bot: Bot, site: Site) -> None:
    Accounts(bot.sessions).create("first", PASSWORD, role="admin", actor="test")
    Accounts(bot.sessions).create("looks", PASSWORD, role="viewer", groups=["인사팀"], actor="test")
    viewer = PageVisitor(site)
    viewer.open("/sign-in")
    viewer.send("/sign-in", name="looks", password=PASSWORD)
    page = viewer.open("/documents/try")
    assert 'value="인사팀"' in page.text
    assert 'name="day"' not in page.text
    tried = viewer.send_pairs("/documents/try", ("question", SHIPPING), ("groups", "임원"), ("day", "2030-01-01"))
    assert tried.status == 200
    assert "임원" not in tried.text
    assert "2030-01-01" not in tried.text


def test_what_is_hostile_stays_text(visitor: PageVisitor) -> None:
    pages = [
        visitor.send("/documents/try", question=f"{SHIPPING} {EVIL}", answer=EVIL, golden=EVIL, model="0"),
        visitor.open(f"/documents/try?{urlencode({'q': EVIL, 'answer': EVIL, 'groups': EVIL, 'in': EVIL})}"),
        visitor.open(f"/documents/golden?{urlencode({'show': EVIL, 'q': EVIL, 'done': EVIL})}"),
    ]
    assert [page.status for page in pages] == [200] * 3
    assert not any("<img src=x" in page.text for page in pages)
    assert visitor.send("/documents/try", question="가" * 30_000, model="0").status == 200
