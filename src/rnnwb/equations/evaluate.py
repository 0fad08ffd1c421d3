"""The value of a syntax tree at one point, for one assignment of its indices."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import reduce
from typing import TYPE_CHECKING, Any, Protocol

from rnnwb.equations import algebra, functions
from rnnwb.equations import syntax as s
from rnnwb.equations.algebra import ZERO, Array, ShapeError, Value

if TYPE_CHECKING:
    from rnnwb.equations.lanes import Lanes

Indices = Mapping[str, int]
COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq, "!=": operator.ne, "<": operator.lt,
    ">": operator.gt, "<=": operator.le, ">=": operator.ge,
}  # fmt: skip


class Point(Protocol):
    """Where quantities and derivatives have values."""

    sizes: Mapping[str, int]
    convention: str

    def quantity(self, node: s.Quantity, indices: Indices) -> Value: ...

    def derivative(self, node: s.Derivative, indices: Indices) -> Array: ...

    def beside(self, letter: str, span: range) -> Lanes: ...


class Fault(Exception):  # noqa: N818 — a fault of a node becomes an EquationError with its place
    """A node that has no value here; its place is added where the formula is known."""

    def __init__(self, node: s.Node, reason: str, mend: str = "") -> None:
        super().__init__(reason)
        self.node, self.reason, self.mend = node, reason, mend


def evaluate(node: s.Node, state: Point, indices: Indices) -> Value:
    """The value of `node`.

    Args:
        node: the tree.
        state: where quantities have values.
        indices: the value of each free index.

    Raises:
        Fault: if shapes disagree, an index leaves its range, or a rule of the language is broken.
    """
    try:
        return _RULES[type(node)](node, state, indices)
    except ShapeError as problem:
        raise Fault(node, str(problem), problem.mend) from None


def whole(node: s.Node, state: Point, indices: Indices) -> int:
    """The value of an index expression or a size."""
    if isinstance(node, s.Index) and node.symbol.name in indices:
        return indices[node.symbol.name]
    value = algebra.real(evaluate(node, state, indices))
    if value != round(value):
        raise Fault(node, f"an index has the value {value}", "indices are whole numbers")
    return round(value)


def holds(relation: s.Relation, state: Point, indices: Indices) -> bool:
    """Whether a chain of comparisons between scalars is true."""
    sides = [algebra.real(evaluate(side, state, indices)) for side in relation.sides]
    triples = zip(relation.operators, sides, sides[1:], strict=False)
    return all(COMPARE[name](left, right) for name, left, right in triples)


def _number(node: s.Number, state: Point, indices: Indices) -> Value:
    return node.value


def _constant(node: s.Constant, state: Point, indices: Indices) -> Value:
    value: Value = node.value
    return value


def _index(node: s.Index, state: Point, indices: Indices) -> Value:
    if node.symbol.name not in indices:
        raise Fault(
            node, f"the index {node.symbol.tex} has no value here", "sum over it, or let it stand free on the left"
        )
    return indices[node.symbol.name]


def _size(node: s.Size, state: Point, indices: Indices) -> Value:
    return state.sizes[node.symbol.name]


def _quantity(node: s.Quantity, state: Point, indices: Indices) -> Value:
    return state.quantity(node, indices)


def _plus(node: s.Plus, state: Point, indices: Indices) -> Value:
    left, right = evaluate(node.left, state, indices), evaluate(node.right, state, indices)
    literal = isinstance(node.left, s.Number) or isinstance(node.right, s.Number)
    return algebra.add(left, right, node.sign, literal)


def _negative(node: s.Negative, state: Point, indices: Indices) -> Value:
    value = evaluate(node.operand, state, indices)
    return ZERO if value is ZERO else -value  # type: ignore[operator]


def _times(node: s.Times, state: Point, indices: Indices) -> Value:
    brackets = [f for f in node.factors if isinstance(f, s.Bracket)]
    if any(evaluate(bracket, state, indices) is ZERO for bracket in brackets):
        return ZERO
    factors = [evaluate(f, state, indices) for f in node.factors]
    return reduce(algebra.multiply, factors)


def _hadamard(node: s.Hadamard, state: Point, indices: Indices) -> Value:
    return reduce(algebra.hadamard, [evaluate(f, state, indices) for f in node.factors])


def _quotient(node: s.Quotient, state: Point, indices: Indices) -> Value:
    return algebra.divide(evaluate(node.numerator, state, indices), evaluate(node.denominator, state, indices))


def _power(node: s.Power, state: Point, indices: Indices) -> Value:
    return algebra.power(evaluate(node.base, state, indices), evaluate(node.exponent, state, indices))


def _transpose(node: s.Transpose, state: Point, indices: Indices) -> Value:
    return algebra.transpose(evaluate(node.operand, state, indices))


def _entry(node: s.Entry, state: Point, indices: Indices) -> Value:
    array = algebra.plain(evaluate(node.operand, state, indices))
    parts = tuple(whole(part, state, indices) for part in node.parts)
    shape = algebra.shape(array)
    if len(parts) != len(shape) or any(not 1 <= i <= n for i, n in zip(parts, shape, strict=False)):
        raise Fault(node, f"entry {parts} of an expression of shape {shape}", "one index for each axis, from 1")
    return algebra.pick(array, tuple(i - 1 for i in parts))


def _call(node: s.Call, state: Point, indices: Indices) -> Value:
    arguments = [evaluate(argument, state, indices) for argument in node.arguments]
    if node.function == "softmax":
        return functions.softmax(arguments[0], state.convention)
    if len(arguments) > 1 and node.function not in ("max", "min"):
        raise Fault(node, f"{node.function} takes one argument")
    return functions.CALLS[node.function](*arguments)


def _norm(node: s.Norm, state: Point, indices: Indices) -> Value:
    return functions.norm(node.which, evaluate(node.operand, state, indices))


def _big(node: s.Big, state: Point, indices: Indices) -> Value:
    low, high = whole(node.lower, state, indices), whole(node.upper, state, indices)
    name = node.index.symbol.name
    if node.operator == "sum" and node.picks and high > low:
        with suppress(Fault):
            beside = state.beside(name, range(low, high + 1))
            return beside.total(evaluate(node.body, beside, indices))
    values = [evaluate(node.body, state, {**indices, name: i}) for i in range(low, high + 1)]
    if node.operator == "sum":
        total: Value = ZERO
        for value in values:
            total = algebra.add(total, value, 1)
        return total
    if node.operator == "max":
        return functions.largest(*values)
    ordered = values if node.operator == "prod" else values[::-1]
    return reduce(algebra.multiply, ordered) if ordered else 1.0


def _derivative(node: s.Derivative, state: Point, indices: Indices) -> Value:
    return algebra.lift(state.derivative(node, indices), state.convention)


def _bracket(node: s.Bracket, state: Point, indices: Indices) -> Value:
    return 1.0 if all(holds(c, state, indices) for c in node.conditions) else ZERO


def _cases(node: s.Cases, state: Point, indices: Indices) -> Value:
    true = [value for value, condition in node.rows if condition is not None and holds(condition, state, indices)]
    otherwise = [value for value, condition in node.rows if condition is None]
    if len(true) > 1:
        raise Fault(node, "two cases hold at once", "make the conditions exclude each other")
    if not true + otherwise:
        raise Fault(node, "no case holds here", r"cover every index, or add \text{otherwise}")
    return evaluate((true + otherwise)[0], state, indices)


def _relation(node: s.Relation, state: Point, indices: Indices) -> Value:
    raise Fault(node, "a relation has no value here", "put it into an Iverson bracket")


_RULES: dict[type[s.Node], Callable[[Any, Point, Indices], Value]] = {
    s.Number: _number, s.Constant: _constant, s.Index: _index, s.Size: _size, s.Quantity: _quantity, s.Plus: _plus,
    s.Negative: _negative, s.Times: _times, s.Hadamard: _hadamard, s.Quotient: _quotient,
    s.Power: _power, s.Transpose: _transpose, s.Entry: _entry, s.Call: _call, s.Norm: _norm,
    s.Big: _big, s.Derivative: _derivative, s.Bracket: _bracket, s.Cases: _cases, s.Relation: _relation,
}  # fmt: skip
