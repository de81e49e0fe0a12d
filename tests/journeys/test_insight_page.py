"""Insight in a real Chromium: charts that are drawn from their tables, a span chosen, a phone, without a script."""

from collections.abc import Iterator

import pytest

from bot import summing
from tests.bot.insight_days import filled
from tests.samples import BotMaker
from tests.servers.axe import sound
from tests.servers.browser import Browser
from tests.servers.dapbot import Site
from tests.servers.web import served


@pytest.fixture
def site(make_bot: BotMaker) -> Iterator[Site]:
    """A server whose documents were asked a few questions."""
    mail = {"mail_address": "bot@company.com", "smtp_url": "smtp://127.0.0.1:2525"}
    bot = make_bot(report="0 9 * * 1 > team@company.com", **mail)
    filled(bot, bot.clock())
    summing.close_days(bot)
    with served(bot) as site:
        yield site


def test_charts_are_drawn_and_say_what_their_tables_say(chrome: Browser, site: Site) -> None:
    for language, width in (("ko", 1200), ("en", 360)):
        chrome.fresh(site.address, language, width=width)
        chrome.open(site.address + "/insight?days=7")
        chrome.one(".plot canvas")
        assert len(chrome.all(".plot canvas")) == 3, "questions, moods, cost"
        assert chrome.one(".plot .u-legend").text.startswith("날짜" if language == "ko" else "Day")
        drawn = "const c = document.querySelector('.plot canvas'); const w = c.width, h = c.height;"
        colours = drawn + "return new Set(c.getContext('2d').getImageData(0, 0, w, h).data).size"
        assert chrome.script(colours) > 5, "something is drawn"
        chrome.all(".chart summary")[0].click()
        assert chrome.one("#table-days").is_displayed()
        sound(chrome, site.address)


def test_a_span_is_chosen_and_a_figure_leads_to_its_conversations(chrome: Browser, site: Site) -> None:
    chrome.fresh(site.address)
    chrome.open(site.address + "/insight")
    assert chrome.one('.range [aria-current="true"]').text == "30일"
    chrome.script("document.querySelector('[name=from]').value = '2026-11-20'")
    chrome.script("document.querySelector('[name=to]').value = '2026-11-24'")
    chrome.one(".range form button").click()
    chrome.until(lambda: "5일 동안" in chrome.one(".lead").text)
    assert chrome.all('.range [aria-current="true"]') == []
    chrome.one(".tiles .value a").click()
    chrome.until(
        lambda: chrome.driver.current_url.startswith(site.address + "/conversations?from=2026-11-20&to=2026-11-24")
    )


def test_without_a_script_the_tables_say_it_all_and_a_report_is_sent(chrome: Browser, site: Site) -> None:
    chrome.fresh(site.address, width=360)
    chrome.command("Emulation.setScriptExecutionDisabled", value=True)
    try:
        chrome.open(site.address + "/insight?days=7")
        assert not chrome.one(".plot").is_displayed()
        chrome.all(".chart summary")[0].click()
        assert "11-24" in chrome.one("#table-days").text
        chrome.open(site.address + "/insight/report")
        chrome.one(".targets button").click()
        assert "team@company.com에 보냈어요" in chrome.one(".said").text
    finally:
        chrome.command("Emulation.setScriptExecutionDisabled", value=False)
    sound(chrome, site.address)
