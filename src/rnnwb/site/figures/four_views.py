"""The four categories as one graph whose inputs, outputs and feedback are switched on or off."""

from __future__ import annotations

from rnnwb.site.drawing.drawing import Drawing, Unit
from rnnwb.site.drawing.unrolled import chain, up

WIDTH, HEIGHT, RADIUS = 160.0, 178.0, 13.0
PLACES = (21.5, 60.5, 99.5, 138.5)
TITLE, OUTPUT, STATE, INPUT = 12.0, 48.0, 102.0, 156.0
COMMON = "Four hidden states S in a row, each joined to the next. "
FED_BACK = " is fed back to the next state."
VIEWS = (
    ("synchronised", "1111", "1111", "", "All inputs X below and all outputs P above are on."),
    ("input sequence", "1111", "0001", "", "All inputs X below are on, and only the last output P above."),
    ("output sequence", "1000", "1111", "123", "Only the first input X below is on; all outputs P above are; each" + FED_BACK),
    ("first in, then out", "1100", "0011", "3", "The first two inputs X and the last two outputs P are on; the output of step 2" + FED_BACK),
)  # fmt: skip
BACK = " The messages run backward, from every output that is on, along the states and along the feedback."


def drawings() -> list[Drawing]:
    """One drawing a view; a faint circle is one that is switched off."""
    return [_view(*view) for view in VIEWS]


def _view(title: str, inputs: str, outputs: str, feedback: str, text: str) -> Drawing:
    drawing = Drawing(f"View: {title}", COMMON + text + BACK, WIDTH, HEIGHT)
    drawing.caption(title, (WIDTH / 2, TITLE), css="heading")
    states = {str(t): drawing.unit(r"\mathbf{S}_t", (x, STATE), str(t), RADIUS, "state") for t, x in enumerate(PLACES)}
    chain(drawing, states)
    above = [
        _switch(drawing, r"\mathbf{P}_t", (x, OUTPUT), outputs[t] == "1", t, "output") for t, x in enumerate(PLACES)
    ]
    below = [_switch(drawing, "X_t", (x, INPUT), inputs[t] == "1", t, "input") for t, x in enumerate(PLACES)]
    for t, state in states.items():
        if outputs[int(t)] == "1":
            up(drawing, state, above[int(t)])
        if inputs[int(t)] == "1":
            up(drawing, below[int(t)], state, back=False)
        if t in feedback:
            drawing.both(above[int(t) - 1].towards(0.7, 1), state.towards(-0.7, -1))
    return drawing


def _switch(drawing: Drawing, symbol: str, at: tuple[float, float], on: bool, t: int, kind: str) -> Unit:
    if on:
        return drawing.unit(symbol, at, str(t), RADIUS, kind)
    return drawing.unit("", at, radius=RADIUS, kind="off")
