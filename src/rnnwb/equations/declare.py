"""A symbols block: a Markdown table whose rows declare what formulas may use."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lark import Tree

from rnnwb.equations import syntax as s
from rnnwb.equations.names import size_name
from rnnwb.equations.parse import parse
from rnnwb.equations.resolve import read
from rnnwb.equations.sampling import DOMAINS
from rnnwb.equations.scripts import Item, scripts_of
from rnnwb.equations.source import Source
from rnnwb.equations.symbols import Form, Kind, Scope, Slot, Symbol
from rnnwb.equations.table import RANGE, Row, formulas, rows, undollared

KINDS: tuple[Kind, ...] = ("size", "index", "quantity")
COUNTS = (s.Size, s.Number, s.Plus, s.Times)
_INTERVAL = re.compile(r"^[(\[](?P<low>[^,]+),(?P<high>[^,]+)[)\]]$")


def declare(scope: Scope, body: Source) -> list[Symbol]:
    """Add the symbols of a block to `scope`, sizes and indices first.

    Args:
        scope: the symbols known so far.
        body: the text of the block, a table with the columns of `table.COLUMNS`.

    Raises:
        EquationError: if a row cannot be read, or declares a symbol twice.
    """
    found = list(rows(body))
    declared: list[Symbol] = []
    for kind in KINDS:
        for row in found:
            if row.kind == kind:
                declared.extend(_declare(scope, row))
    return declared


def _declare(scope: Scope, row: Row) -> Iterator[Symbol]:
    names = formulas(row.symbol)
    entries: list[Source | None] = [*formulas(row.entry)] or [None] * len(names)
    if len(entries) != len(names) or not names:
        raise row.entry.error(0, f"{len(names)} symbols but {len(entries)} entries", "give each symbol its entry")
    for name, entry in zip(names, entries, strict=True):
        symbol, forms = _symbol(scope, row, name, entry)
        scope.add(symbol, forms)
        yield symbol


def _symbol(scope: Scope, row: Row, name: Source, entry: Source | None) -> tuple[Symbol, list[Form]]:
    letter, below, above = _written(scope, name)
    slots = below + above
    shape = _shape(scope, row.shape)
    clocks = tuple(scope.symbols[slot.label] for slot in slots if slot.role == "time")
    if any(slot.role == "part" for slot in slots):
        raise name.error(
            0,
            "an index in the symbol column",
            "give entries their own column, and write labels that are also indices upright: \\mathrm{h}",
        )
    extended, interval, domain = _values(scope, row.values) if row.kind == "quantity" else ((None, None), None, "")
    symbol = Symbol(
        name="".join(name.text.split()), kind=row.kind, tex=name.text, entry_tex=entry.text if entry else "",
        meaning=row.meaning.text.strip(), source=name, shape_tex=row.shape.text.strip().strip("$"),
        values=row.values.text.strip(), bounds=_bounds(scope, row), shape=shape, clocks=clocks,
        extended=extended, interval=interval, domain=domain,
    )  # fmt: skip
    forms = [Form(symbol, letter, below, above, whole=True)]
    if clocks:
        low, high = (tuple(x for x in side if x.role == "label") for side in (below, above))
        forms.append(Form(symbol, letter, low, high, whole=True, sequence=True))
    if entry is not None:
        forms.append(_entry(scope, symbol, entry))
    elif shape:
        raise name.error(0, f"{name.text} has a shape but no entry form", "fill the entry column, such as $X_t^d$")
    return symbol, forms


def _written(scope: Scope, source: Source) -> tuple[str, tuple[Slot, ...], tuple[Slot, ...]]:
    """The letter of a declared form and its slots, below and above."""
    tree = parse(source, "scripted")
    primary, *attached = tree.children
    if not isinstance(primary, Tree) or primary.data != "symbol":
        raise source.error(0, "a symbol is a letter with scripts", "declare a letter, or \\mathbf{W} and the like")
    sides: dict[str, list[Item]] = {}
    for side in ("lower", "upper"):
        trees = [t.children[0] for t in attached if isinstance(t, Tree) and t.data == side]
        sides[side] = list(scripts_of(source, trees).alternatives[0])
    order = sorted((item for items in sides.values() for item in items), key=lambda item: item.at)
    slots = {item.at: _slot(scope, item, i) for i, item in enumerate(order)}
    below, above = (tuple(slots[item.at] for item in sides[side]) for side in ("lower", "upper"))
    return "".join(str(primary.children[0]).split()), below, above


def _slot(scope: Scope, item: Item, position: int) -> Slot:
    text = item.text.strip("()")
    symbol = scope.symbols.get(text)
    if symbol is None or symbol.kind != "index":
        return Slot(item.text)
    assert symbol.bounds is not None
    starts_at_one = symbol.bounds[0] == s.Number(1)
    return Slot(text, "part" if starts_at_one else "time", position)


def _entry(scope: Scope, symbol: Symbol, entry: Source) -> Form:
    letter, below, above = _written(scope, entry)
    slots = sorted((x for x in below + above if x.role != "label"), key=lambda x: x.position)
    clocks = tuple(scope.symbols[x.label] for x in slots if x.role == "time")
    sizes = tuple(_size(scope, x) for x in slots if x.role == "part")
    if clocks != symbol.clocks:
        raise entry.error(
            0, f"the entry {entry.text} and {symbol.tex} do not share their time index", "write it in both"
        )
    if sizes != symbol.shape:
        raise entry.error(
            0,
            f"the indices of {entry.text} run over {_names(sizes)}, the shape is {_names(symbol.shape)}",
            "match the order of the indices to the shape",
        )  # fmt: skip
    return Form(symbol, letter, below, above, whole=False)


def _size(scope: Scope, slot: Slot) -> s.Node:
    bounds = scope.symbols[slot.label].bounds
    assert bounds is not None
    return bounds[1]


def _names(sizes: tuple[s.Node, ...]) -> str:
    return "(" + ", ".join(map(size_name, sizes)) + ")"


def _shape(scope: Scope, cell: Source) -> tuple[s.Node, ...]:
    plain = undollared(cell)
    if not plain.text.strip():
        return ()
    node = read(plain, scope, "sum")
    sizes = node.factors if isinstance(node, s.Times) else (node,)
    for size in sizes:
        if not all(isinstance(part, COUNTS) for part in s.walk(size)):
            raise plain.error(size.at, "a shape is a product of sizes", r"write $D \times H$ or $(T + 1) \times D$")
    return sizes


def _bounds(scope: Scope, row: Row) -> tuple[s.Node, s.Node] | None:
    plain = undollared(row.values)
    match = RANGE.match(plain.text)
    if row.kind != "index" or match is None:
        return None
    low, high = (
        read(Source(match[g].strip(), plain.page, plain.line, plain.column + match.start(g)), scope, "sum")
        for g in ("first", "last")
    )
    return low, high


Values = tuple[tuple[s.Node | None, s.Node | None], tuple[s.Node, s.Node] | None, str]


def _values(scope: Scope, cell: Source) -> Values:
    low: s.Node | None = None
    high: s.Node | None = None
    interval, domain = None, ""
    for text in filter(None, (part.strip(" $") for part in cell.text.split(";"))):
        part = Source(text, cell.page, cell.line, cell.column + cell.text.index(text))
        if text in DOMAINS:
            domain = text
        elif match := _INTERVAL.match(text):
            interval = tuple(
                read(Source(match[g], cell.page, cell.line, part.column), scope, "sum") for g in ("low", "high")
            )
        else:
            low, high = _extension(scope, part, (low, high))
    return (low, high), interval, domain  # type: ignore[return-value]


def _extension(
    scope: Scope, part: Source, known: tuple[s.Node | None, s.Node | None]
) -> tuple[s.Node | None, s.Node | None]:
    if not re.search(r"\\[lg]eq?", part.text):
        known_words = ", ".join(sorted(DOMAINS))
        raise part.error(0, f"{part.text!r} is neither a range, an interval nor a domain", f"domains are {known_words}")
    chain = read(part, scope, "chain")
    assert isinstance(chain, s.Relation)
    low, high = known
    for operator, left, right in zip(chain.operators, chain.sides, chain.sides[1:], strict=False):
        if isinstance(left, s.Index):
            low, high = (right, high) if operator == ">=" else (low, right)
        else:
            low, high = (left, high) if operator == "<=" else (low, left)
    return low, high
