"""/api/v1/knowledge over a real server: files that wait, versions, use, audience, other wordings, rights."""

import json
import socket
import threading
import time
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest

from bot.accounts import Accounts
from bot.api_tokens import ApiTokens
from bot.wiring import Bot
from connectors.web.forms import plain_path
from tests.samples import BotMaker
from tests.servers.dapbot import Answer, Site, form
from tests.servers.web import served

API = "/api/v1/knowledge"
FAQ = "주차 안내.csv"
QUESTION = "주차는 어디에 하나요?"
OLD = f"질문,답변\n{QUESTION},건물 뒤편 주차장에 두 시간까지 무료로 하실 수 있습니다.\n셔틀은 언제 오나요?,매시 정각.\n"
NEW = f"질문,답변\n{QUESTION},길 건너 공영 주차장을 이용해 주세요.\n엘리베이터가 있나요?,네. 모든 층에 있습니다.\n"
OWNER = "owner-token"


@pytest.fixture
def site(bot: Bot) -> Iterator[Site]:
    with served(bot, OWNER) as site:
        yield site


def send(site: Site, text: str, name: str = FAQ, **fields: str) -> dict[str, Any]:
    """Upload one file; return its result."""
    answer = site.call("POST", API, *_form((name, text.encode()), **fields))
    assert answer.status == 200, answer.text
    return dict(answer.json["files"][0])


def _form(*files: tuple[str, bytes], **fields: str) -> tuple[bytes, dict[str, str]]:
    body, kind = form(files, **fields)
    return body, {"Content-Type": kind, "Accept-Language": "ko"}


def stage(site: Site, text: str, name: str = FAQ) -> dict[str, Any]:
    return send(site, text, name, publish="0")


def publish(site: Site, *versions: int, **seen: int) -> Answer:
    line = {"versions": versions, "seen": {number.removeprefix("v"): live for number, live in seen.items()}}
    return site.post(f"{API}/publish", line, Accept_Language="ko")


def answered(site: Site, question: str = QUESTION, **line: Any) -> str:
    headers = {"Authorization": f"Bearer {OWNER}"} if line else {}
    return str(site.post("/api/v1/ask", {"question": question, **line}, **headers).json["answer"])


def get(site: Site, path: str) -> Any:
    answer = site.call("GET", API + path, headers={"Accept-Language": "ko"})
    assert answer.status == 200, (path, answer.status, answer.text)
    return answer.json


def change(site: Site, method: str, path: str, line: Any = None) -> Answer:
    body = None if line is None else json.dumps(line)
    return site.call(method, API + path, body, {"Content-Type": "application/json", "Accept-Language": "ko"})


# --- files that wait --------------------------------------------------------------------------------------------


def test_a_staged_file_changes_nothing_until_it_is_published(site: Site) -> None:
    staged = stage(site, OLD)
    assert staged["state"] == "added"
    assert staged["staged"]
    assert "2개 항목" in staged["message"]
    assert "건물 뒤편" not in answered(site)
    (waiting,) = get(site, "/staged")["staged"]
    assert (waiting["version"], waiting["seen"]) == (staged["version"], 0)
    assert waiting["counts"]["added"] == 2
    done = publish(site, staged["version"])
    assert done.json["published"] == [staged["version"]]
    assert "건물 뒤편" in answered(site)
    assert get(site, "/staged")["staged"] == []
    assert publish(site, staged["version"]).status == 200  # a second click on the same button
    assert change(site, "DELETE", f"/staged/{staged['version']}").status == 409


def test_what_would_change_is_told_word_by_word(site: Site) -> None:
    send(site, OLD)
    both = (
        f"{NEW}{QUESTION},옥상에 하시면 됩니다.\n화장실은 어디인가요?,\n엘리베이터가 있나요?,네. 모든 층에 있습니다.\n"
    )
    staged = stage(site, both)
    assert staged["state"] == "changed"
    assert (staged["added"], staged["removed"]) == (3, 1)
    assert "대신해요" in staged["message"]
    told = get(site, f"/staged/{staged['version']}")
    assert told["seen"] == 1
    assert "버전 1(2개 항목)" in told["message"]
    (changed,) = told["changed"]
    assert "건물 뒤편" in changed["before"]["answer"]
    assert "공영" in changed["after"]["answer"]
    assert changed["fields"] == ["answer"]
    assert [entry["before"]["question"] for entry in told["removed"]] == ["셔틀은 언제 오나요?"]
    (conflict,) = told["conflicting"]
    assert conflict["rows"] == [2, 4]
    assert {"길 건너 공영 주차장을 이용해 주세요.", "옥상에 하시면 됩니다."} == set(conflict["answers"])
    assert len(told["duplicate"]) == 1
    assert "5행" in told["unreadable"][0]
    assert "건물 뒤편" in answered(site)


