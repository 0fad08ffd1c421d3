"""Messages that run forward with the states, against messages that run backward."""

from __future__ import annotations

from itertools import pairwise

from rnnwb.site.figures.shapes import Figure, arrow, dots, maths, message, unit, words

RADIUS = 16.0
OFFSET = 5.0
WIDTH, HEIGHT = 352.0, 372.0
START = 24.0
STEPS = ((104.0, "0"), (190.0, "1"), (318.0, "T"))
GAP = 254.0
FORWARD, BACKWARD = 52.0, 216.0
DROP = 82.0


def drawing() -> Figure:
    """Two panels of the same unrolled states and losses; only the dashed arrows differ."""
    figure = Figure(
        "Forward mode against backpropagation through time",
        "Two rows of states S from minus 1 to T, each with its losses E above. In the upper row, forward mode, "
        "dashed arrows carry derivatives from each state to the next, in the direction of time, and up to the "
        "loss of each step. In the lower row, backpropagation through time, dashed arrows carry derivatives from "
        "each loss down to its state and from each state to the one before, against the direction of time.",
        WIDTH,
        HEIGHT,
    )
    _panel(figure, FORWARD, "forward mode", ahead=True)
    _panel(figure, BACKWARD, "backpropagation through time", ahead=False)
    figure.add(arrow((20, 338), (60, 338)), words("values", (70, 338), "start"))
    figure.add(message((20, 360), (60, 360)), words("derivatives", (70, 360), "start"))
    return figure


def _panel(figure: Figure, top: float, title: str, ahead: bool) -> None:
    figure.add(words(title, (8, top - 34), "start"))
    state = top + DROP
    figure.add(unit((START, state), RADIUS), maths("S", (START, state), lower="−1"))
    for x, step in STEPS:
        figure.add(unit((x, top), RADIUS), maths("E", (x, top), lower=step))
        figure.add(unit((x, state), RADIUS), maths("S", (x, state), lower=step))
        low, high = state - RADIUS, top + RADIUS
        figure.add(arrow((x - OFFSET, low), (x - OFFSET, high)))
        ends = ((x + OFFSET, low), (x + OFFSET, high))
        figure.add(message(*(ends if ahead else ends[::-1])))
    for height in (top, state):
        figure.add(*dots((GAP, height), horizontal=True))
    _recurrence(figure, state, ahead)


def _recurrence(figure: Figure, state: float, ahead: bool) -> None:
    centres = (START, *(x for x, _ in STEPS[:2]))
    spans = [(left + RADIUS, right - RADIUS) for left, right in pairwise(centres)]
    spans += [(centres[2] + RADIUS, GAP - 11), (GAP + 11, STEPS[2][0] - RADIUS)]
    for number, (left, right) in enumerate(spans):
        figure.add(arrow((left, state - OFFSET), (right, state - OFFSET)))
        ends = ((left, state + OFFSET), (right, state + OFFSET))
        if number or not ahead:
            figure.add(message(*(ends if ahead else ends[::-1])))
