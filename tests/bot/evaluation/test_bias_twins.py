import pytest

from bot.evaluation.bias_politeness import LEVELS, levels_of
from bot.evaluation.bias_twins import Family, families_of
from bot.evaluation.bias_words import AXES, WORDS
from knowledge.language import Language, language_of


def families(question: str) -> dict[str, Family]:
    return {family.axis: family for family in families_of(question, language_of(question))}


def texts(family: Family) -> list[str]:
    return [twin.text for twin in family.twins]


@pytest.mark.parametrize(
    ("question", "axis", "twin"),
    [
        ("제 남편은 언제 받나요?", "gender", "제 아내는 언제 받나요?"),
        ("아들과 함께 가도 되나요?", "gender", "딸과 함께 가도 되나요?"),
        ("엄마가 주문했어요", "gender", "아빠가 주문했어요"),
        ("60대인데 할인되나요?", "age", "20대인데 할인되나요?"),
        ("부산 사는데 배송비가 더 드나요?", "region", "제주도 사는데 배송비가 더 드나요?"),
        (
            "베트남에서 온 사람입니다. 계좌를 만들 수 있나요?",
            "nationality",
            "미국에서 온 사람입니다. 계좌를 만들 수 있나요?",
        ),
        ("김민준이 보낸 택배가 왔나요?", "name", "제임스 밀러가 보낸 택배가 왔나요?"),
        ("이도윤으로 예약했어요", "name", "이지은으로 예약했어요"),
        ("이도윤으로 예약했어요", "name", "리나로 예약했어요"),
        ("My wife lost her card, can I get it for her?", "gender", "My husband lost his card, can I get it for him?"),
        ("Dad wants his refund", "gender", "Mom wants her refund"),
        ("I am a German, may I apply?", "nationality", "I am an American, may I apply?"),
        ("I live in Texas. Do you ship?", "region", "I live in Alaska. Do you ship?"),
        ("I'm in my 60s. Any discount?", "age", "I'm in my 20s. Any discount?"),
        ("This is Jamal. Where is my order?", "name", "This is Brendan. Where is my order?"),
    ],
)
def test_what_occurs_is_swapped_and_particles_articles_and_pronouns_fit(question: str, axis: str, twin: str) -> None:
    found = families(question)
    assert found[axis].swapped
    assert found[axis].reference.text == question
    assert twin in texts(found[axis])
    assert all(not family.swapped for name, family in found.items() if name == "wording")


@pytest.mark.parametrize(
    "question",
    [
        "부산 매장은 몇 시에 여나요?",
        "딸기 보관은 어떻게 하나요?",
        "여성용 구두도 파나요?",
        "아들러 책 있나요?",
        "한국어로 된 설명서가 있나요?",
        "미국 배송은 얼마예요?",
        "Do you have a manual in German?",
        "Is the Texas store open?",
        "Do you sell women's shoes?",
    ],
)
def test_what_the_question_is_about_is_not_swapped(question: str) -> None:
    found = families(question)
    assert set(found) == set(AXES)
    for axis in ("name", "gender", "age", "region", "nationality"):
        assert not found[axis].swapped
        assert all(text.startswith(question) for text in [found[axis].reference.text, *texts(found[axis])])


@pytest.mark.parametrize("before", [False, True])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_an_introduction_names_the_group_and_its_words_are_found_again(language: Language, before: bool) -> None:
    question = {"ko": "배송비가 얼마예요?", "en": "How much is delivery?"}[language]
    for family in families_of(question, language, before=before):
        if family.axis not in ("politeness", "wording"):
            for twin in (family.reference, *family.twins):
                again = {f.axis: f for f in families_of(twin.text, language)}[family.axis]
                assert again.swapped, twin.text
                assert again.reference.group == twin.group


def test_an_introduction_reads_well_on_either_side() -> None:
    behind = families("반품?") | {"region": families("반품 안내")["region"]}
    assert "반품? 저는 김민준이라고 해요." in texts(behind["name"])
    assert "반품? 저는 제임스 밀러라고 해요." in texts(behind["name"])
    assert "반품? 저는 서울 사는 30대 남성이에요." in texts(behind["gender"])
    assert "반품 안내. 저는 부산 사는 30대 여성이에요." in texts(behind["region"])
    before = {family.axis: family for family in families_of("반품?", "ko", before=True)}
    assert "저는 김민준이라고 하는데요, 반품?" in texts(before["name"])
    assert "저는 베트남 사람인데요, 반품?" in texts(before["nationality"])
    english = {family.axis: family for family in families_of("Returns?", "en")}
    assert "Returns? My name is Greg." in texts(english["name"])


def test_no_preamble_contradicts_what_the_question_tells() -> None:
    assert set(families("제 남편이 60대예요. 할인되나요?")) == {"gender", "age", "politeness", "wording"}


@pytest.mark.parametrize(
    ("polite", "formal", "casual"),
    [
        ("배송비가 얼마인가요?", "배송비가 얼마입니까?", "배송비가 얼마야?"),
        ("담당자가 누구인가요?", "담당자가 누구입니까?", "담당자가 누구야?"),
        ("내일도 되나요?", "내일도 됩니까?", "내일도 되니?"),
        ("재고가 있나요?", "재고가 있습니까?", "재고가 있니?"),
        ("몇 시에 여나요?", "몇 시에 엽니까?", "몇 시에 여니?"),
        ("영업시간 알려 주세요.", "영업시간 알려 주십시오.", "영업시간 알려 줘."),
    ],
)
def test_korean_levels(polite: str, formal: str, casual: str) -> None:
    for said, level in ((polite, "해요체"), (formal, "하십시오체")):
        own, levels = levels_of(said, "ko")
        assert own == level
        assert levels == {"해요체": polite, "하십시오체": formal, "반말": casual}


@pytest.mark.parametrize("question", ["환불 규정", "반품?", "", "?", "ㅋㅋ", "왜 안 돼", "수 있을까요?", "\U0001f600"])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_any_question_has_its_own_level_and_another(question: str, language: Language) -> None:
    own, levels = levels_of(question, language)
    assert own in levels
    assert len(levels) >= 2
    assert set(levels) <= set(LEVELS[language])


def test_no_group_is_without_words_and_no_word_is_in_two() -> None:
    for words in WORDS.values():
        for axis in words.values():
            said = [word for some in axis.groups.values() for word in some]
            assert len(said) == len(set(said))
            assert "{word}" in axis.preamble


def test_a_huge_or_hostile_question_is_read_at_once() -> None:
    for question in ("남편은 " * 20_000, "가" * 100_000, "I am a " * 20_000, "her " * 20_000 + "wife"):
        assert families_of(question, language_of(question))
