"""When the report goes out, and where to: as the setting says it."""

import hashlib
from dataclasses import dataclass

from bot.called import ADDRESS, CHANNEL
from bot.cron import is_cron

JOB = "report:"

SLACK = "slack:"


@dataclass(frozen=True, slots=True)
class WeeklyReport:
    """A report goes to ``target`` (an address, or ``slack:`` and a channel's id) when it is due."""

    expression: str
    target: str

    @property
    def job(self) -> str:
        """The name of its job and of its schedule; the same however often the settings are read."""
        return JOB + hashlib.sha256(f"{self.expression}>{self.target}".encode()).hexdigest()[:12]

    @property
    def by_slack(self) -> bool:
        """Whether it goes into a channel of Slack, and not by mail."""
        return self.target.startswith(SLACK)

    def can_be_sent(self, slack_token: object | None, smtp_url: object | None, mail_address: str) -> bool:
        """Tell whether it has a way to go: the settings of these names say which channels are set up."""
        return slack_token is not None if self.by_slack else smtp_url is not None and bool(mail_address)


def read_reports(value: str) -> tuple[WeeklyReport, ...]:
    """Return the reports that a setting names: ``cron expression > target``, with semicolons between.

    Raises:
        ValueError: it cannot be understood.
    """
    found = []
    for each in filter(None, map(str.strip, value.split(";"))):
        expression, sign, target = (part.strip() for part in each.partition(">"))
        if not (sign and is_cron(expression) and (CHANNEL.fullmatch(target) or ADDRESS.fullmatch(target))):
            raise ValueError(each)
        report = WeeklyReport(" ".join(expression.split()), target)
        found += [report] if report not in found else []
    return tuple(found)
