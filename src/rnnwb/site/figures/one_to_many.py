"""Output sequences: three ways to feed a network that has one input."""

from __future__ import annotations

from itertools import pairwise

from rnnwb.site.figures.shapes import Figure, arrow, dots, maths, message, unit, words

RADIUS = 15.0
OFFSET = 4.0
WIDTH, HEIGHT = 352.0, 640.0
STEPS = ((70.0, "0"), (166.0, "1"), (314.0, "T"))
GAP = 240.0
PANELS = ((16.0, "X once"), (214.0, "X at every step"), (412.0, "own output fed back"))
OUTPUT, STATE, INPUT = 44.0, 102.0, 160.0


def drawing() -> Figure:
    """Three panels of the same states and outputs; only what enters the states differs."""
    figure = Figure(
        "Output sequences, three variants",
        "Three panels, each with hidden states S from 0 to T, joined by W, and an output P above each state. In the first "
        "panel the input X at 0 enters the state at 0 only. In the second panel it enters the state at every step. In the "
        "third panel it enters the state at 0, and each output enters the state of the next step through R. Dashed arrows "
        "run backward: from each output to its state, from each state to the one before and, in the third panel, from "
        "each state to the output before.",
        WIDTH,
        HEIGHT,
    )
    for number, (top, title) in enumerate(PANELS):
        figure.add(words(title, (8, top), "start"))
        _panel(figure, top, inputs=3 if number == 1 else 1, feedback=number == 2)
    figure.add(arrow((20, 606), (60, 606)), words("forward: values", (70, 606), "start"))
    figure.add(message((60, 628), (20, 628)), words("backward: gradients", (70, 628), "start"))
    return figure


def _panel(figure: Figure, top: float, inputs: int, feedback: bool) -> None:
    output, state = top + OUTPUT, top + STATE
    for x, step in STEPS:
        for symbol, y in (("P", output), ("S", state)):
            figure.add(unit((x, y), RADIUS), maths(symbol, (x, y), lower=step))
        figure.add(arrow((x - OFFSET, state - RADIUS), (x - OFFSET, output + RADIUS)))
        figure.add(message((x + OFFSET, output + RADIUS), (x + OFFSET, state - RADIUS)))
    for x, _ in STEPS[:inputs]:
        figure.add(unit((x, top + INPUT), RADIUS), maths("X", (x, top + INPUT), lower="0"))
        figure.add(arrow((x, top + INPUT - RADIUS), (x, state + RADIUS)), maths("U", (x - 13, top + 132)))
    figure.add(*dots((GAP, output), horizontal=True), *dots((GAP, state), horizontal=True))
    _recurrence(figure, state)
    if feedback:
        _feedback(figure, output, state)


def _recurrence(figure: Figure, state: float) -> None:
    (first, _), (second, _), (last, _) = STEPS
    spans = ((first + RADIUS, second - RADIUS), (second + RADIUS, GAP - 11), (GAP + 11, last - RADIUS))
    for left, right in spans:
        figure.add(arrow((left, state - OFFSET), (right, state - OFFSET)))
        figure.add(message((right, state + OFFSET), (left, state + OFFSET)))
        figure.add(maths("W", ((left + right) / 2, state + 18)))


def _feedback(figure: Figure, output: float, state: float) -> None:
    places = (STEPS[0][0], STEPS[1][0])
    for left, right in pairwise(places):
        figure.add(arrow((left + 14, output + 4), (right - 15, state - 12)))
        figure.add(message((right - 9, state - 18), (left + 16, output - 4)))
        figure.add(maths("R", ((left + right) / 2 + 6, output + 2)))
    figure.add(arrow((places[1] + 14, output + 4), (GAP - 16, output + 31)))
    figure.add(arrow((GAP + 18, state - 34), (STEPS[2][0] - 15, state - 10)))
