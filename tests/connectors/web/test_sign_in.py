"""Admin pages are for admins (promise 32): sessions, forms, roles, tokens and throttling, over real HTTP."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.accounts import Accounts
from bot.database import audit
from bot.database.audit import Wanted, note
from bot.passwords import Cost, Passwords
from bot.signing_in import ABSOLUTE, IDLE
from bot.wiring import Bot, build_bot
from connectors.web.app import ROUTERS, create_app
from connectors.web.gate import ASKING, ASKING_BELOW, FIGURES, OPEN, SIGNED, STATE
from connectors.web.signin import own_path
from tests.samples import BotMaker
from tests.servers import databases
from tests.servers.dapbot import Answer, Site, form
from tests.servers.databases import settings_of
from tests.servers.people import Clock, Person, alert
from tests.servers.web import served_app

GOOD = "맑은 하늘 아래 걷기"
OWNER = "owner-token-of-this-test"


@dataclass
class House:
    bot: Bot
    site: Site
    accounts: Accounts
    clock: Clock
    names: Iterator[str] = field(default_factory=lambda: (f"person{n}x" for n in range(1000)))

    def new(self, role: str = "admin", *groups: str) -> str:
        """Make an account nobody else uses; return its name."""
        name = next(self.names)
        self.accounts.create(name, GOOD, role=role, groups=groups, actor="command:test")
        return name

    def person(self, role: str = "admin", *groups: str) -> Person:
        """Return somebody new who is signed in."""
        person = Person(self.site, extra={"X-Forwarded-For": f"10.0.{len(self.accounts.all())}.1"})
        answer = person.sign_in(self.new(role, *groups), GOOD)
        assert answer.status == 303, answer.text
        return person

    def token(self, role: str, *groups: str, days: int | None = None) -> str:
        from bot.api_tokens import ApiTokens

        tokens = ApiTokens(self.bot.sessions, clock=self.clock)
        return tokens.create(f"{role} of a test", role, groups, days, actor="command:test")[0]

    def last(self, count: int = 1) -> list[tuple[str, str, str]]:
        with self.bot.sessions() as session:
            return [(line.actor, line.action, line.subject) for line in audit.lines(session, Wanted(), limit=count)]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A server with an administrator, cheap passwords, and a clock in the test's hands."""
    yield from _served(tmp_path_factory.mktemp("house") / "data", boss=True)


def _served(data: Path, *, boss: bool, **settings: Any) -> Iterator[House]:
    clock = Clock()
    with build_bot(settings_of(data, **settings)) as bot:
        accounts = Accounts(bot.sessions, passwords=Passwords(Cost(memory=64, passes=1)), clock=clock)
        if boss:
            accounts.create("boss", GOOD, actor="command:test")
        with served_app(create_app(bot, token=OWNER, accounts=accounts), bot) as site:
            yield House(bot, site, accounts, clock)


def bearer(site: Site, token: str, method: str, path: str, line: Any = None) -> Answer:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    return site.call(method, path, json.dumps(line) if line is not None else None, headers)


# --- the walk: every route is open on purpose, or closed --------------------------------------------------------

EXPECTED_OPEN = {
    "/", "/messages", "/messages/news", "/history", "/sign-in", "/sign-out", "/health", "/ready", "/api/docs",
    "/api/openapi.json", "/api/v1/ask", "/api/v1/feedback",
}  # fmt: skip
EXPECTED_OPEN_BELOW = ("/history/", "/sources/", "/chat/")  # whose it is that is shown or changed: test_chat_pages.py
EDITORS = "/admin/handovers"
"""Of the pages of administrators those that editors may open, too: test_asking_people.py."""
VIEWERS_MAY_SEND = {
    "/account/password", "/account/language", "/account/sign-out-others", "/account/sign-out-everywhere",
    "/documents/try", "/api/v1/knowledge/try", "/api/v1/search",
}  # fmt: skip
"""Whoever adds a route that changes something, and that a viewer may use, writes it down here."""
VALUES = {"language": "ko", "kind": "csv"}


