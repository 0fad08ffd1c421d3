"""The function behind an equation: called with what its docstring says, compared with the oracle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnwb.equations import affine, algebra
from rnnwb.equations import syntax as s
from rnnwb.equations.blocks import Block
from rnnwb.equations.compare import assignments, counts_time, free_symbols
from rnnwb.equations.docstrings import Described, Documented, documented
from rnnwb.equations.evaluate import Fault, evaluate, whole
from rnnwb.equations.pages import Chapter
from rnnwb.equations.resolve import read
from rnnwb.equations.source import EquationError, Source
from rnnwb.equations.state import State
from rnnwb.equations.unify import Binding, unify
from rnnwb.equations.verdict import Comparison, Pair, judge, steps_of

Array = NDArray[Any]


@dataclass(frozen=True)
class Read:
    """A described value with its tree in the symbols of the page."""

    described: Described
    tree: s.Node
    shape: tuple[s.Node, ...]


def linked(block: Block) -> Documented:
    """The function that a block names.

    Raises:
        EquationError: at the block, if there is none or its docstring is not complete.
    """
    try:
        return documented(block.function or "")
    except EquationError as problem:
        raise EquationError(f"{block.page}:{block.line}: {block.name}: {problem}") from None


def compare_function(
    chapter: Chapter, block: Block, equation: s.Equation, domains: Sequence[s.Domain], states: Sequence[State]
) -> Comparison:
    """Call the function of a block at every index and compare all that it returns.

    Raises:
        EquationError: if the docstring cannot be read in the symbols of the page, or does not speak
            of the equation's left side.
    """
    link = Link(chapter, block, equation)
    samples = []
    shapes = ""
    for state in states:
        samples.append(list(link.pairs(domains, state)))
        shapes = shapes or link.shapes
    clocks = [x.name for x in free_symbols(equation.chain.sides[0]) if counts_time(x)]
    comparison = judge(samples, "=", [])
    steps = steps_of(samples[0], clocks)
    report = (
        f"the function {block.function} disagrees with the equation\n{shapes}\n{comparison.report}"
        if not comparison.holds
        else ""
    )
    return Comparison(comparison.values, steps, comparison.worst, comparison.holds, comparison.failing, report=report)


class Link:
    """A function's docstring read in the symbols of one page."""

    def __init__(self, chapter: Chapter, block: Block, equation: s.Equation) -> None:
        self.block, self.equation = block, equation
        self.function = linked(block)
        self.scope = chapter.prose
        self.arguments = [self._read(each) for each in self.function.arguments]
        self.returns = [self._read(each) for each in self.function.returns]
        self.binding = self._binding()
        self.shapes = ""
        self._check_arguments()

    def _read(self, described: Described) -> Read:
        tree = read(described.tex, self.scope, "sum")
        shape = tuple(
            read(Source(size, described.tex.page, described.tex.line), self.scope, "sum") for size in described.shape
        )
        return Read(described, tree, shape)

    def _binding(self) -> Binding:
        left = self.equation.chain.sides[0]
        for result in self.returns:
            binding = unify(result.tree, left)
            if binding is not None:
                return binding
        said = " and ".join(r.described.tex.text for r in self.returns)
        raise self.block.source.error(
            left.at, f"{self.function.name} returns {said}, which is not this left side",
            "the left side is what the function returns, an entry of it or an instance",
        )  # fmt: skip

    def _check_arguments(self) -> None:
        left = self.equation.chain.sides[0]
        for argument in self.arguments:
            if argument.tree == left or any(_covers(argument.tree, r.tree) for r in self.returns):
                raise self.block.source.error(
                    left.at, f"{self.function.name} is given the left side itself, as {argument.described.name}",
                    "a function computes the left side from other quantities",
                )  # fmt: skip
            free = s.free_indices(argument.tree) - self.binding.keys()
            if free:
                raise argument.described.tex.error(
                    0,
                    f"the index {sorted(free)[0]} is not fixed by what is returned",
                    "use the letters of the Returns section",
                )

    def pairs(self, domains: Sequence[s.Domain], state: State) -> Iterator[Pair]:
        """Expected and returned values, once for each assignment that the function can see."""
        left = self.equation.chain.sides[0]
        used = [d for d in domains if d.index.symbol in free_symbols(left)]
        seen = set()
        for indices in self._assignments(left, used, state):
            bound = {letter: affine.value(form, {**state.sizes, **indices}) for letter, form in self.binding.items()}
            if (key := tuple(bound.items())) not in seen:
                seen.add(key)
                yield from self._called(bound, state)

    def _assignments(self, left: s.Node, domains: Sequence[s.Domain], state: State) -> Iterator[dict[str, int]]:
        try:
            yield from assignments(left, domains, state)
        except Fault as fault:
            raise self.block.source.error(fault.node.at, fault.reason, fault.mend) from None

    def _called(self, bound: dict[str, int], state: State) -> Iterator[Pair]:
        arguments = {a.described.name: self._value(a, bound, state) for a in self.arguments}
        self.shapes = "arguments: " + ", ".join(f"{k} {np.shape(v)}" for k, v in arguments.items())
        expected = [np.asarray(self._value(r, bound, state)) for r in self.returns]
        results = self._results(arguments)
        for wanted, result in zip(expected, results, strict=True):
            got = self._array(result)
            if got.shape != wanted.shape:
                raise self._complaint(f"returned shape {got.shape}, its docstring and the page say {wanted.shape}")
            if got.dtype.kind not in "biuf" or not np.isfinite(got).all():
                raise self._complaint("returned values that are not finite real numbers")
            yield Pair(bound, wanted, got)

    def _array(self, result: Any) -> Array:
        try:
            return np.asarray(result)
        except ValueError:
            raise self._complaint("returned something that is no array") from None

    def _results(self, arguments: dict[str, Any]) -> Sequence[Any]:
        try:
            result = self.function.call(**arguments)
        except Exception as failure:
            raise self._complaint(f"raised {type(failure).__name__}: {failure}") from failure
        results = (result,) if len(self.returns) == 1 else result
        if not isinstance(results, tuple | list):
            raise self._complaint(f"returned one value, its docstring describes {len(self.returns)}")
        if len(results) != len(self.returns):
            raise self._complaint(f"returned {len(results)} values, its docstring describes {len(self.returns)}")
        return tuple(results)

    def _complaint(self, what: str) -> EquationError:
        block = self.block
        said = f"{self.function.name} {what}\n  {self.shapes}\n  mend: correct the function, or its docstring"
        return EquationError(f"{block.page}:{block.line}: {block.name}: {said}")

    def _value(self, what: Read, bound: dict[str, int], state: State) -> Any:
        try:
            shape = tuple(whole(size, state, {}) for size in what.shape)
            found = evaluate(what.tree, state, bound)
            value = np.zeros(shape) if found is algebra.ZERO else algebra.plain(found)
        except Fault as fault:
            raise what.described.tex.error(fault.node.at, fault.reason, fault.mend) from None
        if value.shape != shape:
            said = ", ".join(what.described.shape)
            raise what.described.tex.error(
                0,
                f"the docstring says shape ({said}) = {shape}, the page gives {value.shape}",
                "correct the docstring or the formula",
            )
        if value.ndim:
            return np.array(value)
        counts = all(isinstance(n, s.Index | s.Size | s.Number | s.Plus) for n in s.walk(what.tree))
        return int(value) if counts else float(value)


def _covers(argument: s.Node, result: s.Node) -> bool:
    """Whether an argument is what is returned, or holds it as an entry or a step."""
    same: Binding = {name: {name: 1.0} for name in s.free_indices(argument) | s.free_indices(result)}
    return unify(argument, result, same) is not None
