"""One instance of an equation with the numbers of a tiny network in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnwb.equations import algebra
from rnnwb.equations import syntax as s
from rnnwb.equations.blocks import Block
from rnnwb.equations.compare import assignments
from rnnwb.equations.evaluate import Fault, evaluate
from rnnwb.equations.expand import NOTHING, expanded
from rnnwb.equations.options import read_options
from rnnwb.equations.pages import Chapter
from rnnwb.equations.sizes import chosen_sizes
from rnnwb.equations.source import EquationError
from rnnwb.equations.state import State
from rnnwb.equations.substitute import leaves, numbered, rounded, shortened
from rnnwb.equations.symbols import Symbol
from rnnwb.equations.written import Writer

TINY = 2
MOST = 20
"""Symbols or numbers on one side; where there would be more, inner operations are shown by their values."""
TRIED = 40
SIGNIFICANT = 3
TELLING = 1e-3
"""How far the sides of a false equation are apart, at least, in the instance that is shown."""
Array = NDArray[Any]


@dataclass(frozen=True)
class Side:
    """One side: its symbols (nothing, if they are too many), the numbers in their place, and its value."""

    symbols: str
    numbers: str
    value: str


@dataclass(frozen=True)
class Instance:
    """An equation at one assignment of its free indices, in a network of the given sizes."""

    indices: dict[str, int]
    sizes: dict[str, int]
    operators: tuple[str, ...]
    sides: tuple[Side, ...]


class TinyState(State):
    """A sample whose inputs are numbers of one digit, where that leaves them in their domain."""

    def _drawn(self, symbol: Symbol, times: tuple[int, ...]) -> Array:
        array = super()._drawn(symbol, times)
        domain = self.domains.get(symbol.name, symbol.domain)
        short = np.round(array, 1)
        if domain == "simplex":
            short[..., -1] = np.round(1 - short[..., :-1].sum(-1), 1)
        kept = domain in ("", "positive", "simplex", "diagonal") and np.all((short != 0) == (array != 0))
        return short if kept and self._admits(symbol, short) else array

    def _admits(self, symbol: Symbol, array: Array) -> bool:
        if symbol.interval is None:
            return True
        low, high = (algebra.real(evaluate(bound, self, {})) for bound in symbol.interval)
        return bool(np.all((low < array) & (array < high)))


class Instances:
    """The instances of a page's equations, in one tiny network."""

    def __init__(self, chapter: Chapter, seed: int = 0) -> None:
        self.chapter, self.seed = chapter, seed
        self._states: dict[str, State] = {}

    def of(self, block: Block) -> Instance:
        """An instance of the equation of a block, printed so that it can be recomputed by hand.

        All sizes are 2 where the equation has a meaning with them, otherwise one of them is 3, otherwise
        they are those of a check.
        What the printed numbers give, rounded, is the printed value; on the two sides of an equals sign
        that holds it is the same.

        Raises:
            EquationError: if there is no such instance.
        """
        problem: Exception | None = None
        for sizes in _small(chosen_sizes(self.chapter, {})):
            try:
                return self._instance(block, sizes)
            except (Fault, EquationError) as failure:
                problem = failure
        raise EquationError(f"{block.page}:{block.line}: {block.name} has no small instance: {problem}")

    def _instance(self, block: Block, sizes: dict[str, int]) -> Instance:
        equation, options = self.chapter.equations[block.name], read_options(block, self.chapter.scope)
        state = self._state(sizes, options.given)
        false = block.kind == "false"
        ranges = (*equation.domains, *(options.fails if false else options.domains))
        indices, trees = _telling(equation.chain, ranges, state, to_fail=false)
        worked = [_Worked(tree, state) for tree in trees]
        sides = _printed(worked, _decimals(worked, false), Writer(self.chapter.scope))
        used = {n.symbol.name for n in _sizes(equation)}
        return Instance(indices, {k: v for k, v in sizes.items() if k in used}, equation.chain.operators, sides)

    def _state(self, sizes: dict[str, int], given: Mapping[str, str]) -> State:
        key = repr((sizes, given))
        if key not in self._states:
            self._states[key] = TinyState(self.chapter.model, sizes, self.seed, given)
        return self._states[key]


