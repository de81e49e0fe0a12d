"""The page in a real Chromium: ask, read, rate, upload, look, remove; Hangul being composed, a phone, the keyboard."""

import json
from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys

from bot.llm.scripted import Script, ScriptedModel
from tests.samples import BotMaker
from tests.servers import databases
from tests.servers.browser import Browser
from tests.servers.dapbot import Site
from tests.servers.web import served

CSV = '질문,답변\n자전거는 어디에 세우나요?,"정문 왼쪽 거치대에 세우시면 됩니다. 문의: https://faq.example/bike"\n'
EVIL = "<img src=x onerror=window.hacked=1><script>window.hacked=1</script>"


def ask(browser: Browser, question: str) -> None:
    """Type a question, send it with Enter and wait for the whole reply."""
    browser.one("#log:not([aria-busy])")  # what was said before a reload is there
    before = len(browser.all("[data-answer]"))
    browser.one("#question").send_keys(question + Keys.ENTER)
    browser.until(lambda: len(browser.all("[data-answer]")) == before + 1, question)


def last(browser: Browser, selector: str = "") -> str:
    """Return what the last reply shows, or a part of it."""
    return browser.all(f"[data-answer] {selector}".strip())[-1].text


def answers(site: Site) -> int:
    return databases.count(site.data, "answers")


# --- the conversation -------------------------------------------------------------------------------------------


def test_a_korean_question_is_answered_with_its_source(browser: Browser) -> None:
    assert browser.script("return document.documentElement.lang") == "ko"
    assert browser.one("#welcome h2").text == "무엇을 도와드릴까요?"
    assert len(browser.all("#welcome [data-ask]")) >= 3
    ask(browser, "배송비는 얼마인가요?")
    assert "3,000원" in last(browser, ".text")
    assert "발췌" in last(browser, "footer")
    assert "근거 확인됨" in last(browser, "footer")
    assert "hanbit-faq.jsonl" in last(browser, ".source summary")
    assert not browser.one(".source blockquote").is_displayed()
    browser.one(".source summary").click()
    assert "3,000원" in browser.one(".source blockquote").text
    assert not browser.one("#welcome").is_displayed()


def test_an_english_reader_gets_an_english_page(browser: Browser, site: Site) -> None:
    browser.fresh(site.address, "en-US,en")
    browser.open(site.address + "/")
    assert browser.one("#welcome h2").text == "How can I help?"
    assert browser.one("#welcome [data-ask]").text.isascii()
    ask(browser, "How much is delivery?")
    assert "3,000 won" in last(browser, ".text")
    assert "Extract" in last(browser, "footer")


def test_the_language_is_switched_and_remembered(browser: Browser, site: Site) -> None:
    browser.one(".languages [lang=en]").click()
    browser.until(lambda: browser.script("return document.documentElement.lang") == "en")
    assert browser.driver.current_url == site.address + "/"
    browser.open(site.address + "/documents")
    assert browser.one("h1").text == "Documents"


def test_an_example_can_be_clicked(browser: Browser) -> None:
    example = browser.one("#welcome [data-ask]")
    question = example.text
    example.click()
    browser.one("[data-answer]")
    assert browser.one(".person .text").text == question


def test_below_the_line_the_nearest_questions_are_buttons_that_work(browser: Browser) -> None:
    ask(browser, "화성 지점의 우주선 주차 요금은 얼마인가요?")
    near = browser.all(".nearest [data-ask]")
    assert len(near) == 3
    assert not browser.all(".source")
    question = near[0].text
    near[0].click()
    browser.until(lambda: len(browser.all("[data-answer]")) == 2)
    assert browser.all(".person .text")[-1].text == question
    assert browser.all(".source")


