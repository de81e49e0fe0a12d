"""What a password and an account's name must be; hashes, and how many are made at a time."""

import threading
import time
import unicodedata
from collections.abc import Callable

import pytest

from bot.accounts import proper_groups, proper_name
from bot.errors import OperatorError, UserError
from bot.passwords import COMMONEST, LONGEST, SHORTEST, Cost, Passwords, made_up, require_good

CHEAP = Cost(memory=64, passes=1)


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(UserError) as error:
        act()
    return error.value.phrase


@pytest.mark.parametrize(
    "password",
    ["correct horse battery", "맑은 하늘 아래 걷기", "nine plus1", "x9#kQ!2mvZ", "🦊🐻🐼🐨🐯🦁🐮🐷🐸🐵", "a b c d e f"],
)
def test_long_enough_and_not_known_to_everyone_is_all_it_takes(password: str) -> None:
    require_good(password, "kim")


@pytest.mark.parametrize(
    ("password", "phrase"),
    [
        ("", "short"),
        ("ninechars", "short"),
        ("          ", "short"),
        (" short    ", "short"),
        ("x9 " * 400, "long"),
        ("good enough\0", "characters"),
        ("good enough\ud800", "characters"),
        ("kim.minsoo@example.com", "name"),
        ("KIM.MINSOO@EXAMPLE.COM2026!", "name"),
        ("1234567890", "common"),
        ("PASSWORD123", "common"),
        ("Ｐａｓｓｗｏｒｄ１２３", "common"),
        ("aaaaaaaaaaaaaa", "common"),
        ("abababababab", "common"),
        ("345678901234", "common"),
        ("9876543210", "common"),
        ("abcdefghijklmn", "common"),
        ("비밀번호비밀번호", "short"),
        ("비밀번호1234567890", "common"),
    ],
)
def test_what_is_tried_first_is_refused(password: str, phrase: str) -> None:
    assert refusal(lambda: require_good(password, "kim.minsoo@example.com")) == f"accounts.password.{phrase}"


def test_the_list_holds_only_what_the_length_lets_through() -> None:
    assert [each for each in COMMONEST if len(each) < SHORTEST or each != each.casefold()] == []


def test_a_made_up_password_is_good_and_never_the_same() -> None:
    made = {made_up() for _ in range(100)}
    assert len(made) == 100
    for each in made:
        require_good(each, "kim")


@pytest.mark.parametrize(
    ("name", "phrase"),
    [
        ("", "empty"),
        (" \t", "empty"),
        ("x" * 65, "long"),
        ("가" * 65, "long"),
        *[
            (name, "characters")
            for name in (
                "kim min", "command:root", "token:x", "a/b", "<b>", "\u0430dmin", "ad\u200bmin", "k\nm", "k\0m",
                "\ud800", "ㅣㅣ", "-x", ".", "κιμ", "a\u202eb", "김'", 'x"', "x,y", "é", "a" + "\u0301" * 40,
            )
        ],
    ],
)  # fmt: skip
def test_names_that_would_deceive_are_refused(name: str, phrase: str) -> None:
    assert refusal(lambda: proper_name(name)) == f"accounts.name.{phrase}"


def test_a_name_has_one_form() -> None:
    assert {proper_name(n) for n in ("김민수", unicodedata.normalize("NFD", "김민수"), " 김민수\n")} == {"김민수"}
    assert proper_name("ＫＩＭ.Minsoo+hr@Example.COM") == "kim.minsoo+hr@example.com"
    assert proper_groups([unicodedata.normalize("NFD", "인사"), "인사", " a ", ""]) == ["a", "인사"]


# --- hashes -----------------------------------------------------------------------------------------------------


def test_a_hash_is_argon2id_with_owasps_cost() -> None:
    kept = Passwords().hash("correct horse battery")
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_only_the_right_password_is_right() -> None:
    passwords = Passwords(CHEAP)
    kept = passwords.hash("맑은 하늘 아래 걷기")
    assert passwords.check(kept, "맑은 하늘 아래 걷기")
    assert passwords.check(kept, unicodedata.normalize("NFD", "맑은 하늘 아래 걷기"))  # as a Mac may send it
    for wrong in ("", "맑은 하늘 아래 걷", "맑은 하늘 아래 걷기 ", "x" * 100_000, "\ud800", "\0"):
        assert not passwords.check(kept, wrong)
    assert not passwords.check(None, "맑은 하늘 아래 걷기")
    for broken in ("", "x", "$argon2id$v=19$m=64,t=1,p=1$x$y"):
        assert not passwords.check(broken, "x")
    assert passwords.hash("same") != passwords.hash("same")
    longest = "ab" * (LONGEST // 2)
    assert not passwords.check(passwords.hash(longest), longest + "x")


def test_a_hash_of_another_cost_is_outdated() -> None:
    kept = Passwords(CHEAP).hash("x")
    assert not Passwords(CHEAP).outdated(kept)
    assert Passwords(Cost(memory=128, passes=1)).outdated(kept)
    assert Passwords(Cost(memory=128, passes=1)).check(kept, "x")


def test_a_flood_of_sign_ins_is_refused_rather_than_fed_memory() -> None:
    passwords = Passwords(Cost(memory=8 * 1024, passes=3), at_once=1, waiting=2)
    kept = passwords.hash("right one")
    outcomes: list[object] = []
    together = threading.Barrier(12)

    def attempt() -> None:
        together.wait()
        try:
            outcomes.append(passwords.check(kept, "right one"))
        except OperatorError as error:
            outcomes.append(error.phrase)

    threads = [threading.Thread(target=attempt) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count(True) >= 3
    assert set(outcomes) <= {True, "accounts.busy"}
    assert passwords.check(kept, "right one")


def test_how_long_known_and_unknown_names_take() -> None:
    """Printed, not asserted: this machine does other things as well."""
    passwords = Passwords()
    kept = passwords.hash("right one")
    passwords.check(None, "x")

    def median(hashed: str | None) -> float:
        spans = []
        for _ in range(9):
            began = time.perf_counter()
            passwords.check(hashed, "wrong one")
            spans.append(time.perf_counter() - began)
        return sorted(spans)[4]

    known, unknown = median(kept), median(None)
    print(f"known {1000 * known:.1f} ms, unknown {1000 * unknown:.1f} ms, ratio {unknown / known:.2f}")
