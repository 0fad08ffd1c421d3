"""What is done for all steps at once, and what stays in the two loops."""

from __future__ import annotations

from itertools import pairwise

import drawsvg

from rnnwb.site.figures.shapes import Figure, Point, arrow, maths, message, words

WIDTH, HEIGHT = 352.0, 420.0
BLOCK, ROW, ROWS = 46.0, 22.0, 5
COLUMNS = (14.0, 108.0, 202.0, 294.0)
FORWARD, BACKWARD = 62.0, 254.0


def drawing() -> Figure:
    """Stacked matrices, a product between neighbours, a loop down the states and up the deltas."""
    figure = Figure(
        "Stacked matrices and the two loops",
        "Above, forward: one product with U turns the stacked inputs into the products F; a loop with W runs "
        "down the rows of the stacked states S, from the first step to the last; one product with V turns them into "
        "the stacked outputs Y. Below, backward: one product with V transposed turns the stacked gradients G "
        "of the outputs into their local part L; a loop with W transposed runs up the rows of the stacked "
        "gradients D, from the last step to the first. Only the two loops need one step after the other.",
        WIDTH,
        HEIGHT,
    )
    figure.add(words("forward", (COLUMNS[0], 16), "start"), words("backward", (COLUMNS[0], 208), "start"))
    for x, name in zip(COLUMNS, "XFSY"):
        _stack(figure, (x, FORWARD), name)
    for x, name in zip(COLUMNS[1:], "DLG"):
        _stack(figure, (x, BACKWARD), name)
    _products(figure)
    _loop(figure, COLUMNS[2], FORWARD, down=True)
    _loop(figure, COLUMNS[1], BACKWARD, down=False)
    _legend(figure)
    return figure


def _stack(figure: Figure, at: Point, name: str) -> None:
    x, y = at
    figure.add(maths(name, (x + BLOCK / 2, y - 16)))
    for row in range(ROWS):
        figure.add(
            drawsvg.Rectangle(
                x, y + row * ROW, BLOCK, ROW, fill="none", stroke="currentColor", stroke_width=1.2
            )
        )  # fmt: skip


def _products(figure: Figure) -> None:
    middle = FORWARD + ROWS * ROW / 2
    for left, right, name in ((0, 1, "U"), (1, 2, ""), (2, 3, "V")):
        start, end = COLUMNS[left] + BLOCK, COLUMNS[right]
        figure.add(arrow((start + 3, middle), (end - 3, middle)))
        if name:
            figure.add(maths(name, ((start + end) / 2, middle - 15)))
    middle = BACKWARD + ROWS * ROW / 2
    for left, right, name in ((1, 2, ""), (2, 3, "V")):
        start, end = COLUMNS[left] + BLOCK, COLUMNS[right]
        figure.add(message((end - 3, middle), (start + 3, middle)))
        if name:
            figure.add(maths(name, ((start + end) / 2 - 2, middle - 15), upper="⊤"))


def _loop(figure: Figure, x: float, top: float, down: bool) -> None:
    centres = [top + (row + 0.5) * ROW for row in range(ROWS)]
    for above, below in pairwise(centres):
        if down:
            figure.add(arrow((x + BLOCK / 2, above - 1), (x + BLOCK / 2, below - 3)))
        else:
            figure.add(message((x + BLOCK / 2, below + 1), (x + BLOCK / 2, above + 3)))
    at = (x + BLOCK / 2, top + ROWS * ROW + 14)
    figure.add(maths("W", at, upper="" if down else "⊤"))


def _legend(figure: Figure) -> None:
    x, y = COLUMNS[0], BACKWARD + 10
    for line, text in enumerate(("one row", "for each", "step")):
        figure.add(words(text, (x, y + 18 * line), "start"))
    figure.add(words("between two stacks: all steps at once", (COLUMNS[0], 396), "start"))
    figure.add(words("inside a stack: one step after the other", (COLUMNS[0], 414), "start"))
