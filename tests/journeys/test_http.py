"""The HTTP API from end to end: bytes to a real `dapbot serve`, bytes back."""

import json
from typing import Any

import pytest

from tests.servers import databases
from tests.servers.dapbot import Answer, Site, form

KEYS = {
    "id", "answer_id", "conversation", "answer", "answered", "confidence", "task", "language", "sources", "nearest",
    "checks", "model", "tokens", "cost_usd", "latency_ms",
}  # fmt: skip
STREAM = "text/event-stream"
CSV = "질문,답변\n주차는 어디에 하나요?,건물 뒤편 주차장에 두 시간까지 무료로 하실 수 있습니다.\n"
NEW = "질문,답변\n주차는 어디에 하나요?,길 건너 공영 주차장을 이용해 주세요.\n"


def ask(site: Site, question: str, **line: Any) -> dict[str, Any]:
    answer = site.post("/api/v1/ask", {"question": question, **line})
    assert answer.status == 200, answer.text
    return dict(answer.json)


def said(answer: Answer, status: int) -> str:
    """Return the one sentence of an error."""
    assert answer.status == status, (answer.status, answer.text)
    assert answer.headers["content-type"] == "application/json"
    sentence = answer.json["error"]
    assert isinstance(sentence, str)
    assert 5 < len(sentence) < 300
    assert "Traceback" not in sentence
    return sentence


# --- ask --------------------------------------------------------------------------------------------------------


def test_a_question_line_gets_the_answer_line(site: Site) -> None:
    line = ask(site, "배송비는 얼마인가요?", id="q1")
    assert line.keys() >= KEYS
    assert line["id"] == "q1"
    assert line["answered"]
    assert "3,000원" in line["answer"]
    assert line["sources"][0]["passage"] == "delivery"
    assert line["sources"][0]["document"] == "hanbit-faq.jsonl"
    assert line["language"] == "ko"
    assert line["extract"]
    assert ask(site, "How much is delivery?", id=7)["id"] == 7
    assert "3,000 won" in ask(site, "How much is delivery?")["answer"]


def test_the_events_of_a_reply(site: Site) -> None:
    answer = site.post("/api/v1/ask", {"question": "배송비는 얼마인가요?", "id": "q2"}, Accept=STREAM)
    assert answer.headers["content-type"].startswith(STREAM)
    kinds = [kind for kind, _ in answer.events]
    assert kinds[0] == "status"
    assert kinds[-1] == "done"
    assert set(kinds) == {"status", "sources", "text", "done"}
    done = answer.events[-1][1]
    assert done.keys() >= KEYS
    assert "html" not in done  # that is for our own page
    text = "".join(data["text"] for kind, data in answer.events if kind == "text")
    assert text.strip() == done["answer"].strip()
    assert next(data for kind, data in answer.events if kind == "sources")["sources"] == done["sources"]


def test_below_the_line_it_does_not_know_and_names_the_nearest(site: Site) -> None:
    line = ask(site, "화성 지점의 우주선 주차 요금은 얼마인가요?")
    assert not line["answered"]
    assert len(line["nearest"]) == 3
    assert line["sources"] == []


def test_turns_of_one_conversation_are_kept_together(site: Site) -> None:
    first = ask(site, "배송비는 얼마인가요?", conversation="together")
    assert first["conversation"] == "together"
    assert ask(site, "고객센터 운영 시간이 어떻게 되나요?", conversation="together")["conversation"] == "together"
    assert ask(site, "배송비는 얼마인가요?")["conversation"] not in ("", "together")
    roles = databases.rows(
        site.data,
        "SELECT t.role FROM turns t JOIN conversations c ON c.id = t.conversation_id"
        " WHERE c.channel = 'http' AND c.external_id LIKE 'address-%.together' ORDER BY t.position",
    )
    assert roles == [("person",), ("bot",), ("person",), ("bot",)]


