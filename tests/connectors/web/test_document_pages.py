"""The documents' pages as a browser without a script sees them: every form, every right, everything that is hostile."""

import re
import threading
import time
from datetime import datetime
from html import unescape
from zoneinfo import ZoneInfo

import pytest

from bot.accounts import Accounts
from bot.wiring import Bot
from connectors.web.blank_tables import blank_table
from knowledge.language import Language
from knowledge.reading import read
from tests.connectors.web.seen import text
from tests.samples import BotMaker
from tests.servers.dapbot import Site
from tests.servers.visitor import PageVisitor
from tests.servers.web import served

FAQ = "주차 안내.csv"
QUESTION = "주차는 어디에 하나요?"
OLD = f"질문,답변\n{QUESTION},건물 뒤편 주차장에 3시간까지 무료입니다.\n셔틀은 언제 오나요?,매시 정각에 옵니다.\n"
NEW = f"질문,답변\n{QUESTION},건물 뒤편 주차장에 5시간까지 무료입니다.\n엘리베이터가 있나요?,네. 모든 층에 있습니다.\n"
EVIL = "나쁜 마음을 먹고 적어 넣은 글입니다 <img src=x onerror=alert(1)>\"'&lt;"
PASSWORD = "a long pass phrase 7"


@pytest.fixture
def visitor(site: Site) -> PageVisitor:
    visitor = PageVisitor(site)
    assert visitor.open("/documents").status == 200
    return visitor


def number(visitor: PageVisitor, name: str = FAQ) -> int:
    found = visitor.site.call("GET", "/api/v1/knowledge").json["documents"]
    return int(next(each["id"] for each in found if each["name"] == name))


def add(visitor: PageVisitor, content: str = OLD, name: str = FAQ, publish: str = "1") -> None:
    answer = visitor.send("/documents", (name, content.encode()), publish=publish)
    assert answer.status == 200, answer.text


def answered(site: Site, question: str = QUESTION) -> str:
    return str(site.post("/api/v1/ask", {"question": question}).json["answer"])


def test_times_are_those_of_the_zone_that_is_set(visitor: PageVisitor, site: Site) -> None:
    add(visitor)
    found = site.call("GET", "/api/v1/knowledge").json["documents"]
    added = datetime.fromisoformat(next(each["added_at"] for each in found if each["name"] == FAQ))
    seoul = added.astimezone(ZoneInfo("Asia/Seoul"))
    assert f"{seoul:%Y-%m-%d %H:%M}" in visitor.open(f"/documents/{number(visitor)}").text


@pytest.mark.postgresql
def test_upload_preview_publish_compare_and_bring_back(visitor: PageVisitor, site: Site) -> None:
    add(visitor)
    add(visitor, NEW, publish="0")
    assert "3시간" in answered(site)
    waiting = visitor.open("/documents/staged")
    assert FAQ in waiting.text
    version = re.search(r'name="version" value="(\d+)"', waiting.text)
    assert version
    preview = visitor.open(f"/documents/staged/{version[1]}").text
    assert "<del>3</del><ins>5</ins>시간까지" in preview
    assert "버전 1(2개 항목)을 대신해요" in text(preview)
    assert "셔틀은 언제 오나요?" in visitor.open(f"/documents/staged/{version[1]}?show=removed").text
    assert visitor.open(f"/documents/staged/{version[1]}?show=nothing").status == 404
    seen = re.search(r'name="(seen-\d+)" value="(\d+)"', preview)
    assert seen
    pairs = (("version", version[1]), (seen[1], seen[2]))
    published = visitor.send_pairs("/documents/publish", *pairs)
    assert "5시간" in answered(site)
    assert "공개했어요" in text(visitor.follow(published).text)
    assert "공개했어요" in text(visitor.follow(visitor.send_pairs("/documents/publish", *pairs)).text)  # a double click
    document = number(visitor)
    history = visitor.open(f"/documents/{document}/versions").text
    assert "이 버전으로 되돌리기" in history
    assert "<del>3</del><ins>5</ins>" in visitor.open(f"/documents/{document}/versions?older=1&newer=2").text
    back = visitor.follow(visitor.send(f"/documents/{document}/rollback", version="1")).text
    assert "버전 1의 내용으로 되돌렸어요" in text(back)
    assert "버전 1에서 되살림" in text(back)
    assert "3시간" in answered(site)
    visitor.follow(visitor.send(f"/documents/{document}/rollback", version="2"))  # what the button "undo" sends
    assert "5시간" in answered(site)
    assert visitor.send(f"/documents/{document}/rollback", version="4").status == 422
    assert visitor.send(f"/documents/{document}/rollback", version="77").status == 404


