"""The long runs of ``make soak``, each as ``python -m tests.reliability`` would do it by hand; minutes each."""

import json

import pytest

from tests.reliability.plan import parsed
from tests.reliability.running import run

pytestmark = pytest.mark.soak

KILLS = "--messages 2000 --kills 40"
PLANS = [
    *(f"--db {db} {KILLS} --workers {workers}" for db in ("sqlite", "pg") for workers in (1, 2)),
    *(f"--db {db} {KILLS} --workers 2 --stream --producers 2" for db in ("sqlite", "pg")),
    *(f"--db {db} --messages 500 --kills 30 --fault all" for db in ("sqlite", "pg")),
    *(f"--db {db} --messages 500 --kills 30 --fault all --stream" for db in ("sqlite", "pg")),
    *(f"--db {db} --messages 500 --kills 0 --restart-db 3" for db in ("sqlite", "pg")),
    *(f"--db {db} --messages 200 --kills 0 --die-for-good" for db in ("sqlite", "pg")),
    *(f"--db {db} --messages 400 --kills 0 --stop 8 --stops 3 --threads 1" for db in ("sqlite", "pg")),
    *(
        f"--db {db} --messages 500 --kills 10 --limited 0.05 --broken 0.05 --forgotten 0.05 --retry-after 0.5"
        for db in ("sqlite", "pg")
    ),
    "--db pg --messages 300 --kills 10 --lag 2",
]


@pytest.mark.parametrize("words", PLANS)
def test_nothing_is_lost_doubled_or_out_of_order(words: str) -> None:
    figures = run(parsed(words.split()))
    print(json.dumps(figures))
    assert figures["failures"] == []


@pytest.mark.parametrize("db", ["sqlite", "pg"])
def test_frozen_inside_a_send_at_most_one_is_doubled_each_time_and_marked(db: str) -> None:
    words = f"--db {db} --messages 400 --kills 0 --stop 8 --stops 3 --threads 1 --inside --delay 0.15"
    figures = run(parsed(words.split()))
    print(json.dumps(figures))
    assert figures["failures"] == []
    assert figures["doubled"] == figures["repeated_marked"] <= figures["stops"] == 3


@pytest.mark.parametrize("db", ["sqlite", "pg"])
def test_accepting_is_quick_while_answers_take_ten_seconds(db: str) -> None:
    words = f"--db {db} --messages 3000 --conversations 1000 --rate 50 --model 10 --threads 100 --kills 0 --lease 20"
    figures = run(parsed(words.split()))
    print(json.dumps(figures))
    assert figures["failures"] == []
