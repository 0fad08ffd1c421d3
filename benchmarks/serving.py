"""How long a writer waits for a changed page while the site is served.

Run `uv run python -m benchmarks.serving`. It serves a copy of the checkout, notebooks apart, adds a sentence to an article, and waits
until the page that is served says it. The time of the processors tells what is due to what else the machine does.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter, sleep
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks.checkout import copied

PAGE = "many-to-many"
CHANGES = 4


def main() -> None:
    """Print the times."""
    with tempfile.TemporaryDirectory() as name:
        site = copied(Path(name))
        place = f"127.0.0.1:{_free_port()}"
        command = (sys.executable, "-m", "mkdocs", "serve", "--dirty", "--quiet", "--dev-addr", place)
        server = subprocess.Popen(command, cwd=site)
        try:
            _report("first page", server, f"http://{place}/{PAGE}/", "</html>")
            for number in range(CHANGES):
                sentence = f"Sentence {number} was not there before."
                with (site / f"docs/{PAGE}.md").open("a", encoding="utf-8") as page:
                    page.write(f"\n{sentence}\n")
                _report(f"change {number + 1}", server, f"http://{place}/{PAGE}/", sentence)
        finally:
            server.terminate()
            server.wait()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _report(what: str, server: subprocess.Popen[bytes], address: str, wanted: str) -> None:
    before, start = _processor_seconds(server.pid), perf_counter()
    while wanted not in _text(address):
        if server.poll() is not None:
            raise RuntimeError("the server has ended")
        sleep(0.05)
    print(
        f"{what:12} {perf_counter() - start:6.1f} s, processors {_processor_seconds(server.pid) - before:6.1f} s",
        flush=True,
    )


def _text(address: str) -> str:
    try:
        with urlopen(address, timeout=600) as answer:
            return str(answer.read().decode())
    except (URLError, ConnectionError):
        return ""


def _processor_seconds(pid: int) -> float:
    """Of a process and of those it has waited for, where the system tells."""
    file = Path(f"/proc/{pid}/stat")
    ticks = file.read_text().rpartition(")")[2].split()[11:15] if file.exists() else []
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


main()