def test_a_reload_brings_the_conversation_back_and_a_new_one_begins_empty(browser: Browser, site: Site) -> None:
    ask(browser, "배송비는 얼마인가요?")
    ask(browser, "고객센터 운영 시간이 어떻게 되나요?")
    browser.driver.refresh()
    browser.until(lambda: len(browser.all("[data-answer]")) == 2)
    assert browser.all(".person .text")[0].text == "배송비는 얼마인가요?"
    assert browser.all(".source")
    browser.one("#new").click()
    assert browser.all("[data-answer]") == []
    assert browser.one("#welcome").is_displayed()
    browser.driver.refresh()
    browser.one("#welcome h2")
    assert browser.all("[data-answer]") == []


def test_another_browser_cannot_read_a_conversation(browser: Browser, site: Site) -> None:
    ask(browser, "배송비는 얼마인가요?")
    name = browser.script("return sessionStorage.getItem('dapbot.conversation')")
    assert "배송비" in browser.script(
        "return fetch('/messages?conversation=' + arguments[0]).then(r => r.text())", name
    )
    assert "배송비" not in site.call("GET", f"/messages?conversation={name}").text
    browser.command("Network.clearBrowserCookies")
    browser.open(site.address + "/")
    other = browser.script("return fetch('/messages?conversation=' + arguments[0]).then(r => r.text())", name)
    assert other.strip() == ""


def test_ratings_are_stored_and_survive_a_reload(browser: Browser, site: Site) -> None:
    ask(browser, "배송비는 얼마인가요?")
    browser.one("[data-rate='-1']").click()
    browser.until(lambda: browser.one("[data-reasons]").is_displayed())
    browser.one(".chip:has([data-reason=outdated])").click()
    browser.one("[data-reasons] button").click()
    browser.until(lambda: not browser.one("[data-reasons]").is_displayed())
    answer = browser.one("[data-answer]").get_attribute("data-answer")
    kept = "SELECT rating, reason FROM feedback WHERE answer_id = :answer"
    assert databases.rows(site.data, kept, answer=answer) == [(-1, "outdated")]
    browser.driver.refresh()
    assert browser.one("[data-rate='-1']").get_attribute("aria-pressed") == "true"


def test_an_answer_is_copied(browser: Browser, site: Site) -> None:
    browser.command(
        "Browser.grantPermissions", origin=site.address, permissions=["clipboardReadWrite", "clipboardSanitizedWrite"]
    )
    ask(browser, "배송비는 얼마인가요?")
    browser.one("[data-copy]").click()
    browser.until(lambda: last(browser, "[data-note]") == "복사했어요.")
    copied = browser.script("return navigator.clipboard.readText()")
    assert "3,000원" in copied
    assert copied.endswith("\n\n출처\n[1] 배송비는 얼마인가요? — hanbit-faq.jsonl")


# --- the keyboard, screen readers, phones -----------------------------------------------------------------------


def test_enter_while_hangul_is_composed_does_not_send(browser: Browser, site: Site) -> None:
    before = answers(site)
    browser.one("#question").click()
    browser.command("Input.imeSetComposition", text="배송비", selectionStart=3, selectionEnd=3)
    for kind in ("rawKeyDown", "keyUp"):
        browser.command("Input.dispatchKeyEvent", type=kind, key="Enter", code="Enter", windowsVirtualKeyCode=229)
    assert browser.one("#question").get_property("value").startswith("배송비")
    assert browser.all(".person") == []
    browser.command("Input.insertText", text="배송비")
    assert browser.one("#question").get_property("value").strip() == "배송비"
    # An older browser: Enter that ends a syllable says 229 and no longer that it composes.
    browser.script(
        "arguments[0].dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', keyCode: 229, bubbles: true}));"
        "arguments[0].dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true}));",
        browser.one("#question"),
    )
    assert browser.all(".person") == []
    assert answers(site) == before
    browser.one("#question").send_keys(Keys.ENTER)
    browser.one("[data-answer]")
    assert browser.one(".person .text").text == "배송비"


