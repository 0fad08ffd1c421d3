"""Synchronised input and output, unrolled over time."""

from __future__ import annotations

from rnnwb.site.drawing.drawing import Drawing
from rnnwb.site.drawing.unrolled import chain, gradients, row, up

COLUMNS = {"0": 95.0, "1": 182.0, "T": 281.0}
GAP = 232.0
LOSS, OUTPUT, STATE, INPUT = 22.0, 98.0, 182.0, 262.0
TEXT = (
    "At every step t from 0 to T the input X at t feeds the hidden state S at t through U, "
    "the state before it feeds it through W, and the state feeds the output Y at t through V, "
    "which gives the loss E at t. All steps share U, V and W; the first state before step 0 "
    "is S at minus 1. The messages run backward: from each loss to its output, from each output through V "
    "transposed to its state, and from each state through W transposed to the state before it."
)


def drawings() -> list[Drawing]:
    """One column a step: input, state, output and loss."""
    drawing = Drawing("Synchronised input and output, unrolled over time", TEXT, 356, 284)
    states = row(drawing, "S_t", STATE, {"-1": 20.0, **COLUMNS}, "state")
    losses, outputs = row(drawing, "E_t", LOSS, COLUMNS, "loss"), row(drawing, "Y_t", OUTPUT, COLUMNS, "output")
    inputs = row(drawing, "X_t", INPUT, COLUMNS, "input")
    for t in COLUMNS:
        up(drawing, inputs[t], states[t], "U", back=False)
        up(drawing, states[t], outputs[t], "V")
        up(drawing, outputs[t], losses[t])
        drawing.send(r"\partial E_t / \partial Y_t", (COLUMNS[t] + 8, (LOSS + OUTPUT) / 2), t, "start")
    chain(drawing, states, GAP, "W")
    gradients(drawing, {t: states[t] for t in COLUMNS}, r"\delta_t")
    for y in (LOSS, OUTPUT, INPUT):
        drawing.dots((GAP, y))
    return [drawing]
