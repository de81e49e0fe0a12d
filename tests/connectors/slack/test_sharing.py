"""Which private answers may be read by a whole channel."""

from dataclasses import replace

import pytest

from bot.database.recorded import Recorded
from connectors.slack.sharing import why_not
from tests.connectors.slack.shown import ANSWER


def record(passages: tuple[int | None, ...], *, groups: tuple[str, ...] = (), **reply: object) -> Recorded:
    return Recorded("배송비?", replace(ANSWER, **reply), "slack", "U1", groups, passages)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "everyone", "theirs", "grouped", "why"),
    [
        (record((1, 2)), {1, 2}, {1, 2}, True, ""),
        (record((1, 2)), {1}, {1, 2}, True, "slack.share.restricted"),
        (record((1, 2)), {1}, {1}, True, "slack.share.changed"),  # no longer there for anybody
        (record((1, None)), {1}, {1}, False, "slack.share.changed"),
        (record(()), set(), set(), False, "slack.share.changed"),
        (record((), task="translate"), set(), set(), False, ""),
        (record((), task="summarize", extract=False, checks="none"), set(), set(), True, ""),
        (record((1,), extract=False, checks="partly"), {1}, {1}, False, ""),
        # a model read more than it cites, for somebody who may read more than others
        (record((1,), extract=False, checks="partly"), {1}, {1}, True, "slack.share.restricted"),
        (record((1,), extract=False, checks="partly", groups=("staff",)), {1}, {1}, False, "slack.share.restricted"),
        (record((1,), extract=False, checks="supported", groups=("staff",)), {1}, {1}, True, ""),
    ],
)
def test_whether_everyone_may_read_it(
    found: Recorded, everyone: set[int], theirs: set[int], grouped: bool, why: str
) -> None:
    assert why_not(found, everyone, theirs, grouped=grouped) == why
