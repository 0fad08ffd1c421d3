"""The table of a symbols block, cell by cell, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rnnwb.equations.source import Source
from rnnwb.equations.symbols import Kind

COLUMNS = ("symbol", "entry", "shape", "values", "meaning")
RANGE = re.compile(r"^\s*(?P<first>[^,]+),(?:.*,)?\s*\\[lc]?dots\s*,(?P<last>[^,]+)$", re.DOTALL)


@dataclass(frozen=True)
class Row:
    """One line of the table, its cells with their places."""

    symbol: Source
    entry: Source
    shape: Source
    values: Source
    meaning: Source

    @property
    def kind(self) -> Kind:
        text = self.values.text.strip("$ ")
        if text == "size":
            return "size"
        return "index" if RANGE.match(text) else "quantity"


def rows(body: Source) -> Iterator[Row]:
    """The rows below the header.

    Raises:
        EquationError: if the columns are not those of `COLUMNS`, or a cell is missing.
    """
    lines = [(i, line) for i, line in enumerate(body.text.split("\n")) if line.strip()]
    if len(lines) < 3:
        raise body.error(0, "a symbols block holds a table", f"its columns are {', '.join(COLUMNS)}")
    header = _cells(body, *lines[0])
    if tuple(cell.text.strip().lower() for cell in header) != COLUMNS:
        raise header[0].error(0, "these are not the columns of a symbol table", f"write {' | '.join(COLUMNS)}")
    for number, line in lines[2:]:
        cells = _cells(body, number, line)
        if len(cells) != len(COLUMNS):
            raise cells[0].error(0, f"{len(cells)} cells in this row, not {len(COLUMNS)}", "write an empty cell as | |")
        yield Row(*cells)


def _cells(body: Source, number: int, line: str) -> list[Source]:
    inner = line.strip().removeprefix("|").removesuffix("|")
    column = line.index(inner) + 1 if inner else 1
    cells = []
    for text in re.split(r"(?<!\\)\|", inner):
        cells.append(Source(text, body.page, body.line + number, column))
        column += len(text) + 1
    return cells


def formulas(cell: Source) -> list[Source]:
    """The comma-separated formulas of a cell, dollar signs removed."""
    found = []
    for match in re.finditer(r"(?:[^,${}]|\{(?:[^{}]|\{[^{}]*\})*\})+", cell.text):
        text = match[0]
        if text.strip():
            lead = len(text) - len(text.lstrip())
            place = cell.column + match.start() + lead
            found.append(Source(text.strip(), cell.page, cell.line, place))
    return found


def undollared(cell: Source) -> Source:
    """The formula of a cell, its dollar signs blanked."""
    text = cell.text.replace("$", " ")
    return Source(text, cell.page, cell.line, cell.column)
