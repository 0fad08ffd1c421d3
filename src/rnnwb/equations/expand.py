"""One instance of a formula: indices become numbers, sums become their terms, conditions are decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from functools import reduce
from typing import Any

from rnnwb.equations import syntax as s
from rnnwb.equations.algebra import ZERO
from rnnwb.equations.evaluate import evaluate, holds, whole
from rnnwb.equations.state import State

NOTHING = s.Number(0)
ONE = s.Number(1)


def expanded(node: s.Node, state: State, indices: Mapping[str, int]) -> s.Node:
    """The instance of a tree at these indices: quantities with numbers for indices, and operations on them.

    Args:
        node: the tree.
        state: the sizes, and what conditions are decided by.
        indices: the value of each free index.

    Returns:
        A tree of the same value, in which neither sums nor conditions nor letters of indices are left;
            a term that is switched off is left out.
    """
    rule = _RULES.get(type(node))
    return rule(node, state, indices) if rule else _inside(node, state, indices)


def _inside(node: s.Node, state: State, indices: Mapping[str, int]) -> s.Node:
    return mapped(node, lambda child: expanded(child, state, indices))


def mapped(node: s.Node, change: Callable[[s.Node], s.Node]) -> s.Node:
    """The node with each node directly below it changed."""

    def changed(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(changed, value))
        return change(value) if isinstance(value, s.Node) else value

    return replace(node, **{each.name: changed(getattr(node, each.name)) for each in fields(node)})


def _whole(node: s.Node, state: State, indices: Mapping[str, int]) -> s.Node:
    return s.Number(whole(node, state, indices))


def _quantity(node: s.Quantity, state: State, indices: Mapping[str, int]) -> s.Node:
    times, parts = (
        None if nodes is None else tuple(_whole(each, state, indices) for each in nodes)
        for nodes in (node.times, node.parts)
    )
    return s.Quantity(node.symbol, times, parts)


def _plus(node: s.Plus, state: State, indices: Mapping[str, int]) -> s.Node:
    left, right = expanded(node.left, state, indices), expanded(node.right, state, indices)
    if right == NOTHING:
        return left
    if left == NOTHING:
        return right if node.sign > 0 else s.Negative(right)
    return total([left, right]) if node.sign > 0 else s.Plus(left, right, -1)


def total(terms: Sequence[s.Node]) -> s.Node:
    """The sum of terms, from left to right."""
    flat = [part for term in terms if term != NOTHING for part in terms_of(term)]
    if not flat:
        return NOTHING
    first = flat[0][1] if flat[0][0] > 0 else s.Negative(flat[0][1])
    return reduce(lambda left, term: s.Plus(left, term[1], term[0]), flat[1:], first)


def terms_of(node: s.Node) -> list[tuple[int, s.Node]]:
    """The terms of a sum, each with its sign."""
    if isinstance(node, s.Plus):
        return [*terms_of(node.left), (node.sign, node.right)]
    return [(-1, node.operand)] if isinstance(node, s.Negative) else [(1, node)]


def _negative(node: s.Negative, state: State, indices: Mapping[str, int]) -> s.Node:
    operand = expanded(node.operand, state, indices)
    return NOTHING if operand == NOTHING else s.Negative(operand)


def _times(node: s.Times, state: State, indices: Mapping[str, int]) -> s.Node:
    brackets = [factor for factor in node.factors if isinstance(factor, s.Bracket)]
    if any(evaluate(bracket, state, indices) is ZERO for bracket in brackets):
        return NOTHING
    return product([expanded(factor, state, indices) for factor in node.factors if factor not in brackets])


def product(factors: Sequence[s.Node]) -> s.Node:
    """The product of factors, from left to right."""
    flat = [part for factor in factors for part in (factor.factors if isinstance(factor, s.Times) else (factor,))]
    if NOTHING in flat:
        return NOTHING
    return s.Times(tuple(flat)) if len(flat) > 1 else (flat or [ONE])[0]


def _bracket(node: s.Bracket, state: State, indices: Mapping[str, int]) -> s.Node:
    return NOTHING if evaluate(node, state, indices) is ZERO else ONE


def _cases(node: s.Cases, state: State, indices: Mapping[str, int]) -> s.Node:
    chosen = (value for value, condition in node.rows if condition is None or holds(condition, state, indices))
    return expanded(next(chosen), state, indices)


def _big(node: s.Big, state: State, indices: Mapping[str, int]) -> s.Node:
    low, high = whole(node.lower, state, indices), whole(node.upper, state, indices)
    name = node.index.symbol.name
    bodies = [expanded(node.body, state, {**indices, name: i}) for i in range(low, high + 1)]
    if node.operator == "sum":
        return total(bodies)
    if node.operator == "max":
        return s.Call("max", tuple(bodies))
    return product(bodies if node.operator == "prod" else bodies[::-1])


_RULES: dict[type[s.Node], Callable[[Any, State, Mapping[str, int]], s.Node]] = {
    s.Index: _whole, s.Size: _whole, s.Quantity: _quantity, s.Plus: _plus, s.Negative: _negative,
    s.Times: _times, s.Bracket: _bracket, s.Cases: _cases, s.Big: _big,
}  # fmt: skip
