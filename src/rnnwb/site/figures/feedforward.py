"""Figure 1: the network without time."""

from __future__ import annotations

from itertools import pairwise, product

from rnnwb.site.figures.shapes import Figure, Point, dots, edge, maths, unit, words

RADIUS = 17.0
WIDTH, HEIGHT = 340.0, 262.0
LAYERS = (
    (50.0, "X", "D", (44.0, 104.0, 196.0)),
    (170.0, "S", "H", (34.0, 88.0, 142.0, 214.0)),
    (290.0, "Y", "K", (44.0, 104.0, 196.0)),
)


def drawing() -> Figure:
    """Inputs, hidden units and outputs from left to right."""
    figure = Figure(
        "A network with one hidden layer",
        "D inputs on the left are connected to H tanh units in the middle by the weights U, "
        "and the H units to K outputs on the right by the weights V. "
        "Every unit is connected to every unit of the next layer.",
        WIDTH,
        HEIGHT,
    )
    for left, right in pairwise(LAYERS):
        for top, bottom in product(left[3], right[3]):
            figure.add(edge((left[0] + RADIUS, top), (right[0] - RADIUS, bottom)))
    for layer in LAYERS:
        _layer(figure, *layer)
    figure.add(maths("U", (110, 18)), maths("V", (230, 18)))
    captions = ("D inputs", "H tanh units", "K outputs")
    figure.add(*(words(text, (layer[0], 250)) for text, layer in zip(captions, LAYERS, strict=True)))
    return figure


def _layer(figure: Figure, x: float, symbol: str, size: str, heights: tuple[float, ...]) -> None:
    indices = [str(number) for number in range(1, len(heights))] + [size]
    for y, index in zip(heights, indices, strict=True):
        figure.add(unit((x, y), RADIUS), maths(symbol, (x, y), upper=index))
    gap: Point = (x, (heights[-2] + heights[-1]) / 2)
    figure.add(*dots(gap))
