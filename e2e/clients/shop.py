"""A real shop for one test: the busker program on a free port, with a data folder of its own and play money."""

import json
import os
import subprocess
import tempfile
from pathlib import Path

BUSKER = os.environ["BUSKER_BIN"]

# A shop that is asked to stop may finish a song first.
STOP_SECONDS = 60

PAID_STATES = {"paid", "generating", "delivered", "refundable", "refunding", "refunded"}


class Shop:
    """Open while used as a context manager."""

    def __init__(self, *serve_options: str):
        self._serve_options = serve_options
        self._processes: list[subprocess.Popen] = []

    def __enter__(self) -> "Shop":
        self._folder = tempfile.TemporaryDirectory(prefix="busker-clients-")
        self.data_dir = Path(self._folder.name) / "data"
        # What the program says is kept apart and only shown when a shop does not open.
        self._log = open(Path(self._folder.name) / "log", "w+")
        server = self._start("serve", "--listen", "127.0.0.1:0", *self._serve_options, stdout=subprocess.PIPE)
        first_line = server.stdout.readline()
        if not first_line.startswith("listening on "):
            self._stop_all()
            self._log.seek(0)
            raise RuntimeError(f"the shop did not open: {first_line}{self._log.read()}")
        self.url = first_line.removeprefix("listening on ").strip()
        self.generate_url = f"{self.url}/api/l402/generate-music"
        return self

    def __exit__(self, *_) -> None:
        self._stop_all()
        self._log.close()
        self._folder.cleanup()

    def start_worker(self) -> None:
        """A process that only makes songs, on the same data folder."""
        self._start("worker")

    def pay(self, invoice: str) -> str:
        """Pays as a stranger on this machine would, and returns the preimage."""
        return json.loads(self.run("pay", invoice, "--json"))["preimage"]

    def paid_orders(self) -> list[dict]:
        """Every order that somebody paid for."""
        orders = json.loads(self.run("orders", "list", "--json"))
        return [order for order in orders if order["state"] in PAID_STATES]

    def run(self, *arguments: str) -> str:
        """What a busker command on this shop's data folder prints."""
        command = [BUSKER, *arguments]
        done = subprocess.run(command, env=self.environment(), capture_output=True, text=True, timeout=60)
        if done.returncode != 0:
            raise RuntimeError(f"{arguments[0]} failed: {done.stderr}")
        return done.stdout

    def environment(self) -> dict[str, str]:
        """The caller's, without their own busker settings, and with this shop's data folder."""
        others = {name: value for name, value in os.environ.items() if not name.startswith("BUSKER")}
        return others | {"BUSKER_DATA_DIR": str(self.data_dir)}

    def _start(self, *arguments: str, stdout=None) -> subprocess.Popen:
        process = subprocess.Popen(
            [BUSKER, *arguments], env=self.environment(), stdout=stdout or self._log, stderr=self._log, text=True
        )
        self._processes.append(process)
        return process

    def _stop_all(self) -> None:
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            if process.stdout:
                process.stdout.close()
