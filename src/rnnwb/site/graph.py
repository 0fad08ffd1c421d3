"""What rests on what within an article: equations in layers, each below all that it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import mean
from xml.etree.ElementTree import Element

from rnnwb.site.context import Context
from rnnwb.site.elements import add
from rnnwb.site.library import Entry

ROW = 12
"""Equations side by side at most; a longer layer takes several rows."""
ACROSS, DOWN = 54, 52
WIDE, HIGH = 44, 22
Place = tuple[float, float]


def dependency_graph(parent: Element, entries: Sequence[Entry], context: Context) -> None:
    """Draw the equations of a page, and those of other pages that they rest on, as links.

    Args:
        parent: where the drawing goes.
        entries: the equations of one page, in its order.
        context: what is rendered.
    """
    shown = {other.name: other for entry in entries for other in _foreign(entry, context)}
    shown |= {entry.name: entry for entry in entries}
    rests = {name: [n for n in entry.rests_on if n in shown] for name, entry in shown.items()}
    places = arranged(rests)
    width = max(x for x, _ in places.values()) + ACROSS / 2
    height = max(y for _, y in places.values()) + DOWN / 2
    svg = add(parent, "svg", "graph", viewBox=f"0 0 {width:g} {height:g}", role="group")
    svg.attrib.update({"aria-label": "What rests on what", "width": f"{width:g}"})
    for below, above in reduced(rests):
        _arrow(svg, above, below, places)
    for name, entry in shown.items():
        _node(svg, entry, places[name], entry.page != entries[0].page, context)


def _foreign(entry: Entry, context: Context) -> Iterator[Entry]:
    others = (context.library.entries[name] for name in entry.rests_on)
    return (other for other in others if other.page != entry.page)


def reduced(rests: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """The pairs that say all: without those that follow from others, and each recurrence as it is.

    Args:
        rests: for each name, in the order of the page, the names that it rests on.
    """
    order = {name: position for position, name in enumerate(rests)}
    beneath: dict[str, set[str]] = {}
    for name, premises in rests.items():
        earlier = [other for other in premises if order[other] < order[name]]
        implied = {far for other in earlier for far in beneath[other]}
        beneath[name] = implied | set(earlier)
        yield from ((name, other) for other in premises if other not in implied)


def arranged(rests: Mapping[str, Sequence[str]]) -> dict[str, Place]:
    """The centre of each name: in the row after those of all earlier names that it rests on."""
    layers = _layers(rests)
    columns: dict[str, float] = {}
    for layer in layers:
        weights = {name: _balance(rests[name], columns, position) for position, name in enumerate(layer)}
        for position, name in enumerate(sorted(layer, key=lambda name: weights[name])):
            columns[name] = position - (min(len(layer), ROW) - 1) / 2
    rows = [part for layer in layers for part in _rows(sorted(layer, key=lambda name: columns[name]))]
    widest = max(map(len, rows))
    return {
        name: ((position + (widest - len(row)) / 2 + 0.5) * ACROSS, (number + 0.5) * DOWN)
        for number, row in enumerate(rows)
        for position, name in enumerate(row)
    }


def _layers(rests: Mapping[str, Sequence[str]]) -> list[list[str]]:
    depth: dict[str, int] = {}
    for name, premises in rests.items():
        depth[name] = 1 + max((depth[other] for other in premises if other in depth), default=-1)
    return [[name for name in rests if depth[name] == level] for level in range(max(depth.values()) + 1)]


def _balance(premises: Sequence[str], columns: Mapping[str, float], otherwise: float) -> float:
    known = [columns[name] for name in premises if name in columns]
    return mean(known) if known else otherwise


def _rows(layer: Sequence[str]) -> Iterator[Sequence[str]]:
    count = -(-len(layer) // ROW)
    for number in range(count):
        yield layer[number::count]


def _arrow(svg: Element, above: str, below: str, places: Mapping[str, Place]) -> None:
    (x1, y1), (x2, y2) = places[above], places[below]
    back = y1 >= y2
    start, end = (y1 - HIGH / 2, y2 + HIGH / 2) if back else (y1 + HIGH / 2, y2 - HIGH / 2)
    bend = (DOWN - HIGH) * (-0.8 if back else 0.8)
    path = f"M{x1:g} {start:g}C{x1:g} {start + bend:g} {x2:g} {end - bend:g} {x2:g} {end:g}"
    arrow = add(svg, "path", "graph__recurrence" if back else "", d=path)
    arrow.attrib.update({"data-from": above, "data-to": below})


def _node(svg: Element, entry: Entry, place: Place, foreign: bool, context: Context) -> None:
    """An HTML link, since builders and themes expect links to be such."""
    x, y = place
    size = {"width": f"{WIDE}", "height": f"{HIGH}"}
    holder = add(svg, "foreignObject", x=f"{x - WIDE / 2:g}", y=f"{y - HIGH / 2:g}", **size)
    link = add(holder, "a", f"graph__{entry.kind}", text=entry.number, href=context.link(entry))
    link.attrib.update({"title": entry.title, "data-name": entry.name})
    if foreign:
        link.set("class", f"graph__{entry.kind} graph__foreign")
