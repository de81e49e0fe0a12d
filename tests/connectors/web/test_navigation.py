"""Which page of the bar somebody is on."""

import pytest

from connectors.web.navigation import BAR


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/", ["/"]),
        ("/documents/golden", ["/documents"]),
        ("/conversations/0f", ["/conversations"]),
        ("/people", ["/conversations"]),
        ("/people/1", ["/conversations"]),
        ("/peoples", []),
        ("/sign-in", []),
    ],
)
def test_each_page_belongs_to_one_of_the_bar_or_none(path: str, page: list[str]) -> None:
    assert [place.path for place in BAR if place.is_open(path)] == page
