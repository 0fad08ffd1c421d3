"""Our time over that of each peer, size by size: a panel a peer."""

from __future__ import annotations

import drawsvg

from rnnwb.site.drawing.chart import Scale, curve, rules
from rnnwb.site.drawing.drawing import Drawing
from rnnwb.site.measured.names import DTYPES, PEERS, size_name
from rnnwb.site.measured.numbers import number
from rnnwb.site.measured.record import Record, Size, load
from rnnwb.site.measured.tables import find, sizes

WIDTH, HEIGHT = 158.0, 172.0
LEFT, RIGHT, TOP, BOTTOM = 37.0, 151.0, 32.0, 144.0
Y = Scale(0.01, 3, BOTTOM, TOP, powers=True)
CURVES = {"float64": "curve-1", "float32": "curve-3 dashed"}


def drawings() -> list[Drawing]:
    """The panels of all peers, and one that says what is what."""
    record = load()
    return [*(_panel(record, peer) for peer in PEERS), _key(sizes(record))]


def _x(place: int, places: int) -> float:
    return round(LEFT + 12 + place * (RIGHT - LEFT - 24) / max(places - 1, 1), 1)


def _panel(record: Record, peer: str) -> Drawing:
    shown = sizes(record)
    found = {dtype: [find(record, peer, "tanh", dtype, size) for size in shown] for dtype in DTYPES}
    told = "; ".join(
        f"{dtype} {', '.join(number(row.ratio.median) if row else 'not measured' for row in rows)}"
        for dtype, rows in found.items()
    )
    drawing = Drawing(
        f"Our time over that of {PEERS[peer]}",
        f"A chart with a scale of powers of ten. Ratios at the sizes {', '.join(map(size_name, shown))}: {told}.",
        WIDTH,
        HEIGHT,
    )
    drawing.caption(PEERS[peer], (WIDTH / 2 + 8, 13), css="heading")
    rules(drawing, Y, (0.01, 0.1), LEFT, RIGHT)
    drawing.add(drawsvg.Line(LEFT, Y(1), RIGHT, Y(1), class_="axis"))
    drawing.caption("1", (LEFT - 5, Y(1)), "end")
    for dtype, rows in found.items():
        points = [(_x(i, len(shown)), Y(row.ratio.median)) for i, row in enumerate(rows) if row]
        curve(drawing, points, CURVES[dtype])
    for i in range(len(shown)):
        drawing.caption(str(i + 1), (_x(i, len(shown)), BOTTOM + 14))
    return drawing


def _key(shown: list[Size]) -> Drawing:
    """The two lines, and the sizes behind the numbers below the panels."""
    drawing = Drawing(
        "Key to the panels",
        f"The numbers below each panel are sizes: {', '.join(f'{i} is {size_name(s)}' for i, s in enumerate(shown, 1))}.",
        WIDTH,
        HEIGHT,
    )
    for i, dtype in enumerate(DTYPES):
        y = 22 + 19 * i
        curve(drawing, [(LEFT - 26, y), (LEFT + 2, y)], CURVES[dtype], dots=False)
        drawing.caption(dtype, (LEFT + 12, y), "start")
    for i, size in enumerate(shown):
        drawing.caption(f"{i + 1}", (LEFT - 12, 66 + 19 * i))
        drawing.caption(size_name(size), (LEFT + 12, 66 + 19 * i), "start")
    return drawing