def test_what_was_overtaken_is_shown_anew(visitor: PageVisitor, site: Site) -> None:
    add(visitor)
    add(visitor, NEW, publish="0")
    page = visitor.open("/documents/staged").text
    pairs = [("version", n) for n in re.findall(r'name="version" value="(\d+)"', page)]
    pairs += re.findall(r'name="(seen-\d+)" value="(\d+)"', page)
    other = PageVisitor(site)
    other.open("/documents")
    add(other, OLD.replace("3시간", "4시간"))
    refused = visitor.send_pairs("/documents/publish", *pairs)
    assert refused.status == 409
    assert 'role="alert"' in refused.text
    assert "4시간" in answered(site)
    pairs = [("version", n) for n in re.findall(r'name="version" value="(\d+)"', refused.text)]
    pairs += re.findall(r'name="(seen-\d+)" value="(\d+)"', refused.text)
    visitor.follow(visitor.send_pairs("/documents/publish", *pairs))
    assert "5시간" in answered(site)


def test_of_two_files_of_one_name_the_newer_is_published(visitor: PageVisitor, site: Site) -> None:
    add(visitor)
    add(visitor, NEW, publish="0")
    add(visitor, OLD.replace("3시간", "7시간"), publish="0")
    page = visitor.open("/documents/staged").text
    assert "더 새로운 파일" in page
    assert page.count(" checked ") == 1
    pairs = [("version", n) for n in re.findall(r'name="version" value="(\d+)"', page)]
    pairs += re.findall(r'name="(seen-\d+)" value="(\d+)"', page)
    for _ in range(2):  # a double click; whoever ticks both means the newer
        visitor.follow(visitor.send_pairs("/documents/publish", *pairs))
    assert "7시간" in answered(site)
    assert "확인을 기다리는 파일이 없어요" in visitor.open("/documents/staged").text


def test_discarding_and_choosing_nothing(visitor: PageVisitor, site: Site) -> None:
    add(visitor)
    add(visitor, NEW, publish="0")
    page = visitor.open("/documents/staged").text
    version = re.findall(r'name="version" value="(\d+)"', page)[0]
    assert "골라 주세요" in visitor.send("/documents/publish").text
    assert "골라 주세요" in visitor.send("/documents/discard", version="x").text
    assert "버렸어요" in visitor.follow(visitor.send("/documents/discard", version=version)).text
    assert visitor.send("/documents/discard", version=version).status == 409
    assert visitor.open(f"/documents/staged/{version}").status == 404
    assert "3시간" in answered(site)
    assert "확인을 기다리는 파일이 없어요" in visitor.open("/documents/staged").text


def test_a_disabled_document_comes_back(visitor: PageVisitor, site: Site) -> None:
    add(visitor)
    document = number(visitor)
    page = visitor.follow(visitor.send(f"/documents/{document}/disable")).text
    assert "3시간" not in answered(site)
    assert f'action="/documents/{document}/enable"' in page  # the way back, in the message and in the list
    visitor.follow(visitor.send(f"/documents/{document}/enable"))
    assert "3시간" in answered(site)


def test_a_document_is_removed_only_under_its_name(visitor: PageVisitor, site: Site) -> None:
    add(visitor)
    document = number(visitor)
    assert "되돌릴 수 없어요" in visitor.open(f"/documents/{document}/settings").text
    assert visitor.send(f"/documents/{document}/remove", name="주차").status == 422
    assert "3시간" in answered(site)
    assert "삭제했어요" in visitor.follow(visitor.send(f"/documents/{document}/remove", name=f" {FAQ} ")).text
    assert "3시간" not in answered(site)
    for path in ("", "/versions", "/uses", "/settings", "/file", "/entry?key=x"):
        assert visitor.open(f"/documents/{document}{path}").status == 404
    for path in ("disable", "enable", "remove", "rollback", "audience"):
        assert visitor.send(f"/documents/{document}/{path}", version="1", groups="x").status == 404


