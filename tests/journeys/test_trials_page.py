"""Testing a question, golden questions and the checkup in a real browser, in both languages and on a phone."""

from bot.database import golden
from bot.database.golden import NewGolden
from bot.llm.scripted import ScriptedModel
from tests.samples import BotMaker
from tests.servers.axe import sound
from tests.servers.browser import Browser
from tests.servers.web import served

SHIPPING = "배송비는 얼마인가요?"
WROTE = "배송비는 3,000원입니다 [1]. 50,000원 이상 주문하시면 9,000원입니다 [1]."
PHONE = 360


def test_a_question_is_tested_compared_saved_and_asked_again(chrome: Browser, make_bot: BotMaker) -> None:
    with served(make_bot(ScriptedModel([WROTE]))) as site:
        chrome.fresh(site.address)
        chrome.open(site.address + "/documents/try")
        chrome.one("#tried").send_keys(SHIPPING)
        chrome.one(".knobs > summary").click()
        assert not chrome.one(".second").is_displayed()
        chrome.one("input[name=compare]").click()
        chrome.one("input[name=b_percent]").send_keys("100")
        chrome.one("#trial .button").click()
        assert "두 번째 조건에서는 답하지 못해요." in chrome.one("#tried-result .told").text
        assert "9,000원" in chrome.one(".sentences .failed").text
        assert "b_percent=100" in chrome.script("return location.search")
        sound(chrome, site.address)
        chrome.one(".found [data-golden] button").click()
        link = chrome.one(".told-here a")
        assert "저장했어요" in chrome.one(".told-here").text
        link.click()
        chrome.one(".runs .button").click()
        chrome.until(lambda: "1개 중 1개 통과" in chrome.one("main").text, "the result of the run")
        assert chrome.one(".golden.passed")
        sound(chrome, site.address)
        chrome.one(".golden .row > form button").click()
        assert "지웠어요" in chrome.one(".told").text
        chrome.one(".told button").click()
        assert SHIPPING in chrome.one(".golden").text


def test_on_a_phone_in_english(chrome: Browser, make_bot: BotMaker) -> None:
    bot = make_bot()
    with bot.sessions.begin() as session:
        golden.add(session, NewGolden("로켓은 언제 출발하나요?", "answer", "ko", note="a" * 200), "local")
    with served(bot) as site:
        chrome.fresh(site.address, "en", width=PHONE)
        chrome.open(f"{site.address}/documents/try?q={SHIPPING}&compare=1&b_legs=vectors")
        assert "Under the second conditions it is not answered." in chrome.one("#tried-result").text
        sound(chrome, site.address)
        chrome.open(site.address + "/documents/golden")
        chrome.one(".runs .button").click()
        chrome.until(lambda: "0 of 1 passed" in chrome.one("main").text, "the result of the run")
        assert "Not answered" in chrome.one(".came").text
        chrome.one(".golden-edit summary").click()
        sound(chrome, site.address)
        chrome.open(site.address + "/documents/check")
        sound(chrome, site.address)
        chrome.one("main .button").click()
        chrome.until(lambda: "Checked" in chrome.one("main").text, "the checkup")
        assert "Extend or remove" in chrome.one("#report").text
        sound(chrome, site.address)