def routes() -> list[tuple[str, str, str]]:
    """Return (method, path as declared, path to ask) of every route."""
    found = []
    for route in (route for router in ROUTERS for route in router.routes):
        declared = str(getattr(route, "path", ""))
        path = re.sub(r"{(\w+)}", lambda match: VALUES.get(match[1], "1"), declared)
        found += [(method, declared, path) for method in sorted(getattr(route, "methods", None) or ())]
    assert len(found) > 60
    return found


def closed() -> list[tuple[str, str, str]]:
    shut = (each for each in routes() if each[1] not in (*EXPECTED_OPEN, *SIGNED, FIGURES))
    return [each for each in shut if not each[1].startswith(EXPECTED_OPEN_BELOW)]


def test_what_is_open_is_open_on_purpose() -> None:
    assert OPEN | STATE | ASKING == EXPECTED_OPEN
    assert ASKING_BELOW == EXPECTED_OPEN_BELOW
    assert {"/slack/events"} == SIGNED  # its signature is checked (tests/connectors/slack); not set up, it is not there


def test_figures_are_for_whoever_watches_from_this_machine(house: House) -> None:
    elsewhere = {"X-Forwarded-For": "10.0.0.9"}
    assert house.site.call("GET", FIGURES).status == 200
    assert house.site.call("GET", FIGURES, headers=elsewhere).status == 401
    assert Person(house.site, extra=elsewhere).get(FIGURES).status == 303


def test_every_other_route_leads_to_the_sign_in(house: House) -> None:
    for method, _, path in [*closed(), ("GET", "", "/nothing"), ("GET", "", "/documents/"), ("GET", "", "/api/v1/")]:
        answer = house.site.call(method, path, "{}", {"Content-Type": "application/json"})
        assert answer.status == 401, (method, path, answer.text)
        assert answer.json["error"] == "로그인이 필요해요. 프로그램이라면 API 토큰을 보내 주세요."
        assert answer.headers["www-authenticate"] == "Bearer"
        if not path.startswith("/api/"):
            page = Person(house.site).send(method, path)
            assert page.status == 303, (method, path)
            assert page.headers["location"].startswith("/sign-in?next=%2F")


def test_a_viewer_changes_nothing(house: House) -> None:
    viewer = house.person("viewer")
    for method, declared, path in closed():
        if method == "GET" or declared in VIEWERS_MAY_SEND:
            continue
        if path.startswith("/api/"):
            headers = {"Content-Type": "application/json", "X-CSRF-Token": viewer.token}
            answer = viewer.send(method, path, "{}", headers)
        else:
            answer = viewer.post(path)
        assert answer.status in (403, 422), (method, path, answer.status)
        if answer.status == 422:  # the body was looked at first, and is of the wrong shape
            assert path.startswith("/api/")
    assert viewer.get("/account").status == 200


def test_pages_of_administrators_are_for_nobody_else(house: House) -> None:
    admin = [(method, path) for method, _, path in closed() if path.startswith("/admin/")]
    admin = [each for each in admin if not each[1].startswith(EDITORS)]
    assert len(admin) > 10
    for person in (house.person("viewer"), house.person("editor")):
        for method, path in admin:
            answer = person.get(path) if method == "GET" else person.post(path)
            assert answer.status == 403, (method, path)
            assert "관리자 이상의 권한" in answer.text


def test_every_change_needs_the_token_of_its_session(house: House) -> None:
    """Missing, from before the sign-in, of another browser, of another session of the same account."""
    admin, other = house.person(), house.person()
    visitor = Person(house.site)
    visitor.get("/")
    again = Person(house.site)
    again.cookies = {name: value for name, value in admin.cookies.items() if name != admin.session}
    again.get("/sign-in")
    for token in ("", "x", "\xe9", visitor.token, other.token, again.token):
        for method, declared, path in closed():
            if method == "GET":
                continue
            if path.startswith("/api/"):
                headers = {"Content-Type": "application/json", **({"X-CSRF-Token": token} if token else {})}
                answer = admin.send(method, path, "{}", headers)
            else:
                answer = admin.post(path, csrf_token=token)
            assert answer.status == 403, (method, declared, token)
    assert admin.get("/account").status == 200


# --- sessions ---------------------------------------------------------------------------------------------------


