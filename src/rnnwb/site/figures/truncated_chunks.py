"""Two chunks: the state is carried over the border, and no message comes back."""

from __future__ import annotations

from itertools import pairwise

import drawsvg

from rnnwb.site.drawing.drawing import Drawing, between
from rnnwb.site.drawing.unrolled import row, up

SPACE, LEFT, BORDER = 56.0, 32.0, 172.0
PLACES = {str(t): LEFT + SPACE * t for t in range(6)}
LOSS, STATE = 46.0, 118.0
TEXT = (
    "Six hidden states in a row, each with its loss above, in two chunks of three. Values pass from each state to "
    "the next, over the border between the chunks as well. The messages run backward from each loss to its state and from "
    "each state to the one before, but none passes the border: the state that the second chunk begins with counts as given."
)


def drawings() -> list[Drawing]:
    """Six states in two chunks of three."""
    drawing = Drawing("Chunks with a carried state", TEXT, 344, 164)
    states = row(drawing, r"\bar{S}_t", STATE, PLACES, "state")
    losses = row(drawing, "E_t", LOSS, PLACES, "loss")
    for t, state in states.items():
        up(drawing, state, losses[t])
    for before, after in pairwise(states.values()):
        over = before.at[0] < BORDER < after.at[0]
        (drawing.arrow if over else drawing.both)(*between(before, after))
    drawing.add(drawsvg.Line(BORDER, 6, BORDER, 158, class_="border"))
    for text, x in (("first chunk", 88), ("second chunk", 256)):
        drawing.caption(text, (x, 12), css="heading")
    return [drawing]
