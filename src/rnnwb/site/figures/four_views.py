"""The four categories as one graph whose inputs, outputs and feedback are switched on or off."""

from __future__ import annotations

import drawsvg

from rnnwb.site.figures.shapes import Figure, Point, arrow, maths, unit, words

RADIUS = 10.0
WIDTH, HEIGHT = 352.0, 420.0
SPACE = 38.0
OUTPUT, STATE, INPUT = 36.0, 84.0, 132.0
VIEWS = (
    ((28.0, 24.0), "synchronised", "1111", "1111", ""),
    ((208.0, 24.0), "input sequence", "1111", "0001", ""),
    ((28.0, 214.0), "output sequence", "1000", "1111", "123"),
    ((208.0, 214.0), "first in, then out", "1100", "0011", "3"),
)


def drawing() -> Figure:
    """Two rows of two panels; a faint circle is one that is switched off."""
    figure = Figure(
        "One graph, four views",
        "Four panels, each with four hidden states S in a row, inputs X below and outputs P above. Synchronised: all inputs and "
        "all outputs are on. Input sequence: all inputs are on and only the last output. Output sequence: only the first input "
        "is on, all outputs are, and each output is fed back to the next state. First in, then out: the first two inputs and "
        "the last two outputs are on, and the first of these outputs is fed back to the next state. The recurrent connections "
        "between the states are on in all four.",
        WIDTH,
        HEIGHT,
    )
    for corner, title, inputs, outputs, feedback in VIEWS:
        _panel(figure, corner, title, inputs, outputs, feedback)
    figure.add(unit((26, 392), RADIUS), words("on", (42, 392), "start"))
    figure.add(_off((96, 392)), words("off", (112, 392), "start"))
    return figure


def _panel(figure: Figure, corner: Point, title: str, inputs: str, outputs: str, feedback: str) -> None:
    left, top = corner
    figure.add(words(title, (left - RADIUS, top), "start"))
    for step, (enters, counts) in enumerate(zip(inputs, outputs, strict=True)):
        x = left + step * SPACE
        figure.add(unit((x, top + STATE), RADIUS), maths("S", (x, top + STATE)))
        _switch(figure, "X", (x, top + INPUT), enters == "1", upward=(top + INPUT, top + STATE))
        _switch(figure, "P", (x, top + OUTPUT), counts == "1", upward=(top + STATE, top + OUTPUT))
        if step:
            figure.add(arrow((x - SPACE + RADIUS, top + STATE), (x - RADIUS, top + STATE)))
        if str(step) in feedback:
            figure.add(arrow((x - SPACE + 7, top + OUTPUT + 8), (x - 6, top + STATE - 9)))


def _switch(figure: Figure, symbol: str, at: Point, on: bool, upward: tuple[float, float]) -> None:
    if not on:
        figure.add(_off(at))
        return
    figure.add(unit(at, RADIUS), maths(symbol, at))
    figure.add(arrow((at[0], upward[0] - RADIUS), (at[0], upward[1] + RADIUS)))


def _off(at: Point) -> drawsvg.DrawingElement:
    return drawsvg.Circle(
        *at, RADIUS, fill="none", stroke="currentColor", stroke_width=1, stroke_opacity=0.5, stroke_dasharray="2 3"
    )
