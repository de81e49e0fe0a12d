"""Accounts, sessions, tokens and the audit log as rows, on both databases, with a clock in the test's hands."""

import threading
import time
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, sessionmaker

from bot.accounts import Accounts
from bot.api_tokens import ApiTokens, TokenError
from bot.database import audit
from bot.database.account_tables import ApiToken, Audit, SignInFailure, WebSession
from bot.database.accounts import hold
from bot.database.audit import KEPT, Actor, Wanted, note
from bot.errors import UserError
from bot.passwords import Cost, Passwords
from bot.signing_in import ABSOLUTE, FORGOTTEN, IDLE, WINDOW, SignInError, SignIns

Sessions = sessionmaker[Session]
CHEAP = Cost(memory=64, passes=1)
GOOD = "맑은 하늘 아래 걷기"
BEGIN = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = BEGIN

    def __call__(self) -> datetime:
        return self.now

    def turn(self, span: timedelta) -> None:
        self.now += span


class House:
    def __init__(self, sessions: Sessions) -> None:
        self.sessions = sessions
        self.clock = Clock()
        self.accounts = Accounts(sessions, passwords=Passwords(CHEAP), clock=self.clock)
        self.sign_ins = SignIns(self.accounts, b"secret")
        self.tokens = ApiTokens(sessions, clock=self.clock)
        self.kim = self.accounts.create("김민수", GOOD, actor="command:test").id

    def refusal(self, name: str, password: str, address: str = "10.0.0.1") -> SignInError:
        with pytest.raises(SignInError) as error:
            self.sign_ins.sign_in(name, password, address)
        return error.value

    def actions(self) -> list[tuple[str, str, str]]:
        with self.sessions() as session:
            return [(e.actor, e.action, e.subject) for e in reversed(audit.lines(session, Wanted(), limit=100))]

    def count(self, table: type) -> int:
        with self.sessions() as session:
            return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.fixture
def house(sessions: Sessions) -> House:
    return House(sessions)


def refused(phrase: str, act: Callable[[], object]) -> None:
    with pytest.raises(UserError) as error:
        act()
    assert error.value.phrase == phrase


# --- accounts ---------------------------------------------------------------------------------------------------


def test_the_first_account_is_an_administrators(sessions: Sessions) -> None:
    accounts = Accounts(sessions, passwords=Passwords(CHEAP))
    assert not accounts.any()
    assert not accounts.has_admin()
    refused("accounts.first", lambda: accounts.create("lee", GOOD, role="editor", actor="x"))
    made = accounts.create(" LEE ", GOOD, groups=["인사", "staff", "인사", " "], actor="x")
    assert (made.name, made.role, made.groups, made.active) == ("lee", "admin", ("staff", "인사"), True)
    assert accounts.any()
    assert accounts.has_admin()
    assert [each.name for each in accounts.all()] == ["lee"]


def test_a_name_is_found_however_it_is_typed(house: House) -> None:
    for typed in ("김민수", unicodedata.normalize("NFD", "김민수"), " 김민수 "):
        assert house.accounts.named(typed).id == house.kim
    house.accounts.create("Anna.Lee@example.com", GOOD, role="viewer", actor="x")
    assert house.accounts.named("ａｎｎａ.lee@EXAMPLE.com").role == "viewer"
    for nobody in ("", "김민", "x\0y", "\ud800", "x" * 100_000, "김민수'; DROP TABLE accounts; --"):
        refused("accounts.none", lambda name=nobody: house.accounts.named(name))  # type: ignore[misc]


def test_two_names_that_look_alike_cannot_exist(house: House) -> None:
    house.accounts.create("kimo", GOOD, actor="x")
    for name in ("김민수", unicodedata.normalize("NFD", "김민수"), "KIMO"):
        refused("accounts.taken", lambda name=name: house.accounts.create(name, GOOD, actor="x"))  # type: ignore[misc]
    for name in ("kim0", "K1MO", "klmo"):
        refused("accounts.alike", lambda name=name: house.accounts.create(name, GOOD, actor="x"))  # type: ignore[misc]


