"""Questions that people take over: who asks at the same time gets the same one, and the first word ends it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from bot.handing_over import HandingOver
from tests.bot.database.test_handovers import NEW, NOW
from tests.samples import BotMaker


def test_who_asks_at_once_gets_the_same_one(make_bot: BotMaker) -> None:
    bot = make_bot()
    over = HandingOver(bot.sessions, lambda: NOW)
    with ThreadPoolExecutor(8) as pool:
        asked = list(pool.map(lambda n: over.begin(replace(NEW, asker=f"U{n}")), range(8)))
    assert sum(each.begun for each in asked) == 1
    assert len({each.handover.id for each in asked}) == 1
    number = asked[0].handover.id
    with ThreadPoolExecutor(8) as pool:
        ended = list(pool.map(lambda n: over.solve(number, by=f"U{n}", outcome="answered"), range(8)))
    assert len({each.solver for each in ended if each}) == 1
    assert over.solve(999, by="U1", outcome="answered") is None
    assert over.solve(number, by="U1", outcome="nonsense") == over.get(number)
    assert over.begin(NEW).begun
