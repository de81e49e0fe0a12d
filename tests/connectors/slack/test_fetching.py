"""Files are fetched from Slack alone, to the disk, and never more of them than may be."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from slack_sdk import WebClient

from bot.channels import ChannelError
from connectors.slack.fetching import Held, UnfetchedError, described, fetch
from tests.servers.slack import SlackServer
from tests.servers.slack_faults import Broken, RateLimited, Refuse


@pytest.fixture
def slack() -> Iterator[SlackServer]:
    with SlackServer() as server:
        yield server


@pytest.fixture
def client(slack: SlackServer) -> WebClient:
    return WebClient(token=slack.token, base_url=slack.url, retry_handlers=[])


def test_a_file_as_it_is(slack: SlackServer, client: WebClient, tmp_path: Path) -> None:
    content = "질문,답변\n".encode("cp949") * 20_000
    told: list[int] = []
    held = described(client, slack.new_file("안내 (최신).csv", content, "U1")["id"])
    fetch(client, held, tmp_path / "file", progress=lambda done, _total: told.append(done))
    assert (tmp_path / "file").read_bytes() == content
    assert held.name == "안내 (최신).csv"
    assert told[-1] == len(content)


def test_too_much_is_not_taken_whatever_is_said_of_it(slack: SlackServer, client: WebClient, tmp_path: Path) -> None:
    file = slack.new_file("big.csv", b"x" * 300_000, "U1")
    for held in (described(client, file["id"]), Held("big.csv", 10, "text/csv", file["url_private"])):
        with pytest.raises(UnfetchedError) as told:
            fetch(client, held, tmp_path / "file", limit=100_000)
        assert told.value.note.phrase == "slack.files.too_large"


def test_what_is_gone_or_may_not_be_read(slack: SlackServer, client: WebClient, tmp_path: Path) -> None:
    def refused(file: str) -> str:
        with pytest.raises(UnfetchedError) as told:
            fetch(client, described(client, file), tmp_path / "file")
        return told.value.note.phrase

    assert refused("F404") == "slack.files.gone"
    file = slack.new_file("faq.csv", b"q,a\n", "U1")
    slack.fails("files.info", Refuse("file_deleted"), Refuse("missing_scope", {"needed": "files:read"}))
    assert refused(file["id"]) == "slack.files.gone"
    assert refused(file["id"]) == "slack.files.no_right"
    slack.workspace.files[file["id"]]["is_external"] = True
    assert refused(file["id"]) == "slack.files.elsewhere"
    stranger = WebClient(token="xoxb-other", base_url=slack.url)
    with pytest.raises(UnfetchedError) as told:  # the page to sign in
        fetch(stranger, Held("faq.csv", 4, "text/csv", file["url_private"]), tmp_path / "file")
    assert told.value.note.phrase == "slack.files.no_right"


def test_slack_is_asked_again_later(slack: SlackServer, client: WebClient) -> None:
    file = slack.new_file("faq.csv", b"q,a\n", "U1")
    slack.fails("files.info", Broken(), RateLimited(7))
    with pytest.raises(ChannelError):
        described(client, file["id"])
    with pytest.raises(ChannelError) as told:
        described(client, file["id"])
    assert told.value.retry_after == 7


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/files-pri/T-F/faq.csv",
        "https://files.slack.com.evil.example/faq.csv",
        "https://evilslack.com/faq.csv",
        "http://files.slack.com/faq.csv",
        "https://files.slack.com:8443/faq.csv",
        "https://files.slack.com@evil.example/faq.csv",
        "file:///etc/passwd",
        "",
    ],
)
def test_the_token_is_shown_to_slack_alone(client: WebClient, tmp_path: Path, url: str) -> None:
    with pytest.raises(UnfetchedError) as told:
        fetch(client, Held("faq.csv", 4, "text/csv", url), tmp_path / "file")
    assert told.value.note.phrase == "slack.files.elsewhere"