def test_the_last_active_administrator_stays(house: House) -> None:
    accounts, kim = house.accounts, house.kim
    acts: list[Callable[[], None]] = [
        lambda: accounts.disable(kim, actor="x"),
        lambda: accounts.set_role(kim, "viewer", actor="x"),
        lambda: accounts.remove(kim, actor="x"),
    ]
    for act in acts:
        refused("accounts.last_admin", act)
    other = accounts.create("park", GOOD, actor="x").id
    accounts.disable(other, actor="x")
    for act in acts:
        refused("accounts.last_admin", act)  # the other one may not sign in
    accounts.enable(other, actor="x")
    for act in acts:
        act()
    assert [each.name for each in accounts.all()] == ["park"]
    assert accounts.has_admin()


def test_of_two_administrators_who_demote_each_other_one_stays(house: House) -> None:
    numbers = [house.kim, house.accounts.create("park", GOOD, actor="x").id]
    done: list[str] = []
    together = threading.Barrier(2)

    def demote(number: int) -> None:
        together.wait()
        try:
            house.accounts.set_role(number, "viewer", actor="x")
            done.append("done")
        except UserError as error:
            done.append(error.phrase)

    threads = [threading.Thread(target=demote, args=(number,)) for number in numbers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == ["accounts.last_admin", "done"]
    assert house.accounts.has_admin()


def test_what_cannot_be_is_refused_in_a_sentence(house: House) -> None:
    accounts = house.accounts
    refused("accounts.role", lambda: accounts.create("x", GOOD, role="owner", actor="x"))
    refused("accounts.role", lambda: accounts.set_role(house.kim, "asker", actor="x"))
    refused("accounts.groups", lambda: accounts.set_groups(house.kim, ["x" * 151], actor="x"))
    refused("accounts.groups", lambda: accounts.set_groups(house.kim, ["a\nb"], actor="x"))
    refused("accounts.groups", lambda: accounts.set_groups(house.kim, map(str, range(101)), actor="x"))  # type: ignore[arg-type]
    for number in (0, -1, 999, 2**31, 2**80):
        refused("accounts.none", lambda n=number: accounts.disable(n, actor="x"))  # type: ignore[misc]
    assert house.actions() == [("command:test", "account.created", "김민수")]


def test_a_removed_account_leaves_its_name_in_the_log(house: House) -> None:
    lee = house.accounts.create("lee", GOOD, actor=Actor("김민수", house.kim)).id
    value, _ = house.sign_ins.sign_in("lee", GOOD, "10.0.0.1")
    house.accounts.remove(lee, actor=Actor("lee", lee))
    assert house.sign_ins.signed_in(value) is None
    assert house.actions()[-1] == ("lee", "account.removed", "lee")
    assert house.accounts.create("lee", GOOD, actor="x").id > lee  # a number is never given out twice


# --- sessions ---------------------------------------------------------------------------------------------------


def test_a_session_is_random_and_only_its_hash_is_kept(house: House) -> None:
    values = [house.sign_ins.sign_in("김민수", GOOD, "10.0.0.1")[0] for _ in range(3)]
    assert len(set(values)) == 3
    assert all(len(value) >= 43 for value in values)
    with house.sessions() as session:
        kept = list(session.scalars(select(WebSession.id)))
    assert len(kept) == 3
    assert not set(kept) & set(values)
    for wrong in ("", "x", kept[0], values[0][:-1], "\ud800", "\0", "x" * 100_000):
        assert house.sign_ins.signed_in(wrong) is None


def test_idle_and_absolute_limits(house: House) -> None:
    value, _ = house.sign_ins.sign_in("김민수", GOOD, "10.0.0.1")
    house.clock.turn(IDLE - timedelta(seconds=1))
    assert house.sign_ins.signed_in(value)  # and that was a use
    house.clock.turn(IDLE - timedelta(seconds=1))
    assert house.sign_ins.signed_in(value)
    house.clock.turn(IDLE)
    assert house.sign_ins.signed_in(value) is None
    value, _ = house.sign_ins.sign_in("김민수", GOOD, "10.0.0.1")
    until = house.clock() + ABSOLUTE
    while house.clock() + timedelta(minutes=20) < until:
        house.clock.turn(timedelta(minutes=20))
        assert house.sign_ins.signed_in(value)
    house.clock.turn(timedelta(minutes=20))
    assert house.sign_ins.signed_in(value) is None
    house.sign_ins.sign_in("김민수", GOOD, "10.0.0.1")
    assert house.count(WebSession) == 1  # those that are over are gone


def test_a_page_does_not_wait_for_a_large_change(house: House) -> None:
    value, _ = house.sign_ins.sign_in("김민수", GOOD, "10.0.0.1")
    house.clock.turn(timedelta(minutes=5))
    token, made = house.tokens.create("x", "asker", actor="x")
    with house.sessions.begin() as writer:
        hold(writer, WebSession)
        if writer.get_bind().dialect.name == "sqlite":
            began = time.monotonic()
            signed = house.sign_ins.signed_in(value)
            assert signed is not None
            assert signed.session.seen_at == BEGIN
            assert house.tokens.token(token).id == made.id
            assert time.monotonic() - began < 10  # seconds; the other writer is waited for 30
    assert house.sign_ins.signed_in(value)
    signed = house.sign_ins.signed_in(value)
    assert signed is not None
    assert signed.session.seen_at == house.clock()


def test_what_ends_all_sessions_at_once(house: House) -> None:
    lee = house.accounts.create("lee", GOOD, role="editor", actor="x").id

    def session() -> str:
        return house.sign_ins.sign_in("lee", "다른 하늘 아래 걷기" if changed else GOOD, "10.0.0.1")[0]

    changed = False
    first = session()
    house.accounts.disable(lee, actor="x")
    assert house.sign_ins.signed_in(first) is None
    assert house.refusal("lee", GOOD).disabled
    assert not house.refusal("lee", "wrong").disabled  # only who knows the password is told
    house.accounts.enable(lee, actor="x")
    assert house.sign_ins.signed_in(first) is None
    second, other = session(), session()
    signed = house.sign_ins.signed_in(second)
    assert signed is not None
    house.sign_ins.change_password(signed, GOOD, "다른 하늘 아래 걷기", "10.0.0.1")
    changed = True
    assert house.sign_ins.signed_in(second)  # the one who changed it stays
    assert house.sign_ins.signed_in(other) is None
    house.accounts.set_password(lee, GOOD, actor="x")
    assert house.sign_ins.signed_in(second) is None
    changed = False
    third, fourth = session(), session()
    signed = house.sign_ins.signed_in(third)
    assert signed is not None
    house.sign_ins.sign_out(signed, "10.0.0.1")
    assert house.sign_ins.signed_in(third) is None
    assert house.sign_ins.signed_in(fourth)
    house.accounts.sign_out(lee, actor="x")
    assert house.sign_ins.signed_in(fourth) is None


def test_sign_ins_and_new_passwords_at_once_wait_for_each_other(house: House) -> None:
    problems: list[BaseException] = []

    def act(turn: int) -> None:
        try:
            for _ in range(5):
                if turn % 2:
                    house.accounts.set_password(house.kim, GOOD, actor="x")
                else:
                    house.sign_ins.sign_in("김민수", GOOD, f"10.0.{turn}.1")
        except SignInError:  # the hash has changed between the look at it and the session
            pass
        except BaseException as error:  # noqa: BLE001 - told below
            problems.append(error)

    threads = [threading.Thread(target=act, args=(turn,)) for turn in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []


def test_a_role_counts_from_the_next_click_on(house: House) -> None:
    house.accounts.create("lee", GOOD, role="editor", actor="x")
    value, account = house.sign_ins.sign_in("lee", GOOD, "10.0.0.1")
    house.accounts.set_role(account.id, "viewer", actor="x")
    house.accounts.set_groups(account.id, ["인사"], actor="x")
    signed = house.sign_ins.signed_in(value)
    assert signed is not None
    assert (signed.account.role, signed.account.groups) == ("viewer", ("인사",))


# --- patience ---------------------------------------------------------------------------------------------------


def test_five_wrong_passwords_and_then_a_wait_that_grows_and_outlives_a_restart(house: House) -> None:
    for _ in range(5):
        assert house.refusal("김민수", "wrong").phrase == "signin.wrong"
    house.sign_ins = SignIns(Accounts(house.sessions, passwords=Passwords(CHEAP), clock=house.clock), b"secret")
    waits = []
    for _ in range(6):
        error = house.refusal("김민수", GOOD, "10.9.9.9")  # the right one, from elsewhere: it is not even looked at
        assert error.phrase == "signin.wait"
        waits.append(error.wait)
        house.clock.turn(timedelta(seconds=error.wait))
        assert house.refusal("김민수", "wrong", f"10.1.1.{len(waits)}").phrase == "signin.wrong"
    assert waits == [61, 121, 241, 481, 901, 901]
    house.clock.turn(WINDOW)
    assert house.sign_ins.sign_in("김민수", GOOD, "10.8.8.8")
    house.clock.turn(FORGOTTEN)
    house.refusal("nobody", "wrong")
    assert house.count(SignInFailure) == 2  # of that one; the others are forgotten
    for _ in range(5):
        house.refusal("김민수", "wrong", "10.0.0.2")
    house.accounts.set_password(house.kim, GOOD, actor="x")
    assert house.sign_ins.sign_in("김민수", GOOD, "10.0.0.3")


def test_an_address_that_tries_many_names_waits_too(house: House) -> None:
    for number in range(5):
        assert house.refusal(f"name{number}", "wrong", "2001:db8::1").phrase == "signin.wrong"
    assert house.refusal("김민수", GOOD, "2001:db8::ffff").phrase == "signin.wait"  # the same /64
    assert house.sign_ins.sign_in("김민수", GOOD, "2001:db8:0:1::1")
    assert house.refusal("김민수", GOOD, "2001:db8::1").phrase == "signin.wait"  # a success elsewhere forgives nothing


def test_a_right_password_forgives_the_wrong_ones_of_the_name(house: House) -> None:
    for _ in range(3):
        for _ in range(4):
            house.refusal("김민수", "wrong", "10.0.0.2")
        house.sign_ins.sign_in("김민수", GOOD, "10.0.0.3")
        house.clock.turn(WINDOW)


def test_many_tries_at_once_are_not_more_than_many_in_a_row(house: House) -> None:
    phrases: list[str] = []
    together = threading.Barrier(12)

    def attempt() -> None:
        together.wait()
        try:
            house.sign_ins.sign_in("김민수", "wrong", "10.0.0.1")
        except SignInError as error:
            phrases.append(error.phrase)

    threads = [threading.Thread(target=attempt) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(phrases) == ["signin.wait"] * 7 + ["signin.wrong"] * 5


def test_a_password_typed_as_a_name_is_kept_nowhere(house: House) -> None:
    house.refusal("My Secret Password 99", "x")
    with house.sessions() as session:
        rows = [*session.scalars(select(Audit)), *session.scalars(select(SignInFailure))]
        texts = str([{c.name: getattr(row, c.name) for c in row.__table__.columns} for row in rows])
    assert "ecret" not in texts
    assert house.actions()[-1] == ("unknown", "session.failed", "")


def test_the_own_password_takes_the_old_one(house: House) -> None:
    value, _ = house.sign_ins.sign_in("김민수", GOOD, "10.0.0.1")
    signed = house.sign_ins.signed_in(value)
    assert signed is not None
    for _ in range(5):
        with pytest.raises(SignInError, match="wrong"):
            house.sign_ins.change_password(signed, "wrong", "완전히 다른 비밀번호", "10.0.0.1")
    with pytest.raises(SignInError) as error:
        house.sign_ins.change_password(signed, GOOD, "완전히 다른 비밀번호", "10.0.0.1")
    assert error.value.wait


def test_a_hash_is_made_anew_where_the_cost_has_changed(house: House) -> None:
    dearer = Accounts(house.sessions, passwords=Passwords(Cost(memory=128, passes=1)), clock=house.clock)
    for _ in range(2):
        SignIns(dearer, b"secret").sign_in("김민수", GOOD, "10.0.0.1")
        from bot.database.accounts import password_hash

        with house.sessions() as session:
            assert "m=128,t=1" in (password_hash(session, house.kim) or "")


# --- tokens -----------------------------------------------------------------------------------------------------


def test_a_token_is_shown_once_and_works_until_it_is_revoked_or_over(house: House) -> None:
    value, made = house.tokens.create("인트라넷", "asker", ["인사"], 30, actor=Actor("김민수", house.kim))
    assert value.startswith("dap_")
    assert len(value) >= 47
    assert house.tokens.token(value).groups == ("인사",)
    with house.sessions() as session:
        row = session.scalars(select(ApiToken)).one()
        assert value not in str({c.name: getattr(row, c.name) for c in row.__table__.columns})
    assert [house.tokens.state(each) for each in house.tokens.all()] == ["active"]
    house.clock.turn(timedelta(days=30))
    with pytest.raises(TokenError) as error:
        house.tokens.token(value)
    assert error.value.phrase == "tokens.expired"
    forever, other = house.tokens.create("x", "editor", actor="x")
    house.clock.turn(timedelta(days=3000))
    assert house.tokens.token(forever).used_at is None
    assert house.tokens.token(forever).used_at == house.clock()
    house.tokens.revoke(other.id, actor="x")
    house.tokens.revoke(other.id, actor="x")
    with pytest.raises(TokenError) as error:
        house.tokens.token(forever)
    assert error.value.phrase == "tokens.revoked"
    for wrong in ("", "dap_", value[:-1], "\0", "\ud800", "x" * 100_000, made.prefix):
        with pytest.raises(TokenError):
            house.tokens.token(wrong)
    assert [a for _, a, _ in house.actions()].count("token.revoked") == 1


def test_tokens_end_with_the_rights_of_whoever_made_them(house: House) -> None:
    lee = house.accounts.create("이영희", GOOD, actor="command:test")
    who = Actor("이영희", lee.id)
    made = {role: house.tokens.create(role, role, actor=who) for role in ("asker", "editor", "admin")}
    others = [house.tokens.create("cli", "admin", actor="command:test"), house.tokens.create("kim", "admin", actor="x")]
    house.tokens.revoke(house.tokens.create("old", "asker", actor=who)[1].id, actor=who)

    def works(value: str) -> bool:
        try:
            return bool(house.tokens.token(value))
        except TokenError as error:
            return error.phrase != "tokens.revoked"

    assert house.accounts.set_role(lee.id, "editor", actor="김민수") == 1
    assert [works(value) for value, _ in made.values()] == [True, True, False]
    assert house.accounts.disable(lee.id, actor=Actor("김민수", house.kim, "10.0.0.9")) == 2
    assert not any(works(value) for value, _ in made.values())
    assert house.actions()[-3:] == [
        ("김민수", "token.revoked", "asker"),
        ("김민수", "token.revoked", "editor"),
        ("김민수", "account.disabled", "이영희"),
    ]
    house.accounts.enable(lee.id, actor="김민수")
    assert not any(works(value) for value, _ in made.values())  # whoever had them may have them still
    value, _ = house.tokens.create("new", "asker", actor=who)
    assert works(value)
    assert house.accounts.remove(lee.id, actor=who) == 1
    assert not works(value)
    assert house.actions()[-2:] == [("이영희", "token.revoked", "new"), ("이영희", "account.removed", "이영희")]
    assert all(works(value) for value, _ in others)


def test_tokens_that_cannot_be(house: House) -> None:
    refused("tokens.name", lambda: house.tokens.create(" ", "asker", actor="x"))
    refused("tokens.name", lambda: house.tokens.create("x" * 81, "asker", actor="x"))
    refused("tokens.name", lambda: house.tokens.create("a\0b", "asker", actor="x"))
    refused("accounts.role", lambda: house.tokens.create("x", "owner", actor="x"))
    refused("tokens.days", lambda: house.tokens.create("x", "asker", days=0, actor="x"))
    refused("tokens.days", lambda: house.tokens.create("x", "asker", days=10**9, actor="x"))
    refused("tokens.none", lambda: house.tokens.revoke(7, actor="x"))
    refused("tokens.none", lambda: house.tokens.revoke(2**70, actor="x"))


# --- the audit log ----------------------------------------------------------------------------------------------


def test_every_change_is_in_the_log_and_nothing_of_a_secret(house: House) -> None:
    boss = Actor("김민수", house.kim, "10.0.0.7")
    lee = house.accounts.create("lee", "another good one 1", role="viewer", actor=boss).id
    house.accounts.set_role(lee, "editor", actor=boss)
    house.accounts.set_groups(lee, ["인사"], actor=boss)
    house.accounts.set_password(lee, "another good one 2", actor=boss)
    house.accounts.disable(lee, actor=boss)
    house.accounts.enable(lee, actor=boss)
    value, _ = house.sign_ins.sign_in("lee", "another good one 2", "10.0.0.8")
    signed = house.sign_ins.signed_in(value)
    assert signed is not None
    house.sign_ins.sign_out(signed, "10.0.0.8")
    token, _ = house.tokens.create("x", "asker", actor=boss)
    house.accounts.remove(lee, actor=boss)
    assert [action for _, action, _ in house.actions()[1:]] == [
        "account.created", "account.role", "account.groups", "account.password", "account.disabled", "account.enabled",
        "session.signed_in", "session.signed_out", "token.created", "account.removed",
    ]  # fmt: skip
    with house.sessions() as session:
        everything = str(audit.lines(session, Wanted(), limit=100))
    assert not any(secret in everything for secret in (value, token, "good one", "argon2", GOOD))
    assert "10.0.0.7" in everything


def test_a_change_that_fails_leaves_no_line(house: House) -> None:
    before = house.actions()

    with house.sessions() as session:
        note(session, "x", "account.role", "lee")
        session.rollback()
    assert house.actions() == before


def test_lines_are_chosen_by_time_actor_and_action(house: House) -> None:
    with house.sessions.begin() as session:
        for number in range(25):
            note(session, "lee", "document.published", f"faq{number}.csv", added=number)
        note(session, "park", "documents_.x", "y\0z\ud800", names={"ㄱ", "ㄴ"})
        session.execute(update(Audit).where(Audit.subject == "faq0.csv").values(at=BEGIN))
    with house.sessions() as session:
        assert audit.count(session, Wanted(actor="lee")) == 25
        assert audit.count(session, Wanted(action="document")) == 25
        assert audit.count(session, Wanted(action="documen_")) == 0
        assert audit.count(session, Wanted(action="%")) == 0
        assert audit.count(session, Wanted(since=BEGIN + timedelta(seconds=1), actor="lee")) <= 25
        page = audit.lines(session, Wanted(actor="lee"), limit=10, offset=20)
        assert [line.subject for line in page] == [f"faq{n}.csv" for n in (4, 3, 2, 1, 0)]
        assert [e.id for e in audit.every(session, Wanted(actor="lee"), at_once=7)] == [
            e.id for e in audit.lines(session, Wanted(actor="lee"), limit=100)
        ]
        assert audit.lines(session, Wanted(actor="park"), limit=1)[0].subject == "yz�"


def test_lines_are_kept_for_two_years(house: House) -> None:
    with house.sessions.begin() as session:
        note(session, "x", "old", "")
        note(session, "x", "young", "")
        session.execute(update(Audit).where(Audit.action == "old").values(at=BEGIN - KEPT - timedelta(seconds=1)))
        session.execute(update(Audit).where(Audit.action == "young").values(at=BEGIN - KEPT + timedelta(seconds=1)))
    house.accounts.tidy()
    assert [action for _, action, _ in house.actions()] == ["account.created", "young"]
