"""Where the symbols of a formula stand in its TeX."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lark import Token, Tree

from rnnwb.equations import syntax as s
from rnnwb.equations.docstrings import Described, documented
from rnnwb.equations.inline import written_symbols
from rnnwb.equations.pages import Chapter
from rnnwb.equations.parse import parse
from rnnwb.equations.resolve import Resolver, read
from rnnwb.equations.scripts import Item
from rnnwb.equations.source import EquationError, Source
from rnnwb.equations.symbols import Form, Scope


class Mark(NamedTuple):
    """The characters from `start` to `end` belong to a symbol or derivative; marks stand apart or within each other."""

    start: int
    end: int
    symbol: str


def annotate(chapter: Chapter, tex: str, display: bool = True) -> tuple[Mark, ...]:
    """Where the symbols of a formula stand: each letter and each label, and each derivative as a whole.

    Args:
        chapter: the page, whose symbols the formula uses.
        tex: the formula.
        display: whether it is the body of a block; a formula in a sentence need not be an equation.

    Returns:
        Marks from left to right. A symbol has the name that `Symbol.name` gives, a derivative that of
            `derivative_name`.

    Raises:
        EquationError: if the formula uses what the page does not declare.
    """
    source = Source(tex, chapter.page.name, 1)
    if display:
        return _marks(source, chapter.scope, "equation")
    for start in ("sum", "chain") if r"\partial" in tex else ():
        try:
            return _marks(source, chapter.prose, start)
        except EquationError:
            continue
    return tuple(
        mark for at, symbol in written_symbols(source) for mark in _marks(symbol, chapter.prose, "scripted", at)
    )


def argument_names(chapter: Chapter, function: str) -> dict[str, str]:
    """Which symbol or derivative each argument of a function is, and each of several results.

    Args:
        chapter: the page, in whose symbols the docstring is read.
        function: the full name of the function.

    Returns:
        The names that are one symbol or one derivative; an argument that is more than that has none.
    """
    documentation = documented(function)
    results = documentation.returns if len(documentation.returns) > 1 else ()
    described = (*documentation.arguments, *results)
    names = ((each.name, _name_of(each, chapter.prose)) for each in described)
    return {name: symbol for name, symbol in names if symbol}


def derivative_name(node: s.Derivative) -> str | None:
    """Such as ∂E/∂S_t, of the symbols whatever their indices; None where the numerator is no symbol."""
    if not isinstance(node.numerator, s.Quantity):
        return None
    plus = "⁺" if node.immediate else ""
    return f"∂{plus}{node.numerator.symbol.name}/∂{node.variable.symbol.name}"


def _name_of(described: Described, scope: Scope) -> str | None:
    try:
        node = read(described.tex, scope, "sum")
    except EquationError:
        return None
    if isinstance(node, s.Derivative):
        return derivative_name(node)
    return node.symbol.name if isinstance(node, s.Quantity | s.Size | s.Index) else None


def _marks(source: Source, scope: Scope, start: str, offset: int = 0) -> tuple[Mark, ...]:
    marker = Marker(source, scope)
    marker.node(parse(source, start))
    found = (Mark(begin + offset, end + offset, name) for (begin, end), name in sorted(marker.found.items()))
    return tuple(found)


class Marker(Resolver):
    """Reads a formula and notes where its symbols stand."""

    def __init__(self, source: Source, scope: Scope) -> None:
        super().__init__(source, scope)
        self.found: dict[tuple[int, int], str] = {}

    def derivative(self, tree: Tree[Token]) -> s.Node:
        """Note the whole fraction."""
        node = super().derivative(tree)
        assert isinstance(node, s.Derivative)
        self._note(tree.meta.start_pos, tree.meta.end_pos, derivative_name(node))
        return node

    def _reference(self, tree: Tree[Token], form: Form, below: Sequence[Item], above: Sequence[Item]) -> s.Node:
        self._note(tree.meta.start_pos, tree.meta.end_pos, form.symbol.name)
        for item in _labels(form, below, above):
            end = item.tree.meta.end_pos if item.tree else item.at + len(item.text)
            self._note(item.at, end, form.symbol.name)
        return super()._reference(tree, form, below, above)

    def _note(self, start: int | None, end: int | None, symbol: str | None) -> None:
        if start is not None and end is not None and symbol:
            self.found[start, end] = symbol


def _labels(form: Form, below: Sequence[Item], above: Sequence[Item]) -> Iterator[Item]:
    for slot, item in zip((*form.below, *form.above), (*below, *above), strict=False):
        if slot.role == "label":
            yield item