def test_only_the_owner_speaks_for_groups_and_people(site: Site) -> None:
    secret = {"question": "연차는 며칠까지 이월되나요?", "audience": ["staff"], "person": "kim"}
    people = databases.count(site.data, "people")
    assert "5일" not in site.post("/api/v1/ask", secret).json["answer"]
    assert databases.count(site.data, "people") == people
    mine = site.post("/api/v1/ask", secret, Authorization=f"Bearer {site.token}").json
    assert "5일" in mine["answer"]
    assert databases.count(site.data, "people") == people + 1
    search = {"question": "연차는 며칠까지 이월되나요?", "audience": ["staff"]}
    assert "leave" not in [p["passage"] for p in site.post("/api/v1/search", search).json["passages"]]
    found = site.post("/api/v1/search", search, Authorization=f"Bearer {site.token}").json["passages"]
    assert found[0]["passage"] == "leave"


@pytest.mark.parametrize("token", ["", "x", "' OR 1=1 --", "\u00e9"])
def test_a_wrong_token_is_refused(site: Site, token: str) -> None:
    said(site.post("/api/v1/ask", {"question": "x"}, Authorization=f"Bearer {token}"), 401)


def test_what_the_owner_does_not_want_logged_is_not(site: Site) -> None:
    before = databases.count(site.data, "answers")
    line = {"question": "배송비는 얼마인가요?", "record": False, "channel": "terminal"}
    site.post("/api/v1/ask", line, Authorization=f"Bearer {site.token}")
    assert databases.count(site.data, "answers") == before
    site.post("/api/v1/ask", line)
    assert databases.count(site.data, "answers") == before + 1


# --- documents --------------------------------------------------------------------------------------------------


def test_a_document_from_upload_to_removal(site: Site) -> None:
    files = (("주차 안내.csv", CSV.encode("cp949")), ("빈 파일.csv", b""))
    added = site.upload(*files, Accept_Language="ko").json["files"]
    assert [(f["name"], f["state"]) for f in added] == [("주차 안내.csv", "added"), ("빈 파일.csv", "unreadable")]
    assert "CP949" in added[0]["reading"]
    assert added[1]["message"]
    document = next(d for d in site.call("GET", "/api/v1/knowledge").json["documents"] if d["name"] == "주차 안내.csv")
    assert document["entries"] == 1
    assert document["kind"] == "csv"
    path = f"/api/v1/knowledge/{document['id']}"
    assert site.call("GET", path).json["entries"][0]["question"] == "주차는 어디에 하나요?"
    assert "건물 뒤편" in ask(site, "주차는 어디에 하나요?")["answer"]
    assert site.upload(("주차 안내.csv", CSV.encode("cp949"))).json["files"][0]["state"] == "unchanged"
    changed = site.upload(("주차 안내.csv", NEW.encode()), Accept_Language="en").json["files"][0]
    assert changed["state"] == "changed"
    assert "공영" in ask(site, "주차는 어디에 하나요?")["answer"]
    assert "건물 뒤편 주차장에 두" not in ask(site, "주차는 어디에 하나요?")["answer"]
    assert site.call("DELETE", path).json == {"removed": document["id"]}
    assert "공영" not in ask(site, "주차는 어디에 하나요?")["answer"]
    said(site.call("GET", path), 404)
    said(site.call("DELETE", path), 404)