def test_the_audience_of_a_document(visitor: PageVisitor, site: Site) -> None:
    add(visitor)
    document = number(visitor)
    page = visitor.follow(visitor.send(f"/documents/{document}/audience", groups="직원, 임원 ,직원,")).text
    assert 'value="임원, 직원"' in page
    assert "3시간" not in answered(site)
    assert "직원" in visitor.open("/documents/try").text
    tried = visitor.send_pairs("/documents/try", ("question", QUESTION), ("groups", "직원"))
    assert "3시간" in tried.text
    assert visitor.send(f"/documents/{document}/audience", groups="x" * 151).status == 422
    assert visitor.send(f"/documents/{document}/audience", groups=",".join(map(str, range(101)))).status == 422
    visitor.follow(visitor.send(f"/documents/{document}/audience", groups=" "))
    assert "3시간" in answered(site)


@pytest.mark.postgresql
def test_other_wordings_of_an_entry(visitor: PageVisitor, site: Site) -> None:
    add(visitor)
    document = number(visitor)
    page = visitor.open(f"/documents/{document}").text
    key = re.findall(r'name="passage" value="([^"]+)"', page)[0]
    wording = "붕붕이는 어디다 두면 되나요?"
    visitor.follow(visitor.send(f"/documents/{document}/aliases", passage=key, question=f" {wording} "))
    assert "3시간" in answered(site, wording)
    page = visitor.open(f"/documents/{document}").text
    assert wording in page
    remove = re.search(r'action="(/documents/\d+/aliases/\d+/remove)"', page)
    assert remove
    assert visitor.send(remove[1].replace(f"/{document}/", "/1/", 1)).status == 404
    visitor.follow(visitor.send(remove[1]))
    assert "3시간" not in answered(site, wording)
    assert visitor.send(f"/documents/{document}/aliases", passage=key, question="  ").status == 422
    assert visitor.send(f"/documents/{document}/aliases", passage="x", question="y").status == 404


def test_many_entries_are_paged_and_found(visitor: PageVisitor) -> None:
    rows = "".join(f"질문 {n}번은 무엇인가요?,{n}번 질문의 답입니다 100% 확실_해요.\n" for n in range(1, 121))
    add(visitor, f"질문,답변\n{rows}", "많은 행.csv")
    document = number(visitor, "많은 행.csv")
    first = visitor.open(f"/documents/{document}").text
    assert first.count('class="entry') == 50
    assert "1–50 / 120" in text(first)
    last = visitor.open(f"/documents/{document}?page=9999").text
    assert "101–120 / 120" in text(last)
    assert "질문 120번" in last
    assert visitor.open(f"/documents/{document}?page=-5").status == 200
    found = visitor.open(f"/documents/{document}?q=%EC%A7%88%EB%AC%B8+77%EB%B2%88").text
    assert found.count('class="entry') == 1
    for words, count in (("100%25", 50), ("%25", 50), ("_", 50), ("zzz", 0), ("%00", 50), ("%27%20OR%201", 0)):
        assert visitor.open(f"/documents/{document}?q={words}").text.count('class="entry') == count, words
    found = visitor.site.call("GET", f"/api/v1/knowledge/{document}").json["entries"]
    entry = visitor.open(f"/documents/{document}/entry?key={found[110]['passage']}")
    assert "page=3#entry-" in entry.headers["location"]


def test_the_list_shows_what_is_being_indexed(visitor: PageVisitor, site: Site) -> None:
    rows = "".join(f"질문 {n}번은 무엇인가요?,{n}번 질문의 답입니다.\n" for n in range(1500))
    add(visitor, name="많은 행.csv")
    sending = threading.Thread(target=site.upload, args=(("많은 행.csv", f"질문,답변\n{rows}".encode()),))
    sending.start()
    seen = False
    while sending.is_alive() and not seen:
        page = visitor.call("GET", "/documents/list").text
        seen = "data-busy" in page and "반영하는 중" in page
    sending.join(60)
    assert seen
    assert "data-busy" not in visitor.call("GET", "/documents/list").text


