"""The gate through which threads go to work, and the bell that wakes them."""

import threading
import time
from collections.abc import Callable

from bot.alone import Gate
from bot.waking import Bell


def until(holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_who_is_alone_waits_for_the_others_and_keeps_them_out() -> None:
    gate, leave, seen = Gate(), threading.Event(), list[str]()

    def inside() -> None:
        with gate.beside_others():
            seen.append("in")
            leave.wait(20)
            seen.append("out")

    def alone() -> None:
        with gate.alone() as is_alone:
            seen.append(f"alone: {is_alone}")

    def after() -> None:
        with gate.beside_others():
            seen.append("after")

    threads = [threading.Thread(target=each) for each in (inside, alone, after)]
    threads[0].start()
    until(lambda: seen == ["in"])
    threads[1].start()
    until(lambda: gate._closed)
    threads[2].start()
    with gate.alone() as second:
        assert not second
    leave.set()
    for thread in threads:
        thread.join(20)
    assert seen == ["in", "out", "alone: True", "after"]


def test_who_waits_too_long_to_be_alone_lets_the_others_work_on() -> None:
    gate = Gate(patience=0.01)
    with gate.beside_others():
        with gate.alone() as alone:
            assert not alone
        with gate.beside_others(), gate.alone() as again:
            assert not again  # it rests, so that they are not held up all the time
    with gate.alone() as rests:
        assert not rests


def test_a_ring_before_the_wait_is_not_missed() -> None:
    bell = Bell()
    rings = bell.rings
    bell.ring()
    began = time.monotonic()
    for _ in range(1_000):
        bell.wait(rings)
    assert time.monotonic() - began < 20


def test_each_ring_wakes_a_thread_and_closing_wakes_all() -> None:
    bell, woken = Bell(), list[int]()

    def sleep(number: int) -> None:
        bell.wait(bell.rings)
        woken.append(number)

    bell._looked_after = True  # as if another thread looked from time to time: these sleep until they are rung for
    threads = [threading.Thread(target=sleep, args=(n,), daemon=True) for n in range(4)]
    for thread in threads:
        thread.start()
    until(lambda: len(bell._changed._waiters) == 4)  # type: ignore[attr-defined]
    bell.ring()
    until(lambda: len(woken) == 1)
    bell.close()
    for thread in threads:
        thread.join(20)
    assert sorted(woken) == [0, 1, 2, 3]