@pytest.mark.postgresql
def test_several_files_go_live_together_or_not_at_all(site: Site) -> None:
    first, second = (
        stage(site, OLD),
        stage(site, "질문,답변\n와이파이가 되나요?,네. 로비에서 됩니다.\n", "와이파이.csv"),
    )
    assert publish(site, first["version"], 999_999).status == 404
    assert "건물 뒤편" not in answered(site)
    assert publish(site, first["version"], second["version"]).status == 200
    assert "건물 뒤편" in answered(site)
    assert "로비" in answered(site, "와이파이가 되나요?")


def test_who_publishes_second_is_told_what_changed_meanwhile(site: Site) -> None:
    send(site, OLD)
    mine = stage(site, NEW)
    send(site, OLD.replace("두 시간", "세 시간"))  # somebody else
    refused = publish(site, mine["version"], **{f"v{mine['version']}": 1})
    assert refused.status == 409
    assert FAQ in refused.json["error"]
    assert "세 시간" in answered(site)
    again = get(site, f"/staged/{mine['version']}")
    assert again["seen"] == 3  # the staged one has number 2
    assert "세 시간" in again["changed"][0]["before"]["answer"]
    assert publish(site, mine["version"], **{f"v{mine['version']}": 3}).status == 200
    assert "공영" in answered(site)


def test_discarding_leaves_everything_as_it_is(site: Site) -> None:
    send(site, OLD)
    staged = stage(site, NEW)
    assert change(site, "DELETE", f"/staged/{staged['version']}").json == {"discarded": staged["version"]}
    assert publish(site, staged["version"]).status == 409
    assert "건물 뒤편" in answered(site)
    assert change(site, "DELETE", "/staged/999999").status == 404


def test_publishing_tells_how_far_it_is(site: Site) -> None:
    rows = "".join(f"질문 {n}번은 무엇인가요?,{n}번 질문의 답입니다.\n" for n in range(300))
    answer = site.call("POST", API, *_stream(_form(("많은 행.csv", f"질문,답변\n{rows}".encode()), publish="0")))
    kinds = [kind for kind, _ in answer.events]
    assert kinds[0] == "step"
    assert "progress" in kinds
    version = answer.events[-1][1]["files"][0]["version"]
    line = json.dumps({"versions": [version]})
    events = site.call("POST", f"{API}/publish", line, {"Content-Type": "application/json", "Accept": STREAM}).events
    assert events[-1][0] == "done"
    assert events[-1][1]["location"].startswith("/documents?done=published")
    again = site.call("POST", f"{API}/publish", '{"versions": [999999]}', {**JSON, "Accept": STREAM}).events
    assert again[-1][0] == "error"


STREAM = "text/event-stream"
JSON = {"Content-Type": "application/json"}


def _stream(sent: tuple[bytes, dict[str, str]]) -> tuple[bytes, dict[str, str]]:
    return sent[0], {**sent[1], "Accept": STREAM}


def test_who_hangs_up_while_files_are_read_leaves_nothing_behind(site: Site) -> None:
    rows = "".join(f"질문 {n}번은 무엇인가요?,{n}번 질문의 답입니다.\n" for n in range(600))
    body, headers = _stream(_form(("끊긴 파일.csv", f"질문,답변\n{rows}".encode()), publish="0"))
    lines = [f"POST {API} HTTP/1.1", f"Host: 127.0.0.1:{site.port}", f"Content-Length: {len(body)}"]
    head = "\r\n".join([*lines, *(f"{name}: {value}" for name, value in headers.items())]) + "\r\n\r\n"
    with socket.create_connection((site.host, site.port), 30) as connection:
        connection.sendall(head.encode() + body)
        connection.recv(1000)  # the first event: it is being read
    until = time.monotonic() + 60
    while any(thread.name in ("answer", "upload") for thread in threading.enumerate()):  # the server's work on it
        assert time.monotonic() < until
        time.sleep(0.05)
    assert get(site, "/staged")["staged"] == []
    assert "끊긴 파일.csv" not in [d["name"] for d in get(site, "")["documents"]]


