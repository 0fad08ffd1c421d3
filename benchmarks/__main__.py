"""Measure everything, print the ratios and write the record that the Performance page is made from.

PYTHONPATH=src python -m benchmarks             about ten minutes, every peer and size
PYTHONPATH=src python -m benchmarks --quick     a minute, to try; writes nothing unless --output is given
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks import tables
from benchmarks.long import ways
from benchmarks.machine import commit, description, environment
from benchmarks.peers import CORES, PEERS
from benchmarks.record import as_json
from benchmarks.worker import PRODUCTS

RECORD = Path("src/rnnwb/site/measured/record.json")
LENGTHS, QUICK_LENGTHS = (50, 200, 1000, 4000, 20_000, 100_000), (50, 200, 1000)
MEMORY_LENGTHS = (1000, 10_000, 100_000)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few rounds, small sizes, short sequences")
    everyone = [PRODUCTS, *PEERS]
    parser.add_argument("--peers", nargs="*", choices=everyone, default=everyone, help="which to measure beside")
    parser.add_argument("--no-long", action="store_true", help="leave out the long sequences")
    parser.add_argument("--output", type=Path, help=f"where to write the record, {RECORD} unless --quick")
    arguments = parser.parse_args()
    record: dict[str, Any] = {
        "date": datetime.now(UTC).date().isoformat(),
        "commit": commit(),
        "machine": description(),
        "long": ways.described(),
    }
    record["ratios"] = list(ratios(arguments.peers, arguments.quick))
    record |= {"times": [], "memory": []} if arguments.no_long else long_sequences(arguments.quick)
    output = arguments.output or (None if arguments.quick else RECORD)
    if output:
        output.write_text(as_json(record), encoding="utf-8")


def ratios(names: list[str], quick: bool) -> Iterator[dict[str, Any]]:
    """The results of every peer, each in a process of its own."""
    for name in names:
        print(tables.heading(name))
        options = ["--cores", str(CORES.get(name, 1)), *(["--quick"] if quick else [])]
        for result in run("benchmarks.worker", name, *options):
            print(tables.ratio_line(result), flush=True)
            yield result


def long_sequences(quick: bool) -> dict[str, list[dict[str, Any]]]:
    """Time and memory against the number of steps."""
    lengths = QUICK_LENGTHS if quick else LENGTHS
    steps = ",".join(map(str, lengths))
    print(tables.heading("long sequences, time"))
    found: dict[str, list[dict[str, Any]]] = {"times": [], "memory": []}
    for group in (ways.OURS, *((peer,) for peer in ways.PEERS)):
        rounds = "3" if group == ways.OURS else "2"
        found["times"] += _printed(run("benchmarks.long.worker", "times", ",".join(group), steps, "--rounds", rounds))
    print(tables.heading("long sequences, memory"))
    for way in (*ways.OURS, *ways.PEERS):
        for T in QUICK_LENGTHS[-1:] if quick else MEMORY_LENGTHS:
            found["memory"] += _printed(run("benchmarks.long.worker", "memory", way, str(T)))
    return found


def _printed(results: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for result in results:
        print(tables.long_line(result), flush=True)
        yield result


def run(module: str, *arguments: str) -> Iterator[dict[str, Any]]:
    """The results that a worker prints; what it says besides goes to the screen.

    Raises:
        SystemExit: if it fails, for instance because a peer disagrees.
    """
    command = [sys.executable, "-m", module, *arguments]
    with subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield from map(json.loads, process.stdout)
    if process.returncode:
        sys.exit(f"{' '.join(arguments)} failed, so nothing is written")


if __name__ == "__main__":
    main()
