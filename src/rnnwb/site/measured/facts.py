"""Numbers of the record for the text; `[](measured:name)` puts one into a sentence."""

from __future__ import annotations

import datetime

import numpy as np

from rnnwb.site.measured.names import DTYPES, OURS, PEERS
from rnnwb.site.measured.numbers import is_slower, number
from rnnwb.site.measured.record import Record

EXACT = ("all_at_once", "states_kept", "checkpoints")


def facts(record: Record) -> dict[str, str]:
    """Every fact by its name."""
    day = datetime.date.fromisoformat(record.date)
    return {
        "date": f"{day.day} {day:%B %Y}",
        **{name: text for name, text in record.machine.items() if name != "system"},
        **{f"long-{name}": str(value) for name, value in record.long.items()},
        **_of_comparisons(record),
        **_of_long_sequences(record),
    }


def _of_comparisons(record: Record) -> dict[str, str]:
    rows = [row for row in record.ratios if row.peer in PEERS]
    rounds = [row.rounds for row in rows]
    differences = {
        f"difference-{dtype}": max((row.difference or 0 for row in rows if row.dtype == dtype), default=0)
        for dtype in DTYPES
    }
    return {
        "comparisons": str(len(rows)),
        "slower": str(sum(is_slower(row.ratio) for row in rows)),
        "fewest-rounds": str(min(rounds, default=0)),
        "most-rounds": str(max(rounds, default=0)),
        **{name: f"{value:.0e}".replace("e-0", "e-") for name, value in differences.items()},
    }


def _of_long_sequences(record: Record) -> dict[str, str]:
    longest = max(row.T for row in record.memory)
    memory = {f"memory-{row.way}": number(row.mebibytes) for row in record.memory if longest == row.T}
    last = max(row.T for row in record.times)
    seconds = {row.way: row.seconds.median for row in record.times if last == row.T}
    ratios = {
        f"{way}-of-{other}": number(seconds[way] / seconds[other])
        for way in OURS
        for other in OURS
        if way != other and {way, other} <= seconds.keys()
    }
    bends = {f"bend-{way}": f"{100 * deviation(record, way):.0f} %" for way in EXACT}
    return {"most-steps": f"{longest:,}", **memory, **ratios, **bends}


def deviation(record: Record, way: str) -> float:
    """By how much the times of a way differ, at most and relatively, from the straight line that fits them best."""
    found = [(row.T, row.seconds.median) for row in record.times if row.way == way]
    steps, seconds = np.array(found).T
    lines = np.stack([1 / seconds, steps / seconds], axis=1)
    start, slope = np.linalg.lstsq(lines, np.ones(len(steps)), rcond=None)[0]
    return float(np.abs((start + slope * steps) / seconds - 1).max())
