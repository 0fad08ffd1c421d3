"""The network without time."""

from __future__ import annotations

from itertools import product

from rnnwb.site.drawing.drawing import Drawing, Unit, between

INPUTS, STATES, OUTPUTS = (44.0, 104.0, 196.0), (34.0, 88.0, 142.0, 214.0), (44.0, 104.0, 196.0)
LAYERS = ((30.0, "X", "D", "input"), (128.0, "S", "H", "state"), (226.0, "Y", "K", "output"))
LOSS = (322.0, 124.0)
TEXT = (
    "D inputs X on the left are connected to H tanh units S in the middle by the weights U, and the H units to K "
    "outputs Y by the weights V. Every unit is connected to every unit of the next layer. The outputs give the "
    "loss E on the right. The messages run backward: from the loss to every output, and from every output "
    "through V transposed to every hidden unit. None goes to the inputs."
)


def drawings() -> list[Drawing]:
    """Inputs, hidden units, outputs and the loss from left to right."""
    drawing = Drawing("A network with one hidden layer", TEXT, 350, 272)
    inputs, states, outputs = (
        _layer(drawing, *layer, heights) for layer, heights in zip(LAYERS, (INPUTS, STATES, OUTPUTS), strict=True)
    )
    loss = drawing.unit("E", LOSS, kind="loss")
    for left, right in product(inputs, states):
        drawing.arrow(*between(left, right))
    for left, right in [*product(states, outputs), *product(outputs, [loss])]:
        drawing.both(*between(left, right))
    drawing.weigh("U", (79, 22))
    drawing.weigh("V", (177, 22))
    drawing.send(r"V^\top", (177, 22))
    drawing.send(r"\partial E / \partial Y", (300, 70))
    for (x, *_), text in zip(LAYERS, ("D inputs", "H tanh units", "K outputs"), strict=True):
        drawing.caption(text, (x, 258))
    drawing.caption("loss", (LOSS[0], 258))
    return [drawing]


def _layer(drawing: Drawing, x: float, symbol: str, size: str, kind: str, heights: tuple[float, ...]) -> list[Unit]:
    indices = [str(number) for number in range(1, len(heights))] + [size]
    drawing.dots((x, (heights[-2] + heights[-1]) / 2), upright=True)
    return [
        drawing.unit(f"{symbol}^{index}", (x, y), kind=kind, symbol=symbol)
        for y, index in zip(heights, indices, strict=True)
    ]
