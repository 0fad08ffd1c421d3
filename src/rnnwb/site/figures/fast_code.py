"""What is done for all steps at once, and what stays in the two loops."""

from __future__ import annotations

from itertools import pairwise

import drawsvg

from rnnwb.site.drawing.drawing import Drawing

BLOCK, ROW, ROWS, TOP = 40.0, 20.0, 5, 56.0
MIDDLE = TOP + ROWS * ROW / 2
WIDTH, HEIGHT = 330.0, 190.0
ENDS = " A stack has one row for each step. Only the loop needs one step after the other."


def drawings() -> list[Drawing]:
    """Stacked matrices, a product between neighbours, a loop down the states and up the deltas."""
    return [_forward(), _backward()]


def _forward() -> Drawing:
    drawing = Drawing(
        "Forward: stacked matrices and a loop",
        "One product with U turns the stacked inputs into the products F; a loop with W runs down the rows of the "
        "stacked states S, from the first step to the last; one product with V turns them into the stacked outputs Y." + ENDS,
        WIDTH, HEIGHT, always_both=True,
    )  # fmt: skip
    drawing.caption("forward", (WIDTH / 2, 12), css="heading")
    columns = (4.0, 98.0, 192.0, 286.0)
    for x, name, kind in zip(columns, "XFSY", ("input", "gate", "state", "output"), strict=True):
        _stack(drawing, x, name, kind)
    for left, right in pairwise(columns):
        drawing.arrow((left + BLOCK + 3, MIDDLE), (right - 3, MIDDLE))
    for place, weight in ((71, "U"), (259, "V")):
        drawing.weigh(weight, (place, MIDDLE - 13))
    x = columns[2] + BLOCK / 2
    for row in range(ROWS - 1):
        drawing.arrow((x, _centre(row)), (x, _centre(row + 1) - 2))
    drawing.weigh("W", (x, TOP + ROWS * ROW + 16))
    return drawing


def _backward() -> Drawing:
    drawing = Drawing(
        "Backward: stacked matrices and a loop",
        "One product with V transposed turns the stacked gradients G of the outputs into their local part L; a loop "
        "with W transposed runs up the rows of the stacked gradients D, from the last step to the first." + ENDS,
        WIDTH, HEIGHT, always_both=True,
    )  # fmt: skip
    drawing.caption("backward", (WIDTH / 2, 12), css="heading")
    columns = (98.0, 192.0, 286.0)
    for x, name, kind in zip(columns, "DLG", ("state", "gate", "loss"), strict=True):
        _stack(drawing, x, name, kind)
    for left, right in pairwise(columns):
        drawing.message((right - 3, MIDDLE), (left + BLOCK + 3, MIDDLE))
    drawing.send(r"V^\top", (259, MIDDLE - 13))
    x = columns[0] + BLOCK / 2
    for row in range(ROWS - 1):
        drawing.message((x, _centre(row + 1)), (x, _centre(row) + 2))
    drawing.send(r"W^\top", (x, TOP + ROWS * ROW + 16))
    for line, text in enumerate(("one row", "for each", "step")):
        drawing.caption(text, (4, MIDDLE - 18 + 18 * line), "start")
    return drawing


def _centre(row: int) -> float:
    return TOP + (row + 0.5) * ROW


def _stack(drawing: Drawing, x: float, name: str, kind: str) -> None:
    drawing.note(rf"\mathcal{{{name}}}", (x + BLOCK / 2, TOP - 16))
    for row in range(ROWS):
        drawing.add(drawsvg.Rectangle(x, TOP + row * ROW, BLOCK, ROW, class_=f"unit {kind}"))
