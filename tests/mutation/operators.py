"""The mutation operators: each yields the edits that it makes in one formula.

Their docstrings are the list in docs/write-your-own.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from lark import Token, Tree

from mutation.formula import Edit, Formula, span
from rnnwb.equations import syntax as s

Operator = Callable[[Formula], Iterator[Edit]]
RELATIONS = {
    "<": (r"\le",), ">": (r"\ge",), r"\lt": (r"\le",), r"\gt": (r"\ge",), r"\ne": ("=",), r"\neq": ("=",),
    r"\le": ("<", r"\ge"), r"\leq": ("<", r"\ge"), r"\ge": (">", r"\le"), r"\geq": (">", r"\le"),
}  # fmt: skip


def signs(formula: Formula) -> Iterator[Edit]:
    """plus for minus and minus for plus"""
    for tree in formula.rules("plus", "minus", "negative"):
        token = next(t for t in tree.children if isinstance(t, Token))
        yield Edit(*span(token), {"plus": "-", "minus": "+", "negative": ""}[tree.data])


def letters(formula: Formula) -> Iterator[Edit]:
    """one index letter for another"""
    declared = [x for x in formula.scope.symbols.values() if x.kind == "index"]
    for node in sorted(formula.nodes(s.Index), key=lambda n: n.at):
        at = formula.place(node)
        yield from (Edit(at, at + len(node.symbol.tex), x.tex) for x in declared if x is not node.symbol)


def steps(formula: Formula) -> Iterator[Edit]:
    """a subscript of time moved by one, forwards or backwards"""
    for node in formula.nodes(s.Quantity):
        for i, time in enumerate(node.times or ()):
            for sign in (1, -1):
                times = [*(node.times or ())]
                times[i] = s.Plus(time, s.Number(1), sign)
                if edit := formula.rewritten(node, node.symbol, times):
                    yield edit


def limits(formula: Formula) -> Iterator[Edit]:
    """a limit of a sum, or of a condition, moved by one"""
    ends = chain.from_iterable(_ends(tree) for tree in formula.rules("limits", "upper_first", "condition", "bracket"))
    for tree in ends:
        for by in (1, -1):
            if text := formula.shifted(tree, by):
                yield Edit(*span(tree), text)


def _ends(tree: Tree[Token]) -> Iterator[Tree[Token]]:
    for part in (t for t in tree.children if isinstance(t, Tree)):
        if part.data != "chain":
            yield part
        else:
            first, *rest = (t for t in part.children if isinstance(t, Tree))
            yield from (first, rest[-1]) if tree.data == "condition" else rest[-1:]


def exponents(formula: Formula) -> Iterator[Edit]:
    """an exponent changed by one"""
    scripts = list(formula.rules("bare", "braced"))
    for power in formula.nodes(s.Power):
        around = [t for t in scripts if t.meta.start_pos <= power.exponent.at < t.meta.end_pos]
        for by in (1, -1):
            if around and (text := formula.shifted(around[-1], by)):
                yield Edit(*span(around[-1]), text)


def names(formula: Formula) -> Iterator[Edit]:
    """one weight, or another symbol of the same kind, for another"""
    for node in formula.nodes(s.Quantity):
        for other in formula.scope.symbols.values():
            alike = other.kind == "quantity" and other.clocks == node.symbol.clocks
            if alike and len(other.shape) == len(node.symbol.shape) and other is not node.symbol:
                edit = formula.rewritten(node, other, node.times or ())
                yield from [edit] if edit else []


def terms(formula: Formula) -> Iterator[Edit]:
    """a term dropped"""
    for tree in _outermost(formula, "plus", "minus"):
        parts = _terms(tree)
        for i in range(len(parts)):
            rest = [*parts[:i], *parts[i + 1 :]]
            text = " ".join(f"{sign} {formula.of(term)}" for sign, term in rest)
            yield Edit(*span(tree), text.removeprefix("+"))


def _terms(tree: Tree[Token]) -> list[tuple[str, Tree[Token]]]:
    if tree.data == "negative":
        return [("-", tree.children[-1])]  # type: ignore[list-item]
    if tree.data not in ("plus", "minus"):
        return [("+", tree)]
    left, sign, right = tree.children
    return [*_terms(left), (str(sign), right)]  # type: ignore[arg-type, list-item]


def _outermost(formula: Formula, *rules: str) -> Iterator[Tree[Token]]:
    """Trees of these rules that are no left part of another one, outside scripts."""
    trees = list(formula.rules(*rules))
    inside = {id(t.children[0]) for t in trees}
    scripts = [span(t) for t in formula.rules("lower", "upper")]
    for tree in trees:
        start, end = span(tree)
        if id(tree) not in inside and not any(a <= start and end <= b for a, b in scripts):
            yield tree


def factors(formula: Formula) -> Iterator[Edit]:
    """a factor dropped, or one side of a fraction"""
    for tree in _outermost(formula, "times"):
        parts = _factors(tree)
        for i in range(len(parts)):
            rest = [*parts[:i], *parts[i + 1 :]]
            yield Edit(*span(tree), " ".join(f"{o if j else ''} {formula.of(t)}" for j, (o, t) in enumerate(rest)))
    for tree in formula.rules("fraction"):
        above, below = map(formula.of, _trees(tree))
        yield Edit(*span(tree), f"({above})")
        yield Edit(*span(tree), rf"\frac{{1}}{{{below}}}")


def _factors(tree: Tree[Token]) -> list[tuple[str, Tree[Token]]]:
    """Factors, each with the operator before it."""
    if tree.data != "times":
        return [("", tree)]
    left, *operator, right = tree.children
    return [*_factors(left), ("".join(operator), right)]  # type: ignore[arg-type, list-item]


def _trees(tree: Tree[Token]) -> Sequence[Tree[Token]]:
    return [t for t in tree.children if isinstance(t, Tree)]


def transposes(formula: Formula) -> Iterator[Edit]:
    """a transpose dropped or added"""
    for tree in formula.rules("upper"):
        tops = list(tree.scan_values(lambda t: t.type == "TOP"))
        alone = list(tree.scan_values(lambda t: True)) == tops
        yield from (Edit(*span(tree if alone else top), "") for top in tops)
    for node in formula.nodes(s.Quantity):
        at = formula.place(node)
        whole = node.parts is None and node.symbol.shape and at not in formula.differentiated
        if whole and at not in formula.raised and (edit := _transposed(formula, node)):
            yield edit
    for tree in formula.rules("derivative"):
        variable = next(n for n in s.walk(formula.resolver.node(tree)) if isinstance(n, s.Derivative)).variable
        if variable.parts is None and variable.symbol.shape:
            yield Edit(*span(tree), rf"({formula.of(tree)})^\top")


def _transposed(formula: Formula, node: s.Quantity) -> Edit | None:
    return formula.rewritten(node, node.symbol, node.times or (), r"\top")


def paths(formula: Formula) -> Iterator[Edit]:
    """∂ for ∂⁺ and ∂⁺ for ∂"""
    for tree in formula.rules("derivative"):
        sign, *rest = [t for t in _trees(tree)[0].children if isinstance(t, Token)]
        yield Edit(*span(rest[0]), "") if rest else Edit(sign.end_pos or 0, sign.end_pos or 0, "^+")


def relations(formula: Formula) -> Iterator[Edit]:
    """one relation for another in a condition"""
    conditions = {id(t) for tree in formula.rules("bracket", "row") for t in _trees(tree)}
    for tree in formula.rules("chain"):
        for token in (t for t in tree.children if isinstance(t, Token)):
            others = RELATIONS.get(str(token), (r"\ne",) if id(tree) in conditions else ())
            yield from (Edit(*span(token), other) for other in others)


OPERATORS: tuple[Operator, ...] = (
    signs, letters, steps, limits, exponents, names, terms, factors, transposes, paths, relations,
)  # fmt: skip


def description(operator: Operator) -> str:
    """What an operator does, in the words of the documentation."""
    return operator.__doc__ or ""
