"""How long the site takes to build, notebooks apart: from nothing, again, and with more and more pages.

Run `uv run python -m benchmarks.building`. The time of all processors together says how much of the time on the clock is due to
what else the machine does.
"""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from benchmarks.checkout import ROOT, copied

COMMAND = (sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet")
ENVIRONMENT = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
"""Libraries are compiled once on a machine, and not by each build."""
ARTICLE = "feedforward"
COPIES = (5, 10, 20)


def main() -> None:
    """Print the times."""
    with tempfile.TemporaryDirectory() as name:
        site = copied(Path(name))
        for state in ("from nothing", "again"):
            _report(f"whole site, {state}", site)
    for count in COPIES:
        with tempfile.TemporaryDirectory() as name:
            _report(f"{count} pages like {ARTICLE}", _with_copies(copied(Path(name)), count))


def _report(what: str, site: Path) -> None:
    before, start = _processor_seconds(), perf_counter()
    subprocess.run(COMMAND, cwd=site, check=True, env=ENVIRONMENT)
    print(f"{what:32} {perf_counter() - start:6.1f} s, processors {_processor_seconds() - before:6.1f} s", flush=True)


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _with_copies(site: Path, count: int) -> Path:
    """Nothing but copies of one article, whose equations have names of their own."""
    for page in (site / "docs").glob("*.md"):
        page.unlink()
    text = (ROOT / f"docs/{ARTICLE}.md").read_text(encoding="utf-8")
    for number in range(count):
        renamed = re.sub(r"(?m)(^/// \w+ \| |\]\(eq:)([\w-]+)", rf"\1\2-{number}", text)
        (site / f"docs/page-{number}.md").write_text(
            renamed.replace("series: 1", f"series: {number}"), encoding="utf-8"
        )
    settings = (site / "mkdocs.yml").read_text(encoding="utf-8")
    (site / "mkdocs.yml").write_text(re.sub(r"(?s)\nnav:.*?\ntheme:", "\ntheme:", settings), encoding="utf-8")
    return site


main()