def test_an_archive_is_its_files(site: Site) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("지점/주차.csv", OLD)
        archive.writestr("와이파이.csv", "질문,답변\n와이파이가 되나요?,네. 로비에서 됩니다.\n")
    results = site.call("POST", API, *_form(("지점.zip", packed.getvalue()), publish="0")).json["files"]
    assert {r["name"]: r["state"] for r in results} == {
        "지점.zip/지점/주차.csv": "added",
        "지점.zip/와이파이.csv": "added",
    }


def test_folders_keep_files_of_one_name_apart(site: Site) -> None:
    for folder in ("서울", "부산"):
        assert (
            send(site, OLD.replace("건물", folder), "faq.csv", path=f"{folder}/faq.csv")["name"] == f"{folder}/faq.csv"
        )
    assert {"서울/faq.csv", "부산/faq.csv"} <= {d["name"] for d in get(site, "")["documents"]}


@pytest.mark.parametrize(
    ("path", "stored"),
    [
        ("../../etc/passwd.csv", "etc/passwd.csv"),
        ("C:\\Users\\kim\\질문.csv", "C:/Users/kim/질문.csv"),
        ("./a/./b.csv", "a/b.csv"),
        ("\u1112\u1161\u11ab/\u1100\u1173\u11af.csv", "한/글.csv"),
        ("/", "file"),
        ("", "file"),
        ("a\0b/\x1b[31mc.csv", "ab/[31mc.csv"),
    ],
)
def test_paths_lead_nowhere(path: str, stored: str) -> None:
    assert plain_path(path) == stored


# --- versions, use, audience, other wordings ----------------------------------------------------------------------


@pytest.mark.postgresql
def test_an_earlier_version_is_compared_and_brought_back(site: Site) -> None:
    document = send(site, OLD)["document"]
    send(site, NEW)
    versions = get(site, f"/{document}/versions")["versions"]
    assert [(v["version"], v["state"]) for v in versions] == [(2, "published"), (1, "superseded")]
    diff = get(site, f"/{document}/diff?older=1&newer=2")
    assert diff["counts"] == {
        "changed": 1, "added": 1, "removed": 1, "conflicting": 0, "duplicate": 0, "unreadable": 0
    }  # fmt: skip
    back = change(site, "POST", f"/{document}/rollback", {"version": 1}).json
    assert (back["version"], back["restored_from"], back["state"]) == (3, 1, "published")
    assert "건물 뒤편" in answered(site)
    assert change(site, "POST", f"/{document}/rollback", {}).json["restored_from"] == 2
    assert "공영" in answered(site)
    for wrong in ({"version": 77}, {"version": 4}):
        assert change(site, "POST", f"/{document}/rollback", wrong).status in (404, 422)
    assert site.call("GET", f"{API}/{document}/diff?older=1&newer=99").status == 404
    assert site.call("GET", f"{API}/{document}/diff?older=1").status == 422


def test_a_disabled_document_is_not_answered_from(site: Site) -> None:
    document = send(site, OLD)["document"]
    assert change(site, "POST", f"/{document}/disable").json == {"disabled": document}
    assert "건물 뒤편" not in answered(site)
    assert not next(d for d in get(site, "")["documents"] if d["id"] == document)["enabled"]
    assert change(site, "POST", f"/{document}/enable").status == 200
    assert "건물 뒤편" in answered(site)
    assert change(site, "POST", "/999999/disable").status == 404


@pytest.mark.postgresql
def test_an_audience_holds_at_once(site: Site) -> None:
    document = send(site, OLD)["document"]
    assert change(site, "PUT", f"/{document}/audience", {"audience": ["직원"]}).json["audience"] == ["직원"]
    assert "건물 뒤편" not in answered(site)
    assert "건물 뒤편" in answered(site, audience=["직원"])
    assert change(site, "PUT", f"/{document}/audience", {"audience": None}).status == 200
    assert "건물 뒤편" in answered(site)
    for wrong in ({}, {"audience": "직원"}, {"audience": ["x" * 151]}, {"audience": [1]}):
        assert change(site, "PUT", f"/{document}/audience", wrong).status == 422


