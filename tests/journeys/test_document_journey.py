"""The documents in a real Chromium: upload with progress, preview, publish, compare, bring back, test a question."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from tests.journeys.test_page import CONTRAST
from tests.servers import databases
from tests.servers.browser import Browser
from tests.servers.dapbot import Site, form

QUESTION = "주차는 어디에 하나요?"
OLD = f"질문,답변\n{QUESTION},건물 뒤편 주차장에 3시간까지 무료입니다.\n셔틀은 언제 오나요?,매시 정각에 옵니다.\n"
NEW = f"질문,답변\n{QUESTION},건물 뒤편 주차장에 5시간까지 무료입니다.\n엘리베이터가 있나요?,네. 모든 층에 있습니다.\n"
PARKING, MANY = "주차 안내.csv", "많은 행.csv"


@pytest.fixture
def browser(chrome: Browser, site: Site) -> Iterator[Browser]:
    """A new visitor on the Korean list; at the end nothing went wrong, and the documents are those of before."""
    before = {d["id"] for d in documents(site)}
    chrome.fresh(site.address)
    chrome.open(site.address + "/documents")
    yield chrome
    assert chrome.complaints() == []
    assert chrome.elsewhere(site.address) == []
    for document in documents(site):
        if document["id"] not in before:
            site.call("DELETE", f"/api/v1/knowledge/{document['id']}")


def documents(site: Site) -> list[dict[str, object]]:
    return list(site.call("GET", "/api/v1/knowledge").json["documents"])


def made(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return str(path)


def choose(browser: Browser, *files: str) -> None:
    browser.one("#files").send_keys("\n".join(files))


def settled(browser: Browser, count: int) -> None:
    browser.until(lambda: len(browser.all(".result:not(.sending)")) == count and not browser.all(".result.sending"))


def card(browser: Browser, name: str) -> WebElement:
    found = browser.until(lambda: next((c for c in browser.all(".card") if name in c.text), None), name)
    assert isinstance(found, WebElement)
    return found


def answer_in_the_chat(browser: Browser, site: Site, question: str = QUESTION) -> str:
    browser.open(site.address + "/")
    browser.one("#log:not([aria-busy])")
    before = len(browser.all("[data-answer]"))
    browser.one("#question").send_keys(question + Keys.ENTER)
    browser.until(lambda: len(browser.all("[data-answer]")) == before + 1)
    return browser.all("[data-answer] .text")[-1].text


ROWS = 2_000
"""Of the larger file: so many that its indexing is seen on the way."""

WATCH = """
window.said = [];
new MutationObserver(() => {
  for (const line of document.querySelectorAll('.result')) {
    const bar = line.querySelector('progress');
    window.said.push([line.querySelector('[data-name]').textContent, line.querySelector('[data-sentence]').textContent,
                      bar && !bar.hidden && bar.hasAttribute('value') ? bar.value : null]);
  }
}).observe(document.getElementById('results'), {subtree: true, childList: true, characterData: true});
"""


def test_from_two_files_to_an_answer_and_back(browser: Browser, site: Site, tmp_path: Path) -> None:
    rows = "".join(f"질문 {n}번은 무엇인가요?,{n}번 질문의 답입니다.\n" for n in range(ROWS))
    browser.script(WATCH)
    choose(browser, made(tmp_path, PARKING, OLD), made(tmp_path, MANY, f"질문,답변\n{rows}"))
    settled(browser, 2)
    said = browser.script("return window.said")
    for name in (PARKING, MANY):
        sentences = [sentence for file, sentence, _ in said if file == name]
        assert any("올리는 중" in sentence for sentence in sentences), name
        assert any("읽는 중" in sentence for sentence in sentences), name
    assert any(
        "검색할 수 있게" in sentence and str(ROWS) in sentence.replace(",", "")
        for file, sentence, _ in said
        if file == MANY
    )
    first_end = next(at for at, (file, sentence, _) in enumerate(said) if file == PARKING and "공개할 수" in sentence)
    assert not any("올리는 중" in sentence for file, sentence, _ in said[:first_end] if file == MANY)  # one by one
    assert "3시간" not in answer_in_the_chat(browser, site)

    browser.open(site.address + "/documents")
    browser.one(".told .button").click()
    browser.one("#publish")
    assert len(browser.all(".staged .card")) == 2
    browser.one("[data-publish]").click()
    assert "공개했어요" in browser.one(".told").text
    assert PARKING in browser.one(".told").text
    assert "3시간" in answer_in_the_chat(browser, site)

    browser.open(site.address + "/documents")
    choose(browser, made(tmp_path, PARKING, NEW))
    settled(browser, 1)
    assert "대신해요" in browser.one(".result").text
    browser.one(".result [data-preview]").click()
    assert browser.one(".change del").text == "3"
    assert browser.one(".change ins").text == "5"
    ActionChains(browser.driver).double_click(browser.one("[data-publish]")).perform()
    browser.one(".told")
    assert "5시간" in answer_in_the_chat(browser, site)

    browser.open(site.address + "/documents")
    card(browser, PARKING).find_element("css selector", "h3 a").click()
    assert "5시간" in browser.one(".entry").text
    browser.one(".tabs a[href$=versions]").click()
    assert len(browser.all(".version")) == 2  # the double click published once
    browser.one(".version.current .quiet").click()
    assert browser.one(".change ins").text == "5"
    browser.one(".version:not(.current) summary").click()
    assert "바로 버전 1의 내용으로" in browser.one(".version details[open]").text
    browser.one(".version details[open] button").click()
    assert "되돌렸어요" in browser.one(".told").text
    assert "3시간" in answer_in_the_chat(browser, site)
    browser.driver.back()
    browser.one(".told button").click()  # undo
    browser.until(lambda: "버전 2의 내용으로" in browser.one(".told").text)
    assert "5시간" in answer_in_the_chat(browser, site)


def test_a_disabled_document_is_not_answered_until_that_is_undone(browser: Browser, site: Site, tmp_path: Path) -> None:
    site.upload((PARKING, OLD.encode()))
    browser.driver.refresh()
    card(browser, PARKING).find_element("css selector", "form[action$=disable] button").click()
    assert "답에 쓰지 않게" in browser.one(".told").text
    assert "사용 중지" in card(browser, PARKING).text
    assert "3시간" not in answer_in_the_chat(browser, site)
    browser.driver.back()
    browser.one(".told button").click()
    browser.until(lambda: "다시 답에 써요" in browser.one(".told").text)
    assert "3시간" in answer_in_the_chat(browser, site)


def test_a_question_is_tested_with_the_keyboard_and_becomes_another_wording(browser: Browser, site: Site) -> None:
    site.upload((PARKING, OLD.encode()))
    browser.driver.refresh()
    field = browser.one("#tried")
    field.send_keys("붕붕이는 어디다 두면 되나요?", Keys.CONTROL + Keys.ENTER)
    assert "모른다고 답해요" in browser.one(".verdict").text
    field.clear()
    field.send_keys(QUESTION, Keys.CONTROL + Keys.ENTER)
    browser.until(lambda: "답해요." in browser.one(".verdict").text and "3시간" in browser.one(".would").text)
    assert browser.one(".scores").text
    assert "확신도" in browser.one("#tried-result").text
    assert browser.script("return document.activeElement.id") == "tried"
    field.clear()
    field.send_keys("연차는 며칠까지 이월되나요?", Keys.CONTROL + Keys.ENTER)
    browser.until(lambda: "모른다고" in browser.one(".verdict").text)
    browser.one("#trial [value=staff]").click()
    browser.one("#trial button").click()
    browser.until(lambda: "5일까지" in browser.one(".would").text)
    browser.one("#trial [value=staff]").click()
    field.clear()
    field.send_keys("자동차 주차하려면 어디로 가나요?", Keys.CONTROL + Keys.ENTER)
    found = browser.until(lambda: next((f for f in browser.all(".found > li") if QUESTION in f.text), None))
    found.find_element("css selector", "form[action$='/aliases'] button").click()
    assert "다른 표현을 추가했어요" in browser.one(".told").text
    assert "자동차 주차하려면" in browser.one(".aliases").text
    browser.one(".aliases button").click()
    browser.until(lambda: "지웠어요" in browser.one(".told").text)


def test_an_upload_is_cancelled_repeated_and_kept_apart(browser: Browser, site: Site, tmp_path: Path) -> None:
    site.upload((PARKING, OLD.encode()))
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 200_000}
    browser.command("Network.enable")
    browser.command("Network.emulateNetworkConditions", **slow)
    long = made(tmp_path, "긴 파일.txt", "긴 글입니다. 아무 뜻도 없습니다.\n" * 40_000)
    choose(browser, long, made(tmp_path, PARKING, NEW))
    browser.until(lambda: "올리는 중" in browser.all(".result")[-1].text)
    leaving = (
        "const e = new Event('beforeunload', {cancelable: true}); window.dispatchEvent(e); return e.defaultPrevented"
    )
    assert browser.script(leaving)
    browser.all(".result [data-cancel]")[-1].click()
    browser.command("Network.emulateNetworkConditions", **{**slow, "uploadThroughput": -1})
    settled(browser, 2)
    assert "취소했어요" in browser.one(".result.cancelled").text
    assert browser.one(".result.cancelled [data-retry]").is_displayed()
    assert not browser.script(leaving)
    browser.one(".result.changed [data-both]").click()
    settled(browser, 2)
    names = {str(d["name"]) for d in documents(site)}
    assert {PARKING, "주차 안내 (2).csv"} <= names
    assert "긴 파일.txt" not in names
    assert browser.complaints() == []


def test_a_folder_keeps_its_shape(browser: Browser, site: Site, tmp_path: Path) -> None:
    for city in ("서울", "부산"):
        made(tmp_path / "지점", f"{city}/faq.csv", OLD.replace("건물", city))
    browser.one("[name=publish][value='1']").click()
    browser.one("#folder").send_keys(str(tmp_path / "지점"))
    settled(browser, 2)
    assert {"서울/faq.csv", "부산/faq.csv"} <= {str(d["name"]) for d in documents(site)}


def test_what_somebody_else_did_meanwhile_is_shown(browser: Browser, site: Site, tmp_path: Path) -> None:
    site.upload((PARKING, OLD.encode()))
    choose(browser, made(tmp_path, PARKING, NEW))
    settled(browser, 1)
    browser.one(".result [data-preview]").click()
    browser.one("[data-publish]")
    site.upload((PARKING, OLD.replace("3시간", "4시간").encode()))
    browser.one("[data-publish]").click()
    assert "다른 사람이 문서를 바꿨어요" in browser.one("[role=alert]").text
    assert browser.one(".change del").text == "4"
    browser.complaints()  # the refusal is meant
    browser.one("[data-publish]").send_keys(Keys.ENTER)
    browser.until(lambda: "공개했어요" in browser.one(".told").text)
    answers = databases.rows(
        site.data,
        "SELECT p.answer FROM passages p JOIN version_passages v ON v.passage_id = p.id"
        " JOIN documents d ON d.current_version = v.version_id WHERE d.name = :name AND p.question = :question",
        name=PARKING,
        question=QUESTION,
    )
    assert "5시간" in answers[0][0]


NAMELESS = """
return [...document.querySelectorAll('button, a, input:not([type=hidden]), textarea, select, summary')]
  .filter(e => e.checkVisibility() && !(e.textContent.trim() || e.getAttribute('aria-label') || e.labels?.length
          || e.querySelector('img[alt]'))).map(e => e.outerHTML);
