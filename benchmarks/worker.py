"""The process of one peer: compares and measures every case, and prints each result as a line of JSON."""

from __future__ import annotations

import argparse
import json
import resource
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from benchmarks import ours, peers
from benchmarks.agreement import worst_difference
from benchmarks.cases import SIZES, Case, Problem, problem
from benchmarks.machine import keep_to_cores
from benchmarks.products import matrix_products
from benchmarks.rounds import FULL, QUICK, Effort, compare

DTYPES = ("float64", "float32")
QUICK_SIZES = SIZES[:3]
PRODUCTS = "matrix_products"


def cases(cells: tuple[str, ...], quick: bool) -> list[Case]:
    """Every cell in every size and type."""
    sizes = QUICK_SIZES if quick else SIZES
    return [Case(cell, size, dtype) for cell in cells for size in sizes for dtype in DTYPES]


def beside_peer(peer: ModuleType, data: Problem, effort: Effort) -> dict[str, Any]:
    """Our time and that of a peer, once they have been found to agree.

    Raises:
        DisagreementError: if the peer computes something else.
        NotImplementedError: if the peer does not offer this case.
    """
    start = _all_cpu_time()
    mine, other = ours.program(data), peer.program(data)
    other.call()
    first = _all_cpu_time() - start
    difference = worst_difference(mine, other, data.case.dtype)
    found = compare(mine.call, other.call, effort, peer.CLOCK)
    return {**found._asdict(), "clock": peer.CLOCK, "difference": difference, "first_call": first}


def _all_cpu_time() -> float:
    """CPU time so far, that of compilers which were started included."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def beside_products(data: Problem, effort: Effort) -> dict[str, Any]:
    """Our time and that of the matrix products alone."""
    return compare(ours.program(data).call, matrix_products(data), effort)._asdict() | {"clock": "cpu"}


def results(name: str, quick: bool) -> Iterator[dict[str, Any]]:
    """A result for each case; `missing` says why there is none."""
    effort = QUICK if quick else FULL
    try:
        peer = None if name == PRODUCTS else peers.load(name)
    except ImportError as error:
        yield {"peer": name, "missing": f"not installed: {error.name}"}
        return
    for case in cases(peer.CELLS if peer else ("tanh", "lstm", "gru"), quick):
        key = {"peer": name, "cell": case.cell, **case.size._asdict(), "dtype": case.dtype}
        try:
            data = problem(case)
            yield key | (beside_peer(peer, data, effort) if peer else beside_products(data, effort))
        except NotImplementedError as reason:
            yield key | {"missing": str(reason)}


def main() -> None:
    """Measure the peer that is named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("peer", choices=(PRODUCTS, *peers.PEERS))
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--cores", type=int, default=1)
    arguments = parser.parse_args()
    keep_to_cores(arguments.cores)
    for result in results(arguments.peer, arguments.quick):
        print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
