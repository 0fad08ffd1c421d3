"""One step of the LSTM: the cell state on its direct path, and the gates that act on it."""

from __future__ import annotations

from rnnwb.site.drawing.drawing import Drawing, Unit, between
from rnnwb.site.drawing.unrolled import bus

LEFT, RIGHT, WIDE = 22.0, 334.0, 20.0
CELL, PRODUCT, GATE, BUS, INPUT = 24.0, 100.0, 172.0, 250.0, 296.0
GATES = {"F": 96.0, "I": 158.0, "G": 226.0, "O": 286.0}
WRITE = 192.0
APART = 6.0
TEXT = (
    "The cell state M at t minus 1 enters on the top left, is multiplied by the forget gate F, and the product of "
    "the input gate I and the candidate G is added, which gives the cell state M at t on the top right. The hidden "
    "state S at t is the tanh of M at t times the output gate O, and goes to the output Y at t. The three gates and "
    "the candidate are computed from the hidden state S at t minus 1 through their W and the input X at t through "
    "their U. The messages run backward: from Y at t to S at t and M at t, straight along the cell states, to "
    "every gate, and from the gates to S at t minus 1."
)


def drawings() -> list[Drawing]:
    """The cell passes from left to right on top; the gates reach it from below."""
    drawing = Drawing("One step of the LSTM", TEXT, 358, 318)
    gates = {name: drawing.unit(f"{name}_t", (x, GATE), kind="gate") for name, x in GATES.items()}
    _cell(drawing, gates)
    _output(drawing, gates["O"])
    _sources(drawing, gates)
    for name, gate in gates.items():
        side = 1 if name in "FG" else -1
        at = (gate.at[0] + 9 * side, gate.at[1] - 26)
        drawing.send(rf"\delta^{{\mathrm{{{name.lower()}}}}}_t", at, anchor="start" if side > 0 else "end")
    return [drawing]


def _cell(drawing: Drawing, gates: dict[str, Unit]) -> None:
    before, after = (drawing.unit("M_t", (x, CELL), t, WIDE, "state") for x, t in ((LEFT, "t-1"), (RIGHT, "t")))
    keep, add, write = (
        drawing.sign(*sign) for sign in (("⊙", (96, CELL)), ("+", (WRITE, CELL)), ("⊙", (WRITE, PRODUCT)))
    )
    ways = [(before, keep), (keep, add), (add, after), (gates["F"], keep), (write, add)]
    for one, other in [*ways, (gates["I"], write), (gates["G"], write)]:
        drawing.both(*between(one, other))


def _output(drawing: Drawing, gate: Unit) -> None:
    cell, show = Unit((RIGHT, CELL), WIDE), drawing.sign("⊙", (RIGHT, PRODUCT))
    state, output = drawing.unit("S_t", (RIGHT, GATE), kind="state"), drawing.unit("Y_t", (RIGHT, BUS), kind="output")
    for one, other in ((cell, show), (show, state), (state, output), (gate, show)):
        drawing.both(*between(one, other))
    drawing.note(r"\tanh", (RIGHT - 6, 68), anchor="end")


def _sources(drawing: Drawing, gates: dict[str, Unit]) -> None:
    """The two ways into every gate, the state's and the input's."""
    state, given = (
        drawing.unit("S_t", (LEFT, BUS), "t-1", WIDE, "state"),
        drawing.unit("X_t", (LEFT, INPUT), kind="input"),
    )
    feet = {name: (gate.at[0], GATE + 19) for name, gate in reversed(gates.items())}
    bus(drawing, [state.towards(1)], [[(x - APART, BUS), (x - APART, y)] for x, y in feet.values()])
    bus(drawing, [given.towards(1)], [[(x + APART, INPUT), (x + APART, y)] for x, y in feet.values()], back=False)
    for name, (x, y) in feet.items():
        mark = rf"^{{\mathrm{{{name.lower()}}}}}"
        drawing.weigh(f"W{mark}", (x - APART - 4, y + 22), anchor="end")
        drawing.weigh(f"U{mark}", (x + APART + 4, y + 44), anchor="start")
        drawing.send(rf"W{mark}^\top", (x - APART - 4, y + 22), anchor="end")
