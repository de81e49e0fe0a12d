"""Entries and columns in a real Chromium: in their place, live, by keyboard, on a phone, in both languages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from tests.journeys.test_page import CONTRAST
from tests.servers.axe import serious
from tests.servers.browser import Browser
from tests.servers.dapbot import Site, form

NAME = "주차장 안내.csv"
TABLE = "질문,답변\n주차장은 어디인가요?,건물 뒤편에 있습니다.\n셔틀버스는 언제 오나요?,매시 정각에 옵니다.\n"
ODD = "2026년 안내,,\n이름,설명문,비고\n환불 문의,사흘 안에 됩니다,주문\n교환 문의,안 됩니다,주문\n"


@pytest.fixture
def document(site: Site) -> Iterator[int]:
    number = int(site.upload((NAME, TABLE.encode())).json["files"][0]["document"])
    yield number
    site.call("DELETE", f"/api/v1/knowledge/{number}")


def test_an_entry_is_edited_in_its_place(chrome: Browser, site: Site, document: int) -> None:
    browser = chrome
    browser.fresh(site.address)
    browser.open(f"{site.address}/documents/{document}")
    browser.one(".entry [data-edit]").click()
    field = browser.one(".entry .editing textarea[name=answer]")
    assert browser.script("return document.activeElement.name") == "question"
    assert not browser.one(".entry h3").is_displayed()
    browser.one(".editing [data-close]").click()
    browser.until(lambda: not browser.all(".editing"))
    assert browser.one(".entry h3").is_displayed()
    browser.one(".entry [data-edit]").send_keys(Keys.ENTER)
    field = browser.one(".editing textarea[name=answer]")
    field.send_keys(" 세 시간까지 무료예요.")
    assert serious(browser) == []
    field.send_keys(Keys.CONTROL + Keys.ENTER)
    assert "항목을 고쳤어요" in browser.one(".told").text
    assert "세 시간까지 무료예요." in browser.one(".entry").text
    browser.one(".told a").click()
    browser.until(lambda: "세 시간까지 무료예요." in browser.one(".change ins").text)
    browser.driver.back()
    browser.one(".told button").click()
    browser.until(lambda: "되돌렸어요" in browser.one(".told").text)
    browser.open(f"{site.address}/documents/{document}/entry/new")
    browser.one("textarea[name=question]").send_keys("화장실은 어디예요?")
    browser.one("textarea[name=answer]").send_keys("3층입니다.")
    browser.one(".entry-form .button").click()
    browser.until(lambda: "항목을 추가했어요" in browser.one(".told").text)
    assert len(browser.all(".entry")) == 3
    assert browser.complaints() == []


def test_columns_are_chosen_and_shown_as_they_are(chrome: Browser, site: Site, tmp_path: Path) -> None:
    browser = chrome
    browser.fresh(site.address)
    browser.open(site.address + "/documents")
    path = tmp_path / "이상한 표.csv"
    path.write_bytes(ODD.encode("cp949"))
    browser.one("#files").send_keys(str(path))
    browser.until(lambda: browser.all(".result.added") and not browser.all(".result.sending"))
    browser.one(".result [data-preview]").click()
    browser.one("h2 a[href*='/documents/columns']").click()
    Select(browser.one("#first-0")).select_by_value("2")
    browser.until(lambda: browser.all("tr.named") and "설명문" in browser.one("tr.named").text)
    Select(browser.one("#role-0-0")).select_by_visible_text("질문")
    browser.until(lambda: "chosen" in (browser.all(".grid thead th")[1].get_attribute("class") or ""))
    assert browser.script("return document.activeElement.id") == "role-0-0"
    Select(browser.one("#role-0-1")).select_by_visible_text("답변")
    browser.until(lambda: browser.all(".samples strong") and browser.one(".samples strong").text == "환불 문의")
    assert serious(browser) == []
    browser.one("[value=read]").click()
    browser.one("#publish")
    assert "고르신 대로 읽었어요" in browser.one(".reading").text
    browser.one("[formaction]").click()
    browser.one(".told")
    assert browser.complaints() == []


def test_on_a_phone_in_both_languages_in_light_and_dark(chrome: Browser, site: Site, document: int) -> None:
    browser = chrome
    long = ODD + "가" * 300 + "," + "https://faq.example/" * 9 + ",\n"
    body, kind = form((("긴 표.csv", long.encode()),), publish="0")
    staged = site.call("POST", "/api/v1/knowledge", body, {"Content-Type": kind}).json["files"][0]["version"]
    key = site.call("GET", f"/api/v1/knowledge/{document}").json["entries"][0]["passage"]
    columns, edit = f"/documents/columns?version={staged}", f"/documents/{document}/entry/edit?key={key}"
    pages = {
        "ko": (f"/documents/{document}", columns, edit),
        "en": (columns, f"/documents/{document}/settings", "/documents/template"),
    }
    for language, paths in pages.items():
        browser.fresh(site.address, language, width=360, height=780)
        for at, path in enumerate(paths):
            scheme = "dark" if at % 2 else "light"
            browser.command("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
            browser.open(site.address + path)
            assert browser.script("return document.documentElement.lang") == language
            assert browser.overflow() == 0, path
            assert browser.script(CONTRAST) == [], (path, scheme)
            assert serious(browser) == [], path
        assert browser.complaints() == []
    site.call("DELETE", f"/api/v1/knowledge/staged/{staged}")
