"""The syntax tree of an equation. Positions (`at`) do not take part in comparisons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rnnwb.equations.symbols import Symbol


@dataclass(frozen=True)
class Node:
    at: int = field(compare=False, kw_only=True, default=0)

    @cached_property
    def free(self) -> frozenset[str]:
        """Names of the index letters that no sum or product binds."""
        return frozenset[str]().union(*(child.free for child in children(self)))


@dataclass(frozen=True)
class Number(Node):
    value: float


@dataclass(frozen=True, eq=False)
class Constant(Node):
    """A value in the place of what it is the value of."""

    value: Any


@dataclass(frozen=True)
class Index(Node):
    """An index letter, free or bound."""

    symbol: Symbol

    @cached_property
    def free(self) -> frozenset[str]:
        return frozenset({self.symbol.name})


@dataclass(frozen=True)
class Size(Node):
    symbol: Symbol


@dataclass(frozen=True)
class Quantity(Node):
    """A declared quantity: `times` is None for a whole sequence, `parts` for a whole array."""

    symbol: Symbol
    times: tuple[Node, ...] | None
    parts: tuple[Node, ...] | None


@dataclass(frozen=True)
class Plus(Node):
    left: Node
    right: Node
    sign: int


@dataclass(frozen=True)
class Negative(Node):
    operand: Node


@dataclass(frozen=True)
class Times(Node):
    factors: tuple[Node, ...]


@dataclass(frozen=True)
class Hadamard(Node):
    factors: tuple[Node, ...]


@dataclass(frozen=True)
class Quotient(Node):
    numerator: Node
    denominator: Node


@dataclass(frozen=True)
class Power(Node):
    base: Node
    exponent: Node


@dataclass(frozen=True)
class Transpose(Node):
    operand: Node


@dataclass(frozen=True)
class Entry(Node):
    """An entry of a bracketed matrix expression."""

    operand: Node
    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Call(Node):
    function: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True)
class Norm(Node):
    which: str
    operand: Node


@dataclass(frozen=True)
class Big(Node):
    """A sum, product, reversed product or maximum over a printed range; `picks` as in `picking`."""

    operator: str
    index: Index
    lower: Node
    upper: Node
    body: Node
    picks: bool = field(compare=False, default=False)

    @cached_property
    def free(self) -> frozenset[str]:
        return self.lower.free | self.upper.free | (self.body.free - self.index.free)


@dataclass(frozen=True)
class Derivative(Node):
    numerator: Node
    variable: Quantity
    immediate: bool


@dataclass(frozen=True)
class Relation(Node):
    """A chain of comparisons: one more side than operators."""

    operators: tuple[str, ...]
    sides: tuple[Node, ...]


@dataclass(frozen=True)
class Bracket(Node):
    """An Iverson bracket: 1 where every condition holds, otherwise a strong zero."""

    conditions: tuple[Relation, ...]


@dataclass(frozen=True)
class Cases(Node):
    """Pairs of value and condition; a condition of None stands for `otherwise`."""

    rows: tuple[tuple[Node, Relation | None], ...]


@dataclass(frozen=True)
class Domain(Node):
    """A printed range of a free index, `\\forall` clause or option alike."""

    index: Index
    conditions: tuple[Relation, ...]


@dataclass(frozen=True)
class Equation(Node):
    chain: Relation
    domains: tuple[Domain, ...]


def children(node: Node) -> Iterator[Node]:
    """The nodes directly below `node`."""
    for each in fields(node):
        yield from _nodes(getattr(node, each.name))


def walk(node: Node) -> Iterator[Node]:
    """`node` and every node below it."""
    yield node
    for child in children(node):
        yield from walk(child)


def _nodes(value: object) -> Iterator[Node]:
    if isinstance(value, Node):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _nodes(item)


def free_indices(node: Node) -> frozenset[str]:
    """Names of the index letters in `node` that no sum or product binds."""
    return node.free