def test_other_wordings_are_found_until_they_are_removed(site: Site) -> None:
    document = send(site, OLD)["document"]
    (entry, _) = get(site, f"/{document}")["entries"]
    wording = "붕붕이는 어디다 두면 되나요?"
    assert "건물 뒤편" not in answered(site, wording)
    line = {"passage": entry["passage"], "question": wording}
    assert change(site, "POST", f"/{document}/aliases", line).status == 200
    assert "건물 뒤편" in answered(site, wording)
    assert change(site, "POST", f"/{document}/aliases", line).status == 422
    (alias,) = get(site, f"/{document}/aliases")["aliases"]
    assert (alias["question"], alias["of"]) == (wording, QUESTION)
    send(site, NEW)  # it outlives a new version
    assert "공영" in answered(site, wording)
    assert change(site, "DELETE", f"/1/aliases/{alias['id']}").status == 404  # another document's
    assert change(site, "DELETE", f"/{document}/aliases/{alias['id']}").status == 200
    assert "공영" not in answered(site, wording)
    for wrong in ({"passage": "nothing", "question": "x"}, {"passage": entry["passage"], "question": "??"}, {}):
        assert change(site, "POST", f"/{document}/aliases", wrong).status in (404, 422)


def test_a_document_is_downloaded_as_it_came_and_with_ids(site: Site) -> None:
    document = send(site, OLD)["document"]
    original = site.call("GET", f"{API}/{document}/file?original=true")
    assert original.body == OLD.encode()
    assert original.headers["content-disposition"].startswith("attachment;")
    assert "%EC%A3%BC%EC%B0%A8" in original.headers["content-disposition"]
    table = site.call("GET", f"{API}/{document}/file").body.decode("utf-8-sig")
    assert "id" in table.splitlines()[0]
    assert send(site, table)["state"] == "unchanged" or get(site, f"/{document}")["entries"][0]["passage"] in table
    assert site.call("GET", f"{API}/999999/file").status == 404


def test_a_question_is_tested_as_somebody_else(site: Site) -> None:
    tried = site.post(f"{API}/try", {"question": "배송비는 얼마인가요?"}, Accept_Language="ko").json
    assert tried["answer"]["answered"]
    assert tried["line"] == 0.5
    assert tried["passages"][0]["keyword_score"] > 0
    assert tried["why"] == []
    leave = "연차는 며칠까지 이월되나요?"
    assert "5일" not in site.post(f"{API}/try", {"question": leave}).json["answer"]["answer"]
    assert "5일" in site.post(f"{API}/try", {"question": leave, "audience": ["staff"]}).json["answer"]["answer"]
    unknown = site.post(f"{API}/try", {"question": "화성 우주선 주차 요금은 얼마인가요?"}, Accept_Language="ko").json
    assert not unknown["answer"]["answered"]
    assert "기준선" in unknown["why"][0]


def test_tested_questions_are_not_kept_and_answers_are_counted(site: Site) -> None:
    document = send(site, OLD)["document"]
    site.post(f"{API}/try", {"question": QUESTION})
    assert get(site, f"/{document}/uses") == {"total": 0, "recent": 0, "last": []}
    answered(site)
    answered(site)
    uses = get(site, f"/{document}/uses")
    assert (uses["total"], uses["recent"], len(uses["last"])) == (2, 2, 2)
    assert uses["last"][0]["question"] == QUESTION


# --- who may ----------------------------------------------------------------------------------------------------


