"""A mailbox of Dovecot, which much of the world's mail lies in: read as it comes, after a cut and a restart too."""

import imaplib
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from connectors.mail.imap import Mailbox
from connectors.mail.sending import server_of
from connectors.mail.taking import Taking
from tests.connectors.mail.letters import BOT, SERVER, letter
from tests.connectors.mail.test_whole_way import states
from tests.reliability.slack_company import free_port
from tests.samples import BotMaker

pytestmark = pytest.mark.soak

SETTINGS = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_login_user = {user}
default_internal_user = {user}
default_internal_group = {group}
first_valid_uid = 0
mail_location = maildir:{folder}/mail
mail_uid = {user}
mail_gid = {group}
mailbox_idle_check_interval = 1s
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
}}
service anvil {{
  chroot =
}}
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}
}}
"""


@contextmanager
def dovecot(folder: Path, port: int) -> Iterator[str]:
    """Run a Dovecot with an empty mailbox; yield its address."""
    program = shutil.which("dovecot", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        pytest.skip("Dovecot is not there: apt-get install dovecot-imapd")
    user, group = ("nobody", "nogroup") if os.getuid() == 0 else (str(os.getuid()), str(os.getgid()))
    config = folder / "dovecot.conf"
    config.write_text(SETTINGS.format(folder=folder, user=user, group=group, port=port), "utf-8")
    process = subprocess.Popen([program, "-F", "-c", str(config)])
    try:
        yield f"imap://bot%40company.com:secret@127.0.0.1:{port}/INBOX"
    finally:
        process.terminate()
        process.wait(20)


def wait(holds: Callable[[], object], seconds: float) -> None:
    """Wait until something is true."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "it did not come true"
        time.sleep(0.05)


def put(port: int, data: bytes) -> None:
    """Have a mail come into the mailbox."""
    with imaplib.IMAP4("127.0.0.1", port) as client:
        client.login(BOT, "secret")
        assert client.append("INBOX", "", "", data)[0] == "OK"


def is_up(port: int) -> bool:
    """Tell whether the server lets somebody in."""
    try:
        with imaplib.IMAP4("127.0.0.1", port) as client:
            return client.login(BOT, "secret")[0] == "OK"
    except (OSError, imaplib.IMAP4.error):
        return False


def test_what_comes_is_taken_across_restarts(make_bot: BotMaker, tmp_path: Path) -> None:
    bot, port = make_bot(mail_address=BOT, mail_allow="company.com", mail_authserv_id=SERVER), free_port()
    folder = tmp_path / "dovecot"
    (folder / "mail").mkdir(parents=True)
    for each in (tmp_path.parent, tmp_path, folder, folder / "mail"):
        each.chmod(0o777)
    with dovecot(folder, port) as address:
        wait(lambda: is_up(port), 30.0)
        put(port, letter(identifier="<1@company.com>"))
        mailbox = Mailbox(server_of(address), Taking(bot), bot.sessions).start()
        wait(lambda: len(states(bot)) == 1, 30.0)  # what lay there
        put(port, letter(identifier="<2@company.com>"))
        wait(lambda: len(states(bot)) == 2, 30.0)  # by IDLE
    wait(lambda: mailbox.state.startswith("failed"), 60.0)
    with dovecot(folder, port):
        wait(lambda: is_up(port), 30.0)
        put(port, letter(identifier="<3@company.com>"))
        wait(lambda: len(states(bot)) == 3, 90.0)
        mailbox.stop()
        with imaplib.IMAP4("127.0.0.1", port) as client:
            client.login(BOT, "secret")
            client.select("INBOX")
            assert client.search(None, "UNSEEN")[1] == [b""]
