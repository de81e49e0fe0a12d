"""A draft from a thread: which question the answer is for, and nobody's name or number in it."""

from typing import Any

from connectors.slack.pin_drafts import drafted

BOT = "UBOT"
NAMES = {"U1": "김하늘 (총무팀)", "U2": "지연", "U3": "Ann Lee"}


def said(*lines: tuple[str, str], **more: Any) -> list[dict[str, Any]]:
    """Return a thread: who said what, the ts by the order."""
    return [{"user": user, "text": text, "ts": f"{at}.000000", **more} for at, (user, text) in enumerate(lines, 1)]


def draft(thread: list[dict[str, Any]], at: int) -> tuple[str, str] | None:
    made = drafted(thread, f"{at}.000000", BOT, lambda user: NAMES.get(user, ""), "ko")
    return (made.question, made.answer) if made else None


def test_the_question_is_the_last_one_that_another_asked() -> None:
    thread = said(
        ("U1", f"안녕하세요! <@{BOT}> 배송지를 바꿀 수 있나요?"),
        (BOT, "모르겠습니다."),
        ("U2", "주문번호가 어떻게 되세요?"),
        ("U1", "12345번이요"),
        ("U2", "출고 전이면 마이페이지에서 바꾸실 수 있어요."),
        ("U1", "출고된 다음에는 어떻게 하나요?"),
        ("U2", "택배사에 직접 말씀하셔야 해요."),
    )
    assert draft(thread, 5) == ("배송지를 바꿀 수 있나요?", "출고 전이면 마이페이지에서 바꾸실 수 있어요.")
    assert draft(thread, 7) == ("출고된 다음에는 어떻게 하나요?", "택배사에 직접 말씀하셔야 해요.")


def test_a_follow_up_that_says_little_comes_with_the_one_before() -> None:
    thread = said(("U1", "배송비는 얼마예요?"), ("U2", "3천 원이요."), ("U1", "제주도는요?"), ("U2", "6천 원이요."))
    assert draft(thread, 4) == ("배송비는 얼마예요? 제주도는요?", "6천 원이요.")


def test_a_thread_without_a_question_mark_begins_with_what_it_is_about() -> None:
    thread = said(("U1", "환불이 아직 안 됐어요"), ("U2", "카드사에 따라 영업일 3일쯤 걸려요."))
    assert draft(thread, 2) == ("환불이 아직 안 됐어요", "카드사에 따라 영업일 3일쯤 걸려요.")
    plain = said(("U1", "출장비 정산 관련 공유드립니다"), ("U2", "매달 25일까지 올려 주세요."))
    assert draft(plain, 2) == ("출장비 정산 관련 공유드립니다", "매달 25일까지 올려 주세요.")


def test_people_become_what_they_are() -> None:
    thread = said(
        ("U1", "<@U2> 지연님, 배송 지연은 어디에 물어보나요? 제 번호는 <tel:01012345678|010-1234-5678>이에요"),
        ("U3", "<@U1> 김하늘님은 <@U2|지연>이 도와 드려요. 지연님께 minsu@gmail.com으로 메일 주세요."),
    )
    question, answer = draft(thread, 2) or ("", "")
    assert question == "배송 지연은 어디에 물어보나요? 제 번호는 [전화번호]이에요"
    assert answer == "문의자님은 담당자가 도와 드려요. 담당자님께 [이메일]으로 메일 주세요."
    made = drafted(thread, "2.000000", BOT, lambda user: NAMES.get(user, ""), "en")
    assert made is not None
    assert made.taken == "phone number 1, email address 1"


def test_in_english() -> None:
    thread = said(("U1", "Hi team, how do I get a visitor badge?"), ("U3", "Ask <@U2> at the front desk."))
    assert draft(thread, 2) == ("how do I get a visitor badge?", "Ask the person in charge at the front desk.")


def test_what_is_no_answer_of_a_person_makes_no_draft() -> None:
    thread = said(("U1", "배송비는 얼마예요?"), (BOT, "3,000원이에요."), ("U2", " "), ("U2", "맞아요"))
    assert draft(thread, 1) is None  # the question itself
    assert draft(thread, 2) is None
    assert draft(thread, 3) is None
    assert draft(thread, 9) is None
    assert draft([], 1) is None
    assert draft(said(("U1", "배송비는 얼마예요?"), ("U9", "3,000원"), bot_id="B1"), 2) is None


def test_a_huge_answer_is_cut_and_said_to_be() -> None:
    thread = said(("U1", "규정이 뭐예요?" * 2_000), ("U2", "아주 긴 답변이에요. " * 4_000))
    made = drafted(thread, "2.000000", BOT, lambda _user: "", "ko")
    assert made is not None
    assert made.cut
    assert (len(made.question), len(made.answer)) <= (1_000, 3_000)


def test_a_question_to_a_person_is_one_and_signs_of_writing_go() -> None:
    thread = said(
        ("U1", "출장 왔어요 :smile: 다들 안녕하세요"),
        ("U1", "지연님, 법인카드 한도는 어떻게 늘리나요?"),
        ("U2", "하늘님! *총무팀*에 신청서를 내시면 돼요 :pray: 10:30:00에 마감이고 3*4*5 규격이에요. Ann도 알아요"),
        ("U3", "도와줄게요"),
    )
    assert draft(thread, 3) == (
        "법인카드 한도는 어떻게 늘리나요?",
        "총무팀에 신청서를 내시면 돼요 10:30:00에 마감이고 3*4*5 규격이에요. Ann도 알아요",
    )  # who has not spoken yet, and is not mentioned, is not known
    with_ann = [thread[0], {**thread[3], "ts": "1.5"}, *thread[1:3]]
    made = drafted(with_ann, "3.000000", BOT, lambda user: NAMES.get(user, ""), "ko")
    assert made is not None
    assert made.answer.endswith("담당자도 알아요")


def test_a_number_at_the_cut_is_not_half_kept() -> None:
    thread = said(("U1", "연락처가 뭐예요?"), ("U2", "가" * 2_990 + " 010-1234-5678 " + "나" * 100))
    made = drafted(thread, "2.000000", BOT, lambda _user: "", "ko")
    assert made is not None
    assert "010" not in made.answer
    assert made.cut
