import pytest

from bot.politeness import in_other_language, off_level, rude, said_at


@pytest.mark.parametrize(
    ("sentence", "level"),
    [
        ("환불은 3일 걸려요. [1]", "haeyo"),
        ("내일 가시면 되죠?", "haeyo"),
        ("고객센터로 전화해 주세요.", "haeyo"),
        ("환불은 3일 걸립니다. [1]", "hasipsio"),
        ("신청해 주십시오!", "hasipsio"),
        ("환불은 3일 걸려.", "banmal"),
        ("내일 오면 돼 [2]", "banmal"),
        ("그건 안 되거든.", "banmal"),
        ("환불은 3일 걸린다.", "written"),
        ("1. 마이페이지의 주문 내역", ""),
        ("영업일 기준 3일 이내", ""),
        ("담당자 확인 필요", ""),
        ("배송지 주소", ""),
        ("본인 신분증 지참", ""),
        ("Refunds take 3 days.", ""),
        ("", ""),
        ("[1]", ""),
        ("🙂", ""),
    ],
)
def test_the_level_of_a_sentence(sentence: str, level: str) -> None:
    assert said_at(sentence) == level


def test_what_is_rude_and_what_is_only_another_level() -> None:
    assert rude("3일 걸려.", "")
    assert not rude("3일 걸려.", "banmal")
    assert not rude("3일 걸린다.", "")
    assert off_level("3일 걸립니다.", "haeyo")
    assert not off_level("3일 걸립니다.", "")
    assert not off_level("마이페이지", "haeyo")


@pytest.mark.parametrize(
    ("sentence", "wanted", "other"),
    [
        ("Refunds are handled within three business days.", "ko", True),
        ("환불은 3일 걸립니다.", "en", True),
        ("환불은 3일 걸립니다.", "ko", False),
        ("`git push origin main --force-with-lease now`", "ko", False),
        ("Microsoft Teams", "ko", False),
        ("Open 내 주문 in the app and choose the order you want to return.", "en", False),
        ("", "ko", False),
    ],
)
def test_another_language(sentence: str, wanted: str, other: bool) -> None:
    assert in_other_language(sentence, wanted) is other  # type: ignore[arg-type]
