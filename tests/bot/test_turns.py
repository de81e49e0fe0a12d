"""Places are given in the order in which they are asked for, and nobody waits for long."""

import threading

import pytest

from bot.turns import Turns

LIMIT = 20.0


class Queue:
    """Threads that ask for a place one after the other, each when the one before it waits."""

    def __init__(self, turns: Turns) -> None:
        self.turns = turns
        self.order: list[int] = []
        self._threads: list[threading.Thread] = []

    def join_in(self, number: int) -> None:
        """Have a thread ask, and wait until it stands in the line."""
        before = len(self.turns._waiting)
        self._threads.append(threading.Thread(target=self._work, args=(number,)))
        self._threads[-1].start()
        asked = threading.Event()
        while len(self.turns._waiting) == before and not asked.wait(0.001):
            pass

    def end(self) -> list[int]:
        """Wait for all of them and return the order in which they had a place."""
        for thread in self._threads:
            thread.join(LIMIT)
        return self.order

    def _work(self, number: int) -> None:
        with self.turns.taken():
            self.order.append(number)


def test_whoever_comes_first_is_first_and_nobody_gets_ahead() -> None:
    turns = Turns(1, LIMIT)
    queue = Queue(turns)
    with turns.taken():
        for number in range(5):
            queue.join_in(number)
        assert queue.order == []
    assert queue.end() == [0, 1, 2, 3, 4]
    with turns.taken():  # all places were given back
        assert queue.turns._free == 0


def test_no_more_than_there_are_places_work_at_once() -> None:
    turns = Turns(2, LIMIT)
    inside, most, lock = 0, 0, threading.Lock()

    def work() -> None:
        nonlocal inside, most
        for _ in range(50):
            with turns.taken():
                with lock:
                    inside += 1
                    most = max(most, inside)
                with lock:
                    inside -= 1

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LIMIT)
    assert 1 <= most <= 2
    with turns.taken(), turns.taken():  # and as many do
        assert not turns._free


def test_a_place_that_is_held_for_long_holds_nobody_up() -> None:
    turns = Turns(1, 0.01)
    with turns.taken(), turns.taken():
        assert not turns._waiting
    with turns.taken():
        assert turns._free == 0  # the one that did without gave none back


def test_an_error_gives_the_place_back() -> None:
    turns = Turns(1, LIMIT)
    with pytest.raises(ValueError, match="broken"), turns.taken():
        raise ValueError("broken")
    with turns.taken():
        assert turns._free == 0
