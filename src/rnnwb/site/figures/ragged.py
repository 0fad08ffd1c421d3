"""Three sequences of different lengths in one array."""

from __future__ import annotations

from rnnwb.site.drawing.drawing import Drawing
from rnnwb.site.drawing.unrolled import chain

LEFT, SPACE, STEPS, RADIUS = 72.0, 52.0, 6, 15.0
ROWS = ((24.0, 5), (84.0, 1), (144.0, 3))
TEXT = (
    "Three rows of six hidden states S, one row for each sequence b. The first sequence uses all six steps, the second "
    "the first two, the third the first four. The circles after the last step of a sequence are faint: they are padding. "
    "Arrows lead from each state to the next. The messages run backward from the last step of each sequence, and "
    "none comes from the padding."
)


def drawings() -> list[Drawing]:
    """One row of states a sequence; faint circles are padding, which no message comes from."""
    drawing = Drawing("Sequences of different lengths in one array", TEXT, 352, 206)
    for number, (y, last) in enumerate(ROWS, 1):
        drawing.note(f"b = {number}", (24, y))
        places = [(str(step), (LEFT + step * SPACE, y)) for step in range(STEPS)]
        kept = {t: drawing.unit(r"\mathbf{S}_t", at, t, RADIUS, "state") for t, at in places[: last + 1]}
        for _, at in places[last + 1 :]:
            drawing.unit("", at, radius=RADIUS, kind="off")
        chain(drawing, kept)
    drawing.unit("", (LEFT, 190), radius=8, kind="off")
    drawing.caption("padding", (LEFT + 16, 190), "start")
    return [drawing]
