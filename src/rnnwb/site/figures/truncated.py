"""The table of losses and uses, and what each kind of truncation keeps of it."""

from __future__ import annotations

from collections.abc import Callable

import drawsvg

from rnnwb.site.figures.shapes import Figure, words

CELL = 15.0
STEPS = 6
TOP = 48.0
WIDTH, HEIGHT = 352.0, 232.0
Keeps = Callable[[int, int], bool]
TABLES: tuple[tuple[float, str, str, Keeps], ...] = (
    (12.0, "windows", "of 3 steps", lambda t, use: use > t - 3),
    (132.0, "passes", "k1 = 2, k2 = 3", lambda t, use: use > t // 2 * 2 + 1 - 3),
    (252.0, "chunks", "of 3 steps", lambda t, use: use // 3 == t // 3),
)


def drawing() -> Figure:
    """Three triangles side by side, filled where a loss reaches a use."""
    figure = Figure(
        "What three kinds of truncation keep",
        "Three triangular tables with a row for the loss of each of six steps and a column for each use of a weight at "
        "the same step or before. Windows of 3 steps keep a band along the diagonal: each loss reaches its own use "
        "and two before. Passes after every 2 steps that go back 3 keep blocks of two rows: the second loss of a pass "
        "reaches 3 uses, the first one 2. Chunks of 3 steps keep two small triangles: the first loss of a chunk "
        "reaches its own use only, the last one all three.",
        WIDTH,
        HEIGHT,
    )
    for left, name, sizes, keeps in TABLES:
        figure.add(words(name, (left, 14), "start"), words(sizes, (left, 32), "start"))
        for t in range(STEPS):
            figure.add(*(_cell(left, t, use, keeps(t, use)) for use in range(t + 1)))
    figure.add(words("rows: losses, step 0 on top", (12, 158), "start"))
    figure.add(words("columns: uses of a weight, step 0 on the left", (12, 178), "start"))
    figure.add(_square(12, 196, kept=True), words("kept", (34, 203), "start"))
    figure.add(_square(92, 196, kept=False), words("left out", (114, 203), "start"))
    return figure


def _cell(left: float, t: int, use: int, kept: bool) -> drawsvg.DrawingElement:
    return _square(left + CELL * use, TOP + CELL * t, kept)


def _square(x: float, y: float, kept: bool) -> drawsvg.DrawingElement:
    opacity = 0.8 if kept else 0
    return drawsvg.Rectangle(
        x, y, CELL - 2, CELL - 2, fill="currentColor", fill_opacity=opacity, stroke="currentColor", stroke_width=0.8
    )
