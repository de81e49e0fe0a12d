"""Entries, columns and owners as a browser without a script and a program see them."""

import json
import re
from html import unescape
from urllib.parse import quote

import pytest

from bot.accounts import Accounts
from bot.wiring import Bot
from tests.connectors.web.seen import text
from tests.servers.dapbot import Answer, Site
from tests.servers.visitor import PageVisitor

FAQ = "주차 안내.csv"
QUESTION = "주차는 어디에 하나요?"
TABLE = f"질문,답변\n{QUESTION},건물 뒤편에 세우세요.\n셔틀은 언제 오나요?,매시 정각에 옵니다.\n"
ODD = "2026년 고객센터,,\n이름,설명문,비고\n환불 문의,네 됩니다,주문\n교환 문의,안 됩니다,주문\n"
EVIL = "<img src=x onerror=alert(1)>\"'&lt;"
PASSWORD = "a long pass phrase 7"
API = "/api/v1/knowledge"


@pytest.fixture
def visitor(bot: Bot, site: Site) -> PageVisitor:
    bot.library.add([(FAQ, TABLE.encode())])
    visitor = PageVisitor(site)
    assert visitor.open("/documents").status == 200
    return visitor


def number(visitor: PageVisitor, name: str = FAQ) -> int:
    found = visitor.site.call("GET", API).json["documents"]
    return int(next(each["id"] for each in found if each["name"] == name))


