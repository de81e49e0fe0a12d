"""A version tried before it is published, and what was told put right: the pages without a script, and the API."""

import re
import time

import pytest

from bot.accounts import Accounts
from bot.llm.scripted import ScriptedModel
from bot.wiring import Bot
from tests.connectors.web.seen import text
from tests.samples import BotMaker
from tests.servers.dapbot import Answer, Site
from tests.servers.visitor import PageVisitor
from tests.servers.web import served

FAQ = "주차 안내.csv"
QUESTION = "셔틀버스는 언제 오나요?"
OLD = f"질문,답변\n{QUESTION},매시 정각에 옵니다.\n락커는 어디에 있나요?,지하 1층에 있습니다.\n"
NEW = f"질문,답변\n{QUESTION},30분마다 옵니다.\n엘리베이터가 있나요?,네. 모든 층에 있습니다.\n"
EVIL = f"{QUESTION} <img src=x>"
PASSWORD = "a long pass phrase 7"


@pytest.fixture
def visitor(site: Site) -> PageVisitor:
    visitor = PageVisitor(site)
    visitor.open("/documents")
    assert visitor.send("/documents", (FAQ, OLD.encode()), publish="1").status == 200
    return visitor


def ask(site: Site, question: str, language: str = "ko") -> PageVisitor:
    """Ask on the chat's page as a guest of one's own."""
    guest = PageVisitor(site, language)
    guest.open("/")
    assert guest.send("/", question=question, conversation="a" * 20).status == 200
    return guest


def wait(visitor: PageVisitor) -> int:
    """Have the new file wait; return its version."""
    assert visitor.send("/documents", (FAQ, NEW.encode()), publish="0").status == 200
    found = re.search(r'name="version" value="(\d+)"', visitor.open("/documents/staged").text)
    assert found
    return int(found[1])


def ended(visitor: PageVisitor, version: int) -> Answer:
    """Return the page of a trial once it has ended."""
    until = time.monotonic() + 60
    while visitor.open(f"/documents/staged/{version}/trial/progress").json["state"] == "running":
        assert time.monotonic() < until
        time.sleep(0.05)
    return visitor.open(f"/documents/staged/{version}/trial")


def publish(visitor: PageVisitor, version: int) -> Answer:
    page = visitor.open(f"/documents/staged/{version}").text
    return visitor.send_pairs(
        "/documents/publish", ("version", str(version)), *re.findall(r'name="(seen-\d+)" value="(\d+)"', page)
    )


@pytest.mark.postgresql
def test_tried_published_and_what_was_told_put_right(visitor: PageVisitor, site: Site) -> None:
    guest = ask(site, QUESTION)
    ask(site, EVIL)
    ask(site, "엘리베이터가 있나요?")
    version = wait(visitor)
    here = f"/documents/staged/{version}/trial"
    assert "아직 실제 질문으로 시험하지 않았어요" in text(visitor.open("/documents/staged"))
    assert "시험하기" in text(visitor.open(here))
    assert visitor.open(f"{here}/progress").status == 404
    assert visitor.send(here, questions="ten").status == 422
    assert visitor.follow(visitor.send(here)).status == 200
    page = ended(visitor, version)
    assert "바뀌고 1개가 새로 생겨요." in text(page)
    assert "<del>매시 정각에</del><ins>30분마다</ins>" in visitor.open(f"{here}?show=changed").text
    assert "<img src=x" not in visitor.open(f"{here}?show=changed").text
    assert visitor.open(f"{here}?show=nothing").status == 404
    assert "새로 생겨요" in text(visitor.open(f"/documents/staged/{version}"))
    shown = visitor.follow(publish(visitor, version))
    assert "예전 내용으로 답한 대화가 2개 있어요." in text(shown)
    found = re.search(r'href="(/documents/\d+/recall)"', shown.text)
    assert found
    listed = visitor.open(found[1])
    assert "대화 2개" in text(listed)
    one = re.findall(rf'href="({found[1]}/\d+)\?days=90"', listed.text)[0]
    page = visitor.open(one)
    assert "지금 맞는 답: 30분마다 옵니다." in text(page)
    assert "<img src=x" not in page.text
    mark = ("mark", re.findall(r'name="mark" value="(\w+)"', page.text)[0])
    chosen = [("conversation", each) for each in re.findall(r'name="conversation" value="(\w+)"', page.text)]
    assert len(chosen) == 2
    assert "골라 주세요" in text(visitor.send_pairs(one, mark, ("text-ko", "x")))
    kept = visitor.send_pairs(one, mark, ("text-ko", " "), chosen[0])
    assert kept.status == 422
    assert kept.text.count(" checked>") == 1
    stale = visitor.send_pairs(one, ("mark", "other"), ("text-ko", "x"), *chosen)
    assert "다시 바뀌었어요" in text(stale)
    sent = visitor.follow(visitor.send_pairs(one, mark, ("text-ko", "셔틀은 <b>30분</b>마다 와요."), *chosen))
    assert "대화 2개에 알렸어요." in text(sent)
    assert "에 알렸어요" in text(visitor.open(one))
    told = guest.open("/messages?conversation=" + "a" * 20)
    assert "30분" in text(told)
    assert "<b>30분</b>" not in told.text


