"""What the unrolled networks have in common: a row of states, and columns that feed and read them."""

from __future__ import annotations

from itertools import pairwise

import drawsvg

from rnnwb.site.drawing.arrows import Line
from rnnwb.site.drawing.drawing import Drawing, Unit
from rnnwb.site.drawing.labels import Point

ABOVE = 13.0
DOTS = 11.0


def row(
    drawing: Drawing, symbol: str, y: float, places: dict[str, float], kind: str, radius: float = 17.0
) -> dict[str, Unit]:
    """A unit at each step, by the name of the step."""
    return {step: drawing.unit(symbol, (x, y), step, radius, kind) for step, x in places.items()}


def chain(drawing: Drawing, units: dict[str, Unit], gap: float = 0, weight: str = "", back: bool = True) -> None:
    """Join each unit to the next one; where a gap is given, dots stand before the last."""
    steps = list(units)
    for before, after in pairwise(steps):
        first, second = units[before], units[after]
        y, ways = first.at[1], [(first.towards(1), second.towards(-1))]
        if gap and after == steps[-1]:
            drawing.dots((gap, y))
            ways = [(ways[0][0], (gap - DOTS, y)), ((gap + DOTS, y), ways[0][1])]
        for start, end in ways:
            (drawing.both if back else drawing.arrow)(start, end)
        middle = ((first.towards(1)[0] + second.towards(-1)[0]) / 2, y - ABOVE)
        if weight:
            drawing.weigh(weight, middle)
        if weight and back:
            drawing.send(rf"{weight}^\top", middle)


def up(drawing: Drawing, low: Unit, high: Unit, weight: str = "", back: bool = True, side: int = -1) -> None:
    """Join a unit to the one above it, with the weights on its left, or on its right."""
    start, end = low.towards(y=-1), high.towards(y=1)
    (drawing.both if back else drawing.arrow)(start, end)
    middle, anchor = (start[0] + 7 * side, (start[1] + end[1]) / 2), "end" if side < 0 else "start"
    if weight:
        drawing.weigh(weight, middle, anchor=anchor)
    if weight and back:
        drawing.send(rf"{weight}^\top", middle, anchor=anchor)


def gradients(drawing: Drawing, units: dict[str, Unit], symbol: str) -> None:
    """Name beside each unit the gradient that it sends on."""
    for step, unit in units.items():
        drawing.send(symbol, (unit.at[0] + unit.radius - 2, unit.at[1] + unit.radius + 7), step, anchor="start")


def bus(drawing: Drawing, trunk: list[Point], branches: list[list[Point]], back: bool = True) -> None:
    """One line from a unit to several; the first branch ends the line, the others leave it at a dot."""
    ways = [[*trunk, *branches[0]], *branches[1:]]
    for number, way in enumerate(ways):
        drawing.forward.add(Line(tuple(way), answered=back))
        if back:
            drawing.message(*way[::-1], headed=not number)
        if number:
            drawing.add(drawsvg.Circle(*way[0], 2.4, fill="currentColor", stroke="none"))
