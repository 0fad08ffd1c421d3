"""Two sides of a relation, compared at every assignment of the free indices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnwb.equations import algebra
from rnnwb.equations import syntax as s
from rnnwb.equations.algebra import ZERO, Value
from rnnwb.equations.evaluate import Fault, evaluate, holds
from rnnwb.equations.source import Source
from rnnwb.equations.state import State
from rnnwb.equations.symbols import Symbol
from rnnwb.equations.verdict import Comparison, Pair, judge

Array = NDArray[Any]
Assignment = dict[str, int]


def compare(source: Source, link: s.Relation, domains: Sequence[s.Domain], states: Sequence[State]) -> Comparison:
    """Compare the sides of one relation at every index, in every sample.

    Args:
        source: the TeX of the equation, for messages.
        link: two sides and their operator.
        domains: stated ranges of free indices.
        states: the samples.

    Raises:
        EquationError: if a side has no value, or the two have different shapes.
    """
    try:
        samples = [list(_pairs(link, domains, state)) for state in states]
    except Fault as fault:
        raise source.error(fault.node.at, fault.reason, fault.mend) from None
    clocks = [x.name for x in free_symbols(link) if counts_time(x)]
    return judge(samples, link.operators[0], clocks, against_zero=s.Number(0) in link.sides)


def _pairs(link: s.Relation, domains: Sequence[s.Domain], state: State) -> Iterator[Pair]:
    for indices in assignments(link, domains, state):
        with np.errstate(all="ignore"):
            left, right = (evaluate(side, state, indices) for side in link.sides)
        yield _pair(link, indices, left, right)


def _pair(link: s.Relation, indices: Assignment, left: Value, right: Value) -> Pair:
    free = [s.Number(0) == side or value is ZERO for side, value in zip(link.sides, (left, right), strict=True)]
    if algebra.shape(left) != algebra.shape(right) and not any(free):
        shapes = f"the left side has shape {algebra.shape(left)}, the right side {algebra.shape(right)}"
        raise Fault(link, shapes + _at(indices), "make both sides one shape")
    sides = [np.real(algebra.plain(value)) for value in (left, right)]
    a, b = np.broadcast_arrays(*sides)
    if not (np.isfinite(a).all() and np.isfinite(b).all()):
        raise Fault(link, f"a side is not finite{_at(indices)}", "restrict the range, or the domain of an input")
    return Pair(indices, a, b)


def _at(indices: Assignment) -> str:
    return " at " + ", ".join(f"{k} = {v}" for k, v in indices.items()) if indices else ""


def free_symbols(node: s.Node) -> list[Symbol]:
    """The free indices of a formula, in the order in which they appear."""
    names = s.free_indices(node)
    return list(dict.fromkeys(n.symbol for n in s.walk(node) if isinstance(n, s.Index) and n.symbol.name in names))


def counts_time(index: Symbol) -> bool:
    """Whether an index starts at 0, as time steps do."""
    return index.bounds is not None and index.bounds[0] == s.Number(0)


def assignments(node: s.Node, domains: Sequence[s.Domain], state: State) -> Iterator[Assignment]:
    """Every assignment of the free indices of `node` within the stated ranges.

    Raises:
        Fault: if a range is stated for an index that does not stand free.
    """
    letters = free_symbols(node)
    for domain in domains:
        if domain.index.symbol not in letters:
            raise Fault(
                domain,
                f"a range for {domain.index.symbol.tex}, which does not stand free here",
                "remove it, or use the index",
            )
    conditions = [c for domain in domains for c in domain.conditions]
    spans = [_span(letter, conditions, state) for letter in letters]
    for values in product(*spans):
        indices = {letter.name: value for letter, value in zip(letters, values, strict=True)}
        if all(holds(condition, state, indices) for condition in conditions):
            yield indices


def _span(letter: Symbol, conditions: Sequence[s.Relation], state: State) -> Sequence[int]:
    """The declared range, or the stated one where it is stated."""
    span = state.span(letter)
    own = [c for c in conditions if s.free_indices(c) == {letter.name}]
    reach = range(span.start - 12, span.stop + 12)
    inside = [i for i in reach if all(holds(c, state, {letter.name: i}) for c in own)]
    low = reach.start if own and reach.start not in inside else span.start
    high = reach.stop if own and reach.stop - 1 not in inside else span.stop
    return [i for i in inside if low <= i < high]