def test_over_the_api(visitor: PageVisitor, site: Site) -> None:
    ask(site, QUESTION)
    version = wait(visitor)
    here = f"/api/v1/knowledge/staged/{version}/trial"
    assert site.call("GET", here).status == 404
    assert site.post(here, {"questions": -1}).status == 422
    assert site.post(here, {"questions": 5.5}).status == 422
    assert site.post("/api/v1/knowledge/staged/999/trial", {}).status == 404
    answer = site.post(here, {}, accept="text/event-stream")
    kind, line = answer.events[-1]
    assert kind == "done"
    assert (line["state"], line["current"], line["figures"]["changed"]) == ("done", True, 1)
    assert site.call("GET", here).json["cases"] == line["cases"]
    assert line["cases"][0]["before"]["text"] == "매시 정각에 옵니다."
    assert site.call("DELETE", here).json == {"stopped": False}
    assert site.post(here, {"questions": 0}).status == 202
    publish(visitor, version)
    document = next(d["id"] for d in site.call("GET", "/api/v1/knowledge").json["documents"] if d["name"] == FAQ)
    base = f"/api/v1/knowledge/{document}/recall"
    assert site.call("GET", f"{base}?days=0").status == 422
    (outdated,) = site.call("GET", base).json["texts"]
    assert (outdated["was"], outdated["now"], outdated["told"]) == ("매시 정각에 옵니다.", "30분마다 옵니다.", 0)
    one = f"{base}/{outdated['text']}"
    found = site.call("GET", one).json
    (conversation,) = found["conversations"]
    assert "30분마다" in found["prepared"]["en"]
    correction = {"conversations": [conversation["conversation"]], "ko": "30분마다 와요.", "mark": found["mark"]}
    assert site.post(one, correction | {"mark": "other"}).status == 409
    assert site.post(one, correction | {"ko": ""}).status == 422
    assert site.post(one, correction).json == {"told": 1, "failed": 0}
    assert site.post(one, correction).json == {"told": 0, "failed": 0}
    assert site.call("GET", one).json["conversations"][0]["state"] == "told"
    assert site.call("GET", f"{base}/99999").status == 404


def test_who_may(bot: Bot, visitor: PageVisitor, site: Site) -> None:
    ask(site, QUESTION)
    version = wait(visitor)
    accounts = Accounts(bot.sessions)
    people = []
    for name, role in (("주인", "admin"), ("보는이", "viewer"), ("고치는이", "editor")):
        accounts.create(name, PASSWORD, role=role, actor="test")
    for name in ("보는이", "고치는이"):
        person = PageVisitor(site)
        person.open("/sign-in")
        assert person.send("/sign-in", name=name, password=PASSWORD).status == 303
        people.append(person)
    viewer, editor = people
    here = f"/documents/staged/{version}/trial"
    viewer.open("/")
    editor.open("/")
    for path in (here, f"{here}/progress", "/documents/1/recall", "/documents/1/recall/1"):
        assert viewer.open(path).status == 403
    assert viewer.send(here).status == 403
    assert editor.follow(editor.send(here)).status == 200
    page = ended(editor, version)
    assert page.status == 200
    assert "/conversations?" not in page.text  # who said it is for administrators
    publish(editor, version)
    number = next(d.id for d in bot.library.documents() if d.name == FAQ)
    one = re.findall(r'href="(/documents/\d+/recall/\d+)', editor.open(f"/documents/{number}/recall").text)[0]
    assert "대화 보기" not in text(editor.open(one))
    assert viewer.send(one).status == 403


def test_what_was_not_tried_is_not_published_where_it_must_be(bot: Bot, visitor: PageVisitor, site: Site) -> None:
    bot.settings.publishing = "tried"
    added = visitor.send("/documents", (FAQ, NEW.encode()), publish="1")  # it waits all the same
    assert added.status == 200
    version = bot.library.staged()[0].version
    assert "시험한 파일만 공개할 수 있어요" in text(visitor.open(f"/documents/staged/{version}"))
    refused = publish(visitor, version)
    assert refused.status == 409
    assert "실제 질문으로 시험하지 않아" in text(refused)
    assert site.post("/api/v1/knowledge/publish", {"versions": [version]}).status == 422
    visitor.follow(visitor.send(f"/documents/staged/{version}/trial"))
    ended(visitor, version)
    assert publish(visitor, version).status == 303
    assert bot.library.staged() == []


def test_a_correction_worded_by_the_model(make_bot: BotMaker) -> None:
    good = "셔틀버스 시간이 달라졌어요. 이제 30분마다 옵니다. 혼란을 드려 죄송합니다."
    model = ScriptedModel(["매시 정각에 옵니다. [1]", good, "이제 40분마다 옵니다."])
    with served(make_bot(model)) as site:
        visitor = PageVisitor(site)
        visitor.open("/documents")
        visitor.send("/documents", (FAQ, OLD.encode()), publish="1")
        ask(site, QUESTION)
        visitor.follow(publish(visitor, wait(visitor)))
        number = next(d["id"] for d in site.call("GET", "/api/v1/knowledge").json["documents"] if d["name"] == FAQ)
        one = re.findall(r'href="(/documents/\d+/recall/\d+)', visitor.open(f"/documents/{number}/recall").text)[0]
        assert "모델로 다듬기" in text(visitor.open(one))
        page = visitor.send(f"{one}/draft", **{"text-ko": "제가 쓴 글"})
        assert good in text(page)
        page = visitor.send(f"{one}/draft", **{"text-ko": "제가 쓴 글"})
        assert page.status == 422
        assert "제가 쓴 글" in text(page)
        assert "지금 내용과 맞지 않아서" in text(page)
