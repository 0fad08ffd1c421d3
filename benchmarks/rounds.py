"""Two programs measured in turns, so that both meet the same weather on the machine."""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import perf_counter, process_time
from typing import Any, NamedTuple

import numpy as np

Call = Callable[[], Any]
Clock = Callable[[], float]
CLOCKS: dict[str, Clock] = {"cpu": process_time, "wall": perf_counter}


class Effort(NamedTuple):
    """How long to measure: one turn of a program at least, both programs together about, and how many rounds."""

    turn: float
    total: float
    rounds: tuple[int, int]


FULL = Effort(0.005, 1.5, (4, 60))
QUICK = Effort(0.002, 0.2, (3, 9))


class Spread(NamedTuple):
    """Median and quartiles."""

    lower: float
    median: float
    upper: float


class Comparison(NamedTuple):
    """Seconds a call of the two programs, and ours over theirs, a ratio for each round."""

    ours: Spread
    theirs: Spread
    ratio: Spread
    rounds: int


def compare(ours: Call, theirs: Call, effort: Effort, clock: str = "cpu") -> Comparison:
    """Measure both in turns; what comes first changes from round to round."""
    now, programs = CLOCKS[clock], (ours, theirs)
    _leave_old_objects_alone()
    once = [_warm_seconds(program, now) for program in programs]
    calls = [max(1, round(effort.turn / seconds)) for seconds in once]
    rounds = int(np.clip(effort.total / np.dot(once, calls), *effort.rounds))
    times = np.array([_round(programs, calls, number % 2 == 1, now) for number in range(rounds)])
    return Comparison(spread(times[:, 0]), spread(times[:, 1]), spread(times[:, 0] / times[:, 1]), rounds)


def spread(values: np.ndarray) -> Spread:
    """Median and quartiles of some measurements.

    >>> spread(np.array([1.0, 2.0, 3.0, 4.0, 5.0]))
    Spread(lower=2.0, median=3.0, upper=4.0)
    """
    return Spread(*(float(value) for value in np.quantile(values, (0.25, 0.5, 0.75))))


def _round(programs: tuple[Call, Call], calls: list[int], turned: bool, now: Clock) -> list[float]:
    """Seconds a call of each program, in their order."""
    order = (1, 0) if turned else (0, 1)
    found = {which: _seconds(programs[which], calls[which], now) for which in order}
    return [found[0], found[1]]


def _warm_seconds(program: Call, now: Clock) -> float:
    """Seconds of a call after one that warms up."""
    program()
    return max(_seconds(program, 1, now), 1e-7)


def _leave_old_objects_alone() -> None:
    """Keep the garbage collector from looking again and again at what libraries made when they were imported."""
    gc.collect()
    gc.freeze()


def _seconds(program: Call, calls: int, now: Clock) -> float:
    """Seconds a call; the garbage collector waits, as in timeit."""
    gc.collect()
    gc.disable()
    start = now()
    for _ in range(calls):
        program()
    found = (now() - start) / calls
    gc.enable()
    return found
