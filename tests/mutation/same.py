"""Which mutants are the same mathematics, shown from the trees alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields, replace
from itertools import product
from typing import Any

from rnnwb.equations import syntax as s
from rnnwb.equations.affine import affine
from rnnwb.equations.compare import free_symbols
from rnnwb.equations.evaluate import Fault, whole
from rnnwb.equations.perturbation import step_of
from rnnwb.equations.state import State
from rnnwb.equations.symbols import Symbol

Names = Mapping[Any, Any]


def same(mutant: s.Relation, original: s.Relation, state: State, ranged: Collection[Symbol] = ()) -> bool:
    """Whether two formulas agree for a reason that holds for all values.

    Free letters count by their range alone, but for those that the block gives a range of its own.
    """
    left, right = (canonical(tree, state, _free(tree, ranged)) for tree in (mutant, original))
    return bool(left == right)


def _free(tree: s.Relation, ranged: Collection[Symbol]) -> Names:
    letters = [x for x in free_symbols(tree) if x not in ranged]
    return {letter: ("free", i, letter.bounds) for i, letter in enumerate(letters)}


def canonical(node: Any, state: State, names: Names | None = None, depth: int = 0) -> Any:
    """The tree with bound letters numbered, and both letters of `[l = k]` one in what it multiplies.

    An index expression is replaced by its sum of letters and a constant, a derivative whose
    paths all stay in one step by an immediate one.
    """
    names = names or {}
    if isinstance(node, tuple):
        return tuple(canonical(item, state, names, depth) for item in node)
    if not isinstance(node, s.Node):
        return names.get(node, node)
    if isinstance(node, s.Big):
        inner = {**names, node.index.symbol: depth}
        limits = canonical((node.lower, node.upper), state, names, depth)
        return (node.operator, *limits, canonical(node.body, state, inner, depth + 1))
    if isinstance(node, s.Derivative) and not node.immediate and _stays(node, state):
        node = replace(node, immediate=True)
    return _rest(node, state, names, depth)


def _rest(node: s.Node, state: State, names: Names, depth: int) -> Any:
    if (form := affine(node)) is not None:
        by_name = {symbol.name: names.get(symbol, symbol.name) for symbol in free_symbols(node)}
        return frozenset((by_name.get(name, name), c) for name, c in form.items())
    if isinstance(node, s.Times):
        deltas = dict(_deltas(node, names))
        others = {**names, **deltas}
        factors = [f for f in node.factors if not _delta(f)]
        pairs = frozenset(frozenset(canonical(_delta(f), state, names, depth)) for f in node.factors if _delta(f))
        return ("Times", pairs, *(canonical(f, state, others, depth) for f in factors))
    parts = (canonical(getattr(node, f.name), state, names, depth) for f in fields(node) if f.compare)
    return (type(node).__name__, *parts)


def _delta(node: s.Node) -> tuple[s.Index, s.Index] | None:
    """The two letters of an Iverson bracket `[l = k]`."""
    if isinstance(node, s.Bracket) and len(node.conditions) == 1 and node.conditions[0].operators == ("=",):
        left, right = node.conditions[0].sides
        if isinstance(left, s.Index) and isinstance(right, s.Index):
            return left, right
    return None


def _deltas(node: s.Times, names: Names) -> Iterator[tuple[Any, Any]]:
    for factor in node.factors:
        if pair := _delta(factor):
            first, second = sorted(pair, key=lambda index: str(names.get(index.symbol, index.symbol.name)))
            yield second.symbol, names.get(first.symbol, first.symbol.name)


def _stays(node: s.Derivative, state: State) -> bool:
    """Whether no path from the variable to the numerator leaves the numerator's step.

    Then the total derivative and the immediate one are the same computation.
    """
    if not isinstance(node.numerator, s.Quantity) or not node.numerator.times or node.variable.times is None:
        return False
    letters = free_symbols(s.Relation((), (*node.numerator.times, *node.variable.times)))
    ranges = [state.span(letter) for letter in letters]
    places = ({x.name: i for x, i in zip(letters, at, strict=True)} for at in product(*ranges))
    return all(_stays_at(node, state, place) for place in places)


def _stays_at(node: s.Derivative, state: State, place: dict[str, int]) -> bool:
    assert isinstance(node.numerator, s.Quantity)
    above, below = (tuple(whole(t, state, place) for t in q.times or ()) for q in (node.numerator, node.variable))
    variable = (node.variable.symbol, below)
    here = step_of((node.numerator.symbol, above))
    try:
        read = state.reads(node.numerator, above)
        return not any(
            key[1] and key != variable and step_of(key) != here
            and variable in state.reads(s.Quantity(key[0], None, None), key[1])
            for key in read
        )  # fmt: skip
    except Fault:
        return True
