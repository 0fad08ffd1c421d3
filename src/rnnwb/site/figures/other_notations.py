"""One weight in two layouts: from-to, as here, and to-from, its transpose."""

from __future__ import annotations

import drawsvg

from rnnwb.site.figures.shapes import Figure, Point, arrow, maths, words

WIDTH, HEIGHT = 352.0, 190.0
CELL = 30.0
INPUTS, UNITS = 2, 3


def drawing() -> Figure:
    """The weight from input 1 to unit 3 in a row for each input, and in a row for each unit."""
    figure = Figure(
        "One weight in two layouts",
        "On the left the input weights U of this site and of Keras and Flax, one row for each of two inputs and one "
        "column for each of three hidden units; the weight from input 1 to unit 3 stands in row 1 and column 3. On the "
        "right the same weights in PyTorch and in textbooks with column vectors, one row for each unit and one column "
        "for each input; the same weight stands in row 3 and column 1.",
        WIDTH,
        HEIGHT,
    )
    _grid(figure, (62, 60), (INPUTS, UNITS), (0, 2))
    _grid(figure, (260, 45), (UNITS, INPUTS), (2, 0))
    figure.add(maths("U", (107, 16)), words("weight_ih", (290, 16)))
    figure.add(words("to unit", (107, 44)), words("from", (54, 84), "end"), words("input", (54, 102), "end"))
    figure.add(words("from input", (290, 36)), words("to", (252, 84), "end"), words("unit", (252, 102), "end"))
    figure.add(arrow((164, 132), (212, 132)), words("transpose", (188, 152)))
    figure.add(words("the site, Keras, Flax", (107, 182)), words("PyTorch, textbooks", (282, 182)))
    return figure


def _grid(figure: Figure, at: Point, shape: tuple[int, int], marked: tuple[int, int]) -> None:
    x, y = at
    for row in range(shape[0]):
        for column in range(shape[1]):
            chosen = 0.35 if (row, column) == marked else 0
            corner = (x + column * CELL, y + row * CELL)
            figure.add(
                drawsvg.Rectangle(
                    *corner, CELL, CELL, fill="currentColor", fill_opacity=chosen, stroke="currentColor"
                )
            )  # fmt: skip
