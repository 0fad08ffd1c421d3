"""Time of a step against the number of steps: a level curve is time in proportion to the length."""

from __future__ import annotations

from rnnwb.site.drawing.chart import Scale, apart, curve, rules
from rnnwb.site.drawing.drawing import Drawing
from rnnwb.site.measured.names import OURS, WAYS
from rnnwb.site.measured.numbers import number
from rnnwb.site.measured.record import load

WIDTH, HEIGHT = 352.0, 262.0
LEFT, RIGHT, TOP, BOTTOM = 36.0, 202.0, 34.0, 226.0
SHOWN = [way for way in WAYS if way != "truncated"]
MARKS = [digit * 10**power for power in range(-1, 5) for digit in (1, 2, 5)]


def drawings() -> list[Drawing]:
    """A curve for each way."""
    found: dict[str, list[tuple[int, float]]] = {way: [] for way in SHOWN}
    for row in load().times:
        if row.way in found:
            found[row.way].append((row.T, 1e6 * row.seconds.median / row.T))
    kept = {way: points for way, points in found.items() if points}
    told = "; ".join(f"{WAYS[way]}: {', '.join(number(v) for _, v in points)}" for way, points in kept.items())
    lengths = sorted({T for points in kept.values() for T, _ in points})
    drawing = Drawing(
        "Time of a step against the length of the sequence",
        f"Microseconds a step, for sequences of {', '.join(f'{T:,}' for T in lengths)} steps. {told}.",
        WIDTH,
        HEIGHT,
    )
    draw(drawing, kept, lengths)
    return [drawing]


def draw(drawing: Drawing, found: dict[str, list[tuple[int, float]]], lengths: list[int]) -> None:
    """Scales, curves, and the name of each curve at its end."""
    marks = around([value for points in found.values() for _, value in points])
    x = Scale(lengths[0], lengths[-1], LEFT + 8, RIGHT - 8, powers=True)
    y = Scale(marks[0], marks[-1], BOTTOM, TOP, powers=True)
    drawing.caption("µs a step", (8, 14), "start")
    rules(drawing, y, marks, LEFT, RIGHT)
    for T in (100, 1000, 10_000, 100_000):
        if lengths[0] <= T <= lengths[-1]:
            drawing.caption(short(T), (x(T), BOTTOM + 14))
    drawing.caption("steps", (RIGHT + 16, BOTTOM + 14), "start")
    labelled(
        drawing, {way: [(x(T), y(value)) for T, value in points] for way, points in found.items()}, RIGHT, BOTTOM - 6
    )


def around(values: list[float]) -> list[float]:
    """The marks from the last below all values to the first above them.

    >>> around([18, 146])
    [10, 20, 50, 100, 200]
    """
    first = max(i for i, mark in enumerate(MARKS) if mark <= min(values))
    last = min(i for i, mark in enumerate(MARKS) if mark > max(values))
    return MARKS[first : last + 1]


def labelled(drawing: Drawing, curves: dict[str, list[tuple[float, float]]], right: float, lowest: float) -> None:
    """Curves, ours and those of peers told apart, each led to its name; names do not overlap."""
    for way, points in curves.items():
        curve(drawing, points, css(way))
    for way, place in apart({way: points[-1][1] for way, points in curves.items()}, lowest).items():
        curve(drawing, [curves[way][-1], (right + 12, place)], f"leader {css(way)}", dots=False)
        drawing.caption(WAYS[way], (right + 16, place), "start")


def css(way: str) -> str:
    """The style of a curve: ours in one colour, peers in the other, what saves memory dashed."""
    colour = "curve-1" if way in OURS else "curve-3"
    return f"{colour} dashed" if "checkpoints" in way else colour


def short(steps: int) -> str:
    """A number of steps with k for thousands.

    >>> short(100), short(20_000)
    ('100', '20k')
    """
    return f"{steps // 1000}k" if steps >= 1000 else str(steps)