def test_signing_in_and_out(house: House) -> None:
    name, person = house.new(), Person(house.site)
    assert person.get("/documents?q=a").headers["location"] == "/sign-in?next=%2Fdocuments%3Fq%3Da"
    answer = person.sign_in(name.upper(), GOOD, "/documents?q=a")
    assert answer.headers["location"] == "/documents?q=a"
    assert person.get("/documents").status == 200
    assert name in person.get("/account").text
    assert person.get("/sign-in?next=/account").headers["location"] == "/account"
    assert house.last() == [(name, "session.signed_in", name)]
    kept = dict(person.cookies)
    assert person.post("/sign-out").headers["location"] == "/sign-in?out=1"
    assert "로그아웃했어요" in person.get("/sign-in?out=1").text
    assert person.session == ""
    assert house.last() == [(name, "session.signed_out", name)]
    stale = Person(house.site, cookies=kept)
    assert stale.get("/documents").status == 303
    assert stale.post("/sign-out").status == 403


def test_a_session_that_was_planted_is_not_taken_over(house: House) -> None:
    person, name = Person(house.site), house.new()
    planted = f"dapbot_session_{house.site.port}"
    person.cookies[planted] = "planted-by-somebody-else"
    assert person.sign_in(name, GOOD).status == 303
    first = person.cookies[planted]
    assert first != "planted-by-somebody-else"
    person.post("/sign-out")
    assert person.sign_in(name, GOOD).status == 303
    assert person.cookies[planted] not in (first, "planted-by-somebody-else")
    for value in ("", "x", first, first[:-1] + "A", "0" * 64):
        assert Person(house.site, cookies={planted: value}).get("/documents").status == 303


def test_idle_and_absolute_limits(house: House) -> None:
    person = house.person()
    house.clock.turn(IDLE - timedelta(minutes=1))
    assert person.get("/documents").status == 200
    house.clock.turn(IDLE)
    assert person.get("/documents").status == 303
    person = house.person()
    for _ in range(int(ABSOLUTE / timedelta(minutes=25))):
        house.clock.turn(timedelta(minutes=25))
        assert person.get("/documents").status == 200
    house.clock.turn(timedelta(minutes=25))
    assert person.get("/documents").status == 303


def test_the_cookies_cannot_be_read_or_sent_by_others(house: House, tmp_path: Path) -> None:
    person = Person(house.site)
    person.get("/sign-in")
    answer = person.post("/sign-in", name=house.new(), password=GOOD)
    (line,) = [line for line in answer.cookies if "session" in line]
    assert re.fullmatch(rf"dapbot_session_{house.site.port}=[\w-]{{43}}; HttpOnly; Path=/; SameSite=lax", line)
    for secure in _served(tmp_path / "data", boss=True, public_url="https://faq.example"):
        person = Person(secure.site, extra={"Host": "faq.example"})
        person.get("/sign-in")
        answer = person.post("/sign-in", name="boss", password=GOOD)
        (line,) = [line for line in answer.cookies if "session" in line]
        assert re.fullmatch(r"__Host-dapbot_session_\d+=[\w-]{43}; HttpOnly; Path=/; SameSite=lax; Secure", line)
        assert answer.headers["strict-transport-security"] == "max-age=31536000"
        assert person.get("/documents").status == 200


