"""The table of losses and uses, and what each kind of truncation keeps of it."""

from __future__ import annotations

from collections.abc import Callable

import drawsvg

from rnnwb.site.drawing.drawing import Drawing

CELL, STEPS, LEFT, TOP = 20.0, 6, 36.0, 58.0
WIDTH, HEIGHT = 160.0, 222.0
Keeps = Callable[[int, int], bool]
ROWS = "A triangular table with a row for the loss of each of six steps and a column for each use of a weight at the same step or before. "
TABLES: tuple[tuple[str, str, Keeps, str], ...] = (
    ("windows", "of 3 steps", lambda t, use: use > t - 3,
     "Windows of 3 steps keep a band along the diagonal: each loss reaches its own use and two before."),
    ("passes", "k1 = 2, k2 = 3", lambda t, use: use > t // 2 * 2 + 1 - 3,
     "Passes after every 2 steps that go back 3 keep blocks of two rows: the second loss of a pass reaches 3 uses, the first one 2."),
    ("chunks", "of 3 steps", lambda t, use: use // 3 == t // 3,
     "Chunks of 3 steps keep two small triangles: the first loss of a chunk reaches its own use only, the last one all three."),
)  # fmt: skip


def drawings() -> list[Drawing]:
    """Three triangles side by side, filled where a loss reaches a use."""
    return [_table(*table) for table in TABLES]


def _table(name: str, sizes: str, keeps: Keeps, text: str) -> Drawing:
    drawing = Drawing(f"What {name} keep", ROWS + text, WIDTH, HEIGHT)
    drawing.caption(name, (LEFT, 12), "start", css="heading")
    drawing.caption(sizes, (LEFT, 30), "start")
    for t in range(STEPS):
        y = TOP + CELL * t
        drawing.note("E_t", (LEFT - 8, y + CELL / 2 - 2), str(t), anchor="end")
        for use in range(t + 1):
            drawing.add(_cell(LEFT + CELL * use, y, keeps(t, use)))
        drawing.caption(str(t), (LEFT + CELL * (t + 0.5), TOP + CELL * STEPS + 10))
    drawing.caption("use at step", (LEFT + CELL * STEPS / 2, TOP + CELL * STEPS + 30))
    return drawing


def _cell(x: float, y: float, kept: bool) -> drawsvg.DrawingElement:
    return drawsvg.Rectangle(x + 1, y + 1, CELL - 2, CELL - 2, class_="unit kept" if kept else "off")
