"""Values of every quantity at one sampled point, and at small perturbations of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import product
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnwb.equations import algebra, slopes
from rnnwb.equations import syntax as s
from rnnwb.equations.algebra import Value
from rnnwb.equations.evaluate import Fault, Indices, evaluate, whole
from rnnwb.equations.follow import given, matched
from rnnwb.equations.lanes import Lanes
from rnnwb.equations.model import Model
from rnnwb.equations.perturbation import Change, Key, perturbed, step_of
from rnnwb.equations.sampling import draw
from rnnwb.equations.symbols import Symbol

Array = NDArray[Any]


class State:
    """A sample of the inputs, and whatever the definitions make of it, computed on demand."""

    def __init__(
        self, model: Model, sizes: Mapping[str, int], seed: int,
        domains: Mapping[str, str] | None = None, base: State | None = None, change: Change | None = None,
    ) -> None:  # fmt: skip
        self.model, self.sizes, self.seed = model, sizes, seed
        self.domains = dict(domains or {})
        self.convention = model.scope.convention
        self.base, self.change = base, change
        self.derivatives: dict[tuple[Any, ...], Array] = {}
        self._values: dict[Key, Array] = {}
        self._reads: dict[Key, frozenset[Key]] = {}
        self._busy: list[tuple[Key, set[Key]]] = []
        self._moved: dict[Change, State] = {}
        self._shapes: dict[Symbol, tuple[int, ...]] = base._shapes if base else {}
        self._spans: dict[Symbol, range] = base._spans if base else {}

    @cached_property
    def copies(self) -> int:
        """How many perturbations each value carries."""
        return 1 if self.change is None else prod(self.shape(self.change.key[0]))

    def quantity(self, node: s.Quantity, indices: Indices) -> Value:
        """A quantity as it is printed: a whole sequence, the array of a step, or an entry."""
        if node.times is None:
            return algebra.lift(self.sequence(node.symbol), self.convention)
        array = self.value(node, tuple([whole(time, self, indices) for time in node.times]))
        if node.parts is None:
            return algebra.lift(array, self.convention)
        return algebra.pick(array, self.entry(node, indices))

    def value(self, node: s.Quantity, times: tuple[int, ...]) -> Array:
        """The whole array of a quantity at `times`.

        Raises:
            Fault: if a time is outside the declared range.
        """
        key = (node.symbol, times)
        if key not in self._values:
            self._check_times(node, times)
            self._values[key] = self._traced(node, key) if self.base is None else self._compute(node, key)
        if self._busy:
            self._busy[-1][1].update(self._reads[key], (key,))
        return self._values[key]

    def reads(self, node: s.Quantity, times: tuple[int, ...]) -> frozenset[Key]:
        """Every quantity, with its step, that the value of this one was computed from."""
        self.value(node, times)
        return self._reads[node.symbol, times]

    def sequence(self, symbol: Symbol) -> Array:
        """The quantity at every step of its index's range, time first."""
        node = s.Quantity(symbol, None, None)
        return np.array([self.value(node, times) for times in self.times_of(symbol)])

    def times_of(self, symbol: Symbol) -> Iterator[tuple[int, ...]]:
        """The steps of a whole sequence."""
        return product(*(self.span(clock) for clock in symbol.clocks))

    def span(self, index: Symbol) -> range:
        """The declared range of an index."""
        if index not in self._spans:
            assert index.bounds is not None
            low, high = (whole(bound, self, {}) for bound in index.bounds)
            self._spans[index] = range(low, high + 1)
        return self._spans[index]

    def shape(self, symbol: Symbol) -> tuple[int, ...]:
        """The shape of a quantity in numbers."""
        if symbol not in self._shapes:
            self._shapes[symbol] = tuple(whole(size, self, {}) for size in symbol.shape)
        return self._shapes[symbol]

    def entry(self, node: s.Quantity, indices: Indices) -> tuple[int, ...]:
        """Offsets (from 0) of the entry that `node` names."""
        offsets = []
        for printed, size in zip(node.parts or (), self.shape(node.symbol), strict=True):
            part = whole(printed, self, indices)
            if not 1 <= part <= size:
                raise Fault(
                    printed,
                    f"component {part} of {node.symbol.tex}, which has {size}",
                    "components run from 1 to the size",
                )
            offsets.append(part - 1)
        return tuple(offsets)

    def derivative(self, node: s.Derivative, indices: Indices) -> Array:
        """A total or immediate derivative: the numerator's axes first, then the variable's."""
        return slopes.derivative(node, self, indices)

    def moved(self, change: Change) -> State:
        """The state in which every entry of one quantity is perturbed."""
        if change not in self._moved:
            self._moved[change] = State(self.model, self.sizes, self.seed, self.domains, self, change)
        return self._moved[change]

    def beside(self, letter: str, span: range) -> Lanes:
        """A lane for each value of a letter."""
        return Lanes(self, {letter: np.arange(span.start, span.stop)}, (len(span),))

    def _traced(self, node: s.Quantity, key: Key) -> Array:
        """The value, with a note of all that it was computed from."""
        self._check_circle(node, key)
        self._busy.append((key, set()))
        try:
            return self._compute(node, key)
        finally:
            self._reads[key] = frozenset(self._busy.pop()[1])

    def _compute(self, node: s.Quantity, key: Key) -> Array:
        if self.base is not None and self.change is not None:
            if key == self.change.key:
                return perturbed(self.base.value(node, key[1]))
            if self._is_held(node, key):
                return self.base.value(node, key[1])
        return self._defined(node, key)

    def _is_held(self, node: s.Quantity, key: Key) -> bool:
        """Whether the change leaves this quantity as it was in the base state."""
        assert self.change is not None
        assert self.base is not None
        if self.change.key not in self.base.reads(node, key[1]):
            return True
        return self.change.step is not None and bool(key[1]) and step_of(key) != self.change.step

    def _defined(self, node: s.Quantity, key: Key) -> Array:
        symbol, times = key
        matches = [
            (d, env) for d in self.model.by_symbol.get(symbol, ()) if (env := matched(d, times, self)) is not None
        ]
        if len(matches) > 1:
            names = " and ".join(d.name for d, _ in matches)
            raise Fault(
                node, f"{symbol.tex} at {times} is defined twice, by {names}", "give each its own range with `for:`"
            )
        if matches:
            return given(*matches[0], self)
        self._check_left_out(node, key)
        return self._drawn(symbol, times)

    def _drawn(self, symbol: Symbol, times: tuple[int, ...]) -> Array:
        domain = self.domains.get(symbol.name, symbol.domain)
        clocks = (x for x in self.model.scope.symbols.values() if x.bounds and x.bounds[0] == s.Number(0))
        bounds = (0.0, min((self.span(x).stop - 1.0 for x in clocks), default=3.0)) if domain == "step" else None
        if symbol.interval is not None and domain in ("", "step"):
            low, high = (algebra.real(evaluate(bound, self, {})) for bound in symbol.interval)
            bounds = (low, high)
        return draw(symbol.name, times, self.shape(symbol), domain, self.seed, bounds)

    def _check_circle(self, node: s.Quantity, key: Key) -> None:
        busy = [k for k, _ in self._busy]
        if key in busy:
            circle = " → ".join(k[0].name for k in [*busy[busy.index(key) :], key])
            raise Fault(node, f"defined in a circle: {circle}", "a definition may rest only on what comes before it")

    def _check_left_out(self, node: s.Quantity, key: Key) -> None:
        """Only what comes before the first defined step is an initial value."""
        symbol, times = key
        if len(times) != 1 or times[0] not in (span := self.span(symbol.clocks[0])):
            return
        for definition in self.model.by_symbol.get(symbol, ()):
            if any(matched(definition, (earlier,), self) is not None for earlier in range(span.start, times[0])):
                raise Fault(
                    node, f"{symbol.tex} at {symbol.clocks[0].tex} = {times[0]} is left out by {definition.name}",
                    "a definition may leave out its first steps alone, as initial values; define this one too",
                )  # fmt: skip

    def _check_times(self, node: s.Quantity, times: tuple[int, ...]) -> None:
        low, high = node.symbol.extended
        for clock, time in zip(node.symbol.clocks, times, strict=True):
            span = self.span(clock)
            first = span.start if low is None else whole(low, self, {})
            last = span.stop - 1 if high is None else whole(high, self, {})
            if not first <= time <= last:
                raise Fault(
                    node, f"{node.symbol.tex} at {clock.tex} = {time} is outside its range {first} … {last}",
                    "state a range (`for: 0 <= t < T`) or multiply by a bracket such as [t < T]",
                )  # fmt: skip
