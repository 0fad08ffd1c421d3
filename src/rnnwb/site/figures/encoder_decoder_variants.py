"""Three other ways to wire an encoder to a decoder."""

from __future__ import annotations

from rnnwb.site.drawing.drawing import Drawing, Unit, along
from rnnwb.site.drawing.labels import Point
from rnnwb.site.drawing.unrolled import bus, chain, gradients, row, up

WIDTH, HEIGHT = 222.0, 250.0
TITLE, OUTPUT, STATE, BUS, ENCODED = 12.0, 52.0, 128.0, 182.0, 230.0
COLUMNS = {"0": 36.0, "1": 102.0, "T": 188.0}
GAP = 145.0
INITIAL, INITIAL_GAP = {"-1": 36.0, "0": 102.0, "T": 188.0}, 145.0
BASE = "The encoder's states below, joined by its W; the decoder's states above, joined by its W, with their outputs. "


def drawings() -> list[Drawing]:
    """The context as initial state, through shared weights, and with the decoder's own output fed back."""
    return [_initial(), _shared(), _own_output()]


def _initial() -> Drawing:
    text = "The encoder's last state is the decoder's state at minus 1. The message of that state is the only one to reach the encoder."
    drawing = Drawing("Context as initial state", BASE + text, WIDTH, HEIGHT)
    drawing.caption("context as initial state", (WIDTH / 2, TITLE), css="heading")
    states = row(drawing, r"S^{\mathrm{i}}_t", STATE, INITIAL, "state")
    outputs = row(drawing, r"Y^{\mathrm{i}}_t", OUTPUT, {"0": INITIAL["0"], "T": INITIAL["T"]}, "output")
    for t, output in outputs.items():
        up(drawing, states[t], output, r"V^{\mathrm{d}}", side=1)
    chain(drawing, states, INITIAL_GAP, r"W^{\mathrm{d}}")
    gradients(drawing, {t: states[t] for t in outputs}, r"\delta^{\mathrm{i}}_t")
    drawing.dots((INITIAL_GAP, OUTPUT))
    foot, head = _encoder(drawing).towards(y=-1), states["-1"].towards(y=1)
    drawing.both(foot, (foot[0], BUS), (head[0], BUS), head)
    return drawing


def _shared() -> Drawing:
    text = (
        "The encoder's last state enters every state of the decoder through the W of the encoder, and a message "
        "comes back from each."
    )
    drawing = Drawing("Shared weights", BASE + text, WIDTH, HEIGHT)
    names = (r"S^{\mathrm{s}}_t", r"Y^{\mathrm{s}}_t", r"\delta^{\mathrm{s}}_t", r"W^{\mathrm{e}}")
    _at_every_step(drawing, "shared weights", *names)
    return drawing


def _own_output() -> Drawing:
    text = (
        "The encoder's last state enters every state of the decoder through G, and each output enters the next state "
        "through the U of the decoder. Messages come back on both ways."
    )
    drawing = Drawing("Own output", BASE + text, WIDTH, HEIGHT)
    names = (r"S^{\mathrm{o}}_t", r"Y^{\mathrm{o}}_t", r"\delta^{\mathrm{o}}_t", "G")
    states, outputs = _at_every_step(drawing, "own output fed back", *names)
    start, bend, end = _fed_back(outputs["0"], states["1"])
    drawing.both(start, bend, end)
    start, bend, end = _fed_back(outputs["1"], states["T"])
    drawing.both(start, along(start, bend, 0.35))
    drawing.both(along(start, bend, 0.7), bend, end)
    for tex, speak in ((r"U^{\mathrm{d}}", drawing.weigh), (r"U^{\mathrm{d}}^\top", drawing.send)):
        speak(tex, (69, 46))
    return drawing


def _fed_back(output: Unit, state: Unit) -> tuple[Point, Point, Point]:
    """The way of an output to a later state, which it reaches from above, clear of the weights between the states."""
    return output.towards(1, 0.45), (state.at[0] - 19, state.at[1] - 50), state.towards(-0.4, -1)


def _at_every_step(
    drawing: Drawing, title: str, state: str, output: str, delta: str, weight: str
) -> tuple[dict[str, Unit], dict[str, Unit]]:
    drawing.caption(title, (WIDTH / 2, TITLE), css="heading")
    states, outputs = row(drawing, state, STATE, COLUMNS, "state"), row(drawing, output, OUTPUT, COLUMNS, "output")
    for t in COLUMNS:
        up(drawing, states[t], outputs[t], r"V^{\mathrm{d}}", side=1)
    chain(drawing, states, GAP, r"W^{\mathrm{d}}")
    gradients(drawing, states, delta)
    drawing.dots((GAP, OUTPUT))
    foot = _encoder(drawing).towards(y=-1)
    first, second, last = ([(unit.at[0], BUS), unit.towards(y=1)] for unit in states.values())
    bus(drawing, [foot], [last[1:], [(foot[0], BUS), *first], second])
    for unit in states.values():
        for tex, speak in ((weight, drawing.weigh), (rf"{weight}^\top", drawing.send)):
            speak(tex, (unit.at[0] - 5, (BUS + STATE) / 2 + 10), anchor="end")
    return states, outputs


def _encoder(drawing: Drawing) -> Unit:
    places = {"0": COLUMNS["0"], "1": COLUMNS["1"], "T_e": COLUMNS["T"]}
    units = row(drawing, r"S^{\mathrm{e}}_\tau", ENCODED, places, "state")
    chain(drawing, units, GAP, r"W^{\mathrm{e}}")
    return units["T_e"]
