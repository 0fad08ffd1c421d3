"""Encoder and decoder: the context enters every step of the decoder."""

from __future__ import annotations

from itertools import pairwise

import drawsvg

from rnnwb.site.figures.shapes import Figure, Point, arrow, dots, maths, message, unit, words

RADIUS = 16.0
OFFSET = 5.0
WIDTH, HEIGHT = 352.0, 520.0
START, GAP = 24.0, 240.0
STEPS = (96.0, 180.0, 300.0)
LOSS, OUTPUT, DECODER, GIVEN, ENCODER, READ = 26.0, 92.0, 164.0, 234.0, 346.0, 416.0
BUS, RETURN = 286.0, 298.0
SIDE = 26.0


def drawing() -> Figure:
    """The decoder above, the encoder below, and between them the context's two ways."""
    figure = Figure(
        "Encoder and decoder, unrolled over time",
        "Below, the encoder: inputs X at its steps 0, 1 and so on to its last step feed the hidden states S of the "
        "encoder through its U, each state feeds the next through its W, and there are no outputs. Above, the "
        "decoder: each of its hidden states, at steps 0, 1 and so on to T, receives an input X through its U, the "
        "decoder's state before through its W and the last state of the encoder through G; it feeds an output Y "
        "through V, which gives a loss E. Dashed arrows run backward: from each loss to its output and state, from "
        "each state to the one before, and from every state of the decoder to the last state of the encoder.",
        WIDTH,
        HEIGHT,
    )
    for x, step in zip(STEPS, ("0", "1", "T"), strict=True):
        _decoder_column(figure, x, step)
    for x, step in zip(STEPS, ("0", "1", "Tₑ"), strict=True):
        _encoder_column(figure, x, step)
    _recurrence(figure, DECODER, "d")
    _recurrence(figure, ENCODER, "e")
    _context(figure)
    for height in (LOSS, OUTPUT, READ):
        figure.add(*dots((GAP, height), horizontal=True))
    figure.add(arrow((20, 474), (60, 474)), words("forward: values", (70, 474), "start"))
    figure.add(message((60, 498), (20, 498)), words("backward: gradients", (70, 498), "start"))
    return figure


def _decoder_column(figure: Figure, x: float, step: str) -> None:
    for symbol, y, upper in (("E", LOSS, ""), ("Y", OUTPUT, ""), ("S", DECODER, "d")):
        figure.add(unit((x, y), RADIUS), maths(symbol, (x, y), step, upper))
    figure.add(unit((x + SIDE, GIVEN), RADIUS), maths("X", (x + SIDE, GIVEN), step, "d"))
    figure.add(arrow((x + SIDE - 4, GIVEN - RADIUS), (x + 8, DECODER + RADIUS - 1)))
    figure.add(maths("U", (x + SIDE + 8, (GIVEN + DECODER) / 2), upper="d"))
    for below, above in ((DECODER, OUTPUT), (OUTPUT, LOSS)):
        figure.add(arrow((x - OFFSET, below - RADIUS), (x - OFFSET, above + RADIUS)))
        figure.add(message((x + OFFSET, above + RADIUS), (x + OFFSET, below - RADIUS)))
    figure.add(maths("V", (x - 19, (DECODER + OUTPUT) / 2), upper="d"))


def _encoder_column(figure: Figure, x: float, step: str) -> None:
    for symbol, y in (("S", ENCODER), ("X", READ)):
        figure.add(unit((x, y), RADIUS), maths(symbol, (x, y), step, "e"))
    figure.add(arrow((x, READ - RADIUS), (x, ENCODER + RADIUS)), maths("U", (x - 14, (READ + ENCODER) / 2), upper="e"))


def _recurrence(figure: Figure, y: float, label: str) -> None:
    figure.add(unit((START, y), RADIUS), maths("S", (START, y), "−1", label))
    ends = [(left + RADIUS, right - RADIUS) for left, right in pairwise((START, *STEPS[:2]))]
    ends += [(STEPS[1] + RADIUS, GAP - 11), (GAP + 11, STEPS[2] - RADIUS)]
    figure.add(*dots((GAP, y), horizontal=True))
    for left, right in ends:
        figure.add(arrow((left, y - OFFSET), (right, y - OFFSET)), message((right, y + OFFSET), (left, y + OFFSET)))
        figure.add(maths("W", ((left + right) / 2, y - 18), upper=label))


def _context(figure: Figure) -> None:
    """The context on its way up to every step of the decoder, and what comes back."""
    last, foot = STEPS[-1], DECODER + RADIUS
    for x in STEPS:
        figure.add(arrow((x - 20, BUS), (x - 8, foot - 2)), maths("G", (x - 27, (BUS + foot) / 2)))
        figure.add(_line((x + 2, foot), (x - 4, RETURN), "4 3"))
    figure.add(_line((STEPS[0] - 20, BUS), (last - 20, BUS)), _line((last - 20, BUS), (last - 7, ENCODER - RADIUS)))
    figure.add(_line((STEPS[0] - 4, RETURN), (last - 4, RETURN), "4 3"))
    figure.add(message((last - 4, RETURN), (last + 2, ENCODER - RADIUS)))


def _line(start: Point, end: Point, dashes: str = "none") -> drawsvg.DrawingElement:
    return drawsvg.Line(*start, *end, stroke="currentColor", stroke_width=1.5, stroke_dasharray=dashes)
