"""Settings, own words and checks in a real Chromium: both languages, a phone, and the keyboard."""

from collections.abc import Iterator

import pytest

from bot.phrases import replace_words
from bot.wiring import Bot
from tests.samples import BotMaker
from tests.servers.axe import serious
from tests.servers.browser import Browser
from tests.servers.dapbot import Site
from tests.servers.web import served

PAGES = ("/admin/settings/answers", "/admin/settings/models", "/admin/settings/words", "/admin/checks")


@pytest.fixture
def bot(make_bot: BotMaker) -> Iterator[Bot]:
    yield make_bot()
    replace_words({})


@pytest.fixture
def site(bot: Bot) -> Iterator[Site]:
    with served(bot) as site:
        yield site


@pytest.fixture
def browser(chrome: Browser, site: Site) -> Iterator[Browser]:
    chrome.fresh(site.address)
    yield chrome
    assert chrome.complaints() == []
    assert chrome.elsewhere(site.address) == []


@pytest.mark.parametrize(("language", "width"), [("ko", 1200), ("en", 360)])
def test_the_pages_are_for_everybody(browser: Browser, site: Site, language: str, width: int) -> None:
    browser.fresh(site.address, language, width=width)
    for path in PAGES:
        browser.open(site.address + path)
        assert browser.script("return document.documentElement.lang") == language
        assert browser.script("return document.documentElement.scrollWidth") <= width, path
        for phrase in browser.all("details.phrase")[:2]:
            browser.script("arguments[0].open = true", phrase)
        assert serious(browser) == [], path


def test_enter_saves_and_undo_takes_it_back(browser: Browser, site: Site, bot: Bot) -> None:
    browser.open(site.address + "/admin/settings/models")
    field = browser.one("#f-DAPBOT_LLM_ATTEMPTS")
    field.clear()
    field.send_keys("2\n")
    assert "저장했어요" in browser.one(".said.done").text
    assert bot.settings.llm_attempts == 2
    browser.one(".said.done button").click()
    browser.until(lambda: "되돌렸어요" in browser.one(".said.done").text)
    assert bot.settings.llm_attempts == int("1")


def test_own_words_are_seen_as_they_are_typed_and_checks_come_in(browser: Browser, site: Site) -> None:
    browser.open(site.address + "/admin/settings/words#answer.part_unknown")
    field = browser.one('[id="answer.part_unknown-ko"]')
    browser.until(field.is_displayed)
    field.send_keys("이건 아직 몰라요: {question}")
    shown = browser.one('[data-preview="answer.part_unknown-ko"]')
    assert shown.text == "이건 아직 몰라요: 반품은 언제까지 되나요?"
    browser.open(site.address + "/admin/checks")
    browser.one("#vectors button").click()
    browser.until(lambda: "점검함" in browser.one("#vectors").text)
    assert "설정하지 않아서" in browser.one("#vectors").text
    assert "아직 점검하지 않았어요." in browser.one("#slack").text