def test_each_role_may_what_it_may(bot: Bot, site: Site) -> None:
    document = send(site, OLD)["document"]
    change(site, "PUT", f"/{document}/audience", {"audience": ["직원"]})
    Accounts(bot.sessions).create("kim", "a long pass phrase 7", actor="test")
    tokens = ApiTokens(bot.sessions)
    made = {
        role: tokens.create(role, role, groups, actor="test")[0]
        for role, groups in (("viewer", ()), ("editor", ()), ("admin", ()))
    }
    made["직원"] = tokens.create("직원", "viewer", ["직원"], actor="test")[0]
    body, headers = _form(("새 문서.csv", NEW.encode()))
    calls: list[tuple[str, str, Any, dict[str, str], str]] = [
        ("GET", "", None, {}, "viewer"),
        ("GET", "/staged", None, {}, "editor"),
        ("GET", f"/{document}/file", None, {}, "editor"),
        ("POST", "", body, headers, "editor"),
        ("POST", f"/{document}/disable", None, {}, "editor"),
        ("POST", f"/{document}/enable", None, {}, "editor"),
        ("POST", f"/{document}/aliases", '{"passage": "x", "question": "y"}', JSON, "editor"),
        ("PUT", f"/{document}/audience", '{"audience": ["직원"]}'.encode(), JSON, "admin"),
        ("DELETE", f"/{document}", None, {}, "admin"),
    ]
    ranks = ["", "viewer", "editor", "admin"]
    for method, path, sent, extra, needed in calls:
        for role in ranks:
            bearer = {"Authorization": f"Bearer {made[role]}"} if role else {}
            status = site.call(method, API + path, sent, {**extra, **bearer}).status
            allowed = ranks.index(role) >= ranks.index(needed)
            expected = (200, 404, 422) if allowed else (403,) if role else (401,)
            assert status in expected, (method, path, role, status)


def test_a_viewer_sees_what_is_for_them(bot: Bot, site: Site) -> None:
    document = send(site, OLD)["document"]
    change(site, "PUT", f"/{document}/audience", {"audience": ["직원"]})
    Accounts(bot.sessions).create("kim", "a long pass phrase 7", actor="test")
    tokens = ApiTokens(bot.sessions)
    for name, groups, seen in (("모두", [], False), ("우리", ["직원"], True)):
        bearer = {"Authorization": f"Bearer {tokens.create(name, 'viewer', groups, actor='test')[0]}"}
        listed = site.call("GET", API, headers=bearer).json["documents"]
        assert (FAQ in [d["name"] for d in listed]) == seen
        for path in (f"/{document}", f"/{document}/versions", f"/{document}/uses"):
            assert site.call("GET", API + path, headers=bearer).status == (200 if seen else 404)
        faq = next(d["id"] for d in listed if d["name"] == "hanbit-faq.jsonl")
        keys = [e["passage"] for e in site.call("GET", f"{API}/{faq}", headers=bearer).json["entries"]]
        assert "leave" not in keys  # for staff
        line = json.dumps({"question": QUESTION, "audience": ["직원", "staff"]})
        tried = site.call("POST", f"{API}/try", line, {**JSON, **bearer}).json
        assert ("건물 뒤편" in tried["answer"]["answer"]) == seen


HOSTILE = [
    b"",
    b"{}",
    b"[]",
    b'{"versions": []}',
    b'{"versions": ["1"]}',
    b'{"versions": [1.5]}',
    b'{"versions": [99999999999999999999999]}',
    b'{"versions": [-1]}',
    b'{"versions": [1], "seen": {"x": 1}}',
    b'{"versions": [1], "seen": {"1": "1"}}',
    b'{"versions": [1], "seen": [1]}',
    b'{"question": "\\u0000"}',
    b'{"question": "\\ud800"}',
    b'{"passage": "x", "question": ""}',
    b'{"audience": [""]}',
    b'{"version": 0}',
    b'{"version": 99999999999999999999}',
    b"\xff\xfe",
    b"[" * 10_000,
]


@pytest.mark.parametrize("path", ["/publish", "/1/rollback", "/1/aliases", "/try", "/1/audience"])
def test_hostile_bodies_get_a_sentence(make_bot: BotMaker, path: str) -> None:
    with served(make_bot()) as site:
        for body in HOSTILE:
            method = "PUT" if path.endswith("audience") else "POST"
            if path == "/1/rollback" and body == b"{}":
                continue  # the version before: there is none, see above
            answer = site.call(method, API + path, body, {**JSON, "Accept-Language": "ko"})
            assert answer.status in (400, 404, 409, 422), (path, body[:40], answer.status, answer.text)
            assert "Traceback" not in answer.text
            assert "오류 번호" not in answer.text