def test_questions_are_tested_without_a_script(visitor: PageVisitor) -> None:
    tried = text(visitor.send("/documents/try", question="배송비는 얼마인가요?").text)
    assert "답해요." in tried
    assert "3,000원" in tried
    assert "기준선 50%" in tried
    unknown = text(visitor.send("/documents/try", question="화성 우주선 주차 요금은 얼마인가요?").text)
    assert "모른다고 답해요." in unknown
    assert "확신도가 기준선보다 낮아요" in unknown
    assert visitor.send("/documents/try", question="  ").status == 422
    assert "문서를 찾지 않고 답해요" in text(visitor.send("/documents/try", question="안녕하세요").text)


def test_a_checkup_shows_what_contradicts_side_by_side(visitor: PageVisitor) -> None:
    add(visitor)
    add(visitor, NEW, "새 안내.csv")
    page = visitor.open("/documents/check")
    assert "점검 시작" in page.text
    assert visitor.send("/documents/check").status == 303
    began = time.monotonic()
    while '"running":true' in visitor.open("/documents/check/progress").text:
        assert time.monotonic() - began < 60
        time.sleep(0.05)
    report = visitor.open("/documents/check").text
    assert "서로 다르게 말하는 항목" in report
    assert "3시간" in report
    assert "5시간" in report
    links = re.findall(r'href="(/documents/\d+/entry\?key=[^"]+)"', report)
    assert len(links) >= 2
    assert visitor.open(unescape(links[0])).status == 303
    edits = re.findall(r'href="(/documents/\d+/entry/edit\?key=[^"]+)"', report)
    assert QUESTION in unescape(visitor.open(unescape(edits[0])).text)
    add(visitor, NEW)  # the old text is gone: from what is kept, too
    report = text(visitor.open("/documents/check").text)
    assert "3시간" not in report
    assert "점검한 뒤 바뀐" in report


def test_what_is_hostile_stays_text(visitor: PageVisitor) -> None:
    name = "<img src=x onerror=alert(1)>'&lt;.jsonl"
    line = '{"id": "a\\"><script>", "title": "%s", "question": "위험한가요 %s", "answer": "%s", "aliases": ["%s"]}'
    evil = EVIL.replace('"', '\\"')
    add(visitor, line % (evil, evil, evil, evil), name)
    add(visitor, line % (evil, evil, f"{evil} 그리고 더", evil), name, publish="0")
    document = number(visitor, name)
    version = re.findall(r'name="version" value="(\d+)"', visitor.open("/documents/staged").text)[0]
    paths = ("", "/versions", "/uses", "/settings")
    pages = [visitor.open(f"/documents/{document}{path}").text for path in paths]
    pages += [visitor.open(path).text for path in ("/documents", "/documents/staged", f"/documents/staged/{version}")]
    pages += [
        visitor.open("/documents?q=%3Cscript%3E").text,
        visitor.open(f"/documents?done=disabled&of={document}").text,
    ]
    pages += [visitor.send("/documents/try", question=f"위험한가요 {EVIL}").text]
    for page in pages:
        assert "<img src=x" not in page
        assert "<script>" not in page


@pytest.mark.parametrize(
    "query",
    ["done=x", "done=disabled", "done=disabled&of=999", "done=published&of=1,x,-2", "done=rolledback&of=1&version=<b>"],
)
def test_messages_in_addresses_are_only_our_own(visitor: PageVisitor, query: str) -> None:
    page = visitor.open(f"/documents?{query}")
    assert page.status == 200
    assert "<b>" not in page.text


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_is_read_whole(visitor: PageVisitor, language: Language, kind: str) -> None:
    answer = visitor.open(f"/documents/template/{language}.{kind}")
    assert answer.status == 200
    assert answer.headers["content-disposition"].startswith("attachment")
    reading = read(f"template.{kind}", answer.body)
    assert len(reading.parts) == 2
    assert "read.column_unused" not in [note.phrase for note in reading.described]
    assert answer.body == blank_table(language, "csv").data or kind == "xlsx"


