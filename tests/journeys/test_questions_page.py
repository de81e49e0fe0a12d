"""From a question in vain to its answer, in a browser: asked in the chat, answered by an editor, told in the chat."""

from selenium.webdriver.common.keys import Keys

from tests.bot.test_unanswered import PARKING, ask
from tests.samples import BotMaker
from tests.servers.axe import sound
from tests.servers.browser import Browser
from tests.servers.web import served

ANSWER = "네, 주말에도 건물 뒤편에 3시간까지 무료로 주차하실 수 있어요."


def press(browser: Browser, selector: str) -> None:
    """Press a button, and wait for the page that says what was done."""
    before = browser.driver.current_url
    browser.one(selector).click()
    browser.until(lambda: browser.driver.current_url != before and browser.one("main .told"), selector)


def test_asked_in_the_chat_answered_by_an_editor_and_told_in_the_chat(chrome: Browser, make_bot: BotMaker) -> None:
    bot = make_bot()
    ask(bot, PARKING[1], person="lee")
    with served(bot) as site:
        chrome.fresh(site.address)
        chrome.open(site.address + "/")
        chrome.one("#question").send_keys(PARKING[0] + Keys.ENTER)
        chrome.one("[data-answer]")
        chrome.open(site.address + "/questions")
        assert "2번" in chrome.one(".asked .card").text
        sound(chrome, site.address)
        chrome.one(".asked h2 a").click()
        chrome.one("#answer").send_keys(ANSWER)
        sound(chrome, site.address)
        press(chrome, "#write .button")
        assert "2가지 가운데 2가지" in chrome.one(".waits").text
        sound(chrome, site.address)
        press(chrome, ".waits .button")
        assert len(chrome.all('[name="conversation"]:checked')) == 2
        press(chrome, "form[action$=tell] .button")
        assert "2곳에 알렸어요" in chrome.one(".told").text
        sound(chrome, site.address)
        chrome.open(site.address + "/")
        chrome.until(lambda: ANSWER in chrome.one("main").text)


def test_on_a_phone_in_english_by_keyboard(chrome: Browser, make_bot: BotMaker) -> None:
    bot = make_bot()
    for person, question in (
        ("kim", PARKING[0]),
        ("lee", "Do you ship to Canada?"),
        ("lee", "아이 동반이 되나요?" * 8),
    ):
        ask(bot, question, person=person)
    with served(bot) as site:
        chrome.fresh(site.address, "en", width=360, height=740)
        chrome.open(site.address + "/questions")
        assert "Unanswered questions" in chrome.one("h1").text
        sound(chrome, site.address)
        chrome.one("#q").send_keys("Canada" + Keys.ENTER)
        chrome.until(lambda: len(chrome.all(".asked .card")) == 1)
        chrome.one(".asked h2 a").send_keys(Keys.ENTER)
        chrome.one(".dismiss summary").send_keys(Keys.ENTER)
        sound(chrome, site.address)
        press(chrome, ".dismiss button")
        assert "It is no question" in chrome.one("main").text
        press(chrome, "form[action$=reopen] button")
        assert "waits for an answer again" in chrome.one(".told").text
        sound(chrome, site.address)
