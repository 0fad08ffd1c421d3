"""A process for long sequences: the memory of one way, or the time of several in turns; a line of JSON for each result."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from time import process_time
from typing import Any

import numpy as np

from benchmarks import ours, peers
from benchmarks.agreement import DisagreementError, relative_difference, worst_difference
from benchmarks.cases import Problem
from benchmarks.long import ways
from benchmarks.long.memory import give_back, mebibytes_above
from benchmarks.machine import keep_to_cores
from benchmarks.rounds import spread

WARM_UP, COMPARED = 20, 2000
EXACT = 1e-12
TURN = 0.02
"""Seconds of one turn at least; short sequences are called several times."""


def memory(way: str, steps: int) -> dict[str, Any]:
    """Peak memory of one call above its inputs, after a short call that loads what is loaded once."""
    data = ways.long_problem(steps)
    ways.call(way, ways.first_steps(data, WARM_UP))()
    return {"way": way, "T": steps, "mebibytes": mebibytes_above(ways.call(way, data))}


def times(names: list[str], lengths: list[int], rounds: int) -> Iterator[dict[str, Any]]:
    """Seconds of every way and length, each round through all of them; ratios are to the first way."""
    data = ways.long_problem(lengths[-1])
    compare(names, ways.first_steps(data, min(COMPARED, lengths[-1])))
    calls = {(name, T): ways.call(name, ways.first_steps(data, T)) for T in lengths for name in names}
    counts = {key: max(1, round(TURN / _warm_seconds(call))) for key, call in calls.items()}
    found = {key: np.array(values) for key, values in _rounds(calls, counts, rounds).items()}
    for (name, T), seconds in found.items():
        ratio = spread(seconds / found[names[0], T])
        yield {"way": name, "T": T, "seconds": spread(seconds), "ratio_to": names[0], "ratio": ratio}


def compare(names: list[str], data: Problem) -> None:
    """Every way but the truncated one gives the same gradients.

    Raises:
        DisagreementError: if one does not.
    """
    expected = ways.call("states_kept", data)()
    for name in set(names) - {"truncated", "states_kept"}:
        if name in ways.PEERS:
            worst_difference(ours.program(data), peers.load(name).program(data), ways.DTYPE)
            continue
        found = ways.call(name, data)()
        for key, one, other in zip(found.parameters._fields, found.parameters, expected.parameters):
            if not relative_difference(one, other) <= EXACT:
                raise DisagreementError(f"{name}: the gradient of {key} is another one")


def _rounds(calls: dict[Any, ways.Call], counts: dict[Any, int], rounds: int) -> dict[Any, list[float]]:
    """Seconds of each call in every round; memory is given back and the shortest called before each, so that none pays for the one before."""
    found: dict[Any, list[float]] = {key: [] for key in calls}
    shortest = next(iter(calls.values()))
    for _ in range(rounds):
        for key, call in calls.items():
            give_back()
            shortest()
            found[key].append(_seconds(call, counts[key]))
    return found


def _warm_seconds(call: ways.Call) -> float:
    """Seconds of a call, without a first one that may be longer where it is short."""
    once = _seconds(call, 1)
    return _seconds(call, 1) if once < 1 else once


def _seconds(call: ways.Call, count: int) -> float:
    """Seconds of CPU time a call."""
    start = process_time()
    for _ in range(count):
        call()
    return (process_time() - start) / count


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=("memory", "times"))
    parser.add_argument("ways", type=lambda text: text.split(","))
    parser.add_argument("lengths", type=lambda text: [int(steps) for steps in text.split(",")])
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    keep_to_cores(1)
    try:
        if arguments.kind == "memory":
            found = iter([memory(arguments.ways[0], arguments.lengths[0])])
        else:
            found = times(arguments.ways, arguments.lengths, arguments.rounds)
        for result in found:
            print(json.dumps(result), flush=True)
    except ImportError as error:
        print(json.dumps({"way": arguments.ways[0], "missing": f"not installed: {error.name}"}))


if __name__ == "__main__":
    main()