def test_what_an_administrator_does_holds_at_once(house: House) -> None:
    boss, editor = house.person(), house.person("editor")
    number = next(each.id for each in house.accounts.all() if each.name in editor.get("/account").text)
    path = f"/admin/accounts/{number}"
    boss.get("/admin/accounts")
    assert boss.post(f"{path}/role", role="viewer").headers["location"] == "/admin/accounts?done=1"
    assert editor.post("/documents/1/disable").status == 403
    assert boss.post(f"{path}/groups", groups="인사, 영업").status == 303
    assert "영업, 인사" in editor.get("/account").text
    assert boss.post(f"{path}/disable").status == 303
    assert editor.get("/account").status == 303
    name = next(each.name for each in house.accounts.all() if each.id == number)
    answer = editor.sign_in(name, GOOD)
    assert (answer.status, alert(answer)) == (403, "사용이 중지된 계정이에요. 관리자에게 문의해 주세요.")
    boss.post(f"{path}/enable")
    assert editor.sign_in(name, GOOD).status == 303
    boss.post(f"{path}/sign-out")
    assert editor.get("/account").status == 303
    fresh = re.search(r"<code>([^<]+)</code>", boss.post(f"{path}/password").text)
    assert fresh
    assert editor.sign_in(name, GOOD).status == 401
    assert editor.sign_in(name, fresh[1]).status == 303
    boss.get("/admin/accounts")
    boss.post(f"{path}/remove")
    assert editor.get("/account").status == 303
    assert boss.post(f"{path}/role", role="viewer").status == 422
    assert boss.post("/admin/accounts/99999999999999999999/enable").status == 422
    assert boss.post("/admin/accounts/x/enable").status == 422


def test_ones_own_password_language_and_sessions(house: House) -> None:
    person = house.person("viewer")
    name = re.search(r"<h1>([^<]+)", person.get("/account").text)
    assert name
    elsewhere = Person(house.site, extra={"X-Forwarded-For": "10.200.0.1"})
    assert elsewhere.sign_in(name[1], GOOD).status == 303
    assert person.get("/account").text.count("까지 사용") == 2
    new = "다른 하늘 아래 걷기"
    differ = person.post("/account/password", old=GOOD, new=new, again="x")
    assert (differ.status, alert(differ)) == (422, "두 번 입력한 비밀번호가 서로 다릅니다. 다시 입력해 주세요.")
    wrong = person.post("/account/password", old="x", new=new, again=new)
    assert (wrong.status, alert(wrong)) == (422, "지금 비밀번호가 맞지 않아요.")
    weak = person.post("/account/password", old=GOOD, new="1234567890", again="1234567890")
    assert weak.status == 422
    assert "너무 흔해서" in alert(weak)
    assert person.post("/account/password", old=GOOD, new=new, again=new).headers["location"] == "/account?done=1"
    assert person.get("/account?done=1").status == 200
    assert elsewhere.get("/account").status == 303
    assert elsewhere.sign_in(name[1], new).status == 303
    assert person.post("/account/language", language="en").status == 303
    assert "My account" in person.get("/account").text
    elsewhere.post("/sign-out")
    assert elsewhere.sign_in(name[1], new).status == 303
    assert "My account" in elsewhere.get("/account").text  # remembered with the account
    assert person.post("/account/sign-out-others").status == 303
    assert elsewhere.get("/account").status == 303
    assert person.post("/account/sign-out-everywhere").headers["location"] == "/sign-in?out=1"
    assert person.get("/account").status == 303


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_another_sites_page_is_refused_even_with_everything_right(house: House, headers: dict[str, str]) -> None:
    admin = house.person()
    admin.extra = headers
    assert admin.post("/account/language", language="en").status == 403
    assert admin.post("/sign-in", name="boss", password=GOOD).status == 403
    assert admin.post("/sign-out").status == 403


def test_a_sign_in_needs_the_pages_own_form(house: House) -> None:
    """A form of another site would sign a person into an account that is not theirs."""
    person = Person(house.site)
    answer = person.post("/sign-in", name="boss", password=GOOD)
    assert answer.status == 403
    assert "이 화면이 오래되어" in alert(answer)
    assert person.session == ""
    assert person.post("/sign-in", name="boss", password=GOOD).status == 303  # the page that was shown then works
    assert person.session
    for body, kind in (("{}", "application/json"), ("a" * 100, "multipart/form-data; boundary=x"), ("", "")):
        assert person.send("POST", "/sign-in", body, {"Content-Type": kind}).status in (400, 403, 415)
    person = Person(house.site)
    person.get("/sign-in")
    assert person.post("/sign-in", name="x" * 300_000, password="y" * 300_000).status == 401
    assert person.post("/sign-in", name="a\0b", password="\0").status == 401


