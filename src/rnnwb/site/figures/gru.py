"""One step of the GRU: the state on its direct path, and what is blended into it."""

from __future__ import annotations

from rnnwb.site.drawing.drawing import Drawing, Unit, between
from rnnwb.site.drawing.unrolled import bus

LEFT, RIGHT, WIDE = 22.0, 334.0, 20.0
STATE, PRODUCT, GATE, RECURRENT, BUS, INPUT = 24.0, 98.0, 170.0, 236.0, 292.0, 336.0
UPDATE, CANDIDATE, RESET = 96.0, 196.0, 264.0
APART = 6.0
TEXT = (
    "The state S at t minus 1 enters on the top left, is multiplied by the update gate Z, and the candidate N times "
    "1 minus Z is added, which gives the state S at t on the top right; it goes to the output Y at t. The candidate "
    "is computed from the input X at t through its U and from the product of the reset gate R and Q at t, which is "
    "computed from the state S at t minus 1 through its W. Both gates are computed from that state and the input. "
    "The messages run backward: from Y at t to S at t, straight along the states, to the gates and the candidate, "
    "and from the gates and Q to S at t minus 1."
)


def drawings() -> list[Drawing]:
    """The state passes from left to right on top; gates and candidate reach it from below."""
    drawing = Drawing("One step of the GRU", TEXT, 358, 358)
    update, candidate, reset, recurrent = (
        drawing.unit(tex, at, kind="gate")
        for tex, at in (("Z_t", (UPDATE, GATE)), ("N_t", (CANDIDATE, GATE)), ("R_t", (RIGHT, GATE)), ("Q_t", (RESET, RECURRENT)))
    )  # fmt: skip
    before = _state(drawing, update, candidate)
    apply = drawing.sign("⊙", (RESET, GATE))
    for one, other in ((reset, apply), (recurrent, apply), (apply, candidate)):
        drawing.both(*between(one, other))
    _from_state(drawing, before)
    _from_input(drawing)
    drawing.send(r"\delta^{\mathrm{z}}_t", (UPDATE - 9, GATE - 26), anchor="end")
    drawing.send(r"\delta^{\mathrm{n}}_t", (CANDIDATE + 9, GATE - 26), anchor="start")
    drawing.send(r"\delta^{\mathrm{r}}_t", (RIGHT - 1, GATE - 33))
    return [drawing]


def _state(drawing: Drawing, update: Unit, candidate: Unit) -> Unit:
    before, after = (drawing.unit("S_t", (x, STATE), t, WIDE, "state") for x, t in ((LEFT, "t-1"), (RIGHT, "t")))
    keep, add, blend = (
        drawing.sign(*sign) for sign in (("⊙", (UPDATE, STATE)), ("+", (CANDIDATE, STATE)), ("⊙", (CANDIDATE, PRODUCT)))
    )
    output = drawing.unit("Y_t", (RIGHT, PRODUCT), kind="output")
    ways = (
        (before, keep),
        (keep, add),
        (add, after),
        (update, keep),
        (update, blend),
        (candidate, blend),
        (blend, add),
    )
    for one, other in (*ways, (after, output)):
        drawing.both(*between(one, other))
    drawing.note("1 -", (138, 122), anchor="end")
    return before


def _from_state(drawing: Drawing, before: Unit) -> None:
    """The state's way down on the left, and up to the gates."""
    feet = {"r": (RIGHT - APART, GATE + 18), "n": (RESET, RECURRENT + 19), "z": (UPDATE - APART, GATE + 18)}
    bus(drawing, [before.towards(y=1), (LEFT, BUS)], [[(x, BUS), (x, y)] for x, y in feet.values()])
    for name, (x, _) in feet.items():
        drawing.weigh(rf"W^{{\mathrm{{{name}}}}}", (x - 4, BUS - 18), anchor="end")
        drawing.send(rf"W^{{\mathrm{{{name}}}}}^\top", (x - 4, BUS - 18), anchor="end")


def _from_input(drawing: Drawing) -> None:
    given = drawing.unit("X_t", (LEFT, INPUT), kind="input")
    feet = {"r": (RIGHT + APART, GATE + 18), "n": (CANDIDATE, GATE + 19), "z": (UPDATE + APART, GATE + 18)}
    bus(drawing, [given.towards(1)], [[(x, INPUT), (x, y)] for x, y in feet.values()], back=False)
    for name, (x, _) in feet.items():
        drawing.weigh(rf"U^{{\mathrm{{{name}}}}}", (x - 4, INPUT - 18), anchor="end")
