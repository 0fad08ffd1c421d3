"""The visual language that all figures share: nodes, arrows and mathematical labels."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from math import hypot

import drawsvg

SERIF = "STIX Two Text, Cambria Math, Georgia, Liberation Serif, serif"
TEXT_SIZE = 15
SCRIPT_SIZE = 11
HEAD = 7.0

Point = tuple[float, float]


@dataclass
class Figure:
    """A drawing with the text alternative that it must have."""

    title: str
    description: str
    width: float
    height: float
    parts: list[drawsvg.DrawingElement] = field(default_factory=list)

    def add(self, *parts: drawsvg.DrawingElement) -> None:
        """Put parts on top of what is drawn already."""
        self.parts.extend(parts)


def to_svg(figure: Figure, identity: str) -> str:
    """The figure as an inline SVG element that names and describes itself."""
    canvas = drawsvg.Drawing(figure.width, figure.height)
    canvas.extend(figure.parts)
    svg = canvas.as_svg(header="", skip_js=True, skip_css=True)
    inside = re.sub(r"\s*\n\s*", "", svg[svg.index(">") + 1 :]).replace("<defs></defs>", "")
    return (
        f'<svg class="figure" role="img" viewBox="0 0 {figure.width:g} {figure.height:g}"'
        f' aria-labelledby="{identity}-title {identity}-desc">'
        f'<title id="{identity}-title">{escape(figure.title)}</title>'
        f'<desc id="{identity}-desc">{escape(figure.description)}</desc>{inside}'
    )


def maths(text: str, at: Point, lower: str = "", upper: str = "") -> drawsvg.DrawingElement:
    """A symbol in italics with a subscript and a superscript, centred at a point."""
    x, y = at
    label = drawsvg.Text(
        text, TEXT_SIZE, x, y + 5, text_anchor="middle", fill="currentColor",
        font_family=SERIF, font_style="italic",
    )  # fmt: skip
    drop = 0
    for script, shift in ((upper, -6), (lower, 4)):
        if script:
            style = "italic" if script.isalpha() else "normal"
            span = drawsvg.TSpan(script, font_size=SCRIPT_SIZE, dy=shift - drop, font_style=style)
            label.append(span)
            drop = shift
    return label


def words(text: str, at: Point, anchor: str = "middle") -> drawsvg.DrawingElement:
    """Plain words at a point."""
    x, y = at
    return drawsvg.Text(text, 13, x, y + 4, text_anchor=anchor, fill="currentColor", font_family="inherit")


def unit(at: Point, radius: float) -> drawsvg.DrawingElement:
    """One unit, or one layer of units, as a circle."""
    return drawsvg.Circle(*at, radius, fill="none", stroke="currentColor", stroke_width=1.5)


def dots(at: Point, horizontal: bool = False) -> list[drawsvg.DrawingElement]:
    """Three dots for what is left out."""
    x, y = at
    steps = (-6, 0, 6)
    places = [(x + step, y) if horizontal else (x, y + step) for step in steps]
    return [drawsvg.Circle(*place, 1.4, fill="currentColor") for place in places]


def edge(start: Point, end: Point) -> drawsvg.DrawingElement:
    """A thin connection between two units."""
    return drawsvg.Line(*start, *end, stroke="currentColor", stroke_width=0.8, stroke_opacity=0.65)


def arrow(start: Point, end: Point) -> drawsvg.DrawingElement:
    """A forward arrow."""
    return _arrow(start, end, css="forward")


def message(start: Point, end: Point) -> drawsvg.DrawingElement:
    """A backward message: a dashed arrow."""
    return _arrow(start, end, css="backward", stroke_dasharray="4 3")


def _arrow(start: Point, end: Point, css: str, **stroke: str) -> drawsvg.DrawingElement:
    length = hypot(end[0] - start[0], end[1] - start[1])
    along = ((end[0] - start[0]) / length, (end[1] - start[1]) / length)
    neck = (end[0] - HEAD * along[0], end[1] - HEAD * along[1])
    group = drawsvg.Group(class_=css)
    group.append(drawsvg.Line(*start, *neck, stroke="currentColor", stroke_width=1.5, fill="none", **stroke))
    group.append(_head(neck, end, along))
    return group


def _head(neck: Point, tip: Point, along: Point) -> drawsvg.DrawingElement:
    across = (-along[1] * HEAD / 2, along[0] * HEAD / 2)
    left = (neck[0] + across[0], neck[1] + across[1])
    right = (neck[0] - across[0], neck[1] - across[1])
    return drawsvg.Lines(*left, *right, *tip, close=True, fill="currentColor")