@pytest.mark.parametrize(
    "to",
    [
        "//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil", "javascript:alert(1)", "/sign-in",
        "/sign-out", "evil", "", "/\t/evil.example", "/a\r\nSet-Cookie: x=y", "http:evil", "///evil.example",
        "//[", "/" + "a" * 600, "/é",
    ],
)  # fmt: skip
def test_the_way_on_leads_to_our_own_pages_only(to: str) -> None:
    assert own_path(to) == "/documents"


def test_the_way_on_keeps_what_was_asked_for() -> None:
    for to in ("/", "/documents/7?page=2&q=%ED%95%9C", "/admin/audit"):
        assert own_path(to) == to


# --- wrong passwords --------------------------------------------------------------------------------------------


def test_twenty_bad_passwords(house: House) -> None:
    name, person = house.new(), Person(house.site, extra={"X-Forwarded-For": "10.77.0.1"})
    statuses = [person.sign_in(name, f"wrong{n}").status for n in range(20)]
    assert statuses == [401] * 5 + [429] * 15
    answer = person.sign_in(name, GOOD)
    assert answer.status == 429
    assert 0 < int(answer.headers["retry-after"]) <= 61
    assert alert(answer) == "비밀번호가 여러 번 틀렸어요. 약 1분 뒤에 다시 시도해 주세요."
    assert name in answer.text  # it need not be typed again
    assert "wrong" not in answer.text
    other = Person(house.site, extra={"X-Forwarded-For": "10.77.0.2"})
    assert other.sign_in("boss", GOOD).status == 303  # another name from another address is not held up
    held = Person(house.site, language="en", extra={"X-Forwarded-For": "10.77.0.1"})
    assert "too many wrong passwords" in alert(held.sign_in("boss", GOOD))
    assert [action for _, action, _ in house.last(7)].count("session.failed") == 5
    house.clock.turn(timedelta(minutes=2))
    assert person.sign_in(name, GOOD).status == 303


def test_known_and_unknown_names_get_the_same_answer(house: House) -> None:
    person = Person(house.site, extra={"X-Forwarded-For": "10.78.0.1"})
    known, unknown = person.sign_in(house.new(), "wrong"), person.sign_in("nobody at all", "wrong")
    assert (known.status, alert(known)) == (unknown.status, alert(unknown)) == (401, "이름이나 비밀번호가 맞지 않아요.")


def test_only_a_trusted_proxy_tells_where_somebody_is(house: House) -> None:
    """The nearest proxy adds its entry at the end: what a visitor wrote before it counts for nothing."""
    person = Person(house.site)
    for number in range(5):
        person.extra = {"X-Forwarded-For": f"10.{number}.1.1, 10.79.0.1"}
        assert person.sign_in(f"who{number}", "wrong").status == 401
    person.extra = {"X-Forwarded-For": "10.9.9.9, 10.79.0.1"}
    assert person.sign_in("boss", GOOD).status == 429


# --- tokens -----------------------------------------------------------------------------------------------------


def test_a_token_may_what_its_role_may(house: House) -> None:
    csv = form((("faq.csv", "질문,답변\n".encode()),))
    expected = {"asker": (200, 403, 403, 403), "viewer": (200, 200, 403, 403), "editor": (200, 200, 422, 403)}
    expected["admin"] = (200, 200, 422, 404)
    for role, (asks, sees, adds, removes) in expected.items():
        token = house.token(role)
        assert bearer(house.site, token, "POST", "/api/v1/ask", {"question": "안녕하세요"}).status == asks
        assert bearer(house.site, token, "GET", "/api/v1/knowledge").status == sees
        headers = {"Authorization": f"Bearer {token}", "Content-Type": csv[1]}
        assert house.site.call("POST", "/api/v1/knowledge", csv[0], headers).status == adds
        assert bearer(house.site, token, "DELETE", "/api/v1/knowledge/999").status == removes
        answer = house.site.call("GET", "/admin/accounts", headers={"Authorization": f"Bearer {token}"})
        assert answer.status == 401  # pages take no tokens


