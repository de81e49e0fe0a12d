"""What people say they prefer, and that it holds, is shown, and is forgotten."""

import time

import pytest

from bot.llm.scripted import ScriptedModel
from bot.messages import Message
from bot.preferences import Preferences, kept, wish_of
from tests.samples import BotMaker

ENGLISH, KOREAN = Preferences(language="en"), Preferences(language="ko")
BANMAL, HAEYO, HASIPSIO = (Preferences(politeness=p) for p in ("banmal", "haeyo", "hasipsio"))
CHILD, STUDENT, EXPERT = (Preferences(level=level) for level in ("child", "student", "expert"))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("앞으로 영어로 답해 줘", ENGLISH),
        ("이제부터는 영어로만 답변해 주세요.", ENGLISH),
        ("영어로 말해줘", ENGLISH),
        ("answer in English from now on", ENGLISH),
        ("Please always reply in English.", ENGLISH),
        ("한국어로 답변 부탁드립니다", KOREAN),
        ("From now on, answer in Korean please", KOREAN),
        ("반말로 해줘", BANMAL),
        ("나한테 반말해도 돼", BANMAL),
        ("편하게 반말로 하자ㅎㅎ", BANMAL),
        ("앞으로 존댓말로 해줘", HAEYO),
        ("하십시오체로 답해주세요", HASIPSIO),
        ("앞으로는 격식 있게 말해 주세요", HASIPSIO),
        ("앞으로 쉽게 설명해줘", CHILD),
        ("쉽게 설명해줘 앞으로도", CHILD),
        ("from now on explain things simply", CHILD),
        ("앞으로 중학생에게 하듯이 설명해 주세요", STUDENT),
        ("앞으로 전문가 수준으로 설명해줘", EXPERT),
    ],
)
def test_wishes(text: str, wanted: Preferences) -> None:
    wish = wish_of(text)
    assert wish is not None
    assert (wish.kind, wish.wanted) == ("set", wanted)


@pytest.mark.parametrize(
    "text",
    [
        "영어로 번역해줘",
        "영어로 답장 써줘",
        "이거 영어로 말해줘",
        "영어로 답변 받을 수 있나요?",
        "쉽게 설명해줘",
        "반말하지 마",
        "반말로 응대한 직원을 신고하고 싶어요",
        "환불 규정을 쉽게 설명해줘",
        "앞으로 배송은 얼마나 걸리나요?",
        "설정 보여줘",
        "내 설정은 어디서 바꾸나요?",
        "Can I get an answer in English?",
        "explain it simply",
        "",
        "앞으로 " * 100_000,
    ],
)
def test_what_is_no_wish(text: str) -> None:
    began = time.perf_counter()
    assert wish_of(text) is None
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize(
    "text", ["내 설정 보여줘", "제 설정을 알려 주세요", "my settings", "What do you remember about me?"]
)
def test_to_be_shown(text: str) -> None:
    wish = wish_of(text)
    assert wish is not None
    assert wish.kind == "show"


@pytest.mark.parametrize(
    "text", ["내 설정 지워줘", "제 취향을 모두 초기화해 주세요", "forget my preferences", "Reset my settings."]
)
def test_to_be_forgotten(text: str) -> None:
    wish = wish_of(text)
    assert wish is not None
    assert wish.kind == "forget"


def test_what_a_later_version_kept_is_left_out() -> None:
    assert kept("fr", "genius", "haera") == Preferences()
    assert kept("ko", "expert", "banmal") == Preferences("ko", "expert", "banmal")


def test_it_holds_for_the_person_everywhere_until_forgotten(make_bot: BotMaker) -> None:
    bot = make_bot()

    def say(text: str, conversation: str = "one", person: str | None = "kim") -> str:
        return bot.ask(Message(text, "web", conversation=conversation, person=person)).text

    first = bot.ask(Message("앞으로 영어로 답해 줘", "web", conversation="one", person="kim"))
    assert (first.language, first.text[:9]) == ("en", "All right")
    assert bot.ask(Message("안녕", "web", conversation="two", person="kim")).language == "en"
    assert bot.ask(Message("안녕", "web", conversation="three", person="lee")).language == "ko"
    say("반말로 해줘")
    shown = say("내 설정 보여줘", "four")
    assert "English" in shown
    assert "banmal" in shown
    assert say("내 설정 지워줘") == "설정을 모두 지웠습니다."
    assert say("내 설정 보여줘").startswith("따로 정해 두신 것이 없습니다.")
    assert bot.ask(Message("안녕", "web", conversation="two", person="kim")).language == "ko"


def test_nobody_known_is_remembered_in_the_conversation_only(make_bot: BotMaker) -> None:
    bot = make_bot()
    said = bot.ask(Message("앞으로 영어로 답해 줘", "terminal", conversation="one"))
    assert "this conversation only" in said.text
    assert bot.ask(Message("안녕", "terminal", conversation="one")).language == "en"
    assert bot.ask(Message("안녕", "terminal", conversation="two")).language == "ko"


def test_a_model_is_told(make_bot: BotMaker) -> None:
    model = ScriptedModel(["배송비는 3,000원이야. [1]"])
    bot = make_bot(model)

    def say(text: str, person: str) -> None:
        bot.ask(Message(text, "web", conversation=person, person=person))

    say("반말로 해줘", "kim")
    say("앞으로 쉽게 설명해 줘", "kim")
    say("배송비는 얼마인가요?", "kim")
    told, before = model.asked[0].user, len(model.asked)
    say("배송비는 얼마인가요?", "lee")
    untold = model.asked[before].user
    assert "'아주 쉽게', 말투는 '반말'" in told
    assert "반말" not in untold


def test_a_summary_is_headed_in_the_preferred_language(make_bot: BotMaker) -> None:
    bot = make_bot()
    text = "요약해줘: 회의는 3시에 시작합니다. 장소는 2층입니다. 자료는 언제 주시나요? 김 대리가 내일까지 보내 주세요."
    bot.ask(Message("앞으로 영어로 답해 줘", "web", conversation="one", person="kim"))
    before = bot.ask(Message(text, "web", conversation="two", person="lee")).text
    after = bot.ask(Message(text, "web", conversation="three", person="kim")).text
    assert "질문" in before
    assert "질문" not in after
