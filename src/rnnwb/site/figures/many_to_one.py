"""Input sequences, unrolled over time: one output, from the last state or from the mean of all."""

from __future__ import annotations

from rnnwb.site.drawing.drawing import Drawing
from rnnwb.site.drawing.unrolled import chain, gradients, row, up

COLUMNS = {"0": 98.0, "1": 184.0, "T": 282.0}
GAP = 233.0
LOSS, OUTPUT, STATE, INPUT = 22.0, 96.0, 178.0, 256.0
TEXT = (
    "At every step t from 0 to T the input X at t feeds the hidden state S at t through U, and the state before it "
    "feeds it through W. Only the last state, S at T, feeds an output, Y at T, through V, which gives the loss E. "
    "The messages run backward: from the loss to the output, through V transposed to the last state, and then "
    "through W transposed from each state to the state before it. There is no other way back."
)


def drawings() -> list[Drawing]:
    """Inputs and states at every step; output, loss and the source of all messages at the last."""
    drawing = Drawing("Input sequences, unrolled over time", TEXT, 354, 278)
    states = row(drawing, "S_t", STATE, {"-1": 20.0, **COLUMNS}, "state")
    inputs = row(drawing, "X_t", INPUT, COLUMNS, "input")
    for t in COLUMNS:
        up(drawing, inputs[t], states[t], "U", back=False)
    x = COLUMNS["T"]
    output, loss = drawing.unit("Y_t", (x, OUTPUT), "T", kind="output"), drawing.unit("E", (x, LOSS), kind="loss")
    up(drawing, states["T"], output, "V")
    up(drawing, output, loss)
    drawing.send(r"\partial E / \partial Y_t", (x + 8, (LOSS + OUTPUT) / 2), "T", "start")
    chain(drawing, states, GAP, "W")
    gradients(drawing, {t: states[t] for t in COLUMNS}, r"\delta_t")
    drawing.dots((GAP, INPUT))
    return [drawing]