"""


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_page_on_a_phone_in_light_and_dark(browser: Browser, site: Site, language: str) -> None:
    name = "아주 긴 이름의 문서 " + "가나다라마바사" * 12 + "\u202eمرحبا\U0001f600.csv"
    long = "https://faq.example/" + "아주긴주소" * 30
    row = f"{QUESTION} {long},{long} \U0001f600 مرحبا بالعالم\n"
    document = site.upload((name, f"질문,답변\n{row}".encode())).json["files"][0]["document"]
    site.upload((name, f"질문,답변\n{row.replace('주차', '승차')}{QUESTION},하나\n{QUESTION},둘\n".encode()))
    body = f"질문,답변\n{row}{QUESTION},셋\n{QUESTION},넷\n,다섯\n".encode()
    staged = _stage(site, name, body)
    browser.fresh(site.address, language, width=390, height=780)
    paths = [
        "/documents",
        "/documents/staged",
        f"/documents/staged/{staged}",
        f"/documents/staged/{staged}?show=conflicting",
        f"/documents/{document}",
        f"/documents/{document}/versions?older=1&newer=2",
        f"/documents/{document}/uses",
        f"/documents/{document}/settings",
        "/documents/try",
    ]
    for at, path in enumerate(paths):
        scheme = "dark" if at % 2 == (language == "ko") else "light"
        browser.command("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        browser.open(site.address + path)
        assert browser.script("return document.documentElement.lang") == language
        assert browser.overflow() == 0, path
        assert browser.script(CONTRAST) == [], (path, scheme)
        assert browser.script(NAMELESS) == [], path
        ids = browser.script("return [...document.querySelectorAll('[id]')].map(e => e.id)")
        assert len(ids) == len(set(ids)), path


def _stage(site: Site, name: str, body: bytes) -> int:
    sent, kind = form(((name, body),), publish="0")
    return int(site.call("POST", "/api/v1/knowledge", sent, {"Content-Type": kind}).json["files"][0]["version"])
