"""How long a writer waits for a changed page while the site is served.

Run `uv run python -m benchmarks.serving`. It serves a copy of the checkout, notebooks apart, adds sentences and then equations to
articles, and waits until the page that is served says it. The time of the processors tells what is due to what else the machine does.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter, sleep
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks.checkout import copied

TEXT, MATHS = "many-to-many", "gradient-flow"
CHANGES = 3
EQUATION = re.compile(r"(?s)/// equation \| [\w-]+\n.*?\n///\n")


def main() -> None:
    """Print the times."""
    with tempfile.TemporaryDirectory() as name:
        site = copied(Path(name))
        place = f"127.0.0.1:{_free_port()}"
        command = (sys.executable, "-m", "mkdocs", "serve", "--quiet", "--dev-addr", place)
        server = subprocess.Popen(command, cwd=site)
        try:
            _report("first page", server, f"http://{place}/{TEXT}/", "</html>")
            for number in range(CHANGES):
                sentence = f"Sentence {number} was not there before."
                _append(site, TEXT, sentence)
                _report(f"sentence {number + 1}", server, f"http://{place}/{TEXT}/", sentence)
            for number in range(CHANGES):
                name = f"again-{number}"
                _append(site, MATHS, _renamed(EQUATION.findall(_source(site, MATHS))[number], name))
                _report(f"equation {number + 1}", server, f"http://{place}/{MATHS}/", f'id="eq-{name}"')
        finally:
            server.terminate()
            server.wait()


def _source(site: Path, page: str) -> str:
    return (site / f"docs/{page}.md").read_text(encoding="utf-8")


def _append(site: Path, page: str, text: str) -> None:
    with (site / f"docs/{page}.md").open("a", encoding="utf-8") as file:
        file.write(f"\n{text}\n")


def _renamed(block: str, name: str) -> str:
    return re.sub(r"(?<=equation \| )[\w-]+", name, block, count=1)


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
