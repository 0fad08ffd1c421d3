"""Numbers in the place of symbols: values substituted, inner operations carried out, digits rounded."""

from __future__ import annotations

import numpy as np

from rnnwb.equations import syntax as s
from rnnwb.equations.evaluate import evaluate
from rnnwb.equations.expand import mapped, terms_of, total
from rnnwb.equations.state import State


def numbered(node: s.Node, state: State) -> s.Node:
    """An instance with the value of each quantity and of each derivative in its place."""
    if isinstance(node, s.Quantity | s.Derivative):
        return s.Constant(evaluate(node, state, {}))
    return mapped(node, lambda child: numbered(child, state))


def shortened(node: s.Node, state: State, most: int) -> s.Node:
    """The same with its innermost operations carried out, again and again until at most so many numbers are left.

    The last operation is never carried out, however many numbers it takes.
    """
    while leaves(node) > most and not _innermost(node):
        node = _carried_out(node, state)
    return node


def rounded(node: s.Node, digits: int) -> s.Node:
    """The same with each value to so many significant digits."""
    if isinstance(node, s.Constant):
        return s.Constant(np.vectorize(lambda x: float(f"{x:.{digits}g}"))(node.value))
    return mapped(node, lambda child: rounded(child, digits))


def leaves(node: s.Node) -> int:
    """How many symbols or numbers a formula shows; an array of numbers counts as many as it has."""
    if isinstance(node, s.Constant):
        return int(np.size(node.value))
    if isinstance(node, s.Quantity | s.Derivative | s.Number):
        return 1
    return sum(leaves(child) for child in s.children(node))


def _carried_out(node: s.Node, state: State) -> s.Node:
    if _is_value(node):
        return node
    if _innermost(node):
        return s.Constant(evaluate(node, state, {}))
    if isinstance(node, s.Plus):
        return total([_signed(sign, _carried_out(term, state)) for sign, term in terms_of(node)])
    return mapped(node, lambda child: _carried_out(child, state))


def _signed(sign: int, term: s.Node) -> s.Node:
    return term if sign > 0 else s.Negative(term)


def _innermost(node: s.Node) -> bool:
    operands = [term for _, term in terms_of(node)] if isinstance(node, s.Plus) else s.children(node)
    return all(map(_is_value, operands))


def _is_value(node: s.Node) -> bool:
    return isinstance(node, s.Constant | s.Number)