def _small(distinct: dict[str, int]) -> Iterator[dict[str, int]]:
    """Sizes to try, from small to larger."""
    tiny = dict.fromkeys(distinct, TINY)
    yield tiny
    yield from (tiny | {name: TINY + 1} for name in reversed(distinct))
    yield distinct


def _telling(
    chain: s.Relation, ranges: Sequence[s.Domain], state: State, to_fail: bool
) -> tuple[dict[str, int], list[s.Node]]:
    """The assignment that shows most: not zero, most terms, no first step, and different numbers for different letters."""
    candidates = []
    for indices in islice(assignments(chain, ranges, state), TRIED):
        trees = [expanded(side, state, indices) for side in chain.sides]
        shown = sum(leaves(tree) for tree in trees)
        later = sum(value > 0 for value in indices.values())
        candidates.append((NOTHING not in trees, shown, later, len(set(indices.values())), indices, trees))
    candidates.sort(key=lambda candidate: candidate[:4], reverse=True)
    for *_, indices, trees in candidates:
        values = [algebra.plain(evaluate(tree, state, {})) for tree in trees]
        gap = max(float(np.max(np.abs(values[0] - value))) for value in values)
        if gap > TELLING * np.max(np.abs(values[0])) if to_fail else np.any(values[0]):
            return indices, trees
    if to_fail or not candidates:
        raise EquationError("no index shows it")
    *_, indices, trees = candidates[0]
    return indices, trees


class _Worked:
    """One side with numbers in the place of its symbols."""

    def __init__(self, tree: s.Node, state: State) -> None:
        self.tree, self.state = tree, state
        self.numbers = shortened(numbered(tree, state), state, MOST)
        self.exact = np.real(algebra.plain(evaluate(tree, state, {})))

    def value(self, digits: int) -> Array:
        """What the numbers give when each is rounded."""
        return np.asarray(algebra.plain(evaluate(rounded(self.numbers, digits), self.state, {})))


def _printed(sides: Sequence[_Worked], decimals: int, writer: Writer) -> tuple[Side, ...]:
    """All sides, with as few digits as make the printed numbers give the printed values."""
    values = [np.round(side.exact, decimals) for side in sides]
    for digits in range(SIGNIFICANT, 15):
        if all(
            np.array_equal(np.round(side.value(digits), decimals), v) for side, v in zip(sides, values, strict=True)
        ):
            return tuple(_side(side, value, digits, writer) for side, value in zip(sides, values, strict=True))
    raise EquationError("no number of digits is enough")


def _side(side: _Worked, value: Array, digits: int, writer: Writer) -> Side:
    symbols = writer.tex(side.tree) if leaves(side.tree) <= MOST else ""
    single = isinstance(side.numbers, s.Constant | s.Number)
    numbers = "" if single else writer.tex(rounded(side.numbers, digits))
    shaped = np.asarray(value)
    return Side(symbols, numbers, writer.tex(s.Constant(algebra.lift(shaped, side.state.convention))))


def _decimals(sides: Sequence[_Worked], false: bool) -> int:
    """Three significant digits of the largest number, or as many as tell a false equation from a true one."""
    largest = max(float(np.max(np.abs(side.exact))) for side in sides)
    decimals = SIGNIFICANT if largest == 0 else max(0, SIGNIFICANT - 1 - int(np.floor(np.log10(largest))))
    while false and len({np.round(side.exact, decimals).tobytes() for side in sides}) == 1 and decimals < 15:
        decimals += 1
    return decimals


def _sizes(node: s.Node) -> Iterator[s.Size]:
    """The sizes that a formula is about: those it mentions, and those of its quantities."""
    for each in s.walk(node):
        if isinstance(each, s.Size):
            yield each
        elif isinstance(each, s.Quantity):
            bounds = [clock.bounds[1] for clock in each.symbol.clocks if clock.bounds]
            for size in (*each.symbol.shape, *bounds):
                yield from (n for n in s.walk(size) if isinstance(n, s.Size))
