"""How the norm of a product of Jacobians shrinks or grows on its way back along the states."""

from __future__ import annotations

from itertools import pairwise
from math import log10

import drawsvg
import numpy as np

from rnnwb.elman import hidden_state, preactivation
from rnnwb.gradient_flow.jacobians import long_jacobian_norm
from rnnwb.site.drawing.drawing import Drawing, between
from rnnwb.site.drawing.unrolled import row

LAST, LEFT, SPACE, RADIUS = 7, 50.0, 41.0, 14.0
STATE, TOP, DECADE = 24.0, 72.0, 52.0
LOWEST, HIGHEST = -2, 1
NORMS = (0.6, 1.0, 1.5)
NAMES = ((2, 22), (0, 17), (0, -23))
"""For each norm the step after which its name stands, and how far below the curve, clear of the rules."""


TEXT = (
    "Above, eight hidden states from step 0 to step 7 in a row, joined by W; the messages run from the last one to the "
    "first. Below each state, on a scale of powers of ten, the spectral norm of the derivative of the last state with "
    "respect to it, for one network with three spectral norms of W, and the bound, the power of that norm, as a dotted "
    "line. At the last state all are 1. At the first state they are: "
)


def drawings() -> list[Drawing]:
    """The states in a row, and below each the norms that three networks have there."""
    curves = {norm: curve(norm) for norm in NORMS}
    told = ", ".join(f"{values[0]:.2g} for {norm:g}" for norm, values in curves.items())
    height = TOP + DECADE * (HIGHEST - LOWEST) + 22
    drawing = Drawing("The product of Jacobians on its way back", TEXT + told, 360, height, always_both=True)
    states = row(drawing, "S_t", STATE, {str(t): _x(t) for t in range(LAST + 1)}, "state", RADIUS)
    for one, other in pairwise(states.values()):
        drawing.message(*between(other, one))
    _scale(drawing)
    for number, (norm, values) in enumerate(curves.items(), 1):
        _bound(drawing, norm, number)
        _curve(drawing, norm, values, number)
    return [drawing]


def curve(norm: float) -> list[float]:
    """Spectral norms of the derivatives of the last state with respect to each state, from the first one on."""
    random = np.random.default_rng(3)
    inputs, weights = 0.2 * random.normal(size=(LAST + 1, 2)), random.normal(size=(2, 6))
    recurrent = norm * np.linalg.qr(random.normal(size=(6, 6)))[0]
    states = [np.zeros(6)]
    for X in inputs:
        states.append(hidden_state(preactivation(X, states[-1], weights, recurrent)))
    return [float(long_jacobian_norm(np.array(states[1:]), recurrent, LAST, tau)) for tau in range(LAST + 1)]


def _x(t: int) -> float:
    return LEFT + SPACE * t


def _y(value: float) -> float:
    return TOP + DECADE * (HIGHEST - min(max(log10(value), LOWEST), HIGHEST))


def _scale(drawing: Drawing) -> None:
    for power in range(LOWEST, HIGHEST + 1):
        y = _y(10.0**power)
        drawing.add(drawsvg.Line(LEFT - 8, y, _x(LAST) + 8, y, class_="rule"))
        drawing.note(f"10^{{{power}}}" if power else "1", (LEFT - 14, y), anchor="end")


def _bound(drawing: Drawing, norm: float, number: int) -> None:
    shown = [t for t in range(LAST + 1) if LOWEST <= log10(norm ** (LAST - t)) <= HIGHEST]
    path = drawsvg.Path(class_=f"bound curve-{number}")
    path.M(_x(shown[0]), round(_y(norm ** (LAST - shown[0])), 1)).L(_x(LAST), _y(1))
    drawing.add(path)


def _curve(drawing: Drawing, norm: float, values: list[float], number: int) -> None:
    points = [(_x(t), round(_y(value), 1)) for t, value in enumerate(values) if log10(value) >= LOWEST]
    path = drawsvg.Path(class_=f"curve-{number}")
    path.M(*points[0])
    for point in points[1:]:
        path.L(*point)
    drawing.add(path, *(drawsvg.Circle(*at, 3.4, class_=f"point curve-{number}") for at in points[:-1]))
    step, below = NAMES[number - 1]
    x, y = points[step]
    drawing.note(rf"\| W \|_2 = {norm:g}", (x + 8, y + below), anchor="start")
