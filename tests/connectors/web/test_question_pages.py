"""The pages of questions that were asked in vain, as a browser without a script sees them."""

import json
import re
from urllib.parse import quote

import pytest

from bot.accounts import Accounts
from bot.database import golden, notices
from bot.database.golden import NewGolden
from bot.llm.scripted import ScriptedModel
from bot.unanswered import refresh
from bot.wiring import Bot
from tests.bot.test_unanswered import PARKING, ask, groups
from tests.connectors.web.seen import text
from tests.samples import BotMaker
from tests.servers.dapbot import Site
from tests.servers.visitor import PageVisitor
from tests.servers.web import served

ANSWER = "네, 주말에도 건물 뒤편에 3시간까지 무료로 주차하실 수 있어요."
EVIL = "<script>alert(1)</script> \"'&lt; 쿠폰은 어디에 쓰나요"


def parked(bot: Bot) -> int:
    for person, question in zip(("kim", "lee", "park"), PARKING, strict=True):
        ask(bot, question, person=person)
    refresh(bot)
    return groups(bot)[0].id


def answered(site: Site, question: str) -> str:
    return str(site.post("/api/v1/ask", {"question": question}).json["answer"])


@pytest.mark.postgresql
def test_an_answer_is_written_looked_at_approved_told_and_taken_back(
    bot: Bot, site: Site, visitor: PageVisitor
) -> None:
    group = parked(bot)
    with bot.sessions.begin() as session:
        golden.add(session, NewGolden("주말에도 주차할 수 있나요?", "answer", "ko"), "kim")
    page = visitor.open("/questions").text
    assert "3번" in text(page)
    assert "3명" in text(page)
    assert re.findall(r'class="badge[^>]*>([^<]+)<', page) == ["답을 못 찾음"]
    page = visitor.open(f"/questions/{group}").text
    assert page.count('name="alias"') >= 3
    empty = visitor.send(f"/questions/{group}/prepare", question=PARKING[0], answer=" ", document="")
    assert empty.status == 422
    assert PARKING[0] in empty.text
    fields = [("question", PARKING[0]), ("answer", ANSWER), ("document", ""), *(("alias", each) for each in PARKING)]
    prepared = visitor.follow(visitor.send_pairs(f"/questions/{group}/prepare", *fields))
    assert "3가지 가운데 3가지에 답할 수 있어요" in text(prepared.text)
    assert "기준 질문 1개 가운데 0개가 달라져 틀리게 되고, 1개가 맞게 돼요" in text(prepared.text)
    assert ANSWER not in answered(site, PARKING[0])
    approved = visitor.follow(visitor.send(f"/questions/{group}/approve"))
    assert "승인했어요" in text(approved.text)
    assert ANSWER in answered(site, PARKING[1])
    chosen = re.findall(r'name="conversation" value="(\w+)" checked', approved.text)
    assert len(chosen) == 3
    told = visitor.follow(
        visitor.send_pairs(f"/questions/{group}/tell", *(("conversation", each) for each in chosen[:2]))
    )
    assert "2곳에 알렸어요" in text(told.text)
    again = visitor.follow(visitor.send(f"/questions/{group}/tell", everyone="1"))
    assert "1곳에 알렸어요" in text(again.text)
    with bot.sessions() as session:
        said = notices.of_conversations(session, chosen)
    assert len(said) == 3
    assert all(ANSWER in each.text for each in said)
    undone = visitor.follow(visitor.send(f"/questions/{group}/reopen"))
    assert "되돌렸어요" in text(undone.text)
    assert ANSWER not in answered(site, PARKING[1])


def test_an_entry_that_is_there_learns_the_questions_and_forgets_them_again(
    bot: Bot, site: Site, visitor: PageVisitor
) -> None:
    question = "물건 돌려보내고 돈 받는 데 얼마나 기다려요?"
    ask(bot, question)
    refresh(bot)
    group, faq = groups(bot)[0].id, next(each.id for each in bot.library.documents() if each.languages == ("ko",))
    visitor.open(f"/questions/{group}")
    fields = [("document", str(faq)), ("key", "refund"), ("alias", question)]
    done = visitor.follow(visitor.send_pairs(f"/questions/{group}/attach", *fields))
    assert "1가지 가운데 1가지에 답해요" in text(done.text)
    assert "영업일 기준 3일" in answered(site, question)
    visitor.follow(visitor.send(f"/questions/{group}/reopen"))
    assert bot.library.aliases(faq) == []
    wrong = visitor.send_pairs(f"/questions/{group}/attach", ("document", str(faq)), ("key", "nothing"), fields[2])
    assert wrong.status == 422 or wrong.status == 404


