"""A chart: scales, the lines behind the curves, curves, and labels that keep apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log10

import drawsvg

from rnnwb.site.drawing.drawing import Drawing
from rnnwb.site.drawing.labels import Point

LINE_HEIGHT = 15.0


@dataclass(frozen=True)
class Scale:
    """Where numbers stand on the page: from `low` at `start` to `high` at `end`."""

    low: float
    high: float
    start: float
    end: float
    powers: bool = False
    """Whether equal distances are equal ratios."""

    def __call__(self, value: float) -> float:
        """The place of a number.

        Raises:
            ValueError: for a number outside, which would stand at another one's place.
        """
        if not self.low <= value <= self.high:
            raise ValueError(f"{value:g} lies outside of the scale from {self.low:g} to {self.high:g}")
        low, high, at = (
            (log10(x) for x in (self.low, self.high, value)) if self.powers else (self.low, self.high, value)
        )
        return round(self.start + (at - low) / (high - low) * (self.end - self.start), 1)


def rules(drawing: Drawing, y: Scale, marks: Sequence[float], left: float, right: float) -> None:
    """A faint line across for each mark, with its number at the left."""
    for mark in marks:
        drawing.add(drawsvg.Line(left, y(mark), right, y(mark), class_="rule"))
        drawing.caption(f"{mark:,g}", (left - 5, y(mark)), "end")


def curve(drawing: Drawing, points: Sequence[Point], css: str, dots: bool = True) -> None:
    """A line through points, each with a dot."""
    if not points:
        return
    path = drawsvg.Path(class_=css)
    path.M(*points[0])
    for point in points[1:]:
        path.L(*point)
    marks = [drawsvg.Circle(*at, 2.6, class_=f"point {css}") for at in points if dots]
    drawing.add(path, *marks)


def apart(places: dict[str, float], lowest: float) -> dict[str, float]:
    """The places of labels, moved so far that no two overlap and none is below the lowest place.

    >>> apart({"a": 10, "b": 12, "c": 50}, lowest=100)
    {'a': 10, 'b': 25.0, 'c': 50}
    >>> apart({"a": 98, "b": 99}, lowest=100)
    {'a': 85.0, 'b': 100}
    """
    found = dict(sorted(places.items(), key=lambda item: item[1]))
    names = list(found)
    for one, other in pairwise(names):
        found[other] = max(found[other], found[one] + LINE_HEIGHT)
    limit = lowest
    for name in reversed(names):
        found[name] = min(found[name], limit)
        limit = found[name] - LINE_HEIGHT
    return found
