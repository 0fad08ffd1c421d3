"""How long a reader on a slow phone waits for the maths of the longest article.

Run `uv run --group browser python -m benchmarks.reading SITE` on a built site. It needs Chromium; with npm,
KaTeX is compared as well. Every page is visited anew in turn, so that a busy machine slows all alike; what counts
are the ratios to the empty page.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from benchmarks.reading.server import served
from benchmarks.reading.variants import add_variants
from benchmarks.reading.visits import Visit, visit

SLOWER_THAN_EMPTY, SHIFT, KILOBYTES = 1.8, 0.01, 200


def main() -> int:
    """Print the medians and whether the limits are kept."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("site", type=Path)
    options.add_argument("--rounds", type=int, default=5)
    arguments = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(shutil.copytree(arguments.site, Path(folder) / "site"))
        pages = [path.parent.relative_to(site).as_posix() for path in sorted(site.rglob("index.html"))]
        own = [page for page in pages if not page.startswith("assets")]
        addresses = add_variants(site)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        with served(site) as address:
            visits = _in_turn(browser, address, addresses, arguments.rounds)
            firsts = {page: visit(browser, address + page + "/") for page in own}
        browser.close()
    return _report(visits, firsts, addresses["as built"])


def _in_turn(browser: Browser, address: str, addresses: dict[str, str], rounds: int) -> dict[str, list[Visit]]:
    visits: dict[str, list[Visit]] = {name: [] for name in addresses}
    for _ in range(rounds):
        for name, path in addresses.items():
            visits[name].append(visit(browser, address + path, typesets="browser" in name))
    return visits


def _report(visits: dict[str, list[Visit]], firsts: dict[str, Visit], page: str) -> int:
    print(f"{page} 4 times slower, slow 4G, nothing cached, medians of {len(visits['empty'])}")
    empty = median(one.time for one in visits["empty"])
    for name, found in visits.items():
        time, shift = median(one.time for one in found), median(one.shift for one in found)
        kilobytes = median(one.kilobytes for one in found)
        print(f"{name:24} {time / 1000:5.1f} s {time / empty:5.2f} x shift {shift:.3f} {kilobytes:5.0f} kB")
    heaviest = max(firsts, key=lambda path: firsts[path].kilobytes)
    restless = max(firsts, key=lambda path: firsts[path].shift)
    print(f"heaviest first visit of all pages: {heaviest} {firsts[heaviest].kilobytes:.0f} kB")
    print(f"largest layout shift of these: {restless} {firsts[restless].shift:.4f}")
    ratio = median(one.time for one in visits["as built"]) / empty
    kept = ratio <= SLOWER_THAN_EMPTY and firsts[restless].shift <= SHIFT
    return 0 if kept and firsts[heaviest].kilobytes <= KILOBYTES else 1


sys.exit(main())
