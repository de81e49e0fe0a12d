"""From `dapbot admin create` to signing out, in a real Chromium on a real server, by the keyboard."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys

from tests.servers import databases
from tests.servers.browser import Browser
from tests.servers.dapbot import ROOT, Site, serving

FIRST, SECOND = "맑은 하늘 아래 걷기", "다른 하늘 아래 걷기"


def dapbot(data: Path, *words: str, typed: str = "") -> str:
    """Run a command as a shell would; return what it printed."""
    ours = databases.environment(("--data", data))
    done = subprocess.run(
        [sys.executable, "-c", "from connectors.cli import main; main()", *words, "--data", str(data)],
        input=typed,
        capture_output=True,
        text=True,
        check=True,
        cwd=data.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "LANG": "ko_KR.UTF-8", **ours},
    )
    return done.stdout


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """`dapbot serve` over an empty folder with one administrator; the account is made while it runs."""
    data = tmp_path_factory.mktemp("signing") / "data"
    with serving(data) as site:
        assert site.call("GET", "/documents").status == 200  # whoever is on this machine, until there is an account
        made = dapbot(data, "admin", "create", "김민수", "--password-stdin", "--group", "인사", typed=FIRST + "\n")
        assert made == "'김민수' 계정을 만들었습니다 (관리자).\n"
        assert site.call("GET", "/documents").status == 401
        yield site


def sign_in(browser: Browser, name: str, password: str) -> None:
    """Type into the fields as the keyboard leads through them."""
    field = browser.one("#name")
    field.clear()
    field.send_keys(name + Keys.TAB)
    browser.driver.switch_to.active_element.send_keys(password + Keys.ENTER)


def at(browser: Browser, path: str) -> None:
    browser.until(lambda: browser.driver.current_url.split("://")[1].partition("/")[2] == path.lstrip("/"), path)


def look(browser: Browser, name: str, folder: Path) -> None:
    """Nothing sticks out of the page; keep what it looks like."""
    page = "document.documentElement"
    assert browser.script(f"return {page}.scrollWidth - {page}.clientWidth") == 0, name
    browser.driver.save_screenshot(str(folder / f"{name}.png"))


@pytest.mark.postgresql
def test_a_day_of_an_administrator(site: Site, chrome: Browser, tmp_path: Path) -> None:
    chrome.fresh(site.address)
    chrome.open(site.address + "/documents")
    at(chrome, "/sign-in?next=%2Fdocuments")
    assert chrome.driver.switch_to.active_element.get_attribute("id") == "name"
    look(chrome, "sign-in", tmp_path)
    sign_in(chrome, "김민수", "wrong password")
    assert chrome.one("[role=alert]").text == "이름이나 비밀번호가 맞지 않아요."
    assert chrome.one("#name").get_attribute("value") == "김민수"
    active = chrome.driver.switch_to.active_element
    assert active.get_attribute("id") == "password"
    look(chrome, "wrong", tmp_path)
    active.send_keys(FIRST + Keys.ENTER)
    at(chrome, "/documents")
    assert chrome.one(".person a").text == "김민수"

    chrome.open(site.address + "/account")
    for name, password in (("old", FIRST), ("new", SECOND), ("again", SECOND)):
        chrome.one(f"#{name}").send_keys(password)
    chrome.one("#again").send_keys(Keys.ENTER)
    at(chrome, "/account?done=1")
    assert chrome.one(".said").text == "저장했어요."
    look(chrome, "account", tmp_path)
    chrome.one(".person button").click()
    at(chrome, "/sign-in?out=1")
    chrome.open(site.address + "/account")
    at(chrome, "/sign-in?next=%2Faccount")
    sign_in(chrome, "김민수", FIRST)
    assert chrome.one("[role=alert]").text == "이름이나 비밀번호가 맞지 않아요."
    chrome.one("#password").send_keys(SECOND + Keys.ENTER)
    at(chrome, "/account")

    chrome.open(site.address + "/admin/accounts")
    chrome.one("#name").send_keys("lee")
    chrome.one(".fields .button").click()
    shown = chrome.one(".secret code").text
    assert re.fullmatch(r"([a-z0-9]{5}-){3}[a-z0-9]{5}", shown)
    look(chrome, "accounts", tmp_path)
    chrome.open(site.address + "/admin/tokens")
    chrome.one("#name").send_keys("인트라넷")
    chrome.one(".fields .button").click()
    assert chrome.one(".secret code").text.startswith("dap_")
    look(chrome, "tokens", tmp_path)
    chrome.open(site.address + "/admin/audit")
    said = [row.text for row in chrome.all(".log-table tbody tr")]
    assert len(said) == 9, said
    assert "토큰 만들기" in said[0]
    look(chrome, "audit", tmp_path)

    chrome.command("Emulation.setDeviceMetricsOverride", width=360, height=740, deviceScaleFactor=1, mobile=True)
    chrome.open(site.address + "/account?lang=en")  # the longer words
    for path in ("account", "admin/accounts", "admin/tokens", "admin/audit", "documents"):
        chrome.open(f"{site.address}/{path}")
        look(chrome, "phone-" + path.replace("/", "-"), tmp_path)
    chrome.one(".person button").click()
    chrome.one("#name")
    look(chrome, "phone-sign-in", tmp_path)
    refused = [line for line in chrome.complaints() if "401" not in line]  # the browser notes each wrong password
    assert refused == []
    assert [u for u in chrome.requested() if not u.startswith((site.address, "about:", "data:"))] == []
    log = dapbot(site.data, "admin", "audit")
    assert FIRST not in log
    assert "로그인 실패" in log
