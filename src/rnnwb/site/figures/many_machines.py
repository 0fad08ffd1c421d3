"""Two machines: a copy of the weights and some of the sequences on each, and one sum over both."""

from __future__ import annotations

import drawsvg

from rnnwb.site.drawing.drawing import Drawing, Unit

WIDTH, HEIGHT, BOX, TOP = 352.0, 284.0, 164.0, 108.0
MACHINES = ((4.0, (7, 2, 5)), (184.0, (3, 6)))
CELL, ROW = 18.0, 26.0


def drawings() -> list[Drawing]:
    """A box for each machine; only the gradients leave it, and only their sum comes back."""
    drawing = Drawing(
        "One batch on two machines",
        "Two boxes, one for each machine. Each holds a copy of the weights U, W and V and some of the sequences of the "
        "batch: the first machine has three sequences, the second has two, all of different lengths. The gradient of each "
        "machine's own loss leaves its box and goes into a sum. The sum, the gradient of the loss J of the batch, comes "
        "back to both.",
        WIDTH,
        HEIGHT,
        always_both=True,
    )
    plus = drawing.sign("+", (WIDTH / 2, 32))
    drawing.send(r"\partial J / \partial W", (WIDTH / 2, 84))
    for number, (left, lengths) in enumerate(MACHINES, 1):
        _machine(drawing, left, number, lengths)
        _exchange(drawing, plus, left + BOX / 2, number)
    drawing.caption("a row for each sequence, a cell for each step", (WIDTH / 2, HEIGHT - 10))
    return [drawing]


def _machine(drawing: Drawing, left: float, number: int, lengths: tuple[int, ...]) -> None:
    drawing.add(drawsvg.Rectangle(left, TOP, BOX, 146, rx=8, class_="unit"))
    drawing.caption(f"machine {number}", (left + 16, TOP + 20), "start")
    drawing.note("U , W , V", (left + BOX - 16, TOP + 20), anchor="end")
    for row, length in enumerate(lengths):
        for step in range(length):
            x, y = left + 19 + step * CELL, TOP + 46 + row * ROW
            drawing.add(drawsvg.Rectangle(x, y, CELL, CELL, class_="unit input"))


def _exchange(drawing: Drawing, plus: Unit, middle: float, number: int) -> None:
    """The gradient on its way to the sum, and the sum on its way back."""
    side = -1 if number == 1 else 1
    x, y = plus.at
    out, back, low = middle + 44 * side, middle - 44 * side, y + 34
    drawing.message((out, TOP), (out, y), (x + 12 * side, y))
    drawing.message((x, y + 12), (x, low), (back, low), (back, TOP))
    drawing.send(rf"\partial \mathcal{{J}}_{number} / \partial W", ((x + out) / 2, y - 14))
