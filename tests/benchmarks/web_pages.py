"""Print how long pages take and weigh: ``python -m tests.benchmarks.web_pages FOLDER [--crowd 50]``.

The folder is one of ``tests.benchmarks.web_folder``. Each page is asked for in turn over a connection of its own, as a
browser would; beside its time stands the ratio to the page that says that there is nothing, which reads no rows. With
``--crowd``, so many people ask at once and are answered sentence by sentence by a scripted model meanwhile.
"""

import argparse
import os
import re
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles

from bot.llm.scripted import Script, ScriptedModel
from bot.wiring import build_bot
from tests.benchmarks.scale import tell
from tests.servers import databases
from tests.servers.dapbot import Site, serving
from tests.servers.databases import settings_of
from tests.servers.web import served

PATIENCE = 900.0
IDLE = 0.2
"""Seconds of processor time in three, while nobody asks for anything."""
NOTHING = "/nothing"
PAGES = (
    NOTHING,
    "/",
    "/history",
    "/documents",
    "/documents/1",
    "/documents/1?q=%ED%99%98%EB%B6%88",
    "/documents/1?page=200",
    "/documents/1/versions",
    "/documents/1/uses",
    "/documents/1/recall",
    "/documents/1/settings",
    "/documents/check",
    "/documents/try",
    "/documents/golden",
    "/documents/try?q=%ED%99%98%EB%B6%88%EC%9D%80%20%EC%96%B8%EC%A0%9C%20%EB%90%98%EB%82%98%EC%9A%94%3F",
    "/questions",
    "/questions/1",
    "/questions?q=%EC%A3%BC%EB%A7%90",
    "/insight",
    "/insight?days=7",
    "/insight?days=90",
    "/conversations",
    "/conversations?q=%ED%99%98%EB%B6%88",
    "/conversations?q=%EC%A3%BC%EB%A7%90%20%EC%83%81%EB%8B%B4",
    "/conversations?answered=no&channel=slack",
    "/conversations?rating=bad",
    "/conversations?q=%EC%97%86%EB%8A%94%EB%A7%90%EC%9E%84",
    "/people",
    "/admin/handovers",
    "/admin/settings",
    "/admin/settings/words",
    "/admin/checks",
    "/admin/inbox",
    "/admin/accounts",
    "/admin/tokens",
    "/admin/audit",
    "/api/docs",
)
HTML = {"Accept": "text/html", "Accept-Language": "ko"}
MEANWHILE = ("/", "/documents", "/insight", "/conversations", "/questions")
CROWD_SECONDS = 20
CROWD_SAYS = "배송비는 3,000원입니다. [1] 50,000원 이상 주문하시면 무료입니다. [1] "


def percentiles(taken: Sequence[float]) -> tuple[float, float]:
    """Return p50 and p95 of milliseconds."""
    return median(taken), quantiles(taken, n=20)[-1]


def timed(call: Callable[[], object]) -> float:
    """Return the milliseconds of a call."""
    begun = time.perf_counter()
    call()
    return (time.perf_counter() - begun) * 1e3


def weight(site: Site, html: str) -> int:
    """Return the bytes of a page with its styles and scripts, all but uPlot's."""
    linked = set(re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js|svg))"', html))
    scripts = {path for path in linked if path.endswith(".js")}
    while scripts:  # modules import others of the same folder
        found: set[str] = set()
        for path in scripts:
            text = site.call("GET", path).text
            folder = path.rsplit("/", 1)[0]
            found |= {f"{folder}/{name}" for name in re.findall(r'from "\./([\w.]+)"', text)}
        scripts = found - linked
        linked |= found
    return len(html.encode()) + sum(
        len(site.call("GET", path).body) for path in linked if not path.rsplit("/", 1)[1].startswith("uplot")
    )


def settle(site: Site) -> None:
    """Wait until the server has done what it does in the background for conversations that are new to it."""
    assert site.process is not None
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE:
        before = _processor(site.process.pid)
        time.sleep(3)
        if _processor(site.process.pid) - before < IDLE:
            break
    tell("work in the background", f"{time.monotonic() - began:.0f} s")


def _processor(process: int) -> float:
    """Return the seconds of processor time that a process took so far."""
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def pages(site: Site, rounds: int, wanted: str) -> None:
    """Print a line for each page."""
    base = 1.0
    for path in PAGES:
        if wanted not in path and path != NOTHING:
            continue
        first = site.call("GET", path, headers=HTML)
        if first.status not in (200, 303) and path != NOTHING:
            tell(path, f"status {first.status}")
            continue
        p50, p95 = percentiles([timed(partial(site.call, "GET", path, headers=HTML)) for _ in range(rounds)])
        base = p50 if path == NOTHING else base
        size = weight(site, first.text)
        tell(path, f"p50 {p50:6.1f}  p95 {p95:6.1f} ms  x{p50 / base:4.1f}  {size / 1000:5.0f} kB")


def crowd(data: Path, people: int) -> None:
    """Print when people who ask all at once, again and again, have their first text, and what pages take meanwhile."""
    model = ScriptedModel([Script(CROWD_SAYS * 3, pause=0.1)], piece=8)
    with build_bot(settings_of(data, messages_per_minute=0, messages_per_day=0), llm=model) as bot, served(bot) as site:
        for path in MEANWHILE:
            site.call("GET", path, headers=HTML)
        alone = [first_text(site) for _ in range(5)]
        until = time.monotonic() + CROWD_SECONDS
        with ThreadPoolExecutor(people) as asking:
            told = [asking.submit(_again_and_again, site, until) for _ in range(people)]
            taken: list[float] = []
            while time.monotonic() < until:
                taken += [timed(partial(site.call, "GET", path, headers=HTML)) for path in MEANWHILE]
            firsts = [each for one in told for each in one.result()]
    tell("first text, one person", f"p50 {median(alone):.0f} ms")
    p50, p95 = percentiles(firsts)
    ratio = p50 / median(alone)
    tell(f"first text, {people} at once", f"p50 {p50:.0f}  p95 {p95:.0f} ms, x{ratio:.1f} ({len(firsts)} answers)")
    p50, p95 = percentiles(taken)
    tell("pages meanwhile", f"p50 {p50:.0f}  p95 {p95:.0f} ms ({len(taken)} pages)")


def _again_and_again(site: Site, until: float) -> list[float]:
    found = []
    while time.monotonic() < until:
        found.append(first_text(site))
    return found


def first_text(site: Site) -> float:
    """Ask, and return the milliseconds until the first text; the answer is read to its end."""
    question = '{"question": "배송비는 얼마인가요?"}'.encode()
    headers = {"Content-Type": "application/json", "Accept": "text/event-stream"}
    connection = HTTPConnection(site.host, site.port, timeout=120)
    begun, first = time.perf_counter(), 0.0
    connection.request("POST", "/api/v1/ask", question, headers)
    response = connection.getresponse()
    while line := response.readline():
        if line.startswith(b"event: text") and not first:
            first = (time.perf_counter() - begun) * 1e3
    connection.close()
    return first


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--only", default="", help="pages whose address holds this")
    parser.add_argument("--crowd", type=int, default=0, help="people who ask at once; then no page is timed alone")
    options = parser.parse_args()
    databases.choose("sqlite")
    if options.crowd:
        crowd(options.folder, options.crowd)
        return
    with serving(options.folder) as site:
        site.wait_ready()
        settle(site)
        pages(site, options.rounds, options.only)


if __name__ == "__main__":
    main()
