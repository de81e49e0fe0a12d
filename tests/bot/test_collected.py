"""Answers from a chat are entries of one document: added once, changed by their key, taken out, whoever else edits."""

from bot.collected import Answered, Collected, names_in
from tests.samples import BotMaker

ONE = Answered(
    "slack-C1-1", "주차는 되나요?", "건물 뒤편에 두 시간까지 무료예요.", "https://slack.example/archives/C1/p1"
)
TWO = Answered("slack-C1-2", "택배는 어디에 두나요?", "1층 안내 데스크에 맡겨 주세요.")


def test_entries_come_and_go(make_bot: BotMaker) -> None:
    bot = make_bot()
    collected = Collected(bot.library, names_in("ko"))

    def held() -> dict[str, str]:
        found = [each for each in bot.library.documents() if each.name == collected.name]
        return {each.key: each.answer for one in found for each in bot.library.show(one.id).passages}

    assert collected.add(ONE, "slack:U1")
    assert collected.add(TWO, "slack:U1")
    assert not collected.add(TWO, "slack:U1")
    assert held() == {ONE.key: ONE.answer, TWO.key: TWO.answer}
    assert collected.add(Answered(TWO.key, TWO.question, "경비실에 맡겨 주세요."), "slack:U1")
    assert held()[TWO.key] == "경비실에 맡겨 주세요."
    (document,) = [each for each in bot.library.documents() if each.name == "답변 모음"]
    assert ONE.source.encode() in bot.library.download(document.id)[2]
    assert bot.library.history(document.id)[0].author == "slack:U1"
    assert collected.remove(ONE.key, "slack:U1")
    assert set(held()) == {TWO.key}
    assert not collected.remove(ONE.key, "slack:U1")
    assert collected.remove(TWO.key, "slack:U1")
    assert collected.name not in {each.name for each in bot.library.documents()}


def test_it_goes_on_where_an_admin_left_a_table(make_bot: BotMaker) -> None:
    bot = make_bot()
    table = "id,질문,답변,유사질문,대상\nold,휴가는요?,팀장님께 말씀하세요.,연차는요?,staff\n"
    bot.library.add([("답변 모음", table.encode())])
    collected = Collected(bot.library, names_in("en"))
    assert collected.name == "답변 모음"  # it has a name already
    assert collected.add(ONE, "slack:U1")
    (document,) = [each for each in bot.library.documents() if each.name == collected.name]
    old, new = bot.library.show(document.id).passages
    assert (old.key, old.question, old.aliases, tuple(old.audience or ())) == (
        "old",
        "휴가는요?",
        ("연차는요?",),
        ("staff",),
    )
    assert (new.key, new.audience) == (ONE.key, None)


def test_what_is_said_elsewhere_is_told(make_bot: BotMaker) -> None:
    bot = make_bot()
    other = Answered("slack-C1-3", "배송비는 얼마인가요?", "배송비는 5,000원이에요.")
    collected = Collected(bot.library, names_in("ko"))
    findings = collected.findings(other)
    assert [each.kind for each in findings] == ["two_answers_elsewhere"]
    assert "3,000원" in findings[0].words("ko")
    collected.add(ONE, "slack:U1")
    assert not collected.findings(ONE)  # it would take its own place
    again = Answered(TWO.key, ONE.question, "건물 뒤편에 세 시간까지 무료예요.")
    assert [each.kind for each in collected.findings(again)] == ["two_answers"]