def test_an_upload_tells_how_far_it_is(site: Site) -> None:
    rows = "".join(f"질문 {n}번은 무엇인가요?,{n}번 질문의 답입니다.\n" for n in range(300))
    events = site.upload(("많은 행.csv", f"질문,답변\n{rows}".encode()), Accept=STREAM).events
    done = events[-1]
    assert done[0] == "done"
    assert done[1]["files"][0]["added"] == 300
    steps = [data for kind, data in events if kind == "progress"]
    assert steps
    assert all(0 <= step["done"] <= step["total"] for step in steps)
    found = site.call("GET", "/api/v1/knowledge").json["documents"]
    number = next(d["id"] for d in found if d["name"] == "많은 행.csv")
    assert site.call("DELETE", f"/api/v1/knowledge/{number}").status == 200


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("../../etc/passwd.csv", "passwd.csv"),
        ("C:\\Users\\kim\\질문.csv", "질문.csv"),
        ("\u1112\u1161\u11ab\u1100\u1173\u11af.csv", "한글.csv"),
        ("a\tb\x1b[31m.csv", "ab[31m.csv"),
    ],
)
def test_file_names_are_only_names(site: Site, name: str, stored: str) -> None:
    result = site.upload((name, CSV.encode())).json["files"][0]
    assert result["name"] == stored
    number = next(d["id"] for d in site.call("GET", "/api/v1/knowledge").json["documents"] if d["name"] == stored)
    site.call("DELETE", f"/api/v1/knowledge/{number}")


