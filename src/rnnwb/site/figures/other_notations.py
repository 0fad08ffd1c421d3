"""One weight in two layouts: from-to, as here, and to-from, its transpose."""

from __future__ import annotations

import drawsvg

from rnnwb.site.drawing.drawing import Drawing
from rnnwb.site.drawing.labels import Point

CELL = 30.0
INPUTS, UNITS = 2, 3
TEXT = (
    "On the left the input weights U of this site and of Keras and Flax, one row for each of two inputs and one "
    "column for each of three hidden units; the weight from input 1 to unit 3 stands in row 1 and column 3. On the "
    "right the same weights in PyTorch and in textbooks with column vectors, one row for each unit and one column "
    "for each input; the same weight stands in row 3 and column 1."
)


def drawings() -> list[Drawing]:
    """The weight from input 1 to unit 3 in a row for each input, and in a row for each unit."""
    drawing = Drawing("One weight in two layouts", TEXT, 352, 184)
    _grid(drawing, (58, 60), (INPUTS, UNITS), (0, 2))
    _grid(drawing, (252, 60), (UNITS, INPUTS), (2, 0))
    drawing.note("U", (103, 14))
    drawing.note(r"W_{\mathrm{ih}}", (282, 14))
    for text, at, anchor in (
        ("to unit", (103, 44), "middle"), ("from", (50, 82), "end"), ("input", (50, 98), "end"),
        ("from input", (282, 44), "middle"), ("to", (244, 97), "end"), ("unit", (244, 113), "end"),
        ("transpose", (184, 66), "middle"), ("this site, Keras, Flax", (103, 174), "middle"),
        ("PyTorch, textbooks", (282, 174), "middle"),
    ):  # fmt: skip
        drawing.caption(text, at, anchor)
    drawing.arrow((156, 82), (212, 82))
    return [drawing]


def _grid(drawing: Drawing, at: Point, shape: tuple[int, int], marked: tuple[int, int]) -> None:
    x, y = at
    for row in range(shape[0]):
        for column in range(shape[1]):
            css = "unit kept" if (row, column) == marked else "unit"
            drawing.add(drawsvg.Rectangle(x + column * CELL, y + row * CELL, CELL, CELL, class_=css))
