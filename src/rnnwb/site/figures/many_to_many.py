"""Figure 2: synchronised input and output, unrolled over time."""

from __future__ import annotations

from rnnwb.site.figures.shapes import Figure, arrow, dots, maths, message, unit, words

RADIUS = 17.0
OFFSET = 5.0
WIDTH, HEIGHT = 352.0, 350.0
START = 24.0
STEPS = ((104.0, "0"), (190.0, "1"), (318.0, "T"))
GAP = 254.0
LOSS, OUTPUT, STATE, INPUT = 30.0, 106.0, 186.0, 266.0


def drawing() -> Figure:
    """One column a step; forward arrows and, dashed, the messages that come back."""
    figure = Figure(
        "Synchronised input and output, unrolled over time",
        "At every step t from 0 to T the input X at t feeds the hidden state S at t through U, "
        "the state before it feeds it through W, and the state feeds the output Y at t through V, "
        "which gives the loss E at t. All steps share U, V and W; the first state before step 0 "
        "is S at minus 1. Dashed arrows run backward: from each loss to its output and state, and "
        "from each state to the state before it.",
        WIDTH,
        HEIGHT,
    )
    for x, step in STEPS:
        _column(figure, x, step)
    figure.add(unit((START, STATE), RADIUS), maths("S", (START, STATE), lower="−1"))
    _recurrence(figure)
    for height in (LOSS, OUTPUT, INPUT):
        figure.add(*dots((GAP, height), horizontal=True))
    _legend(figure)
    return figure


def _column(figure: Figure, x: float, step: str) -> None:
    for symbol, y in (("E", LOSS), ("Y", OUTPUT), ("S", STATE), ("X", INPUT)):
        figure.add(unit((x, y), RADIUS), maths(symbol, (x, y), lower=step))
    for lower, upper in ((INPUT, STATE), (STATE, OUTPUT), (OUTPUT, LOSS)):
        back = upper != STATE
        side = OFFSET if back else 0
        figure.add(arrow((x - side, lower - RADIUS), (x - side, upper + RADIUS)))
        if back:
            figure.add(message((x + side, upper + RADIUS), (x + side, lower - RADIUS)))
    figure.add(maths("U", (x - 13, (INPUT + STATE) / 2)), maths("V", (x - 17, (STATE + OUTPUT) / 2)))


def _recurrence(figure: Figure) -> None:
    centres = (START, *(x for x, _ in STEPS))
    pairs = [(centres[0], centres[1]), (centres[1], centres[2])]
    spans = [(left + RADIUS, right - RADIUS) for left, right in pairs]
    spans += [(centres[2] + RADIUS, GAP - 11), (GAP + 11, centres[3] - RADIUS)]
    figure.add(*dots((GAP, STATE), horizontal=True))
    for left, right in spans:
        figure.add(arrow((left, STATE - OFFSET), (right, STATE - OFFSET)))
        figure.add(message((right, STATE + OFFSET), (left, STATE + OFFSET)))
        figure.add(maths("W", ((left + right) / 2, STATE - 18)))


def _legend(figure: Figure) -> None:
    figure.add(arrow((20, 312), (60, 312)), words("forward: values", (70, 312), "start"))
    figure.add(message((60, 336), (20, 336)), words("backward: gradients", (70, 336), "start"))