def test_empty_shelves_say_what_to_do(make_bot: BotMaker) -> None:
    bot = make_bot()
    for document in bot.library.documents():
        bot.library.remove(document.id)
    with served(bot) as site:
        page = text(PageVisitor(site).open("/documents").text)
        assert "아직 문서가 없어요" in page
        assert "양식을 내려받아" in page
        english = PageVisitor(site, "en")
        assert "There are no documents yet" in text(english.open("/documents").text)
        assert "이름이 'x'" in text(PageVisitor(site).open("/documents?q=x").text)


# --- who may ----------------------------------------------------------------------------------------------------

FORMS = [
    "/documents",
    "/documents/publish",
    "/documents/discard",
    "/documents/try",
    "/documents/check",
    "/documents/1/enable",
    "/documents/1/disable",
    "/documents/1/remove",
    "/documents/1/rollback",
    "/documents/1/aliases",
    "/documents/1/aliases/1/remove",
    "/documents/1/audience",
]


def test_no_other_site_and_no_other_browser_sends_our_forms(visitor: PageVisitor, site: Site) -> None:
    other = PageVisitor(site)
    other.open("/documents")
    before = site.call("GET", "/api/v1/knowledge").json
    for path in FORMS:
        stolen = PageVisitor(site, cookies=other.cookies, token=visitor.token)
        assert stolen.send(path, version="1", question="x").status == 403, path
        assert PageVisitor(site, cookies=visitor.cookies).send(path, version="1").status == 403, path
        for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}):
            body = f"csrf_token={visitor.token}&version=1"
            kind = {"Content-Type": "application/x-www-form-urlencoded"}
            assert visitor.call("POST", path, body, **{**kind, **headers}).status == 403, path
        assert visitor.call("POST", path, "{}", **{"Content-Type": "application/json"}).status == 415, path
    assert site.call("GET", "/api/v1/knowledge").json == before


def test_each_role_sees_and_may_what_it_may(bot: Bot, site: Site) -> None:
    accounts = Accounts(bot.sessions)
    for name, role, groups in (
        ("boss", "admin", ()),
        ("ed", "editor", ()),
        ("vi", "viewer", ()),
        ("st", "viewer", ("staff",)),
    ):
        accounts.create(name, PASSWORD, role=role, groups=groups, actor="test")
    stranger = PageVisitor(site)
    assert stranger.open("/documents").headers["location"].startswith("/sign-in")
    people = {}
    for name in ("boss", "ed", "vi", "st"):
        people[name] = PageVisitor(site)
        people[name].open("/sign-in")
        assert people[name].send("/sign-in", name=name, password=PASSWORD).status == 303
        page = people[name].open("/documents").text
        assert ('id="upload"' in page) == (name in ("boss", "ed"))
        assert ("/disable" in page) == (name in ("boss", "ed"))
        assert ("/remove" in page) == (name == "boss")
        entries = people[name].open("/documents/1").text
        assert ("연차는 며칠까지" in entries) == (name != "vi")
    for path, least in (("disable", 1), ("enable", 1), ("audience", 2), ("remove", 2)):
        for rank, name in enumerate(("vi", "ed")):
            if rank < least:
                assert people[name].send(f"/documents/1/{path}").status == 403, (path, name)
    assert people["vi"].open("/documents/staged").status == 403
    assert people["vi"].open("/documents/1/settings").status == 403
    assert people["vi"].send("/documents", (FAQ, OLD.encode()), publish="1").status == 403
    add(people["ed"])
    listed = people["vi"].open("/documents").text
    assert FAQ in listed
    assert "ed" in text(listed)
    leave = "연차는 며칠까지 이월되나요?"
    for name, sees in (("vi", False), ("st", True)):
        tried = people[name].send_pairs("/documents/try", ("question", leave), ("groups", "staff"))
        assert ("5일까지" in tried.text) == sees