def test_uploads_that_cannot_be(site: Site) -> None:
    only = site.upload(("그림.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10), Accept_Language="ko")
    assert said(only, 422) == only.json["files"][0]["message"]
    body, kind = form(())
    said(site.call("POST", "/api/v1/knowledge", body, {"Content-Type": kind}), 422)
    said(site.call("POST", "/api/v1/knowledge", b"{}", {"Content-Type": "application/json"}), 415)
    said(site.call("POST", "/api/v1/knowledge", b"", {}), 415)
    said(site.call("POST", "/api/v1/knowledge", body, {"Content-Type": "multipart/form-data"}), 400)
    cut = form((("a.csv", CSV.encode()),))[0][:-30]
    assert site.call("POST", "/api/v1/knowledge", cut, {"Content-Type": kind}).status in (200, 400, 422)
    said(site.call("GET", "/api/v1/knowledge/999999"), 404)
    said(site.call("GET", "/api/v1/knowledge/99999999999999999999999"), 404)
    said(site.call("GET", "/api/v1/knowledge/abc"), 422)


def test_a_file_over_the_limit_is_named_and_the_others_are_added(site: Site) -> None:
    files = (("너무 큰 파일.csv", b"a" * 20_000_001), ("작은 파일.csv", CSV.encode()))
    results = {f["name"]: f for f in site.upload(*files, Accept_Language="ko").json["files"]}
    assert results["너무 큰 파일.csv"]["state"] == "unreadable"
    assert "20 MB" in results["너무 큰 파일.csv"]["message"]
    assert results["작은 파일.csv"]["state"] == "added"
    number = next(
        d["id"] for d in site.call("GET", "/api/v1/knowledge").json["documents"] if d["name"] == "작은 파일.csv"
    )
    site.call("DELETE", f"/api/v1/knowledge/{number}")


# --- search, feedback, state ------------------------------------------------------------------------------------


def test_search_gives_passages_with_scores(site: Site) -> None:
    found = site.post("/api/v1/search", {"question": "배송비", "limit": 3}).json
    assert len(found["passages"]) <= 3
    assert found["passages"][0]["passage"] == "delivery"
    assert found["passages"][0]["keyword_score"] > 0
    assert 0 <= found["confidence"] <= 1
    assert found["legs"]["keywords"] == "used"


def test_a_rating_is_kept(site: Site) -> None:
    answer = ask(site, "배송비는 얼마인가요?")["answer_id"]
    rated = site.post("/api/v1/feedback", {"answer_id": answer, "rating": -1, "reason": "outdated", "comment": "옛날"})
    assert rated.json == {"answer_id": answer, "rating": -1}
    kept = "SELECT rating, reason, comment FROM feedback WHERE answer_id = :answer"
    assert databases.rows(site.data, kept, answer=answer) == [(-1, "outdated", "옛날")]
    said(site.post("/api/v1/feedback", {"answer_id": "nothing", "rating": 1}), 404)
    for wrong in ({"rating": 5}, {"rating": "1"}, {"rating": None}, {"rating": 1, "reason": "rude"}, {}):
        said(site.post("/api/v1/feedback", {"answer_id": answer, **wrong}), 422)


def test_alive_and_ready(site: Site) -> None:
    assert site.call("GET", "/health").json == {"alive": True}
    site.wait_ready()
    ready = site.call("GET", "/ready")
    assert ready.json["ready"]
    assert ready.json["parts"]["documents"] == "ready"


def test_the_api_describes_itself_without_another_server(site: Site) -> None:
    described = site.call("GET", "/api/openapi.json").json
    assert "owner" in json.dumps(described["components"]["schemas"]["QuestionLine"]["properties"]["audience"])
    page = site.call("GET", "/api/docs", headers={"Accept": "text/html"}).text
    for path in described["paths"]:
        assert path in page
    assert "//cdn" not in page
    assert "<script" not in page.replace('<script type="module" src="/static', "")


# --- bad input --------------------------------------------------------------------------------------------------

BAD_BODIES = [
    b"",
    b"{",
    b"null",
    b"[]",
    b'"question"',
    b"NaN",
    b'{"question": NaN}',
    b'{"question": 1}',
    b'{"question": null}',
    b'{"question": ["x"]}',
    b'{"question": {"a": 1}}',
    b'{"id": 1}',
    b'{"question": "x", "id": 1.5}',
    b'{"question": "x", "id": true}',
    b'{"question": "x", "conversation": 3}',
    b'{"question": "x", "conversation": ""}',
    b'{"question": "x", "audience": "staff"}',
    b'{"question": "x", "audience": [1]}',
    b'{"question": "x", "language": "fr"}',
    b'{"question": "\\u0000"}',
    b'{"question": "\\ud800"}',
    b'{"question": "x", "conversation": "\\udfff"}',
    b'{"question": "x", "conversation": "a\\u0000"}',
    b'{"question": "\xff\xfe"}',
    "{'question': '안녕'}".encode("cp949"),
    b'{"question": "x", "id": ' + b"9" * 5000 + b"}",
    b"[" * 100_000,
    b'{"a":' * 50_000,
    json.dumps({"question": "x", "conversation": "y" * 151}).encode(),
    json.dumps({"question": "x", "audience": ["a"] * 101}).encode(),
]


@pytest.mark.parametrize("body", BAD_BODIES, ids=lambda body: repr(body[:30]))
@pytest.mark.parametrize("language", ["ko", "en"])
def test_bad_questions_get_a_sentence(site: Site, body: bytes, language: str) -> None:
    headers = {"Content-Type": "application/json", "Accept-Language": language}
    answer = site.call("POST", "/api/v1/ask", body, headers)
    assert answer.status in (400, 422)
    sentence = said(answer, answer.status)
    assert any("가" <= c <= "힣" for c in sentence) == (language == "ko")


@pytest.mark.parametrize(
    "question",
    ["", " ", "?", "ㅋㅋ", "\u202e거꾸로", "a" * 100_000, "가" * 100_000, "\U0001f600" * 500, "%s%n{0}", "';--"],
)
def test_odd_questions_get_an_answer(site: Site, question: str) -> None:
    assert ask(site, question)["answer"]


def test_unknown_fields_and_content_type_parameters_do_no_harm(site: Site) -> None:
    answer = site.call(
        "POST",
        "/api/v1/ask",
        '{"question": "안녕하세요", "tools": [1], "__proto__": {}}',
        {"Content-Type": "application/json; charset=utf-8"},
    )
    assert answer.status == 200


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "text/json", ""])
def test_json_must_be_called_json(site: Site, kind: str) -> None:
    said(site.call("POST", "/api/v1/ask", '{"question": "x"}', {"Content-Type": kind} if kind else {}), 415)


