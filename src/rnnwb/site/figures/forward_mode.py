"""Messages that run forward with the states, against messages that run backward."""

from __future__ import annotations

from itertools import pairwise

from rnnwb.site.drawing.drawing import Drawing, Unit
from rnnwb.site.drawing.labels import Point
from rnnwb.site.drawing.unrolled import row

COLUMNS = {"0": 92.0, "1": 170.0, "T": 264.0}
START, GAP, APART = 20.0, 217.0, 5.0
TITLE, LOSS, STATE = 12.0, 54.0, 132.0
WIDTH, HEIGHT = 290.0, 152.0
BASE = "Hidden states S from minus 1 to T in a row, each with its loss E above. Solid arrows carry values, dashed arrows derivatives. "


def drawings() -> list[Drawing]:
    """Two drawings of the same unrolled states and losses; only the dashed arrows differ."""
    ahead = (
        "The dashed arrows run from each state to the next, in the direction of time, and up to the loss of each step."
    )
    back = "The dashed arrows run from each loss down to its state and from each state to the one before, against the direction of time."
    return [_drawing("forward mode", BASE + ahead, True), _drawing("backpropagation through time", BASE + back, False)]


def _drawing(title: str, text: str, ahead: bool) -> Drawing:
    drawing = Drawing(title.capitalize(), text, WIDTH, HEIGHT, always_both=True)
    drawing.caption(title, (WIDTH / 2, TITLE), css="heading")
    states = row(drawing, "S_t", STATE, {"-1": START, **COLUMNS}, "state")
    losses = row(drawing, "E_t", LOSS, COLUMNS, "loss")
    for t, loss in losses.items():
        _pair(drawing, states[t].towards(y=-1), loss.towards(y=1), (APART, 0), ahead)
    for y in (LOSS, STATE):
        drawing.dots((GAP, y))
    _along(drawing, list(states.values()), ahead)
    return drawing


def _along(drawing: Drawing, states: list[Unit], ahead: bool) -> None:
    ways = [(one.towards(1), other.towards(-1)) for one, other in pairwise(states)]
    (start, end), y = ways.pop(), STATE
    ways += [(start, (GAP - 13, y)), ((GAP + 13, y), end)]
    for number, (left, right) in enumerate(ways):
        if number or not ahead:
            _pair(drawing, left, right, (0, APART), ahead)
        else:
            drawing.arrow(left, right)


def _pair(drawing: Drawing, start: Point, end: Point, apart: Point, ahead: bool) -> None:
    """A value's arrow and, beside it, that of the derivative."""
    value = [(x - apart[0], y - apart[1]) for x, y in (start, end)]
    derivative = [(x + apart[0], y + apart[1]) for x, y in (start, end)]
    drawing.arrow(*value)
    drawing.message(*(derivative if ahead else derivative[::-1]))
