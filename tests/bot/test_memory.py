from bot.database.conversations import PastTurn
from bot.memory import CONVERSATIONS, Memory


def test_the_last_turns_are_kept_by_channel_and_conversation() -> None:
    memory = Memory(2)
    memory.add("cli", "a", PastTurn("person", "1"), PastTurn("bot", "2"), PastTurn("person", "3"))
    assert [turn.text for turn in memory.turns("cli", "a")] == ["2", "3"]
    assert memory.turns("web", "a") == ()


def test_the_conversation_that_was_quiet_for_longest_goes_first() -> None:
    memory = Memory(1)
    for number in range(CONVERSATIONS + 10):
        memory.add("cli", str(number), PastTurn("person", "x"))
        memory.add("cli", "0", PastTurn("person", "y"))
    assert memory.turns("cli", "0")
    assert memory.turns("cli", "1") == ()
    assert memory.turns("cli", str(CONVERSATIONS + 9))
