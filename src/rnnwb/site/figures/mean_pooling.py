"""Input sequences, read out from the mean of all states."""

from __future__ import annotations

from rnnwb.site.drawing.drawing import Drawing, Unit, between
from rnnwb.site.drawing.unrolled import chain, gradients, row, up

COLUMNS = {"0": 98.0, "1": 184.0, "T": 282.0}
GAP = 233.0
OUTPUT, MEAN, STATE, INPUT = 96.0, 96.0, 186.0, 264.0
LOSS = 22.0
TEXT = (
    "Inputs X and hidden states S as before, joined by U and W. Every state enters the mean Z, which feeds one "
    "output Y through V, and that gives the loss E. The messages run backward: from the loss through the output "
    "and V transposed to the mean, from the mean in equal parts to every state, and through W transposed from "
    "each state to the state before it."
)


def drawings() -> list[Drawing]:
    """Every state goes into the mean, and the message of the mean goes to every state."""
    drawing = Drawing("Input sequences with the mean of all states", TEXT, 354, 286)
    states = row(drawing, "S_t", STATE, {"-1": 20.0, **COLUMNS}, "state")
    inputs = row(drawing, "X_t", INPUT, COLUMNS, "input")
    mean = drawing.unit("Z", (COLUMNS["1"], MEAN), kind="state")
    for t in COLUMNS:
        up(drawing, inputs[t], states[t], "U", back=False)
    _into_mean(drawing, states, mean)
    output = drawing.unit(r"Y^{\mathrm{p}}", (COLUMNS["T"], OUTPUT), kind="output")
    loss = drawing.unit(r"E^{\mathrm{p}}", (COLUMNS["T"], LOSS), kind="loss")
    drawing.both(mean.towards(1), output.towards(-1))
    drawing.weigh("V", (GAP, MEAN - 12))
    drawing.send(r"V^\top", (GAP, MEAN - 12))
    up(drawing, output, loss)
    drawing.send(r"\partial E^{\mathrm{p}} / \partial Y^{\mathrm{p}}", (COLUMNS["T"] - 8, 52), anchor="end")
    chain(drawing, states, GAP, "W")
    gradients(drawing, {t: states[t] for t in COLUMNS}, r"\delta^{\mathrm{p}}_t")
    drawing.dots((GAP, INPUT))
    return [drawing]


def _into_mean(drawing: Drawing, states: dict[str, Unit], mean: Unit) -> None:
    for t in COLUMNS:
        drawing.both(*between(states[t], mean))
