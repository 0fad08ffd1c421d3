"""Tables of the record; `![caption](measured:name)` puts one on a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from xml.etree.ElementTree import Element, SubElement, tostring

from rnnwb.site.measured import lists
from rnnwb.site.measured.names import CELLS, DTYPES, PEERS, PRODUCTS, WAYS, size_name
from rnnwb.site.measured.numbers import is_slower, number, quartiles
from rnnwb.site.measured.record import Ratio, Record, Size, Spread, load

Cell = tuple[str, str, bool]
"""The number, what stands small below it, and whether we are slower."""
NOTHING: Cell = ("–", "", False)


def tables() -> list[str]:
    """The tables that a page may show."""
    return sorted(TABLES)


def table(name: str, prefix: str = "") -> str:
    """The table of this name as HTML."""
    return TABLES[name](load())


def html(corner: str, columns: Sequence[str], rows: Sequence[tuple[str, Sequence[Cell]]]) -> str:
    """A table that scrolls by itself on a narrow screen, with a heading for each row and column."""
    region = Element(
        "div", {"class": "symbols measured__table", "tabindex": "0", "role": "group", "aria-label": corner}
    )
    inside = SubElement(region, "table")
    head = SubElement(SubElement(inside, "thead"), "tr")
    for text in (corner, *columns):
        SubElement(head, "th", {"scope": "col"}).text = text
    body = SubElement(inside, "tbody")
    for title, cells in rows:
        row = SubElement(body, "tr")
        SubElement(row, "th", {"scope": "row"}).text = title
        for cell in cells:
            _cell(row, cell)
    return tostring(region, encoding="unicode")


def _cell(row: Element, cell: Cell) -> None:
    text, small, slower = cell
    place = SubElement(row, "td", {"class": "measured__slower"} if slower else {})
    place.text = text
    if small:
        SubElement(place, "small").text = small


def sizes(record: Record) -> list[Size]:
    """The sizes that were measured, in order."""
    return list(dict.fromkeys(row.size for row in record.ratios))


def find(record: Record, peer: str, cell: str, dtype: str, size: Size) -> Ratio | None:
    """The result of a case, unless it is missing."""
    wanted = peer, cell, dtype, size
    return next((row for row in record.ratios if (row.peer, row.cell, row.dtype, row.size) == wanted), None)


def _spread(values: Spread, marked: bool) -> Cell:
    return number(values.median), quartiles(values), marked and is_slower(values)


def _ratios(record: Record, peer: str, cell: str, dtype: str) -> list[Cell]:
    """A row of ratios, one for each size; to be slower than the products alone is no loss."""
    found = (find(record, peer, cell, dtype, size) for size in sizes(record))
    return [_spread(row.ratio, peer != PRODUCTS) if row else NOTHING for row in found]


def _tanh(dtype: str, record: Record) -> str:
    rows = [(title, _ratios(record, peer, "tanh", dtype)) for peer, title in PEERS.items()]
    return html(f"ours ÷, {dtype}", [size_name(size) for size in sizes(record)], rows)


def _by_cell(peer: str, cells: Sequence[str], corner: str, record: Record) -> str:
    kinds = [(cell, dtype) for cell in cells for dtype in DTYPES]
    rows = [(f"{CELLS[cell]}, {dtype}", _ratios(record, peer, cell, dtype)) for cell, dtype in kinds]
    return html(corner, [size_name(size) for size in sizes(record)], rows)


def _milliseconds(record: Record) -> str:
    rows = []
    for cell in CELLS:
        for dtype in DTYPES:
            found = (find(record, PRODUCTS, cell, dtype, size) for size in sizes(record))
            cells = [(number(1000 * row.ours.median), "", False) if row else NOTHING for row in found]
            rows.append((f"{CELLS[cell]}, {dtype}", cells))
    return html("ms a call", [size_name(size) for size in sizes(record)], rows)


def _first_calls(record: Record) -> str:
    rows = []
    for peer in ("torch_compiled", "jax_scan"):
        found = (find(record, peer, "tanh", "float64", size) for size in sizes(record))
        cells = [(number(row.first_call), "", False) if row and row.first_call else NOTHING for row in found]
        rows.append((PEERS[peer], cells))
    return html("seconds", [size_name(size) for size in sizes(record)], rows)


def _times(record: Record) -> str:
    lengths = sorted({row.T for row in record.times})
    found = {(row.way, row.T): row.seconds.median for row in record.times}
    rows = [(title, [_per_step(found.get((way, T)), T) for T in lengths]) for way, title in WAYS.items()]
    return html("µs a step", [f"{T:,} steps" for T in lengths], rows)


def _per_step(seconds: float | None, steps: int) -> Cell:
    return NOTHING if seconds is None else (number(1e6 * seconds / steps), "", False)


def _memory(record: Record) -> str:
    lengths = sorted({row.T for row in record.memory})
    found = {(row.way, row.T): row.mebibytes for row in record.memory}
    rows = [(title, [_mebibytes(found.get((way, T))) for T in lengths]) for way, title in WAYS.items()]
    return html("MiB", [f"{T:,} steps" for T in lengths], rows)


def _mebibytes(value: float | None) -> Cell:
    return NOTHING if value is None else (number(value), "", False)


def _sizes(record: Record) -> str:
    columns = ("hidden units H", "steps T", "sequences B", "inputs", "classes")
    return html("size", columns, [(size_name(size), [(str(n), "", False) for n in size]) for size in sizes(record)])


def _machine(record: Record) -> str:
    facts = {**record.machine, "commit": record.commit, "date": record.date}
    return html("measured on", ["value"], [(name, [(text, "", False)]) for name, text in facts.items()])


TABLES: dict[str, Callable[[Record], str]] = {
    "tanh-float64": partial(_tanh, "float64"),
    "tanh-float32": partial(_tanh, "float32"),
    "gated": partial(_by_cell, "torch_module", ("lstm", "gru"), "ours ÷ torch.nn"),
    "products": partial(_by_cell, PRODUCTS, tuple(CELLS), "ours ÷ products"),
    "milliseconds": _milliseconds,
    "first-calls": _first_calls,
    "slower": lists.slower,
    "missing": lists.missing,
    "times": _times,
    "memory": _memory,
    "sizes": _sizes,
    "machine": _machine,
}
