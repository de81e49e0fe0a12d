"""A real Chromium, headless, that reaches nothing but this machine, with what it asked the network for."""

import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException, WebDriverException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

SWITCHES = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --hide-scrollbars"
).split()
WAIT = 30.0


class Browser:
    """One window; ``fresh`` makes it a visitor never seen before."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver

    def fresh(self, address: str, language: str = "ko", *, width: int = 1200, height: int = 900) -> None:
        """Forget everything of this server, read in ``language``, and begin with empty logs."""
        agent = self.driver.execute_script("return navigator.userAgent")
        self.command("Network.setUserAgentOverride", userAgent=agent, acceptLanguage=language)
        self.command(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500
        )
        self.command("Emulation.setEmulatedMedia", features=[])
        self.command("Storage.clearDataForOrigin", origin=address, storageTypes="all")
        self.driver.get("about:blank")
        self.command("Network.clearBrowserCookies")
        self.driver.get_log("browser")  # type: ignore[no-untyped-call]
        self.driver.get_log("performance")  # type: ignore[no-untyped-call]

    def open(self, address: str) -> None:
        self.driver.get(address)

    def command(self, name: str, **values: Any) -> Any:
        """Send a command of the DevTools protocol."""
        return self.driver.execute_cdp_cmd(name, values)  # type: ignore[no-untyped-call]

    def script(self, text: str, *values: Any) -> Any:
        return self.driver.execute_script(text, *values)

    def all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector: str) -> WebElement:
        """Wait for the element and return it."""
        return self.until(lambda: next(iter(self.all(selector)), None), selector)

    def until(self, ready: Callable[[], Any], what: str = "") -> Any:
        """Wait until ``ready`` returns something true, and return that; a page that is just leaving is none yet."""
        wait = WebDriverWait(self.driver, WAIT, 0.05, [StaleElementReferenceException])
        return wait.until(lambda _: _unless_leaving(ready), what)

    def complaints(self) -> list[str]:
        """Return the console's warnings and errors since the last look."""
        return [entry["message"] for entry in self.driver.get_log("browser")]  # type: ignore[no-untyped-call]

    def requested(self) -> list[str]:
        """Return the addresses of all requests since the last look, of every kind."""
        logged = [json.loads(e["message"])["message"] for e in self.driver.get_log("performance")]  # type: ignore[no-untyped-call]
        sent = [m["params"] for m in logged if m["method"] == "Network.requestWillBeSent"]
        sockets = [m["params"]["url"] for m in logged if m["method"] == "Network.webSocketCreated"]
        return [p["request"]["url"] for p in sent] + sockets

    def elsewhere(self, address: str) -> list[str]:
        """Return what was asked of others than this server since the last look."""
        return [each for each in self.requested() if not each.startswith((address, "about:", "data:"))]

    def overflow(self) -> int:
        """Return by how many pixels the page is wider than its window."""
        page = "document.documentElement"
        return int(self.script(f"return {page}.scrollWidth - {page}.clientWidth"))


def _unless_leaving(ready: Callable[[], Any]) -> Any:
    """Ask ``ready``; None where the page went meanwhile, which Chromium says in more than one way."""
    try:
        return ready()
    except WebDriverException as error:
        if "does not belong to the document" in str(error.msg):
            return None
        raise


@contextmanager
def chromium(*switches: str) -> Iterator[Browser]:
    """Start Chromium with an empty profile; close it at the end."""
    with tempfile.TemporaryDirectory() as profile:
        options = Options()
        options.binary_location = "/usr/bin/chromium"
        for switch in (*SWITCHES, f"--user-data-dir={profile}", *switches):
            options.add_argument(switch)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        driver = webdriver.Chrome(options, Service("/usr/bin/chromedriver"))
        try:
            yield Browser(driver)
        finally:
            driver.quit()
