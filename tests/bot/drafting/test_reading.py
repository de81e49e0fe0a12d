"""What an order for a text says, and what someone answers who is asked for the rest."""

import pytest

from bot.drafting.brief import Brief, Length, Unit
from bot.drafting.facts import to_check
from bot.drafting.lengths import counted, read_length, shorten
from bot.drafting.nouns import Noun
from bot.drafting.reading import answered, read_brief
from knowledge.language import language_of

COFFEE = (
    "우리 회사의 새로운 제품인 '프리미엄 커피 구독 서비스'에 대한 마케팅 이메일을 작성해주세요. 타겟은 20-30대 "
    "직장인이며, 톤은 친근하면서도 전문적이어야 합니다. 200단어 이내로 작성해주세요."
)


def read(text: str, **options: str) -> Brief:
    return read_brief(text, language_of(text), options)


def test_a_whole_order_leaves_nothing_to_ask() -> None:
    brief = read(COFFEE)
    assert (brief.kind, brief.target, brief.topic) == ("marketing_mail", "20-30대 직장인", "프리미엄 커피 구독 서비스")
    assert (brief.tone, brief.length, brief.missing) == ("친근하면서도 전문적", Length(None, 200, "words"), ())


def test_an_order_without_anything_lacks_all_four() -> None:
    for text in ("이메일 써줘", "Write an email"):
        assert read(text).missing == ("target", "topic", "tone", "length")


@pytest.mark.parametrize(
    ("text", "kind", "target", "topic"),
    [
        ("신제품 출시 공지문 작성해줘", "notice", "", "신제품 출시"),
        ("김 과장한테 회의 미루자는 메일 초안 써줘", "mail", "김 과장", "회의 미루기"),
        ("FAQ 항목 하나 작성해 줘: 영수증 재발행", "faq", "", "영수증 재발행"),
        ("채용 공고문 초안 잡아줘", "notice", "", "채용"),
        ("고객 불만에 대한 사과 답장 초안 부탁해", "complaint_reply", "", ""),
        ("블로그 글 하나 써줘 주제는 재택근무 팁", "blog", "", "재택근무 팁"),
        ("Draft a notice about Friday's power outage", "notice", "", "Friday's power outage"),
        ("write a polite reminder to a client about an unpaid invoice", "mail", "a client", "unpaid invoice"),
        ("Please write an apology letter for the delayed delivery", "complaint_reply", "", "the delayed delivery"),
        ("Give me three slogans for our summer sale", "copy", "", "summer sale"),
    ],
)
def test_orders_are_read(text: str, kind: str, target: str, topic: str) -> None:
    brief = read(text)
    assert (brief.kind, brief.target, brief.topic) == (kind, target, topic)


@pytest.mark.parametrize(
    ("answer", "target", "topic", "tone"),
    [
        ("20-30대 직장인, 프리미엄 커피 구독, 친근하게, 200자", "20-30대 직장인", "프리미엄 커피 구독", "친근하게"),
        ("대상: 학부모\n제품: 방학 캠프\n톤: 정중하게", "학부모", "방학 캠프", "정중하게"),
        ("신제품 텀블러를 직장인에게 친근하게", "직장인", "신제품 텀블러", "친근하게"),
        ("그냥 써줘", "", "", ""),
    ],
)
def test_an_answer_is_put_where_it_belongs(answer: str, target: str, topic: str, tone: str) -> None:
    first = read("이메일 써줘")
    brief = answered(first, answer, first.missing)
    assert (brief.target, brief.topic, brief.tone) == (target, topic, tone)


def test_options_come_before_words() -> None:
    brief = read(COFFEE, target="학생", product="텀블러", length="50자", versions="99", kind="blog")
    assert (brief.kind, brief.target, brief.topic, brief.versions) == ("blog", "학생", "텀블러", 5)
    assert brief.length == Length(43, 57, "characters")


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "톤:", "대상은", "가" * 200_000, "써줘 " * 20_000, "a, " * 50_000, "((((", "{x}"]
)
def test_odd_orders_are_read_as_well(text: str) -> None:
    brief = read(text)
    assert len(brief.topic) <= 120
    answered(brief, text[:4_000], brief.missing)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("200자 이내로", None, 200, "characters"),
        ("1,000자 이상", 1000, None, "characters"),
        ("300~500자", 300, 500, "characters"),
        ("세 문장으로", 3, 3, "sentences"),
        ("under 200 words", None, 200, "words"),
        ("150 words or less", None, 150, "words"),
        ("at least 50 words", 50, None, "words"),
        ("in three sentences", None, 3, "sentences"),
        ("about 100 words", 85, 115, "words"),
    ],
)
def test_lengths_are_read(text: str, low: int | None, high: int | None, unit: Unit) -> None:
    said = read_length(text)
    assert said is not None
    assert said.length == Length(low, high, unit)


def test_ages_and_seats_are_no_lengths() -> None:
    assert read_length("20-30대 직장인에게 4자리 번호를 알리는 글") is None


def test_a_text_is_cut_at_its_sentences_and_keeps_greeting_and_closing() -> None:
    text = "안녕하세요.\n\n첫째 문장입니다. 둘째 문장입니다. 셋째 문장입니다.\n\n감사합니다."
    short = shorten(text, Length(None, 30, "characters"))
    assert counted(short, "characters") <= 30
    assert short.startswith("안녕하세요.\n\n첫째 문장입니다.")
    assert short.endswith("감사합니다.")


def test_particles_fit_their_noun() -> None:
    nouns = ["커피", "구독", "서울", "7일", "[제품]", "NEWS"]
    assert [f"{Noun(n):을/를}" for n in nouns] == ["커피를", "구독을", "서울을", "7일을", "[제품]을(를)", "NEWS를"]
    assert [f"{Noun(n):으로/로}" for n in nouns[:3]] == ["커피로", "구독으로", "서울로"]


def test_what_nobody_said_is_to_be_checked() -> None:
    known = ["커피 구독을 한 달 15,000원에 소개하는 메일"]
    text = "월 15,000원! 첫 달 30% 할인, 업계 1위 커피 구독을 12월 24일까지 https://x.example 에서 [링크]로."
    found = [(fact.kind, fact.text) for fact in to_check(text, known, "ko")]
    assert {kind for kind, _ in found} == {"number", "date", "link", "claim"}
    assert ("link", "https://x.example") in found
    assert any("30" in text for _, text in found)
    assert not any("15,000" in text for _, text in found)


def test_the_time_of_something_is_no_poem() -> None:
    for order in ("신제품 출시 안내 메일", "주문 시 유의 사항 메일", "전시 안내 메일"):
        assert read(order).kind == "mail", order
    for order in ("가을에 대한 시를 써 줘", "짧은 시 한 편 써 줘"):
        assert read(order).kind == "scene", order


def test_a_story_may_invent_people() -> None:
    assert to_check("세 시에 김민지가 서울역에 도착했다.", ["기차역 장면"], "ko", story=True) == ()
