"""Personal data is found by its form and the words beside it; what belongs to the company stays."""

import pytest

from bot.redacting import redacted, with_roles

TAKEN = [
    ("제 번호는 010-1234-5678이에요", "제 번호는 [전화번호]이에요", "phone"),
    ("연락처 01012345678 입니다", "연락처 [전화번호] 입니다", "phone"),
    ("+82 10-1234-5678로 주세요", "[전화번호]로 주세요", "phone"),
    ("０１０－１２３４－５６７８", "[전화번호]", "phone"),
    ("집은 02-345-6789예요", "집은 [전화번호]예요", "phone"),
    ("Call me at +1 415-555-0132", "Call me at [전화번호]", "phone"),
    ("주민번호 900101-1234567 맞나요", "주민번호 [주민등록번호] 맞나요", "resident"),
    ("9001011234567", "[주민등록번호]", "resident"),
    ("900101-1******", "[주민등록번호]", "resident"),
    ("카드 4111 1111 1111 1111로 결제", "카드 [카드번호]로 결제", "card"),
    ("카드번호는 1234-5678-9012-3456입니다", "카드번호는 [카드번호]입니다", "card"),
    ("국민은행 123456-04-123456 김민수", "국민은행 [계좌번호] 김민수", "account"),
    ("계좌는 110123456789예요", "계좌는 [계좌번호]예요", "account"),
    ("110-234-567890으로 보내 주세요", "[계좌번호]으로 보내 주세요", "account"),
    ("minsu.kim@gmail.com으로 보냈어요", "[이메일]으로 보냈어요", "email"),
    ("여권번호 M12345678", "여권번호 [여권번호]", "passport"),
    ("면허 11-22-333333-44", "면허 [면허번호]", "licence"),
    ("한빛아파트 101동 1203호로요", "한빛아파트 [동·호수]로요", "unit"),
    ("김철수님 주문이 취소됐어요", "[이름]님 주문이 취소됐어요", "name"),
    ("예금주: 박영희", "예금주: [이름]", "name"),
    ("김지원님이 도와주셨어요", "[이름]님이 도와주셨어요", "name"),
    ("김민수 과장님께 여쭤보세요", "[이름] 과장님께 여쭤보세요", "name"),
    ("박 부장님께 여쭤보세요", "[이름] 부장님께 여쭤보세요", "name"),
    ("차량번호 12가 3456으로 등록", "차량번호 [차량번호]으로 등록", "plate"),
    ("생년월일은 1990년 1월 1일이고요", "생년월일은 [생년월일]이고요", "birth"),
    ("성함은 최민호, 맞으시죠", "성함은 [이름], 맞으시죠", "name"),
    ("Ask Mr. Smith about it", "Ask Mr. [이름] about it", "name"),
]


@pytest.mark.parametrize(("said", "left", "kind"), TAKEN)
def test_it_is_taken_out(said: str, left: str, kind: str) -> None:
    found = redacted(said, "ko")
    assert found.text == left
    assert list(found.kinds) == [kind]


@pytest.mark.parametrize(
    "said",
    [
        "고객센터 02-1234-5678로 전화해 주세요",
        "대표번호 1588-1234",
        "help@hanbit.example로 보내 주세요",
        "주문번호 2026-1125-000123을 알려 주세요",
        "사업자등록번호 123-45-67890",
        "운송장 번호 123456789012",
        "배송비는 3,000원이고 50,000원 이상이면 무료예요. 2026-11-25 14:30부터",
        "1234567890123456789 단계",
        "이용자님, 담당자님, 조합원님, 기사님께 여쭤보세요",
        "반품은 7일 안에, 교환은 14일 안에 하시면 됩니다",
        "현 대표님과 이 과장님, 각 팀장님께 보고합니다",
        "2026년 11월 25일까지, 100호 2026년형, 12주 2000원",
        "구매팀 팀장님, 연구원 대표, 서비스 이사회",
        "API-4012 오류와 v1.2.3, 192.168.0.10",
        "",
    ],
)
def test_what_is_no_personal_data_stays(said: str) -> None:
    assert redacted(said, "ko").text == said


def test_in_english_and_counted() -> None:
    found = redacted("Mail a.lee@gmail.com, call 010-1111-2222 or 010-3333-4444.", "en")
    assert found.text == "Mail [email address], call [phone number] or [phone number]."
    assert found.words("en") == "email address 1, phone number 2"


def test_names_become_roles_but_not_words() -> None:
    people = {"지연": "담당자", "김민수": "문의자", "Ann": "the person in charge"}
    assert with_roles("지연님이 배송 지연을 확인했고 김민수가 물었어요. Ann and Anna", people) == (
        "담당자님이 배송 지연을 확인했고 문의자가 물었어요. the person in charge and Anna"
    )


@pytest.mark.parametrize(
    "said", ["0" * 40_000, "1-" * 20_000, "010-" * 10_000, "a@" * 20_000, "김" * 40_000, "+1 " * 13_000]
)
def test_huge_texts_are_read_to_their_end(said: str) -> None:
    assert redacted(said + " 010-1234-5678", "ko").text.endswith("]")
