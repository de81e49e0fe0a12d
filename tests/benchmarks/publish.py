"""Print how soon answers come from a large FAQ: ``python -m tests.benchmarks.publish --rows 20000``.

A server runs, ``dapbot knowledge add`` is called as an admin would, and the last row is asked for all the while, the
way people ask. Then the same file comes again with ten rows changed.
"""

import argparse
import csv
import io
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.scale import tell
from tests.benchmarks.scale_corpus import Generator
from tests.servers.dapbot import ROOT, Site, serving

PATIENCE = 300.0


def table(rows: Sequence[tuple[str, str, str]]) -> bytes:
    """Return the rows as a CSV file."""
    text = io.StringIO()
    csv.writer(text).writerows([("id", "질문", "답변"), *rows])
    return text.getvalue().encode("utf-8-sig")


def publish(site: Site, file: Path, rows: Sequence[tuple[str, str, str]], sought: int) -> tuple[float, float]:
    """Write and add the file; return the seconds until the server answers from row ``sought``, and until the end."""
    key, question, answer = rows[sought]
    file.write_bytes(table(rows))
    command = [sys.executable, "-c", "from connectors.cli import main; main()", "knowledge", "add", str(file)]
    begun = time.perf_counter()
    with subprocess.Popen([*command, "--data", str(site.data)], cwd=ROOT, stdout=subprocess.DEVNULL) as adding:
        seen = 0.0
        while not seen and time.perf_counter() - begun < PATIENCE:
            told = site.post("/api/v1/ask", {"question": question, "stream": False}).json
            if any(source["passage"] == key for source in told.get("sources", ())) and answer[:12] in str(told):
                seen = time.perf_counter() - begun
            time.sleep(0.05)
        adding.wait()
        return seen, time.perf_counter() - begun


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--length", type=int, default=45, help="characters of an answer")
    options = parser.parse_args()
    entries = Generator("ko").entries(options.rows, length=options.length)
    rows = [(entry.key, f"{number}번 {entry.question}", entry.answer) for number, entry in enumerate(entries)]
    characters = sum(len(question) + len(answer) for _, question, answer in rows)
    tell(f"{len(rows)} rows", f"{characters / len(rows):.0f} characters each")
    with tempfile.TemporaryDirectory(prefix="dapbot-publish-") as folder:
        data = Path(folder, "data")
        with serving(data) as site:
            file = Path(folder, "faq.csv")
            publish(site, Path(folder, "first.csv"), [("a", "서버가 준비되었나요?", "네, 준비되었습니다.")], 0)
            seen, ended = publish(site, file, rows, len(rows) - 1)
            tell("all new", f"seen after {seen:.1f} s, command ended after {ended:.1f} s")
            for at in range(10):
                rows[at * 7] = (*rows[at * 7][:2], f"개정 {at}: 담당 부서에 문의해 주세요.")
            seen, ended = publish(site, file, rows, 63)
            tell("10 rows changed", f"seen after {seen:.1f} s, command ended after {ended:.1f} s")


if __name__ == "__main__":
    main()
