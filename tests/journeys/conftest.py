"""One real server, over documents in both languages, for all journeys through HTTP and the page."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.browser import Browser, chromium
from tests.servers.dapbot import Site, serving
from tests.servers.databases import copy_folder


@pytest.fixture(scope="session")
def site(bilingual_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """`dapbot serve` over a copy of the documents; it may still be loading the embedding model."""
    data = tmp_path_factory.mktemp("site") / "data"
    copy_folder(bilingual_folder, data)
    with serving(data) as site:
        yield site


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def browser(chrome: Browser, site: Site) -> Iterator[Browser]:
    """A visitor never seen before, on the Korean page; at the end, nothing went wrong and nothing left the server."""
    chrome.fresh(site.address)
    chrome.open(site.address + "/")
    yield chrome
    assert chrome.complaints() == []
    assert chrome.elsewhere(site.address) == []
