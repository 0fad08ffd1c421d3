"""A drawing in two layers of arrows: values that run forward, and messages that run backward."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape

import drawsvg

from rnnwb.site.drawing.arrows import Arrows, Line
from rnnwb.site.drawing.labels import Point, label, words

REFERENCE = "xlink:href"
"""The older name: Material's script assigns to everything with an `href`, which a `use` refuses."""

LIFT = 1.75
"""How much higher a symbol stands in its circle for a lower script, and again for the script of that one."""


@dataclass(frozen=True)
class Unit:
    """A circle for one unit, or for one layer of units."""

    at: Point
    radius: float

    def towards(self, x: float = 0, y: float = 0) -> Point:
        """The point of the rim in one of the directions of the page, with a little air."""
        reach = (self.radius + 2) / max((x * x + y * y) ** 0.5, 1e-9)
        return self.at[0] + reach * x, self.at[1] + reach * y


def between(one: Unit, other: Unit) -> tuple[Point, Point]:
    """The straight way from rim to rim."""
    x, y = other.at[0] - one.at[0], other.at[1] - one.at[1]
    return one.towards(x, y), other.towards(-x, -y)


def along(start: Point, end: Point, part: float) -> Point:
    """The point at this part of a way."""
    return start[0] + part * (end[0] - start[0]), start[1] + part * (end[1] - start[1])


@dataclass
class Drawing:
    """Units, arrows and labels, with the text alternative that they must have."""

    title: str
    description: str
    width: float
    height: float
    always_both: bool = False
    """Whether values and messages are compared, so that both are shown at once."""
    parts: list[drawsvg.DrawingElement] = field(default_factory=list)
    forward: Arrows = field(default_factory=lambda: Arrows("forward"))
    backward: Arrows = field(default_factory=lambda: Arrows("backward"))

    def add(self, *parts: drawsvg.DrawingElement) -> None:
        """Put parts on the drawing that both layers share."""
        self.parts.extend(parts)

    def unit(self, tex: str, at: Point, step: str = "", radius: float = 17.0, kind: str = "", symbol: str = "") -> Unit:
        """A circle with its symbol; `kind` is input, state, output or loss."""
        css = f"unit {kind}".strip()
        self.add(drawsvg.Circle(*at, radius, class_=css))
        if tex:
            self.add(label(tex, (at[0], at[1] - LIFT * (tex + step).count("_")), step, symbol))
        return Unit(at, radius)

    def sign(self, text: str, at: Point) -> Unit:
        """A small circle in which values meet, such as ⊙ or +."""
        self.add(drawsvg.Circle(*at, 10, class_="unit"), words(text, at, css="sign"))
        return Unit(at, 10)

    def caption(self, text: str, at: Point, anchor: str = "middle", css: str = "words") -> None:
        """Words on the drawing."""
        self.add(words(text, at, anchor, css))

    def note(self, tex: str, at: Point, step: str = "", anchor: str = "middle") -> None:
        """A formula on the drawing."""
        self.add(label(tex, at, step, anchor=anchor))

    def dots(self, at: Point, upright: bool = False) -> None:
        """Three dots for what is left out."""
        x, y = at
        for step in (-7, 0, 7):
            place = (x, y + step) if upright else (x + step, y)
            self.add(drawsvg.Circle(*place, 1.5, fill="currentColor", stroke="none"))

    def arrow(self, *points: Point) -> None:
        """A value's way forward along points."""
        self.forward.add(Line(points))

    def message(self, *points: Point, headed: bool = True) -> None:
        """A gradient's way back along points; without a head where it joins another."""
        self.backward.add(Line(points, headed))

    def both(self, *points: Point) -> None:
        """A way that a value goes, and its gradient comes back on."""
        self.forward.add(Line(points, answered=True))
        self.message(*points[::-1])

    def weigh(self, tex: str, at: Point, step: str = "", anchor: str = "middle") -> None:
        """A label of the forward pass alone."""
        self.forward.labels.append(label(tex, at, step, anchor=anchor))

    def send(self, tex: str, at: Point, step: str = "", anchor: str = "middle") -> None:
        """A label of the backward messages alone."""
        self.backward.labels.append(label(tex, at, step, anchor=anchor))

    @property
    def two_states(self) -> bool:
        """Whether there is a way back to be shown."""
        return bool(self.backward.lines) and not self.always_both


def to_svg(drawing: Drawing, identity: str, states: bool = True, scale: float = 1.0) -> str:
    """The drawing as an inline SVG element that names and describes itself.

    With `states`, a copy for print follows that shows the backward messages.
    """
    canvas = drawsvg.Drawing(drawing.width, drawing.height)
    layers = [drawing.forward, drawing.backward] if states or drawing.always_both else [drawing.forward]
    canvas.extend([*_groups(layers), *drawing.parts])
    svg = canvas.as_svg(header="", skip_js=True, skip_css=True)
    inside = re.sub(r"\s*\n\s*", "", svg[svg.index(">") + 1 :]).replace("<defs></defs>", "").removesuffix("</svg>")
    box = f'viewBox="0 0 {drawing.width:g} {drawing.height:g}" width="{drawing.width * scale:g}" height="{drawing.height * scale:g}"'
    style = 'fill="none" stroke="currentColor" stroke-width="1.5"'
    css = "figure figure--both" if drawing.always_both else "figure"
    shown = (
        f'<svg class="{css}" role="img" {box} aria-labelledby="{identity}-title {identity}-desc">'
        f'<title id="{identity}-title">{escape(drawing.title)}</title>'
        f'<desc id="{identity}-desc">{escape(drawing.description)}</desc><g id="{identity}" {style}>{inside}</g></svg>'
    )
    if not (states and drawing.two_states):
        return shown
    return f'{shown}<svg class="figure figure--print" aria-hidden="true" {box}><use {REFERENCE}="#{identity}"/></svg>'


def _groups(layers: Iterable[Arrows]) -> list[drawsvg.DrawingElement]:
    return [layer.group() for layer in layers if layer.lines or layer.labels]