def test_too_large_whether_declared_or_not(site: Site) -> None:
    body = json.dumps({"question": "x" * 1_000_001})
    said(site.call("POST", "/api/v1/ask", body, {"Content-Type": "application/json"}), 413)
    chunks = b"%x\r\n%b\r\n" % (len(body), body.encode()) + b"0\r\n\r\n"
    headers = {"Content-Type": "application/json", "Transfer-Encoding": "chunked"}
    said(site.call("POST", "/api/v1/ask", chunks, headers), 413)
    said(site.call("POST", "/api/v1/ask", b"", {"Content-Length": "9" * 12, "Content-Type": "application/json"}), 413)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/ask", 405),
        ("PUT", "/api/v1/knowledge", 405),
        ("POST", "/health", 405),
        ("OPTIONS", "/api/v1/ask", 405),
        ("TRACE", "/", 405),
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/nothing", 404),
        ("GET", "/static/../bot/settings.py", 404),
        ("GET", "/static/%2e%2e/%2e%2e/pyproject.toml", 404),
        ("GET", "/%00", 404),
    ],
)
def test_wrong_addresses_and_methods(site: Site, method: str, path: str, status: int) -> None:
    said(site.call(method, path), status)


# --- who is let in ----------------------------------------------------------------------------------------------


def changing(site: Site) -> list[tuple[str, str]]:
    """Every method and address that can change something: the API's, and those of the pages' forms."""
    paths = site.call("GET", "/api/openapi.json").json["paths"]
    found = [(m.upper(), p.replace("{document}", "1")) for p, ms in paths.items() for m in ms if m != "get"]
    assert len(found) >= 5
    return [*found, ("POST", "/"), ("POST", "/documents"), ("POST", "/documents/1/remove")]


def test_no_other_site_can_change_anything(site: Site) -> None:
    def counted() -> list[int]:
        return [databases.count(site.data, name) for name in ("answers", "documents", "feedback")]

    before = counted()
    own = f"127.0.0.1:{site.port}"
    hostile = [
        {"Origin": "https://evil.example"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Host": f"evil.example:{site.port}"},
        {"Host": f"evil.example:{site.port}", "Origin": f"http://evil.example:{site.port}"},
        {"Host": own, "Origin": f"http://{own}"},  # our own page's address, but without its token
        {"Host": own, "Sec-Fetch-Site": "same-origin", "X-CSRF-Token": "0" * 64},
        {"Host": own, "Sec-Fetch-Site": "same-origin", "X-CSRF-Token": "0" * 64, "Cookie": f"dapbot_{site.port}=a.b"},
    ]
    kinds = ["application/json", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
    for method, path in changing(site):
        for headers in hostile:
            for kind in kinds:
                answer = site.call(method, path, '{"question": "x"}', {**headers, "Content-Type": kind})
                assert answer.status in (400, 403, 415, 421, 422), (method, path, headers, kind, answer.status)
                assert "error" in answer.json
    assert counted() == before


def test_no_other_site_can_read_anything(site: Site) -> None:
    for path in ("/", "/documents", "/api/v1/knowledge", "/messages?conversation=x", "/health", "/api/openapi.json"):
        assert site.call("GET", path, headers={"Host": f"evil.example:{site.port}"}).status == 421
        assert site.call("GET", path, headers={"Origin": "https://evil.example"}).status == 403
        framed = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}
        assert site.call("GET", path, headers=framed).status == 403


@pytest.mark.parametrize("path", ["/", "/documents", "/api/v1/knowledge", "/nothing", "/api/docs", "/health"])
def test_headers_of_every_response(site: Site, path: str) -> None:
    headers = site.call("GET", path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"
    assert not [name for name in headers if name.startswith("access-control")]
    assert "server" not in headers


def test_there_is_no_websocket(site: Site) -> None:
    headers = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
    }
    assert site.call("GET", "/api/v1/ask", headers=headers).status in (403, 404, 405)
