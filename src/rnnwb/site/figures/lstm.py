"""One step of the LSTM: the cell state on its direct path, and the gates that act on it."""

from __future__ import annotations

from rnnwb.site.figures.shapes import Figure, Point, arrow, edge, maths, message, unit, words

RADIUS, SMALL = 17.0, 10.0
OFFSET = 5.0
WIDTH, HEIGHT = 352.0, 372.0
LEFT, RIGHT = 28.0, 324.0
CELL, PRODUCT, GATE, BUS, INPUT = 44.0, 116.0, 186.0, 244.0, 292.0
GATES = ((104.0, "F"), (164.0, "I"), (228.0, "G"), (282.0, "O"))
KEEP, ADD = (104.0, CELL), (196.0, CELL)
WRITE, SHOW = (196.0, PRODUCT), (RIGHT, PRODUCT)


def drawing() -> Figure:
    """The cell passes from left to right on top; the gates reach it from below."""
    figure = Figure(
        "One step of the LSTM",
        "The cell state M at t minus 1 enters on the top left, is multiplied by the forget gate F, and the product of "
        "the input gate I and the candidate G is added, which gives the cell state M at t on the top right. The hidden "
        "state S at t is the tanh of M at t times the output gate O, and goes to the output Y at t. The three gates and "
        "the candidate are computed from the hidden state S at t minus 1 and the input X at t. Dashed arrows run "
        "backward: from S at t to M at t, straight along the cell states, and from the gates to S at t minus 1.",
        WIDTH,
        HEIGHT,
    )
    nodes = [((LEFT, CELL), "M", "t−1"), ((RIGHT, CELL), "M", "t"), ((RIGHT, GATE), "S", "t")]
    nodes += [((LEFT, BUS), "S", "t−1"), ((196, INPUT), "X", "t"), ((RIGHT, BUS + 10), "Y", "t")]
    nodes += [((x, GATE), name, "t") for x, name in GATES]
    for at, name, step in nodes:
        figure.add(unit(at, RADIUS), maths(name, at, lower=step))
    for at, sign in ((KEEP, "⊙"), (ADD, "+"), (WRITE, "⊙"), (SHOW, "⊙")):
        figure.add(unit(at, SMALL), words(sign, at))
    _cell(figure)
    _gates(figure)
    _legend(figure)
    return figure


def _cell(figure: Figure) -> None:
    stops = ((LEFT + RADIUS, KEEP[0] - SMALL), (KEEP[0] + SMALL, ADD[0] - SMALL), (ADD[0] + SMALL, RIGHT - RADIUS))
    for left, right in stops:
        figure.add(arrow((left, CELL - OFFSET), (right, CELL - OFFSET)))
        figure.add(message((right, CELL + OFFSET), (left, CELL + OFFSET)))
    for start, end in (
        ((RIGHT, CELL + RADIUS), (RIGHT, PRODUCT - SMALL)),
        ((RIGHT, PRODUCT + SMALL), (RIGHT, GATE - RADIUS)),
    ):
        figure.add(arrow(_moved(start, -OFFSET), _moved(end, -OFFSET)))
        figure.add(message(_moved(end, OFFSET), _moved(start, OFFSET)))
    figure.add(words("tanh", (RIGHT - 25, 84)), arrow((RIGHT, GATE + RADIUS), (RIGHT, BUS + 10 - RADIUS)))


def _gates(figure: Figure) -> None:
    (forget, _), (read, _), (candidate, _), (show, _) = GATES
    figure.add(arrow((forget, GATE - RADIUS), (forget, CELL + SMALL)))
    figure.add(arrow((read + 8, GATE - RADIUS + 2), (WRITE[0] - 5, PRODUCT + SMALL - 1)))
    figure.add(arrow((candidate - 8, GATE - RADIUS + 2), (WRITE[0] + 5, PRODUCT + SMALL - 1)))
    figure.add(arrow((WRITE[0], PRODUCT - SMALL), (ADD[0], CELL + SMALL)))
    figure.add(arrow((show + 8, GATE - RADIUS + 2), (RIGHT - SMALL, PRODUCT + 5)))
    figure.add(edge((LEFT + RADIUS, BUS - OFFSET), (show, BUS - OFFSET)))
    figure.add(message((show, BUS + OFFSET), (LEFT + RADIUS, BUS + OFFSET)))
    figure.add(arrow((196, INPUT - RADIUS), (196, BUS - OFFSET)))
    for x, _name in GATES:
        figure.add(arrow((x, BUS - OFFSET), (x, GATE + RADIUS)))


def _moved(at: Point, across: float) -> Point:
    return at[0] + across, at[1]


def _legend(figure: Figure) -> None:
    figure.add(arrow((20, 334), (60, 334)), words("forward: values", (70, 334), "start"))
    figure.add(message((60, 358), (20, 358)), words("backward: gradients", (70, 358), "start"))
