"""The matrix of gradients as a heat map of ten levels, one path each."""

from __future__ import annotations

import re
from itertools import groupby
from math import floor, log10

import numpy as np

LOWEST, HIGHEST = -6, 2
"""The powers of ten between which a decade has a level of its own; one more level lies at either end."""

LEVELS = HIGHEST - LOWEST + 2
WIDTH, HEIGHT, LEFT, TOP, SIDE = 352, 398, 34, 10, 300
LEGEND, SWATCH, LEFT_OUT = 342, 30, 380


def level(norm: float) -> int:
    """The level of a norm, from 0 for what has vanished up to the one for what has exploded."""
    power = floor(log10(norm)) if norm > 0 else LOWEST - 1
    return min(max(power, LOWEST - 1), HIGHEST) - LOWEST + 1


def level_paths(norms: np.ndarray) -> list[str]:
    """For each level the cells that have it, in units of one cell."""
    levels = [[level(norm) for norm in row[: t + 1]] for t, row in enumerate(norms)]
    return [_path([[value == wanted for value in row] for row in levels]) for wanted in range(LEVELS)]


def left_out_path(kept: np.ndarray) -> str:
    """A stroke through each cell that a truncation leaves out."""
    return "".join(f"M{tau} {t + 1}l1-1" for t, tau in np.argwhere(np.tril(~kept)))


def _path(rows: list[list[bool]]) -> str:
    parts = []
    for t, row in enumerate(rows):
        start = 0
        for chosen, run in groupby(row):
            length = len(list(run))
            if chosen:
                parts.append(f"M{start} {t}h{length}v1h-{length}z")
            start += length
    return "".join(parts)


def svg(norms: np.ndarray, kept: np.ndarray, prefix: str, description: str) -> str:
    """The map, its axes and its legend."""
    last = len(norms) - 1
    paths = "".join(f'<path class="level-{n}" d="{path}"/>' for n, path in enumerate(level_paths(norms)))
    return re.sub(
        r"\s*\n\s*",
        "",
        f"""
        <svg class="figure flow__map" role="img" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH * 1.2:g}" height="{HEIGHT * 1.2:g}"
         aria-labelledby="{prefix}-title {prefix}-desc"><title id="{prefix}-title">How far each gradient reaches back</title>
        <desc id="{prefix}-desc">{description}</desc>
        <g class="flow__cells" transform="translate({LEFT} {TOP}) scale({SIDE / (last + 1):.6g})">
        {paths}{_struck(left_out_path(kept))}</g>{_axes(last)}{_legend()}</svg>""",
    )


def _struck(path: str) -> str:
    """Strokes that show on every colour, since they are edged with that of the page."""
    return "".join(f'<path class="flow__left-out{edge}" d="{path}"/>' for edge in (" flow__left-out--edge", ""))


def _axes(last: int) -> str:
    low, right = TOP + SIDE, LEFT + SIDE
    labels = (
        (LEFT - 8, TOP + 12, "end", "0", ""), (LEFT - 8, low - 2, "end", last, "flow__last"),
        (LEFT + 2, low + 16, "start", "0", ""), (right - 2, low + 16, "end", last, "flow__last"),
        (LEFT - 8, TOP + SIDE / 2, "end", "𝑡", "maths"), (LEFT + SIDE / 2, low + 16, "middle", "𝜏", "maths"),
    )  # fmt: skip
    return "".join(
        f'<text class="{css or "words"}" x="{x:g}" y="{y:g}" text-anchor="{anchor}">{text}</text>'
        for x, y, anchor, text, css in labels
    )


def _legend() -> str:
    x0 = LEFT + (SIDE - LEVELS * SWATCH) // 2
    swatches = "".join(
        f'<rect class="level-{n}" x="{x0 + n * SWATCH}" y="{LEGEND}" width="{SWATCH}" height="10"/>'
        for n in range(LEVELS)
    )
    marks = "".join(
        f'<text class="words" x="{x0 + (n + 1) * SWATCH}" y="{LEGEND + 25}" text-anchor="middle">{_power(LOWEST + n)}</text>'
        for n in range(0, LEVELS - 1, 2)
    )
    return swatches + marks + _legend_of_left_out()


def _legend_of_left_out() -> str:
    """A cell that is struck through, of a colour from the middle of the scale, and what that means."""
    return (
        f'<g transform="translate({LEFT} {LEFT_OUT}) scale(14)"><path class="level-{LEVELS // 2}" d="M0 0h1v1h-1z"/>'
        f'{_struck("M0 1l1-1")}</g><text class="words" x="{LEFT + 22}" y="{LEFT_OUT + 12}">left out by the truncation</text>'
    )


def _power(power: int) -> str:
    if power in (0, 1):
        return str(10**power)
    return f'10<tspan dy="-5" font-size="11">{"−" if power < 0 else ""}{abs(power)}</tspan>'