def test_a_token_that_opens_nothing_says_why(house: House) -> None:
    revoked, expired = house.token("viewer"), house.token("viewer", days=1)
    boss = house.person()
    listed = boss.get("/admin/tokens").text
    number = max(int(n) for n in re.findall(r"/admin/tokens/(\d+)/revoke", listed)) - 1
    assert boss.post(f"/admin/tokens/{number}/revoke").status == 303
    house.clock.turn(timedelta(days=1))
    said = {
        "": "맞지 않아요",
        "x": "맞지 않아요",
        revoked: "취소된",
        expired: "기한이 지난",
        revoked[:-1]: "맞지 않아요",
    }
    for token, words in said.items():
        for path in ("/api/v1/knowledge", "/api/v1/ask"):
            method, line = ("POST", {"question": "x"}) if path.endswith("ask") else ("GET", None)
            answer = bearer(house.site, token, method, path, line)
            assert answer.status == 401, token
            assert words in answer.json["error"]
    assert bearer(house.site, OWNER, "GET", "/api/v1/knowledge").status == 200


def test_a_token_is_made_and_shown_on_the_page_once(house: House) -> None:
    boss = house.person()
    boss.get("/admin/tokens")
    answer = boss.post("/admin/tokens", name="인트라넷 <b>", role="asker", groups="인사", days="30")
    value = re.search(r"<code>(dap_[\w-]+)</code>", answer.text)
    assert value
    assert bearer(house.site, value[1], "POST", "/api/v1/ask", {"question": "안녕하세요"}).status == 200
    again = boss.get("/admin/tokens").text
    assert value[1] not in again
    assert "인트라넷 &lt;b&gt;" in again
    for days in ("0", "-1", "x", "99999", "９"):
        assert boss.post("/admin/tokens", name="x", role="asker", days=days).status == 422


# --- asking -----------------------------------------------------------------------------------------------------


def test_who_may_ask(house: House, tmp_path: Path) -> None:
    nobody = Person(house.site)
    assert nobody.get("/").status == 200
    assert "/documents" not in nobody.get("/").text.split("<main")[0]
    assert house.site.post("/api/v1/ask", {"question": "안녕하세요"}).status == 200
    for shut in _served(tmp_path / "data", boss=True, web_ask="signed-in"):
        nobody = Person(shut.site)
        assert nobody.get("/").headers["location"] == "/sign-in?next=%2F"
        for path, line in (("ask", {"question": "안녕하세요"}), ("feedback", {}), ("search", {})):
            assert shut.site.post(f"/api/v1/{path}", line).status == 401
        assert bearer(shut.site, shut.token("asker"), "POST", "/api/v1/ask", {"question": "안녕하세요"}).status == 200
        person = shut.person("viewer")
        assert person.get("/").status == 200
        headers = {"X-CSRF-Token": person.token, "Content-Type": "application/json"}
        assert person.send("POST", "/api/v1/ask", '{"question": "안녕하세요"}', headers).status == 200
        assert person.send("POST", "/api/v1/ask", '{"question": "x"}', {**headers, "X-CSRF-Token": ""}).status == 403


def test_people_and_programs_ask_with_their_own_groups_and_no_others(make_bot: BotMaker) -> None:
    question = {"question": "연차는 며칠까지 이월되나요?"}
    bot = make_bot()
    accounts = Accounts(bot.sessions, passwords=Passwords(Cost(memory=64, passes=1)))
    accounts.create("boss", GOOD, actor="command:test")
    with served_app(create_app(bot, token=OWNER, accounts=accounts), bot) as site:
        house = House(bot, site, accounts, Clock())

        def told(asker: Person | str, **line: Any) -> bool:
            body = {**question, **line}
            if isinstance(asker, str):
                answer = bearer(site, asker, "POST", "/api/v1/ask", body)
            else:
                headers = {"Content-Type": "application/json", "X-CSRF-Token": asker.token}
                answer = asker.send("POST", "/api/v1/ask", json.dumps(body), headers)
            assert answer.status == 200, answer.text
            return "5일" in answer.json["answer"]

        nobody = Person(site)
        nobody.get("/")
        inside, outside = house.person("viewer", "staff"), house.person("admin", "sales")
        program, other = house.token("asker", "staff", "sales"), house.token("asker", "sales")
        assert told(inside)
        assert told(program)
        assert told(OWNER, audience=["staff"])
        assert not told(
            inside, audience=["sales"]
        )  # one may name fewer of one's groups, and none that is not one's own
        assert not told(program, audience=["sales"])
        for who in (nobody, outside, other):
            assert not told(who)
            assert not told(who, audience=["staff"])
        form_ = inside.post("/", question=question["question"], conversation="t")  # where no script runs
        assert "5일" in form_.text
        assert "5일" not in outside.post("/", question=question["question"], conversation="t").text
        assert told(program, conversation="c", person="kim")
        later = bearer(
            site, other, "POST", "/api/v1/ask", {"question": "그럼 며칠이에요?", "conversation": "c", "person": "kim"}
        )
        assert "5일" not in later.text


