"""The record of a run of the benchmarks, which `python -m benchmarks` writes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

RECORD = Path(__file__).parent / "record.json"


class Spread(NamedTuple):
    """Lower quartile, median and upper quartile."""

    lower: float
    median: float
    upper: float


class Size(NamedTuple):
    """Hidden units, steps, sequences of a batch, inputs and classes."""

    H: int
    T: int
    B: int
    D: int
    K: int


@dataclass(frozen=True)
class Ratio:
    """Our time over that of a peer, in seconds a call, for one cell, size and type."""

    peer: str
    cell: str
    H: int
    T: int
    B: int
    D: int
    K: int
    dtype: str
    ours: Spread
    theirs: Spread
    ratio: Spread
    rounds: int
    clock: str
    difference: float | None = None
    """How far the two agree; None where the other computes no gradient."""
    first_call: float | None = None
    """Seconds until the peer's first answer, compilation included."""

    @property
    def size(self) -> Size:
        """The size as one value."""
        return Size(self.H, self.T, self.B, self.D, self.K)


@dataclass(frozen=True)
class Time:
    """Seconds of a way through a long sequence, and their ratio to those of another way, measured in turns."""

    way: str
    T: int
    seconds: Spread
    ratio_to: str
    ratio: Spread


@dataclass(frozen=True)
class Memory:
    """Mebibytes that a way through a long sequence needs above its inputs."""

    way: str
    T: int
    mebibytes: float


@dataclass(frozen=True)
class Record:
    """Everything that one run found; what is missing stands there with its reason."""

    date: str
    commit: str
    machine: dict[str, str]
    long: dict[str, int | str]
    """Sizes and type of the network for long sequences, and the steps of a chunk where it is truncated."""
    ratios: list[Ratio]
    times: list[Time]
    memory: list[Memory]
    missing: list[dict[str, Any]]


def load(path: Path = RECORD) -> Record:
    """The record in a file.

    Raises:
        ValueError: naming the row that is not what it should be.
    """
    told = json.loads(path.read_text(encoding="utf-8"))
    rows = {key: told.pop(key, None) for key in ("ratios", "times", "memory")}
    absent = [key for key, value in rows.items() if value is None]
    if absent or told.keys() != {"date", "commit", "machine", "long"}:
        raise ValueError(f"{path.name}: not a record of the benchmarks: {sorted([*told, *rows])}, without {absent}")
    missing = [row for part in rows.values() for row in part if "missing" in row]
    kinds = (("ratios", Ratio), ("times", Time), ("memory", Memory))
    found: dict[str, Any] = {key: [_row(kind, row) for row in rows[key] if "missing" not in row] for key, kind in kinds}
    return Record(**told, **found, missing=missing)


R = TypeVar("R")


def _row(kind: type[R], row: dict[str, Any]) -> R:
    """One row, its spreads in order and its numbers positive."""
    try:
        values = {key: Spread(*value) if isinstance(value, list) else value for key, value in row.items()}
        found = kind(**values)
    except TypeError as error:
        raise ValueError(f"not a row of {kind.__name__}: {row}") from error
    for key, value in values.items():
        numbers = value if isinstance(value, Spread) else [value] if isinstance(value, int | float) else []
        if list(numbers) != sorted(numbers) or not all(number >= 0 for number in numbers):
            raise ValueError(f"{key} is {value} in {row}: quartiles are in order and nothing is below 0")
    return found
