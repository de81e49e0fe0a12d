"""Mails in a burst while ``dapbot serve`` is killed and started again, beside the same without kills.

    python -m tests.benchmarks.mail_burst --mails 500 --kills 5 --mailbox 200

Clients bring mails by SMTP, each again until it is taken; then mails lie in a mailbox. Judged by the server that the
replies came to: lost (no reply), twice (killed inside a send, which nobody can be asked about) and replies beyond that
(another Message-ID for the same mail: there must be none).
"""

import argparse
import shutil
import tempfile
import time
from pathlib import Path

from tests.reliability.mail_office import MailOffice, mails
from tests.servers import databases
from tests.servers.commands import dapbot
from tests.servers.imap import ImapServer
from tests.servers.mail import MailServer


def measured(count: int, kills: int, seed: int, *, by_mailbox: bool, folder: Path) -> float:
    """Run once and print what came of it; return mails a second."""
    with MailServer() as out, ImapServer() as mailbox:
        office = MailOffice(folder / "data", out, mailbox if by_mailbox else None)
        office.data.mkdir()
        added = dapbot("knowledge", "add", knowledge(folder), "--data", office.data)
        assert added.code == 0, added.err
        began = time.perf_counter()
        if by_mailbox:
            office.put(mails(count))
            clients = []
        else:
            clients = office.bring(mails(count), clients=8)
        office.run_killed(kills, seed, apart=count // (kills + 1))
        seconds = time.perf_counter() - began
        for each in clients:
            each.join()
        way = "mailbox" if by_mailbox else "SMTP"
        print(
            f"{way}: {count} mails, {kills} kills: lost {office.lost}, twice (killed inside a send) {office.doubled}, "
            f"other replies {office.identifiers - count + office.lost}, {seconds:.1f} s, {count / seconds:.1f} mails/s",
            flush=True,
        )
    return count / seconds


def knowledge(folder: Path) -> Path:
    """Return a small FAQ for the questions among the mails."""
    made = folder / "faq.csv"
    rows = ("배송비는 얼마인가요?,3만원 이상은 무료입니다.", "환불은 얼마나 걸리나요?,영업일 기준 3일 걸립니다.")
    made.write_text("\n".join(["질문,답변", *rows]), "utf-8")
    return made


def main() -> None:
    """Measure both ways, without kills first."""
    options = argparse.ArgumentParser()
    options.add_argument("--mails", type=int, default=500)
    options.add_argument("--mailbox", type=int, default=200)
    options.add_argument("--kills", type=int, default=5)
    options.add_argument("--seed", type=int, default=7)
    given = options.parse_args()
    databases.choose("sqlite")
    for count, by_mailbox in ((given.mails, False), (given.mailbox, True)):
        speeds = []
        for kills in (0, given.kills):
            folder = Path(tempfile.mkdtemp(prefix="mail-burst-"))
            try:
                speeds.append(measured(count, kills, given.seed, by_mailbox=by_mailbox, folder=folder))
            finally:
                shutil.rmtree(folder)
        print(f"  with kills / without: {speeds[1] / speeds[0]:.2f}", flush=True)


if __name__ == "__main__":
    main()