def test_shift_enter_breaks_the_line_and_an_empty_question_is_not_sent(browser: Browser) -> None:
    field = browser.one("#question")
    field.send_keys("  " + Keys.ENTER)
    assert browser.all(".person") == []
    field.clear()
    field.send_keys("배송비는", Keys.SHIFT + Keys.ENTER)
    field.send_keys("얼마인가요?")
    assert field.get_property("value") == "배송비는\n얼마인가요?"
    assert browser.all(".person") == []
    field.send_keys(Keys.ENTER)
    browser.one("[data-answer]")
    assert "\n" in browser.one(".person .text").text


def test_by_keyboard_and_for_screen_readers(browser: Browser) -> None:
    assert browser.script("return document.activeElement.id") == "question"
    ask(browser, "배송비는 얼마인가요?")
    assert browser.script("return document.activeElement.id") == "question"
    spoken = browser.one("#spoken")
    assert spoken.get_attribute("aria-live") == "polite"
    assert "3,000원" in spoken.get_attribute("textContent")
    nameless = browser.script(
        "return [...document.querySelectorAll('button, a, input:not([type=hidden]), textarea, summary')]"
        ".filter(e => e.checkVisibility() && !(e.textContent.trim() || e.getAttribute('aria-label')"
        " || e.labels?.length || e.querySelector('img[alt]'))).map(e => e.outerHTML)"
    )
    assert nameless == []
    ids = browser.script("return [...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids))
    browser.script("document.querySelector('.skip').focus()")
    browser.one(".skip").send_keys(Keys.ENTER)
    assert browser.script("return document.activeElement.id") == "main"
    browser.script("document.querySelector('.source summary').focus()")
    browser.one(".source summary").send_keys(Keys.ENTER)
    assert browser.one(".source blockquote").is_displayed()


CONTRAST = """
const part = v => v / 255 <= .03928 ? v / 255 / 12.92 : ((v / 255 + .055) / 1.055) ** 2.4;
const lum = c => { const [r, g, b] = c.map(part);
  return .2126 * r + .7152 * g + .0722 * b; };
const rgb = s => s.match(/[\\d.]+/g).map(Number);
const behind = e => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor);
  if (c.length < 4 || c[3] === 1) return c; } return [255, 255, 255]; };
return [...document.querySelectorAll('main *, header *')].filter(e => e.checkVisibility()
    && [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) && !e.closest('.hidden, [hidden]'))
  .map(e => { const a = lum(rgb(getComputedStyle(e).color)), b = lum(behind(e));
    return [e.className + ' ' + e.textContent.trim().slice(0, 20), (Math.max(a, b) + .05) / (Math.min(a, b) + .05)]; })
  .filter(([, ratio]) => ratio < 4.5);
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_can_be_read_in_light_and_dark(browser: Browser, site: Site, scheme: str) -> None:
    browser.command("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    ask(browser, "배송비는 얼마인가요?")
    browser.one(".source summary").click()
    ask(browser, "화성 지점의 우주선 주차 요금은 얼마인가요?")
    assert browser.script(CONTRAST) == []
    browser.open(site.address + "/documents")
    assert browser.script(CONTRAST) == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_on_a_phone_nothing_runs_over(browser: Browser, site: Site, language: str) -> None:
    browser.fresh(site.address, language, width=360, height=740)
    browser.open(site.address + "/")
    assert browser.overflow() == 0
    ask(browser, "배송비는 얼마인가요? " + "https://faq.example/" + "아주긴주소" * 30)
    ask(browser, "배송비는 얼마인가요?")
    browser.one(".source summary").click()
    assert browser.overflow() == 0
    for path in ("/documents", "/documents/1", "/api/docs", "/nothing"):
        browser.open(site.address + path)
        assert browser.overflow() == 0, path
    browser.complaints()  # the 404 is meant


# --- documents --------------------------------------------------------------------------------------------------


def upload(browser: Browser, *files: Path) -> None:
    """Upload files and publish them without a preview."""
    before = len(browser.all(".result"))
    browser.one("[name=publish][value='1']").click()
    browser.one("#files").send_keys("\n".join(map(str, files)))
    browser.until(lambda: len(browser.all(".result:not(.sending)")) == before + len(files), str(files))


def test_a_korean_excel_csv_is_uploaded_asked_and_removed(browser: Browser, site: Site, tmp_path: Path) -> None:
    good, empty = tmp_path / "자전거 안내.csv", tmp_path / "빈 파일.csv"
    good.write_bytes(CSV.encode("cp949"))
    empty.write_bytes(b"")
    browser.open(site.address + "/documents")
    upload(browser, good, empty)
    assert "자전거 안내.csv" in browser.one(".result.added").text
    assert "CP949" in browser.one(".result.added").text
    assert "빈 파일.csv" in browser.one(".result.unreadable").text
    card = next(card for card in browser.all(".card") if "자전거 안내.csv" in card.text)
    assert "CSV" in card.text
    browser.open(site.address + "/")
    ask(browser, "자전거는 어디에 세우나요?")
    assert "정문 왼쪽" in last(browser, ".text")
    assert browser.one(".text a").get_attribute("href") == "https://faq.example/bike"
    browser.open(site.address + "/documents")
    card = next(card for card in browser.all(".card") if "자전거 안내.csv" in card.text)
    card.find_element("css selector", "h3 a").click()
    assert browser.one(".entry h3").text == "자전거는 어디에 세우나요?"
    browser.driver.back()
    card = next(card for card in browser.all(".card") if "자전거 안내.csv" in card.text)
    assert not card.find_element("css selector", ".remove form").is_displayed()
    card.find_element("css selector", ".remove summary").click()
    card.find_element("css selector", ".remove form button").click()
    browser.until(lambda: "자전거 안내.csv" not in browser.one("main").text)
    browser.open(site.address + "/")
    ask(browser, "자전거는 어디에 세우나요?")
    assert "정문 왼쪽" not in last(browser, ".text")


def test_dropped_files_are_uploaded(browser: Browser, site: Site) -> None:
    browser.open(site.address + "/documents")
    browser.script(
        "const data = new DataTransfer();"
        "data.items.add(new File([arguments[0]], '끌어다 놓은.csv', {type: 'text/csv'}));"
        "const drop = new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true});"
        "document.querySelector('h1').dispatchEvent(drop);",
        CSV,
    )
    browser.one(".result.added")
    card = browser.until(lambda: next((c for c in browser.all(".card") if "끌어다 놓은.csv" in c.text), None))
    card.find_element("css selector", ".remove summary").click()
    card.find_element("css selector", ".remove form button").click()
    browser.until(lambda: "끌어다 놓은.csv" not in browser.one("main").text)


def test_hostile_documents_and_questions_stay_text(browser: Browser, site: Site, tmp_path: Path) -> None:
    name = "<img src=x onerror=window.hacked=1>.jsonl"
    row = {
        "id": "evil",
        "title": EVIL,
        "question": f"위험한 질문은 무엇인가요? {EVIL}",
        "answer": f"위험한 답입니다. {EVIL} [눌러요](javascript:window.hacked=1) ![그림](http://evil.example/x.png)",
        "aliases": [EVIL],
    }
    result = site.upload((name, json.dumps(row, ensure_ascii=False).encode())).json["files"][0]
    assert result["state"] == "added", result
    try:
        browser.open(site.address + "/documents")
        assert "onerror" in browser.one("main").text
        next(c for c in browser.all(".card") if "onerror" in c.text).find_element("css selector", "h3 a").click()
        assert "위험한 답입니다." in browser.one(".entry").text
        browser.open(site.address + "/")
        ask(browser, f"위험한 질문은 무엇인가요? {EVIL}")
        assert "위험한 답입니다." in last(browser)
        for summary in browser.all(".source summary"):
            summary.click()
        ask(browser, f"{EVIL} 화성")
        browser.driver.refresh()
        browser.until(lambda: len(browser.all("[data-answer]")) == 2)
        assert browser.script("return window.hacked") is None
        assert browser.all("main img[src='x'], main script, main a[href^=javascript]") == []
    finally:
        found = site.call("GET", "/api/v1/knowledge").json["documents"]
        number = next(d["id"] for d in found if "onerror" in d["name"])
        site.call("DELETE", f"/api/v1/knowledge/{number}")


# --- without a script, and when things go wrong -----------------------------------------------------------------


def test_without_a_script_questions_and_uploads_still_work(browser: Browser, site: Site, tmp_path: Path) -> None:
    file = tmp_path / "스크립트 없이.csv"
    file.write_bytes(CSV.encode())
    browser.command("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(site.address + "/")
        browser.one("#question").send_keys("배송비는 얼마인가요?")
        browser.one("#send").click()
        assert "3,000원" in browser.one("[data-answer] .text").text
        browser.open(site.address + "/documents")
        browser.one("#files").send_keys(str(file))
        browser.one("#upload button").click()
        assert "스크립트 없이.csv" in browser.one(".result.added").text
        card = next(card for card in browser.all(".card") if "스크립트 없이.csv" in card.text)
        card.find_element("css selector", ".remove summary").click()
        card.find_element("css selector", ".remove form button").click()
        browser.until(lambda: "스크립트 없이.csv" not in browser.one("main").text)
    finally:
        browser.command("Emulation.setScriptExecutionDisabled", value=False)


def test_a_lost_connection_is_said_and_can_be_tried_again(browser: Browser) -> None:
    browser.command(
        "Network.emulateNetworkConditions", offline=True, latency=0, downloadThroughput=0, uploadThroughput=0
    )
    browser.one("#question").send_keys("배송비는 얼마인가요?" + Keys.ENTER)
    assert "연결할 수 없어요" in browser.one(".failed").text
    browser.command(
        "Network.emulateNetworkConditions", offline=False, latency=0, downloadThroughput=-1, uploadThroughput=-1
    )
    browser.one("[data-retry]").click()
    browser.one("[data-answer]")
    assert browser.all(".failed") == []
    assert len(browser.all(".person")) == 1
    assert all("ERR_INTERNET_DISCONNECTED" in line for line in browser.complaints())


def test_an_address_that_does_not_exist_leads_back(browser: Browser, site: Site) -> None:
    browser.open(site.address + "/nothing")
    assert "찾는 것이 없어요" in browser.one("main").text
    browser.one("main .button").click()
    browser.one("#welcome")
    assert all("404" in line for line in browser.complaints())


# --- with a language model --------------------------------------------------------------------------------------

GROUNDED = "배송비는 3,000원입니다. [1] 50,000원 이상 주문하시면 무료입니다. [1]"


def test_sentence_by_sentence_and_stopped_by_the_reader(chrome: Browser, make_bot: BotMaker) -> None:
    model = ScriptedModel([Script(GROUNDED, pause=0.15)])
    with served(make_bot(model)) as site:
        chrome.fresh(site.address)
        chrome.open(site.address + "/")
        chrome.one("#question").send_keys("배송비는 얼마인가요?" + Keys.ENTER)
        assert chrome.one(".status").text
        assert chrome.one("#stop").is_displayed()
        chrome.until(lambda: "3,000원입니다" in chrome.one(".bot [data-text]").text)
        assert "무료입니다" not in chrome.one(".bot [data-text]").text
        assert chrome.all("[data-answer]") == []
        chrome.one("[data-answer]")
        assert "무료입니다" in last(chrome, ".text")
        assert "발췌" not in last(chrome, "footer")
        chrome.one("#question").send_keys("배송비는 얼마인가요?" + Keys.ENTER)
        chrome.until(lambda: "3,000원입니다" in chrome.all(".bot [data-text]")[-1].text)
        chrome.one("#stop").click()
        assert "멈췄어요" in chrome.all(".bot")[-1].text
        assert chrome.one("#send").is_displayed()
        assert chrome.script("return document.activeElement.id") == "question"
        assert chrome.complaints() == []
