"""What people said, in a real Chromium: found, filtered, opened, erased; a phone, both languages."""

from collections.abc import Iterator

import pytest

from bot.database.conversations import add_feedback
from tests.bot.database.exchanges import exchange, put
from tests.samples import BotMaker
from tests.servers.axe import sound
from tests.servers.browser import Browser
from tests.servers.dapbot import Site
from tests.servers.web import served

NAME = "kim@example.com"


@pytest.fixture
def site(make_bot: BotMaker) -> Iterator[Site]:
    """A server that was asked a few questions."""
    bot = make_bot()
    bad = exchange("환불 규정이 궁금해요", person=NAME, name="a")
    put(bot.sessions, bad, exchange("배송은 언제 오나요?", person="lee", channel="slack", answered=False))
    put(bot.sessions, exchange("How long does it take?", person=NAME, name="a", language="en"))
    with bot.sessions.begin() as session:
        add_feedback(session, bad.reply.answer_id, -1, channel="web", person=NAME, reason="wrong")
    with served(bot) as site:
        yield site


def test_words_are_searched_for_and_lead_to_why(chrome: Browser, site: Site) -> None:
    chrome.fresh(site.address)
    chrome.open(site.address + "/conversations")
    assert len(chrome.all(".record-list > li")) == 2
    chrome.until(lambda: chrome.one('.quick [data-count="bad"]').text == "1건", "figures beside the filters")
    sound(chrome, site.address)
    chrome.one("#q").send_keys("환불규정")
    chrome.one(".search .button").click()
    chrome.until(lambda: "q=" in chrome.driver.current_url)
    chrome.until(lambda: chrome.one('[data-count="total"]').text == "대화 1건")
    chrome.one(".record-list h2 a").click()
    chrome.one(".exchange.hit")
    assert len(chrome.all(".exchange")) == 2, "the whole thread, with what was searched for marked"
    assert "내용이 틀림" in chrome.one(".exchange.hit .opinion").text
    assert "자주 묻는 질문.csv" in chrome.one(".why").text
    sound(chrome, site.address)


def test_filters_on_a_phone_in_english(chrome: Browser, site: Site) -> None:
    chrome.fresh(site.address, "en", width=360)
    chrome.open(site.address + "/conversations")
    chrome.one(".filters summary").click()
    chrome.script("document.querySelector('[name=channel]').value = 'slack'")
    chrome.one(".filters button").click()
    assert "Channel: Slack" in chrome.until(lambda: chrome.one(".chip.on").text)
    assert len(chrome.all(".record-list > li")) == 1
    sound(chrome, site.address)
    chrome.one(".chip.on a").click()
    chrome.until(lambda: len(chrome.all(".record-list > li")) == 2)
    chrome.one(".record-list h2 a").click()
    chrome.one(".exchange")
    sound(chrome, site.address)


def test_somebody_is_erased_after_their_name_is_typed(chrome: Browser, site: Site) -> None:
    chrome.fresh(site.address)
    chrome.open(site.address + "/people")
    sound(chrome, site.address)
    chrome.until(lambda: next((link for link in chrome.all(".record-list a") if link.text == NAME), None)).click()
    chrome.one(".danger-zone summary").click()
    sound(chrome, site.address)
    chrome.one("#confirm").send_keys(NAME)
    chrome.one(".danger-zone button").click()
    chrome.until(lambda: "지웠습니다" in chrome.one(".said").text)
    sound(chrome, site.address)
    chrome.open(site.address + "/conversations")
    assert [each.text for each in chrome.all(".record-list h2")] == ["배송은 언제 오나요?"]
