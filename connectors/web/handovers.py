"""What the administrators' page of the inbox shows of questions that people were asked to take over."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.database import handovers
from bot.lasting import lasting
from knowledge.language import Language

if TYPE_CHECKING:
    from bot.wiring import Bot

DAYS = 30
SHOWN = 50


def handed_over(bot: "Bot", language: Language) -> dict[str, Any]:
    """Return the figures of the last days, and those that wait, the oldest first."""
    now = bot.clock()
    with bot.sessions() as session:
        figures = handovers.figures(session, now - timedelta(days=DAYS), now)
        opinions = handovers.opinions(session, now - timedelta(days=DAYS), now)
        waiting = handovers.waiting(session, SHOWN)
    median = figures.median_seconds
    return {
        "days": DAYS,
        "total": figures.count,
        "solved": figures.count - figures.waiting,
        "median": "" if median is None else lasting(median, language),
        "outcomes": figures.outcomes.most_common(),
        "good": opinions.good,
        "bad": opinions.bad,
        "reasons": opinions.reasons.most_common(),
        "rows": [
            {
                "question": each.question,
                "where": f"{each.channel} {each.place}",
                "asker": each.asker,
                "since": lasting((now - each.created_at).total_seconds(), language),
            }
            for each in waiting
        ],
    }
