"""Three sequences of different lengths in one array."""

from __future__ import annotations

import drawsvg

from rnnwb.site.figures.shapes import Figure, Point, arrow, maths, message, unit, words

RADIUS = 13.0
WIDTH, HEIGHT = 352.0, 250.0
LEFT, SPACE = 58.0, 54.0
STEPS = 6
ROWS = ((46.0, 5), (104.0, 1), (162.0, 3))
OFFSET = 4.0


def drawing() -> Figure:
    """One row of states a sequence; faint circles are padding, which no message comes from."""
    figure = Figure(
        "Sequences of different lengths in one array",
        "Three rows of six hidden states S, one row for each sequence b. The first sequence uses all six steps, the second "
        "the first two, the third the first four. The circles after the last step of a sequence are faint: they are padding. "
        "Solid arrows lead from each state to the next. Dashed arrows run backward from the last step of each sequence, and "
        "none comes from the padding.",
        WIDTH,
        HEIGHT,
    )
    for number, (y, last) in enumerate(ROWS, 1):
        figure.add(words(f"b = {number}", (4, y), "start"))
        for step in range(STEPS):
            _state(figure, (LEFT + step * SPACE, y), step, last)
    figure.add(arrow((20, 208), (60, 208)), words("forward: values", (70, 208), "start"))
    figure.add(message((60, 232), (20, 232)), words("backward: gradients", (70, 232), "start"))
    figure.add(_padding((236, 208)), words("padding", (256, 208), "start"))
    return figure


def _state(figure: Figure, at: Point, step: int, last: int) -> None:
    x, y = at
    if step > last:
        figure.add(_padding(at))
        return
    figure.add(unit(at, RADIUS), maths("S", at, lower=str(step)))
    if step:
        left, right = x - SPACE + RADIUS, x - RADIUS
        figure.add(arrow((left, y - OFFSET), (right, y - OFFSET)), message((right, y + OFFSET), (left, y + OFFSET)))


def _padding(at: Point) -> drawsvg.DrawingElement:
    return drawsvg.Circle(
        *at, RADIUS, fill="none", stroke="currentColor", stroke_width=1, stroke_opacity=0.5, stroke_dasharray="2 3"
    )
