"""Input sequences, unrolled over time: one output, after the last step."""

from __future__ import annotations

from itertools import pairwise

from rnnwb.site.figures.shapes import Figure, arrow, dots, maths, message, unit, words

RADIUS = 17.0
OFFSET = 5.0
WIDTH, HEIGHT = 352.0, 350.0
START = 24.0
STEPS = ((104.0, "0"), (190.0, "1"), (318.0, "T"))
LAST = STEPS[-1][0]
GAP = 254.0
LOSS, OUTPUT, STATE, INPUT = 30.0, 106.0, 186.0, 266.0


def drawing() -> Figure:
    """Inputs and states at every step; output, loss and the source of all messages at the last."""
    figure = Figure(
        "Input sequences, unrolled over time",
        "At every step t from 0 to T the input X at t feeds the hidden state S at t through U, and the state before it "
        "feeds it through W. Only the last state, S at T, feeds an output, Y at T, through V, which gives the loss E. "
        "Dashed arrows run backward: from the loss to the output and to the last state, and then from each state to "
        "the state before it. There is no other way back.",
        WIDTH,
        HEIGHT,
    )
    figure.add(unit((START, STATE), RADIUS), maths("S", (START, STATE), lower="−1"))
    for x, step in STEPS:
        _step(figure, x, step)
    _output(figure)
    _recurrence(figure)
    figure.add(*dots((GAP, INPUT), horizontal=True), *dots((GAP, STATE), horizontal=True))
    figure.add(arrow((20, 312), (60, 312)), words("forward: values", (70, 312), "start"))
    figure.add(message((60, 336), (20, 336)), words("backward: gradients", (70, 336), "start"))
    return figure


def _step(figure: Figure, x: float, step: str) -> None:
    for symbol, y in (("S", STATE), ("X", INPUT)):
        figure.add(unit((x, y), RADIUS), maths(symbol, (x, y), lower=step))
    figure.add(arrow((x, INPUT - RADIUS), (x, STATE + RADIUS)), maths("U", (x - 13, (INPUT + STATE) / 2)))


def _output(figure: Figure) -> None:
    figure.add(unit((LAST, OUTPUT), RADIUS), maths("Y", (LAST, OUTPUT), lower="T"))
    figure.add(unit((LAST, LOSS), RADIUS), maths("E", (LAST, LOSS)))
    for low, high in ((STATE - RADIUS, OUTPUT + RADIUS), (OUTPUT - RADIUS, LOSS + RADIUS)):
        figure.add(arrow((LAST - OFFSET, low), (LAST - OFFSET, high)))
        figure.add(message((LAST + OFFSET, high), (LAST + OFFSET, low)))
    figure.add(maths("V", (LAST - 17, (STATE + OUTPUT) / 2)))


def _recurrence(figure: Figure) -> None:
    centres = (START, *(x for x, _ in STEPS[:2]))
    spans = [(left + RADIUS, right - RADIUS) for left, right in pairwise(centres)]
    spans += [(centres[-1] + RADIUS, GAP - 11), (GAP + 11, LAST - RADIUS)]
    for left, right in spans:
        figure.add(arrow((left, STATE - OFFSET), (right, STATE - OFFSET)))
        figure.add(message((right, STATE + OFFSET), (left, STATE + OFFSET)))
        figure.add(maths("W", ((left + right) / 2, STATE - 18)))
