"""Lists of the record, where a table would say less."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, tostring

from rnnwb.site.elements import together
from rnnwb.site.measured.names import CELLS, PEERS, WAYS, size_name
from rnnwb.site.measured.numbers import is_slower, number
from rnnwb.site.measured.record import Record, Size


def slower(record: Record) -> str:
    """Every case in which a peer was faster, the largest ratio first."""
    found = [row for row in record.ratios if row.peer in PEERS and is_slower(row.ratio)]
    return _listed(
        f"{PEERS[row.peer]}, {CELLS[row.cell]}, {together(size_name(row.size))}, "
        f"{together(f'{row.dtype}: {number(row.ratio.median)}')}"
        for row in sorted(found, key=lambda row: -row.ratio.median)
    )


def missing(record: Record) -> str:
    """What is not there, and why."""
    return _listed(f"{_what(row)}: {row['missing']}" for row in record.missing)


def _what(row: dict[str, object]) -> str:
    """The program, and the case unless all are missing."""
    name = str(row.get("peer") or row.get("way"))
    title = (PEERS | WAYS).get(name, name)
    if "cell" not in row:
        return title
    size = Size(*(int(str(row[axis])) for axis in Size._fields))
    return f"{title}, {CELLS[str(row['cell'])]}, {together(size_name(size))}, {row['dtype']}"


def _listed(lines: Iterable[str]) -> str:
    listed = Element("ul", {"class": "measured__list"})
    for line in lines:
        SubElement(listed, "li").text = line
    if not len(listed):
        SubElement(listed, "li").text = "nothing, in this run"
    return tostring(listed, encoding="unicode")