@pytest.mark.postgresql
def test_a_conversation_of_a_program_is_its_own(house: House) -> None:
    """Whoever asks without a token is nobody in particular: who names another's conversation begins one of their own,
    and who was given an id goes on with it, from wherever they come."""

    def ask(address: str, conversation: str | None = None, token: str = "") -> tuple[str, int]:
        line = {"question": "안녕하세요"} | ({"conversation": conversation} if conversation else {})
        headers = {"Content-Type": "application/json", "X-Forwarded-For": address}
        headers |= {"Authorization": f"Bearer {token}"} if token else {}
        answer = house.site.call("POST", "/api/v1/ask", json.dumps(line), headers)
        assert answer.status == 200, answer.text
        found = databases.rows(
            house.bot.settings.data,
            "SELECT (SELECT count(*) FROM turns WHERE conversation_id = t.conversation_id) FROM answers a"
            " JOIN turns t ON t.id = a.turn_id WHERE a.id = :id",
            id=answer.json["answer_id"],
        )
        return answer.json["conversation"], found[0][0]

    assert ask("10.9.0.1", "shop") == ("shop", 2)
    assert ask("10.9.0.2", "shop") == ("shop", 2)
    assert ask("10.9.0.1", "shop") == ("shop", 4)
    assert ask("2001:db8::1", "shop") == ("shop", 2)
    assert ask("2001:db8::2", "shop") == ("shop", 4)  # the same connection under another of its addresses
    made, turns = ask("10.9.0.1")
    assert turns == 2
    assert ask("10.9.0.7", made) == (made, 4)  # a telephone that changed its network
    assert ask("10.9.0.7", made[:-1] + ("0" if made[-1] != "0" else "1"))[1] == 2
    first, second = house.token("asker"), house.token("asker")
    assert ask("10.9.0.1", "shop", first) == ("shop", 2)
    assert ask("10.9.0.1", "shop", second) == ("shop", 2)
    assert ask("10.9.0.8", "shop", first) == ("shop", 4)
    made, _ = ask("10.9.0.1", None, first)
    assert ask("10.9.0.2", made, first) == (made, 4)
    assert ask("10.9.0.1", "owners", OWNER) == ("owners", 2)
    assert ask("10.9.0.1", "owners") == ("owners", 2)


def test_head_is_answered_as_get_without_a_body(house: House) -> None:
    boss = house.person()
    for path, status in (("/", 200), ("/health", 200), ("/documents", 200), ("/admin/audit.csv", 200), ("/x", 404)):
        got, head = boss.get(path), boss.send("HEAD", path)
        assert (head.status, head.body) == (status, b""), path
        assert head.headers["content-type"] == got.headers["content-type"]
        assert head.headers["x-content-type-options"] == "nosniff"
    assert Person(house.site).send("HEAD", "/documents").status == 303  # to the sign-in
    assert house.site.call("HEAD", "/api/v1/ask").status == 405
    refused = house.site.call("HEAD", "/health", headers={"Host": "evil.example"})
    assert (refused.status, refused.body) == (421, b"")


def test_a_conversation_is_of_whoever_was_signed_in(house: House) -> None:
    """The next person at the same browser sees none of it."""
    person = house.person("viewer")
    person.get("/")
    person.post("/", question="안녕하세요", conversation="tab1")
    assert "안녕하세요" in person.get("/messages?conversation=tab1").text
    person.post("/sign-out")
    assert "안녕하세요" not in person.get("/messages?conversation=tab1").text
    other = house.new()
    person.sign_in(other, GOOD)
    assert "안녕하세요" not in person.get("/messages?conversation=tab1").text


