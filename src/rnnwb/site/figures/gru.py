"""One step of the GRU: the state on its direct path, and what is blended into it."""

from __future__ import annotations

from rnnwb.site.figures.shapes import Figure, arrow, edge, maths, message, unit, words

RADIUS, SMALL = 17.0, 10.0
OFFSET = 5.0
WIDTH, HEIGHT = 352.0, 394.0
LEFT, RIGHT = 28.0, 324.0
STATE, PRODUCT, GATE, RECURRENT, BUS, INPUT = 44.0, 116.0, 186.0, 242.0, 284.0, 316.0
UPDATE, CANDIDATE, RESET = 104.0, 190.0, 257.0


def drawing() -> Figure:
    """The state passes from left to right on top; gates and candidate reach it from below."""
    figure = Figure(
        "One step of the GRU",
        "The state S at t minus 1 enters on the top left, is multiplied by the update gate Z, and the candidate N times "
        "1 minus Z is added, which gives the state S at t on the top right; it goes to the output Y at t. The candidate "
        "is computed from the input X at t and from the product of the reset gate R and Q at t, which is computed from "
        "the state S at t minus 1. Both gates are computed from that state and the input. Dashed arrows run backward: "
        "from Y at t to S at t, straight along the states, and from gates and Q to S at t minus 1.",
        WIDTH,
        HEIGHT,
    )
    nodes = [((LEFT, STATE), "S", "t−1"), ((RIGHT, STATE), "S", "t"), ((RIGHT, PRODUCT), "Y", "t")]
    nodes += [((UPDATE, GATE), "Z", "t"), ((CANDIDATE, GATE), "N", "t"), ((RIGHT, GATE), "R", "t")]
    nodes += [((RESET, RECURRENT), "Q", "t"), ((LEFT, INPUT), "X", "t")]
    for at, name, step in nodes:
        figure.add(unit(at, RADIUS), maths(name, at, lower=step))
    signs = (((UPDATE, STATE), "⊙"), ((CANDIDATE, STATE), "+"), ((CANDIDATE, PRODUCT), "⊙"), ((RESET, GATE), "⊙"))
    for at, sign in signs:
        figure.add(unit(at, SMALL), words(sign, at))
    _state(figure)
    _gates(figure)
    _sources(figure)
    figure.add(arrow((20, 356), (60, 356)), words("forward: values", (70, 356), "start"))
    figure.add(message((60, 380), (20, 380)), words("backward: gradients", (70, 380), "start"))
    return figure


def _state(figure: Figure) -> None:
    stops = ((LEFT + RADIUS, UPDATE - SMALL), (UPDATE + SMALL, CANDIDATE - SMALL), (CANDIDATE + SMALL, RIGHT - RADIUS))
    for left, right in stops:
        figure.add(arrow((left, STATE - OFFSET), (right, STATE - OFFSET)))
        figure.add(message((right, STATE + OFFSET), (left, STATE + OFFSET)))
    figure.add(arrow((RIGHT - OFFSET, STATE + RADIUS), (RIGHT - OFFSET, PRODUCT - RADIUS)))
    figure.add(message((RIGHT + OFFSET, PRODUCT - RADIUS), (RIGHT + OFFSET, STATE + RADIUS)))


def _gates(figure: Figure) -> None:
    figure.add(arrow((UPDATE, GATE - RADIUS), (UPDATE, STATE + SMALL)))
    figure.add(arrow((UPDATE + 13, GATE - 11), (CANDIDATE - SMALL + 1, PRODUCT + 5)), words("1 −", (138, 142)))
    figure.add(arrow((CANDIDATE, GATE - RADIUS), (CANDIDATE, PRODUCT + SMALL)))
    figure.add(arrow((CANDIDATE, PRODUCT - SMALL), (CANDIDATE, STATE + SMALL)))
    figure.add(
        arrow((RIGHT - RADIUS, GATE), (RESET + SMALL, GATE)), arrow((RESET - SMALL, GATE), (CANDIDATE + RADIUS, GATE))
    )
    figure.add(arrow((RESET, RECURRENT - RADIUS), (RESET, GATE + SMALL)))


def _sources(figure: Figure) -> None:
    figure.add(
        edge((LEFT - OFFSET, STATE + RADIUS), (LEFT - OFFSET, BUS)), edge((LEFT - OFFSET, BUS), (RIGHT - 4, BUS))
    )
    figure.add(
        message((RIGHT - 4, BUS - 9), (LEFT + 8, BUS - 9)),
        message((LEFT + OFFSET, BUS - 9), (LEFT + OFFSET, STATE + RADIUS)),
    )
    figure.add(edge((LEFT + RADIUS, INPUT), (RIGHT + 4, INPUT)))
    for x, to in ((UPDATE, GATE), (RIGHT, GATE)):
        figure.add(arrow((x - 4, BUS), (x - 4, to + RADIUS)), arrow((x + 4, INPUT), (x + 4, to + RADIUS)))
    figure.add(arrow((CANDIDATE, INPUT), (CANDIDATE, GATE + RADIUS)), arrow((RESET, BUS), (RESET, RECURRENT + RADIUS)))
