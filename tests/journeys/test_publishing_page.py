"""In a real browser: a version tried on real questions, published, and what was told before put right."""

from collections.abc import Iterator

import pytest

from tests.samples import BotMaker
from tests.servers.axe import sound
from tests.servers.browser import Browser
from tests.servers.dapbot import Site
from tests.servers.visitor import PageVisitor
from tests.servers.web import served

FAQ = "셔틀 안내.csv"
QUESTION = "셔틀버스는 언제 오나요?"
OLD = f"질문,답변\n{QUESTION},매시 정각에 옵니다.\n락커는 어디에 있나요?,지하 1층에 있습니다.\n"
NEW = f"질문,답변\n{QUESTION},30분마다 옵니다.\n엘리베이터가 있나요?,네. 모든 층에 있습니다.\n"


@pytest.fixture
def site(make_bot: BotMaker) -> Iterator[Site]:
    """Serve a document that people asked, with another version of it that waits."""
    with served(make_bot()) as site:
        editor = PageVisitor(site)
        editor.open("/documents")
        editor.send("/documents", (FAQ, OLD.encode()), publish="1")
        for question in (QUESTION, QUESTION, "락커는 어디에 있나요?", "엘리베이터가 있나요?"):
            guest = PageVisitor(site)
            guest.open("/")
            assert guest.send("/", question=question, conversation="a" * 20).status == 200
        editor.send("/documents", (FAQ, NEW.encode()), publish="0")
        yield site


def test_tried_published_and_put_right(chrome: Browser, site: Site) -> None:
    chrome.fresh(site.address)
    chrome.open(site.address + "/documents/staged")
    sound(chrome, site.address)
    chrome.one(".tried a").click()
    chrome.one(".try-form button").click()
    chrome.one(".came")
    assert "답 1개가 바뀌고 1개가 사라지고 1개가 새로 생겨요." in chrome.one(".came").text
    sound(chrome, site.address)
    chrome.one('.counts a[href*="show=changed"]').click()
    chrome.until(lambda: "30분마다" in chrome.one("article ins").text)
    assert chrome.one("article .small").text.startswith("2번 물어봄")
    chrome.one("[data-publish]").click()
    chrome.one('.told a[href$="/recall"]').click()
    chrome.until(lambda: len(chrome.all("article.change")) == 2)
    sound(chrome, site.address)
    chrome.one("article.changed h3 a").click()
    words = chrome.one("textarea")
    assert "지금 맞는 답: 30분마다 옵니다." in str(words.get_attribute("value"))
    sound(chrome, site.address)
    all_ = chrome.one("#all")
    all_.click()
    assert not any(box.is_selected() for box in chrome.all("input[name=conversation]"))
    chrome.one("#recall .button").click()
    chrome.until(lambda: "골라 주세요" in chrome.one("[data-sentence]").text)
    all_.click()
    words.clear()
    words.send_keys("셔틀은 이제 30분마다 와요.")
    chrome.one("#recall .button").click()
    chrome.until(lambda: "대화 2개에 알렸어요." in chrome.one("p.told").text)
    assert chrome.all("textarea") == []
    assert len(chrome.all("input[name=conversation]:disabled")) == 2
    sound(chrome, site.address)


def test_on_a_phone_in_english_and_without_a_script(chrome: Browser, site: Site) -> None:
    chrome.fresh(site.address, "en", width=360, height=740)
    chrome.command("Emulation.setScriptExecutionDisabled", value=True)
    try:
        chrome.open(site.address + "/documents/staged")
        chrome.one(".tried a").click()
        chrome.one(".try-form button").click()
        chrome.one(".came")  # the page comes back by itself
    finally:
        chrome.command("Emulation.setScriptExecutionDisabled", value=False)
    chrome.open(chrome.driver.current_url)
    assert "1 would change, 1 would be lost, 1 would be new" in chrome.one(".came").text
    sound(chrome, site.address)
    chrome.one("[data-publish]").click()
    chrome.one('.told a[href$="/recall"]').click()
    chrome.one("article.removed h3 a").click()
    assert "더는 맞지 않아" in str(chrome.one("textarea").get_attribute("value"))
    sound(chrome, site.address)
