"""Memory above the inputs against the number of steps."""

from __future__ import annotations

from math import ceil, floor, log10

from rnnwb.site.drawing.chart import Scale, rules
from rnnwb.site.drawing.drawing import Drawing
from rnnwb.site.figures.performance_time import labelled, short
from rnnwb.site.measured.names import WAYS
from rnnwb.site.measured.numbers import number
from rnnwb.site.measured.record import load

WIDTH, HEIGHT = 352.0, 262.0
LEFT, RIGHT, TOP, BOTTOM = 54.0, 202.0, 34.0, 226.0


def drawings() -> list[Drawing]:
    """A curve for each way, both scales in powers of ten."""
    found: dict[str, list[tuple[int, float]]] = {}
    for row in load().memory:
        found.setdefault(row.way, []).append((row.T, row.mebibytes))
    told = "; ".join(f"{WAYS[way]}: {', '.join(number(v) for _, v in points)}" for way, points in found.items())
    lengths = sorted({T for points in found.values() for T, _ in points})
    drawing = Drawing(
        "Memory against the length of the sequence",
        f"Mebibytes above the inputs, for sequences of {', '.join(f'{T:,}' for T in lengths)} steps. {told}.",
        WIDTH,
        HEIGHT,
    )
    marks = powers_around([mebibytes for points in found.values() for _, mebibytes in points])
    y = Scale(marks[0], marks[-1], BOTTOM, TOP, powers=True)
    x = Scale(lengths[0], max(lengths[-1], lengths[0] + 1), LEFT + 8, RIGHT - 8, powers=True)
    drawing.caption("MiB", (8, 14), "start")
    rules(drawing, y, marks, LEFT, RIGHT)
    for T in lengths:
        drawing.caption(short(T), (x(T), BOTTOM + 14))
    drawing.caption("steps", (RIGHT + 16, BOTTOM + 14), "start")
    labelled(drawing, {way: [(x(T), y(v)) for T, v in points] for way, points in found.items()}, RIGHT, BOTTOM - 6)
    return [drawing]


def powers_around(values: list[float]) -> list[float]:
    """The powers of ten from the last below all values to the first above them.

    >>> powers_around([0.3, 20])
    [0.1, 1.0, 10.0, 100.0]
    """
    return [10.0**power for power in range(floor(log10(min(values))), ceil(log10(max(values))) + 1)]
