"""Encoder and decoder: the context enters every step of the decoder."""

from __future__ import annotations

from rnnwb.site.drawing.drawing import Drawing, Unit
from rnnwb.site.drawing.unrolled import bus, chain, gradients, row, up

DECODER = {"0": 95.0, "1": 182.0, "T": 283.0}
ENCODER = {"0": 95.0, "1": 182.0, "T_e": 283.0}
START, GAP = 20.0, 233.0
LOSS, OUTPUT, STATE, GIVEN = 22.0, 94.0, 172.0, 246.0
BUS, ENCODED, READ = 294.0, 366.0, 440.0
SIDE = 27.0
TEXT = (
    "Below, the encoder: inputs X at its steps 0, 1 and so on to its last step feed the hidden states S of the "
    "encoder through its U, each state feeds the next through its W, and there are no outputs. Above, the "
    "decoder: each of its hidden states, at steps 0, 1 and so on to T, receives an input X through its U, the "
    "decoder's state before through its W and the last state of the encoder through G; it feeds an output Y "
    "through V, which gives a loss E. The messages run backward: from each loss to its output and state, from "
    "each state to the one before, and from every state of the decoder to the last state of the encoder."
)


def drawings() -> list[Drawing]:
    """The decoder above, the encoder below, and between them the context's two ways."""
    drawing = Drawing("Encoder and decoder, unrolled over time", TEXT, 358, 462)
    states = _decoder(drawing)
    encoded = row(drawing, r"S^{\mathrm{e}}_\tau", ENCODED, {"-1": START, **ENCODER}, "state")
    read = row(drawing, r"X^{\mathrm{e}}_\tau", READ, ENCODER, "input")
    for t in ENCODER:
        up(drawing, read[t], encoded[t], r"U^{\mathrm{e}}", back=False)
    chain(drawing, encoded, GAP, r"W^{\mathrm{e}}")
    gradients(drawing, {t: encoded[t] for t in ENCODER}, r"\delta^{\mathrm{e}}_\tau")
    _context(drawing, encoded["T_e"], {t: states[t] for t in DECODER})
    for y in (LOSS, OUTPUT, GIVEN, READ):
        drawing.dots((GAP, y))
    return [drawing]


def _decoder(drawing: Drawing) -> dict[str, Unit]:
    states = row(drawing, r"S^{\mathrm{d}}_t", STATE, {"-1": START, **DECODER}, "state")
    losses, outputs = row(drawing, "E_t", LOSS, DECODER, "loss"), row(drawing, "Y_t", OUTPUT, DECODER, "output")
    given = row(drawing, r"X^{\mathrm{d}}_t", GIVEN, DECODER, "input")
    for t, x in DECODER.items():
        up(drawing, given[t], states[t], r"U^{\mathrm{d}}", back=False, side=1)
        up(drawing, states[t], outputs[t], r"V^{\mathrm{d}}")
        up(drawing, outputs[t], losses[t])
        drawing.send(r"\partial E_t / \partial Y_t", (x + 8, (LOSS + OUTPUT) / 2), t, "start")
    chain(drawing, states, GAP, r"W^{\mathrm{d}}")
    gradients(drawing, {t: states[t] for t in DECODER}, r"\delta^{\mathrm{d}}_t")
    return states


def _context(drawing: Drawing, context: Unit, states: dict[str, Unit]) -> None:
    """The way of the context to every step of the decoder, along a line that all steps share."""
    foot, branches = context.towards(y=-1), []
    for t, x in DECODER.items():
        branches.append([(x - SIDE, BUS), (x - SIDE, STATE + 36), states[t].towards(-0.8, 1)])
        for tex, speak in (("G", drawing.weigh), (r"G^\top", drawing.send)):
            speak(tex, (x - SIDE - 6, (BUS + GIVEN) / 2 + 8), anchor="end")
    bus(drawing, [foot, (foot[0], BUS)], branches)
