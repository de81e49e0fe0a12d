"""Common mistakes are mended, and what is right stays as it is."""

import pytest

from bot.tutoring.mistakes import mended


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("몇일 뒤에 뵈요.", "며칠 뒤에 봬요."),
        ("그러면 안되요", "그러면 안 돼요"),
        ("왠일이야, 오랫만이야", "웬일이야, 오랜만이야"),
        ("제가 할께요. 내일 갈께요.", "제가 할게요. 내일 갈게요."),
        ("금새 됬다", "금세 됐다"),
        ("하지 않았다. 하지 안는다.", "하지 않았다. 하지 않는다."),
        ("어떻해 하지", "어떡해 하지"),
        ("I am go to school", "I go to school"),
        ("He don't like it. She have a hour.", "He doesn't like it. She has an hour."),
        ("We was late. You should to go.", "We were late. You should go."),
        ("I look forward to hear from you", "I look forward to hearing from you"),
        ("Please recieve the the mail", "Please receive the mail"),
    ],
)
def test_common_mistakes(wrong: str, right: str) -> None:
    text, changes = mended(wrong, "ko")
    assert text == right
    assert changes
    assert all(change.why for change in changes)


@pytest.mark.parametrize(
    "text",
    [
        "되면 알려 주세요. 돼요. 안 돼요.",
        "강아지 안고 왔어요. 불을 꺼야 해요.",
        "연구지원과 무역활동, 요금새로고침",
        "선생님께요. 웬만하면 왠지 며칠",
        "Did he go? Does she have time? I wish he were here.",
        "He and I are friends. Make it work. Let him and her go.",
        "an hour, a user, an honest answer, that that",
        "",
        "1234 !? \n\t",
    ],
)
def test_what_is_right_stays(text: str) -> None:
    assert mended(text, "en") == (text, ())


def test_a_huge_text_is_no_trouble() -> None:
    text, changes = mended("몇일 " * 100_000, "ko")
    assert text.startswith("며칠")
    assert len(changes) == 1


def test_the_past_is_not_put_into_the_present() -> None:
    for text in ("He go to school yesterday.", "I am go home two days ago.", "She have a car last year."):
        assert mended(text, "en")[0] == text
    assert mended("He go to school.", "en")[0] == "He goes to school."


def test_an_old_spelling() -> None:
    assert mended("집에 갔읍니다. 정읍니다.", "ko")[0] == "집에 갔습니다. 정읍니다."
