"""Arrows along straight lines with rounded corners, gathered in one path for all lines and one for all heads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import hypot

import drawsvg

from rnnwb.site.drawing.labels import Point

HEAD, HALF, CORNER = 8.0, 3.6, 8.0


@dataclass(frozen=True)
class Line:
    """A way along points, with a head at its end unless it joins another line there."""

    points: tuple[Point, ...]
    headed: bool = True
    answered: bool = False
    """Whether a message comes back on the same way and takes its place."""


@dataclass
class Arrows:
    """All arrows of one direction and their labels."""

    css: str
    lines: list[Line] = field(default_factory=list)
    labels: list[drawsvg.DrawingElement] = field(default_factory=list)

    def add(self, line: Line) -> None:
        """One more arrow."""
        self.lines.append(line)

    def group(self) -> drawsvg.DrawingElement:
        """The arrows and their labels as a group of this name."""
        group = drawsvg.Group(class_=self.css)
        for css, answered in (("arrows", False), ("arrows answered", True)):
            lines = [line for line in self.lines if line.answered == answered]
            if lines:
                group.append(_arrows(lines, css))
        for text in self.labels:
            group.append(text)
        return group


def _arrows(lines: Sequence[Line], css: str) -> drawsvg.DrawingElement:
    group, path = drawsvg.Group(class_=css), drawsvg.Path(class_="line")
    heads = drawsvg.Path(fill="currentColor", stroke="none")
    for line in lines:
        _draw_line(path, line)
        if line.headed:
            _draw_head(heads, *line.points[-2:])
    group.append(path)
    group.append(heads)
    return group


def _draw_line(path: drawsvg.Path, line: Line) -> None:
    points = list(line.points)
    if line.headed:
        points[-1] = _shortened(points[-2], points[-1], HEAD - 1)
    path.M(*_rounded(points[0]))
    for before, corner, after in zip(points, points[1:], points[2:]):
        path.L(*_rounded(_shortened(before, corner, CORNER)))
        path.Q(*_rounded(corner), *_rounded(_shortened(after, corner, CORNER)))
    path.L(*_rounded(points[-1]))


def _draw_head(path: drawsvg.Path, start: Point, tip: Point) -> None:
    length = hypot(tip[0] - start[0], tip[1] - start[1])
    across = (-(tip[1] - start[1]) / length * HALF, (tip[0] - start[0]) / length * HALF)
    neck = _shortened(start, tip, HEAD)
    path.M(*_rounded(tip))
    path.L(*_rounded((neck[0] + across[0], neck[1] + across[1])))
    path.L(*_rounded((neck[0] - across[0], neck[1] - across[1]))).Z()


def _shortened(start: Point, end: Point, by: float) -> Point:
    """A point on the way from start to end, so far before the end."""
    length = hypot(end[0] - start[0], end[1] - start[1])
    part = 1 - min(by / length, 0.5) if by < length else 0.5
    return start[0] + part * (end[0] - start[0]), start[1] + part * (end[1] - start[1])


def _rounded(at: Point) -> tuple[float, float]:
    """Tenths are enough, and whole numbers are shorter."""
    x, y = (round(value, 1) for value in at)
    return int(x) if x == int(x) else x, int(y) if y == int(y) else y
