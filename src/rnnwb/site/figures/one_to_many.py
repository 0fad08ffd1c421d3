"""Output sequences: three ways to feed a network that has one input."""

from __future__ import annotations

from rnnwb.site.drawing.drawing import Drawing, Unit, along, between
from rnnwb.site.drawing.unrolled import chain, gradients, row, up

COLUMNS = {"0": 32.0, "1": 98.0, "T": 184.0}
GAP = 141.0
TITLE, OUTPUT, STATE, INPUT = 12.0, 50.0, 128.0, 202.0
WIDTH, HEIGHT = 218.0, 224.0
BASE = "Hidden states S from 0 to T, joined by W, and an output above each state, through V. "
BACK = " The messages run backward: from each output to its state, and from each state to the one before"


def drawings() -> list[Drawing]:
    """Three drawings of the same states and outputs; only what enters the states differs."""
    return [
        _once(),
        _repeated(),
        _fed_back(),
    ]


def _once() -> Drawing:
    drawing = Drawing("X once", BASE + "The input X at 0 enters the state at 0 only." + BACK + ".", WIDTH, HEIGHT)
    states, _ = _network(drawing, "X once", "S_t", "Y_t", r"\delta_t")
    _input(drawing, states["0"])
    return drawing


def _repeated() -> Drawing:
    text = BASE + "The same input, X at 0, enters the state at every step." + BACK + "."
    drawing = Drawing("X at every step", text, WIDTH, HEIGHT)
    names = (r"S^{\mathrm{r}}_t", r"Y^{\mathrm{r}}_t", r"\delta^{\mathrm{r}}_t")
    states, _ = _network(drawing, "X at every step", *names)
    for state in states.values():
        _input(drawing, state)
    drawing.dots((GAP, INPUT))
    return drawing


def _fed_back() -> Drawing:
    text = (
        BASE + "The input X enters the state at 0, and each output enters the state of the next step through R." + BACK
    )
    drawing = Drawing("Own output fed back", text + " and to the output before.", WIDTH, HEIGHT)
    names = (r"S^{\mathrm{f}}_t", r"P^{\mathrm{f}}_t", r"\delta^{\mathrm{f}}_t")
    states, outputs = _network(drawing, "own output fed back", *names, side=1)
    _input(drawing, states["0"])
    _feedback(drawing, outputs, states)
    return drawing


def _feedback(drawing: Drawing, outputs: dict[str, Unit], states: dict[str, Unit]) -> None:
    drawing.both(*between(outputs["0"], states["1"]))
    start, end = between(outputs["1"], states["T"])
    drawing.both(start, along(start, end, 0.4))
    drawing.both(along(start, end, 0.6), end)
    for tex, speak in (("R", drawing.weigh), (r"R^\top", drawing.send)):
        speak(tex, (70, 74))


def _network(
    drawing: Drawing, title: str, state: str, output: str, delta: str, side: int = -1
) -> tuple[dict[str, Unit], dict[str, Unit]]:
    drawing.caption(title, (WIDTH / 2, TITLE), css="heading")
    states = row(drawing, state, STATE, COLUMNS, "state")
    outputs = row(drawing, output, OUTPUT, COLUMNS, "output")
    for t in COLUMNS:
        up(drawing, states[t], outputs[t], "V", side=side)
    chain(drawing, states, GAP, "W")
    gradients(drawing, states, delta)
    drawing.dots((GAP, OUTPUT))
    return states, outputs


def _input(drawing: Drawing, state: Unit) -> None:
    unit = drawing.unit("X_t", (state.at[0], INPUT), "0", kind="input")
    up(drawing, unit, state, "U", back=False)
