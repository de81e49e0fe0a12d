"""What axe-core (tests/servers/axe, MPL-2.0, unchanged) finds wrong with a page for people who cannot see or point."""

from functools import cache
from pathlib import Path

from tests.servers.browser import Browser

SERIOUS = ("serious", "critical")

RUN = """
const done = arguments[arguments.length - 1];
axe.run(document, {resultTypes: ["violations"]}).then(found => done(found.violations.map(each =>
  [each.impact, `${each.id}: ${each.help}: ${each.nodes.map(node => node.html).join(" | ")}`])));
"""


@cache
def _source() -> str:
    return (Path(__file__).parent / "axe" / "axe.min.js").read_text("utf-8")


def serious(browser: Browser) -> list[str]:
    """Return the serious and critical findings on the page that is open, each with the elements it is about."""
    browser.script(_source())
    found: list[list[str]] = browser.driver.execute_async_script(RUN)  # type: ignore[no-untyped-call]
    return [text for impact, text in found if impact in SERIOUS]


def sound(browser: Browser, address: str) -> None:
    """Check what every page must be: fit for its width, for everybody, silent, and all from this server."""
    assert browser.overflow() <= 0
    assert serious(browser) == []
    assert browser.complaints() == []
    assert browser.elsewhere(address) == []