# --- without any account ----------------------------------------------------------------------------------------


def test_while_no_account_exists_only_this_machine_may_do_everything(tmp_path: Path) -> None:
    for house in _served(tmp_path / "data", boss=False, public_url="http://faq.example"):
        here = Person(house.site)
        assert here.get("/documents").status == 200
        assert "dapbot admin create" in here.get("/documents").text
        assert "dapbot admin create" not in here.get("/").text
        assert here.get("/account").headers["location"] == "/admin/accounts"
        for headers in ({"X-Forwarded-For": "10.0.0.1"}, {"Host": "faq.example"}, {"Forwarded": "for=10.0.0.1"}):
            away = Person(house.site, extra=headers)
            assert away.get("/documents").status == 303
            assert away.get("/").status == 303  # a public address: asking, too, is for those who are signed in
            assert "아직 계정이 없어" in alert(away.get("/sign-in"))
            assert away.sign_in("boss", GOOD).status == 401
            assert house.site.call("GET", "/api/v1/knowledge", headers=headers).status == 401
        here.get("/admin/accounts")
        assert here.post("/admin/accounts", name="lee", role="viewer").status == 422
        made = here.post("/admin/accounts", name="이영희", role="admin")
        password = re.search(r"<code>([^<]+)</code>", made.text)
        assert password
        assert here.get("/documents").status == 303
        assert here.sign_in("이영희", password[1]).status == 303
        assert here.get("/documents").status == 200
        assert house.last(2)[1] == ("local", "account.created", "이영희")


# --- pages ------------------------------------------------------------------------------------------------------


def test_no_page_has_anything_inline_and_none_is_kept(house: House) -> None:
    admin = house.person()
    boss = [path for method, _, path in routes() if method == "GET" and not path.startswith("/api/v1")]
    for path in [*boss, "/nothing"]:
        answer = admin.get(path)
        assert answer.status < 500, path
        policy = answer.headers["content-security-policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["cache-control"] == "no-store"
        assert "strict-transport-security" not in answer.headers  # it is not https
        if answer.is_page:
            assert not re.search(r"<script(?![^>]*\ssrc=)|\sstyle=|<style|\son[a-z]+=|javascript:", answer.text), path


@pytest.mark.postgresql
def test_the_log_on_a_page_and_as_a_file(house: House) -> None:
    boss = house.person()
    with house.bot.sessions.begin() as session:
        for number in range(60):
            note(session, "이영희", "document.published", f'=HYPERLINK("x")<b>{number}', added=number)
    page = (
        boss.get("/admin/audit?actor=이영희".encode().decode("latin-1"))
        if False
        else boss.get("/admin/audit?actor=%EC%9D%B4%EC%98%81%ED%9D%AC&page=2")
    )
    assert page.status == 200
    assert "51–60 / 60" in page.text
    assert "<b>" not in page.text
    for query in (
        "since=x&page=-5",
        "page=99999",
        "action=%25",
        "since=0001-01-01",
        "since=2026-13-45",
        "actor=%00&action=%ED%A0%80",
    ):
        assert boss.get(f"/admin/audit?{query}").status == 200
    answer = boss.get("/admin/audit.csv?actor=%EC%9D%B4%EC%98%81%ED%9D%AC&action=document")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"].startswith('attachment; filename="dapbot-audit-')
    lines = answer.body.decode("utf-8-sig").splitlines()
    assert len(lines) == 61
    assert lines[0] == "시각,한 사람,한 일,대상,자세히,주소"
    assert ",\"'=HYPERLINK(" in lines[1]  # a spreadsheet runs no formula of ours
    assert lines[1].split(",")[1:3] == ["이영희", "문서 게시"]
    assert lines[1].endswith(",추가: 59,")
    assert house.person("editor").get("/admin/audit.csv").status == 403
    with house.bot.sessions.begin() as session:
        note(session, "command:kim", "document.removed", "a.csv")
    assert "<td>kim(명령줄)</td><td>문서 삭제</td>" in boss.get("/admin/audit?action=document.removed").text