def test_groups_are_dismissed_merged_split_found_and_everything_hostile_is_text(bot: Bot, visitor: PageVisitor) -> None:
    group = parked(bot)
    ask(bot, EVIL)
    listed = visitor.open("/questions?days=90&language=ko&kind=unanswered&page=9")
    assert "<script>alert(1)" not in listed.text
    other = next(each.id for each in groups(bot) if each.id != group)
    assert "<script>alert(1)" not in visitor.open(f"/questions/{other}").text
    assert text(visitor.open(f"/questions?q={quote('쿠폰')}").text).count("쿠폰은 어디에 쓰나요") >= 1
    assert visitor.open("/questions?q=%00%27&state=x&kind=x&language=x&days=x&page=-1").status == 200
    merged = visitor.follow(visitor.send_pairs("/questions/merge", ("group", str(group)), ("group", str(other))))
    assert "합쳤어요" in text(merged.text)
    assert visitor.open(f"/questions/{other}").headers["location"] == f"/questions/{group}"
    assert "두 개 이상" in text(visitor.send("/questions/merge", group=str(group)).text)
    split = visitor.follow(visitor.send(f"/questions/{group}/split", text=EVIL))
    assert "떼어 냈어요" in text(split.text)
    assert visitor.send(f"/questions/{group}/split", text="nothing like it").status == 422
    dismissed = visitor.follow(visitor.send(f"/questions/{group}/dismiss", reason="out_of_scope"))
    assert "우리가 답할 일이 아니에요" in text(dismissed.text)
    assert "주말에" in text(visitor.open("/questions?state=dismissed").text)
    assert visitor.send(f"/questions/{group}/dismiss", reason="x").status == 422
    for path in ("/questions/999999", "/questions/answer/nothing", "/questions/abc"):
        assert visitor.open(path).status in (404, 422), path
    for act in ("approve", "prepare", "discard", "dismiss", "reopen", "tell", "attach", "draft", "split"):
        assert visitor.send(f"/questions/999999/{act}", reason="other").status in (404, 422), act


def test_a_model_drafts_and_what_a_person_said_can_be_used(make_bot: BotMaker) -> None:
    bot = make_bot(ScriptedModel(["주말에도 주차하실 수 있어요. [1] [확인 필요: 요금]"]))
    group = parked(bot)
    with served(bot) as site:
        visitor = PageVisitor(site)
        page = visitor.open(f"/questions/{group}").text
        assert "문서를 바탕으로 초안 쓰기" in page
        drafted = visitor.send(f"/questions/{group}/draft", question="환불은 얼마나 걸리나요?", document="")
        assert "주말에도 주차하실 수 있어요. [확인 필요: 요금]" in text(drafted.text)
        assert "꼭 확인하고" in text(drafted.text)


def test_only_editors_see_them_and_only_admins_who_asked(bot: Bot, site: Site) -> None:
    parked(bot)
    accounts = Accounts(bot.sessions)
    for name, role in (("boss", "admin"), ("view", "viewer"), ("edit", "editor")):
        accounts.create(name, "a long pass phrase 7", role=role, actor="command")
    for name, status in (("view", 403), ("edit", 200), ("boss", 200)):
        visitor = PageVisitor(site)
        visitor.open("/sign-in")
        visitor.send("/sign-in", name=name, password="a long pass phrase 7")
        assert visitor.open("/questions").status == status
        if status == 200:
            page = visitor.open(f"/questions/{groups(bot)[0].id}").text
            assert ("/conversations/" in page) is (name == "boss")
            assert "kim" not in page


def test_programs_do_the_same(bot: Bot, site: Site) -> None:
    group = parked(bot)
    listed = site.call("GET", "/api/v1/questions").json
    assert [(each["id"], each["count"], each["people"]) for each in listed["groups"]] == [(group, 3, 3)]
    assert listed["groups"][0]["within"]["channels"] == {"web": 3}
    path = f"/api/v1/questions/{group}"
    body = {"question": PARKING[0], "answer": ANSWER, "aliases": list(PARKING[1:])}
    made = site.call("PUT", f"{path}/prepared", json.dumps(body), {"Content-Type": "application/json"}).json["prepared"]
    assert made["effect"] == {
        "questions": 3,
        "answered": 3,
        "unanswered": [],
        "golden": {"total": 0, "broken": [], "mended": []},
    }
    assert site.post(f"{path}/approve", {}).json == {"group": group, "state": "answered"}
    assert site.post(f"{path}/approve", {}).status == 422
    looked = site.call("GET", path).json
    assert (looked["answer"]["passage"], len(looked["recipients"])) == (f"asked-{group}", 3)
    assert site.post(f"{path}/tell", {}).json == {"told": 3}
    assert site.post(f"{path}/tell", {}).json == {"told": 0}
    assert site.post(f"{path}/reopen", {}).json["state"] == "open"
    assert site.post(f"{path}/dismiss", {"reason": "will_not"}).json["state"] == "dismissed"
    assert site.post("/api/v1/questions/merge", {"groups": [group, group]}).status == 422
    assert site.post(f"{path}/split", {"text": "x"}).status == 422
    attach = {"document": 999, "passage": "x", "questions": ["y"]}
    assert site.post(f"{path}/attach", attach).status == 404
    assert site.call("GET", "/api/v1/questions/999").status == 404