def hidden(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found, name
    return unescape(found[1])


def entries(visitor: PageVisitor, document: int) -> list[dict[str, object]]:
    return list(visitor.site.call("GET", f"{API}/{document}").json["entries"])


def send(site: Site, method: str, path: str, body: object) -> Answer:
    return site.call(method, API + path, json.dumps(body), {"Content-Type": "application/json"})


def answered(site: Site, question: str = QUESTION) -> str:
    return str(site.post("/api/v1/ask", {"question": question}).json["answer"])


@pytest.mark.postgresql
def test_an_entry_is_edited_shown_undone_added_and_taken_out(visitor: PageVisitor, site: Site) -> None:
    document = number(visitor)
    path = f"/documents/{document}"
    page = visitor.open(path).text
    key = unescape(re.findall(r"/entry/edit\?key=([^\"]+)", page)[0])
    form = visitor.open(f"{path}/entry/edit?key={key}").text
    assert QUESTION in form
    said = {"key": hidden(form, "key"), "seen": hidden(form, "seen"), "question": QUESTION}
    sent = visitor.send(
        f"{path}/entry/edit", **said, answer=f"앞에 세우세요. {EVIL}", groups="", valid_from="2026-01-01"
    )
    assert "#entry-" in sent.headers["location"]
    done = visitor.follow(sent).text
    assert "항목을 고쳤어요" in text(done)
    assert "<img src=x" not in done
    assert "앞에 세우세요" in answered(site)
    look = re.search(r'href="(/documents/\d+/versions\?older=1&amp;newer=2)"', done)
    assert look
    assert "<del>뒤편에</del>" in visitor.open(unescape(look[1])).text.replace(
        "<del>건물 뒤편에</del>", "<del>뒤편에</del>"
    )
    assert "화면에서 고침" in visitor.open(f"{path}/versions").text
    back = visitor.send(f"{path}/rollback", version="1", live="2")
    assert "되돌렸어요" in text(visitor.follow(back).text)
    assert "뒤편에" in answered(site)
    assert visitor.send(f"{path}/rollback", version="1", live="2").status == 303, "a double click"
    new = visitor.follow(
        visitor.send(f"{path}/entry/new", question="화장실은 어디예요?", answer="3층", aliases="손 씻는 곳\n")
    )
    assert "항목을 추가했어요" in text(new.text)
    assert visitor.send(f"{path}/rollback", version="2", live="3").status == 409, "somebody has added one since"
    assert "3층" in answered(site, "손 씻는 곳")
    added = next(each for each in entries(visitor, document) if each["answer"] == "3층")
    form = visitor.open(f"{path}/entry/edit?key={added['passage']}").text
    pair = {"key": str(added["passage"]), "seen": hidden(form, "seen")}
    assert "항목을 뺐어요" in text(visitor.follow(visitor.send(f"{path}/entry/remove", **pair)).text)
    assert "이미 빠진" in text(visitor.follow(visitor.send(f"{path}/entry/remove", **pair)).text)
    assert "3층" not in answered(site, "손 씻는 곳")


def test_what_two_people_wrote_is_shown_and_nothing_typed_is_lost(visitor: PageVisitor, bot: Bot, site: Site) -> None:
    document = number(visitor)
    path = f"/documents/{document}/entry/edit"
    key = str(entries(visitor, document)[0]["passage"])
    form = visitor.open(f"{path}?key={key}").text
    said = {"key": key, "seen": hidden(form, "seen"), "question": QUESTION, "answer": "내가 쓴 답입니다."}
    other = bot.library.entry(document, key)
    from bot.entry_fields import EntryFields

    bot.library.edit_entry(document, key, EntryFields("남이 쓴 답입니다.", QUESTION), seen=other.seen)
    refused = visitor.send(path, **said)
    assert refused.status == 409
    assert "남이 쓴 답입니다." in refused.text
    assert "<del>남이</del>" in refused.text
    assert "<ins>내가</ins>" in refused.text
    assert "내가 쓴 답입니다.</textarea>" in refused.text
    assert "남이 쓴" in answered(site)
    visitor.follow(visitor.send(path, **{**said, "seen": hidden(refused.text, "seen")}))
    assert "내가 쓴" in answered(site)
    bot.library.remove_entry(document, key, seen=bot.library.entry(document, key).seen)
    gone = visitor.send(path, **said)
    assert gone.status == 409
    assert f'action="/documents/{document}/entry/new"' in gone.text
    assert "내가 쓴 답입니다.</textarea>" in gone.text


def test_wrong_fields_are_said_beside_what_was_typed(visitor: PageVisitor) -> None:
    document = number(visitor)
    key = str(entries(visitor, document)[0]["passage"])
    seen = hidden(visitor.open(f"/documents/{document}/entry/edit?key={key}").text, "seen")
    path = f"/documents/{document}/entry/edit"
    for wrong in (
        {"valid_from": "어제"},
        {"answer": " "},
        {"groups": "가/나"},
        {"aliases": "\n".join("ab" * 600 for _ in "ab")},
    ):
        fields = {"key": key, "seen": seen, "question": "물음?", "answer": "고친 답", **wrong}
        answer = visitor.send(path, **fields)
        assert answer.status == 422
        assert 'role="alert"' in answer.text
        assert "물음?</textarea>" in answer.text
    assert visitor.send(path, key="none", seen="x", question="a", answer="b").status == 409
    assert visitor.open(f"{path}?key={quote('없는 열쇠')}").status == 404
    assert visitor.open("/documents/9999/entry/new").status == 404
    assert visitor.send("/documents/9999/entry/new", question="a", answer="b").status in (404, 422)
    assert len(visitor.site.call("GET", f"{API}/{document}/versions").json["versions"]) == 1


def test_columns_are_chosen_looked_at_and_read(visitor: PageVisitor, bot: Bot, site: Site) -> None:
    (result,) = bot.library.add([("이상한 표.csv", ODD.encode("cp949"))], publish=False)
    preview = visitor.open(f"/documents/staged/{result.version}").text
    assert f"/documents/columns?version={result.version}" in preview
    page = visitor.open(f"/documents/columns?version={result.version}").text
    assert "설명문" in page
    assert "CP949" in page
    plain = [("version", str(result.version)), ("was-encoding", ""), ("was-delimiter", ""), ("how-0", "table")]
    roles = [("role-0", role) for role in ("question", "answer", "title")]
    shown = visitor.send_pairs("/documents/columns", *plain, ("first-0", "2"), *roles, ("do", "look"))
    assert "항목 2개" in text(shown.text)
    assert "<strong>환불 문의</strong>" in shown.text
    nothing = visitor.send_pairs("/documents/columns", *plain, ("first-0", "2"), ("role-0", "question"), ("do", "read"))
    assert nothing.status == 422
    assert "답변 열을 하나씩" in nothing.text
    other = visitor.send_pairs("/documents/columns", *plain, ("encoding", "UTF-8"), ("do", "read"))
    assert other.status == 200, "another encoding shows other columns first"
    sent = visitor.send_pairs("/documents/columns", *plain, ("first-0", "2"), *roles, ("do", "read"))
    anew = visitor.follow(sent)
    assert "고르신 대로 읽었어요" in anew.text
    version = int(sent.headers["location"].rpartition("/")[2])
    bot.library.publish([version])
    assert "네 됩니다" in answered(site, "환불 문의")
    document = number(visitor, "이상한 표.csv")
    assert f"/documents/columns?document={document}" in visitor.open(f"/documents/{document}/settings").text
    live = visitor.open(f"/documents/columns?document={document}").text
    assert re.search(r'<option value="question" selected>', live), "what was chosen before is shown"
    for wrong in ("version=999", "document=999", "file=none", "version=x", ""):
        assert visitor.open(f"/documents/columns?{wrong}").status == 404, wrong


def test_a_table_that_could_not_be_read_leads_to_its_columns(visitor: PageVisitor, site: Site) -> None:
    sent = visitor.send("/documents", ("leer.csv", "질문,답변,진짜\n환불?,,네\n".encode()), publish="0")
    link = re.search(r"/documents/columns\?file=([0-9a-f]+)", sent.text)
    assert link
    page = visitor.open(link[0])
    assert page.status == 200
    assert 'role="alert"' in page.text
    roles = [("role-0", role) for role in ("question", "", "answer")]
    plain = [("file", link[1]), ("was-encoding", ""), ("was-delimiter", ""), ("how-0", "table"), ("first-0", "1")]
    assert visitor.follow(visitor.send_pairs("/documents/columns", *plain, *roles, ("do", "read"))).status == 200
    assert visitor.open(link[0]).status == 404
    assert visitor.open("/documents/template").status == 200


def test_programs_edit_entries_and_say_how_a_table_is_read(visitor: PageVisitor, site: Site) -> None:
    document = number(visitor)
    key = str(entries(visitor, document)[1]["passage"])
    where = f"{API}/{document}/entry?passage={quote(key)}"
    entry = site.call("GET", where).json
    patch = {"passage": key, "seen": entry["seen"], "answer": "매시 30분에 옵니다.", "valid_until": "2030-01-01"}
    made = send(site, "PATCH", f"/{document}/entry", patch).json
    assert (made["answer"], made["question"], made["version"], made["before"]) == (
        patch["answer"],
        entry["question"],
        2,
        1,
    )
    moved = send(site, "PATCH", f"/{document}/entry", patch | {"answer": "딴 답"})
    assert (moved.status, moved.json["now"]["answer"]) == (409, "매시 30분에 옵니다.")
    assert send(site, "PATCH", f"/{document}/entry", patch | {"seen": made["seen"]}).json["changed"] is False
    refused: tuple[dict[str, object], ...] = (
        {"answer": ""},
        {"audience": []},
        {"valid_until": "soon"},
        {"question": "\0"},
        {"aliases": "x"},
    )
    for wrong in refused:
        assert send(site, "PATCH", f"/{document}/entry", patch | {"seen": made["seen"]} | wrong).status == 422, wrong
    new = send(site, "POST", f"/{document}/entries", {"question": "화장실?", "answer": "3층", "passage": "wc"}).json
    assert new["passage"] == "wc"
    assert send(site, "POST", f"/{document}/entries", {"question": "q", "answer": "a", "passage": "wc"}).status == 422
    assert site.call("DELETE", f"{API}/{document}/entry?passage=wc&seen=1").status == 409
    assert site.call("DELETE", f"{API}/{document}/entry?passage=wc&seen={new['seen']}").json["removed"] == "wc"
    assert site.call("GET", f"{API}/{document}/entry?passage=wc").status == 404
    looked = site.call("GET", f"{API}/columns?document={document}").json
    assert looked["sheets"][0]["plan"]["roles"] == ["question", "answer"]
    plan = {"sheets": [{"roles": ["answer", "question"], "names": ["질문", "답변"], "header": 0}]}
    read = send(site, "POST", "/columns", {"document": document, "plan": plan}).json
    assert read["staged"]
    assert send(site, "POST", "/columns", {"document": document, "plan": {"sheets": 1}}).status == 422
    assert send(site, "POST", "/columns", {"plan": plan}).status == 404
    uploaded = visitor.send("/documents", ("w.csv", ODD.encode()), publish="1", columns="질문=이름,답변=설명문")
    assert "고르신 대로" in uploaded.text
    assert visitor.send("/documents", ("w.csv", ODD.encode()), columns="이름").status == 422


def test_an_owner_is_set_shown_and_filtered(bot: Bot, visitor: PageVisitor, site: Site) -> None:
    document = number(visitor)
    accounts = Accounts(bot.sessions)
    for name, role in (("boss", "admin"), ("kim", "editor"), ("lee", "viewer")):
        accounts.create(name, PASSWORD, role=role, actor="test")
    kim = PageVisitor(site)
    kim.open("/sign-in")
    kim.follow(kim.send("/sign-in", name="kim", password=PASSWORD))
    kim.open(f"/documents/{document}/settings")
    assert "담당하는 문서가 아직 없어요" in kim.open("/documents?mine=true").text
    done = kim.follow(kim.send(f"/documents/{document}/owner", me="1")).text
    assert "담당자를 바꿨어요" in text(done)
    assert FAQ in kim.open("/documents?mine=true").text
    assert "kim" in kim.open(f"/documents/{document}").text
    lee = PageVisitor(site)
    lee.open("/sign-in")
    lee.follow(lee.send("/sign-in", name="lee", password=PASSWORD))
    assert "entry/edit" not in lee.open(f"/documents/{document}").text
    assert lee.send(f"/documents/{document}/owner", me="1").status == 403
    assert lee.open(f"/documents/{document}/entry/new").status == 403
    assert lee.send(f"/documents/{document}/entry/new", question="a", answer="b").status == 403
    assert lee.open(f"/documents/columns?document={document}").status == 403
    accounts.remove(accounts.named("kim").id, actor="test")
    boss = PageVisitor(site)
    boss.open("/sign-in")
    boss.follow(boss.send("/sign-in", name="boss", password=PASSWORD))
    assert "담당자" not in text(boss.open(f"/documents/{document}").text)
    assert bot.library.show(document).document.owner is None
