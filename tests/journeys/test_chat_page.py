"""The chat in a real Chromium: a source at its place, a person asked and answering, the list of chats, the keyboard."""

import re

from selenium.webdriver.common.keys import Keys

from bot.llm.scripted import Script, ScriptedModel
from connectors.web.app import create_app
from connectors.web.streams import Streams
from tests.journeys.test_page import GROUNDED, ask, last
from tests.samples import BotMaker
from tests.servers.axe import serious
from tests.servers.browser import Browser
from tests.servers.dapbot import Site
from tests.servers.visitor import PageVisitor
from tests.servers.web import served_app

KNOWN = "배송비는 얼마인가요?"
UNKNOWN = "화성 지점의 우주선 주차 요금은 얼마인가요?"


def look_again(browser: Browser) -> None:
    """Do as a tab does that is looked at again: it asks at once what was told meanwhile."""
    browser.script("document.dispatchEvent(new Event('visibilitychange'))")


def test_a_source_is_opened_and_a_person_answers(browser: Browser, site: Site) -> None:
    ask(browser, KNOWN)
    browser.one(".source summary").click()
    browser.one("a[data-source]").click()
    browser.until(lambda: browser.one("#panel").is_displayed())
    assert "지금도 같은 내용이에요" in browser.one("#panel").text
    assert serious(browser) == []
    browser.one("#panel button").send_keys(Keys.ESCAPE)
    browser.until(lambda: not browser.one("#panel").is_displayed())
    ask(browser, UNKNOWN)
    browser.all(".request summary")[-1].click()
    browser.all(".request [name=name]")[-1].send_keys("김민수")
    browser.all(".request details button")[-1].send_keys(Keys.ENTER)
    browser.one("[data-stage=waiting]")
    admin = PageVisitor(site)
    page = admin.open("/admin/handovers").text
    found = re.findall(r"/admin/handovers/(\d+)", page)[-1]
    assert admin.open(f"/admin/handovers/{found}").status == 200
    assert admin.send(f"/admin/handovers/{found}/reply", text="화성 지점은 **아직** 없어요.", close="1").status == 303
    look_again(browser)
    browser.one("[data-notice]")
    assert "화성 지점은 아직 없어요." in browser.one("[data-notice]").text
    assert "화성 지점은 아직 없어요." in str(browser.one("#spoken").get_attribute("textContent"))
    browser.one("[data-stage=solved]")
    assert serious(browser) == []
    for path in ("/admin/handovers", f"/admin/handovers/{found}", "/history"):
        browser.open(site.address + path)
        assert serious(browser) == [], path


def test_on_an_english_phone_chats_are_found_named_deleted_and_brought_back(browser: Browser, site: Site) -> None:
    browser.fresh(site.address, "en", width=360, height=740)
    browser.open(site.address + "/")
    ask(browser, "How much is delivery?")
    browser.one("#new").click()
    ask(browser, "How long do refunds take?")
    browser.one("#open-history").click()
    browser.until(lambda: len(browser.all("#history [data-chat]")) == 2)
    assert browser.one("#history [aria-current]").text == "How long do refunds take?"
    assert browser.overflow() == 0
    assert serious(browser) == []
    browser.all(".chat-menu summary")[1].click()
    title = browser.all(".chat-menu [name=title]")[1]
    title.clear()
    title.send_keys("Shipping" + Keys.ENTER)
    browser.until(lambda: "Shipping" in [each.text for each in browser.all("#history [data-chat]")])
    browser.all(".chat-menu summary")[0].click()
    browser.all("[action$='/remove'] button")[0].click()
    browser.until(lambda: len(browser.all("#history [data-chat]")) == 1)
    assert browser.all("[data-answer]") == [], "what was open is not shown on"
    browser.one("#history .said-bar button").click()
    browser.until(lambda: len(browser.all("#history [data-chat]")) == 2)
    browser.one("#history [name=q]").send_keys("refunds" + Keys.ENTER)
    browser.until(lambda: len(browser.all("#history [data-chat]")) == 1)
    browser.one("#history [data-chat]").click()
    browser.one("[data-answer]")
    assert browser.one(".person .text").text == "How long do refunds take?"
    browser.one("#log:not([aria-busy])")
    ask(browser, "How much is delivery?")
    browser.driver.refresh()
    browser.until(lambda: len(browser.all("[data-answer]")) == 2)


def test_by_keyboard_and_nothing_typed_is_lost(browser: Browser, site: Site) -> None:
    field = browser.one("#question")
    ask(browser, KNOWN)
    browser.script("document.activeElement.blur()")
    browser.one("body").send_keys("/")
    assert browser.script("return document.activeElement.id") == "question"
    assert field.get_property("value") == ""
    browser.script("document.activeElement.blur()")
    browser.one("body").send_keys(Keys.CONTROL, "k")
    assert browser.script("return document.activeElement.id") == "question"
    field.send_keys(Keys.ARROW_UP)
    assert field.get_property("value") == KNOWN
    field.clear()
    browser.script("arguments[0].value = '가'.repeat(100001)", field)
    field.send_keys(Keys.ENTER)
    assert "질문이 너무 길어요" in browser.one("#complaint").text
    assert len(str(field.get_property("value"))) == 100_001
    field.clear()
    browser.one("[data-rate='-1']").click()
    browser.until(lambda: browser.one("[data-reasons]").is_displayed())
    assert serious(browser) == []
    browser.one("[data-rate='-1']").click()
    browser.until(lambda: last(browser, "[data-note]") == "평가를 취소했어요.")
    browser.command("Network.clearBrowserCookies")  # signed out, or the server's secret is another one
    field.send_keys(UNKNOWN + Keys.ENTER)
    assert "쓰신 글은 그대로" in browser.one(".failed").text
    browser.one(".failed [data-reload]").click()
    browser.until(lambda: browser.all(".failed") == [] and browser.one("#question").get_property("value") == UNKNOWN)
    ask(browser, "")
    assert all("403" in line for line in browser.complaints())


def test_a_server_that_goes_midway_loses_nothing_and_esc_stops(chrome: Browser, make_bot: BotMaker) -> None:
    bot = make_bot(ScriptedModel([Script(GROUNDED, pause=0.15)]))
    app = create_app(bot)
    with served_app(app, bot) as site:
        chrome.fresh(site.address)
        chrome.open(site.address + "/")
        chrome.one("#question").send_keys(KNOWN + Keys.ENTER)
        chrome.until(lambda: "3,000원입니다" in chrome.one(".bot [data-text]").text)
        app.state.streams.close()
        assert "연결할 수 없어요" in chrome.one(".failed").text
        assert chrome.one(".person .text").text == KNOWN
        app.state.streams = Streams()
        chrome.one(".failed [data-retry]").click()
        chrome.until(lambda: "3,000원입니다" in chrome.one(".bot [data-text]").text)
        chrome.one("#question").send_keys(Keys.ESCAPE)
        chrome.until(lambda: "멈췄어요" in chrome.all(".bot")[-1].text)
        chrome.one(".bot [data-retry]").click()
        chrome.one("[data-answer]")
        assert "무료입니다" in last(chrome, ".text")
        assert chrome.complaints() == []
