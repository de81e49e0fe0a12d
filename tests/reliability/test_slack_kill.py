"""The real server is killed while people ask in Slack, which tells it again: nothing is lost, nothing comes twice."""

from pathlib import Path

import pytest

from bot.wiring import build_bot
from tests.reliability.slack_company import Company, Mode
from tests.servers.databases import copy_folder, settings_of
from tests.servers.slack import SlackServer

POINTS = ("after_accept", "before_llm", "after_llm", "before_send", "after_send", "before_done")


def test_killed_after_a_reply_was_sent_that_nobody_knows_of(korean_folder: Path, tmp_path: Path) -> None:
    with SlackServer() as slack:
        company = Company(slack, copy_folder(korean_folder, tmp_path / "data"))
        company.die_at("after_send:3", 6)
        finish(company)


@pytest.mark.soak
@pytest.mark.parametrize("mode", ["socket", "http"])
def test_killed_at_every_step_and_at_any_moment(korean_folder: Path, tmp_path: Path, mode: Mode) -> None:
    with SlackServer() as slack:
        company = Company(slack, copy_folder(korean_folder, tmp_path / "data"), mode)
        for point in POINTS * 2:
            company.die_at(f"{point}:4", 10)
            with company.server() as site:
                company.wait_answered()
                company.ask(4)
                assert site.process is not None
                site.process.kill()  # wherever it is
        finish(company)


def finish(company: Company) -> None:
    """Ask while nobody is there, then let a server do what is left, and tell it all of it once more."""
    company.ask(2)
    with company.server():
        company.wait_answered()
        company.tell_again()
        company.ask(1)
        company.wait_answered()
    with build_bot(settings_of(company.data)) as bot:
        assert not bot.inbox.list()
        assert not bot.inbox.list("dead")
    assert (company.lost, company.doubled) == (0, 0), company.answers()
