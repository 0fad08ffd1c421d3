"""Values of every quantity at one sampled point, and derivatives by complex step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnwb.equations import algebra
from rnnwb.equations import syntax as s
from rnnwb.equations.algebra import ShapeError
from rnnwb.equations.evaluate import Fault, Indices, evaluate, holds, whole
from rnnwb.equations.model import Definition, Model
from rnnwb.equations.sampling import draw
from rnnwb.equations.symbols import Symbol

STEP = 1e-30
Key = tuple[Symbol, tuple[int, ...]]
Step = frozenset[tuple[str, int]]
Array = NDArray[Any]


@dataclass(frozen=True)
class Change:
    """One entry of one quantity moved along the imaginary axis; `step` is all that follows it.

    With no step, every dependent quantity is recomputed (total derivative); with one, only those of
    that step (immediate derivative).
    """

    key: Key
    entry: tuple[int, ...]
    step: Step | None


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
        self._values: dict[Key, Array] = {}
        self._busy: list[Key] = []
        self._changed: dict[Change, State] = {}
        self._derivatives: dict[tuple[Any, ...], Array] = {}

    def value(self, node: s.Quantity, times: tuple[int, ...]) -> Array:
        """The whole array of a quantity at `times`.

        Raises:
            Fault: if a time is outside the declared range.
        """
        key = (node.symbol, times)
        if key not in self._values:
            self._check_times(node, times)
            self._values[key] = self._compute(node, key)
        return self._values[key]

    def sequence(self, symbol: Symbol) -> Array:
        """The quantity at every step of its index's range, time first."""
        node = s.Quantity(symbol, None, None)
        return np.array([self.value(node, times) for times in self.times_of(symbol)])

    def times_of(self, symbol: Symbol) -> Iterator[tuple[int, ...]]:
        """The steps of a whole sequence."""
        spans = [self.span(clock) for clock in symbol.clocks]
        offset = np.array([span.start for span in spans], int)
        for steps in np.ndindex(*(len(span) for span in spans)):
            yield tuple((np.array(steps, int) + offset).tolist())

    def span(self, index: Symbol) -> range:
        """The declared range of an index."""
        assert index.bounds is not None
        low, high = (whole(bound, self, {}) for bound in index.bounds)
        return range(low, high + 1)

    def shape(self, symbol: Symbol) -> tuple[int, ...]:
        """The shape of a quantity in numbers."""
        return tuple(whole(size, self, {}) for size in symbol.shape)

    def entry(self, node: s.Quantity, indices: Indices) -> tuple[int, ...]:
        """Offsets (from 0) of the entry that `node` names."""
        parts = tuple(whole(part, self, indices) for part in node.parts or ())
        for part, size, printed in zip(parts, self.shape(node.symbol), node.parts or (), strict=True):
            if not 1 <= part <= size:
                raise Fault(printed, f"component {part} of {node.symbol.tex}, which has {size}", "components run from 1 to the size")
        return tuple(part - 1 for part in parts)

    def derivative(self, node: s.Derivative, indices: Indices) -> Array:
        """A total or immediate derivative: the numerator's axes first, then the variable's."""
        if self.change is not None:
            raise Fault(node, "a derivative of a derivative", "an abbreviation of a derivative is a value; write the quantity it abbreviates")
        numerator, variable = node.numerator, node.variable
        step = self._step_of(numerator, indices) if node.immediate else None
        if variable.times is None:
            steps = [self._one(numerator, variable, times, None, step, indices) for times in self.times_of(variable.symbol)]
            return np.array(steps)
        times = tuple(whole(time, self, indices) for time in variable.times)
        entry = None if variable.parts is None else self.entry(variable, indices)
        return self._one(numerator, variable, times, entry, step, indices)

    def _one(
        self, numerator: s.Node, variable: s.Quantity, times: tuple[int, ...],
        entry: tuple[int, ...] | None, step: Step | None, indices: Indices,
    ) -> Array:  # fmt: skip
        key = (variable.symbol, times)
        at = np.shape(self.value(variable, times))
        entries = [entry] if entry is not None else list(np.ndindex(*at))
        columns = [self._slope(numerator, Change(key, each, step), indices) for each in entries]
        rest = () if entry is not None else at
        return np.moveaxis(np.array(columns), 0, -1).reshape(np.shape(columns[0]) + rest)

    def _slope(self, numerator: s.Node, change: Change, indices: Indices) -> Array:
        free = {name: value for name, value in indices.items() if name in s.free_indices(numerator)}
        memo = (numerator, change, tuple(sorted(free.items())))
        if memo not in self._derivatives:
            value = algebra.plain(evaluate(numerator, self._moved(change), free))
            self._derivatives[memo] = np.imag(value) / STEP
        return self._derivatives[memo]

    def _moved(self, change: Change) -> State:
        if change not in self._changed:
            self._changed[change] = State(self.model, self.sizes, self.seed, self.domains, self, change)
        return self._changed[change]

    def _compute(self, node: s.Quantity, key: Key) -> Array:
        if self.base is not None and self.change is not None:
            if key == self.change.key:
                moved = self.base.value(node, key[1]).astype(complex)
                moved[self.change.entry] += STEP * 1j
                return moved
            if self._is_held(key):
                return self.base.value(node, key[1])
        return self._defined(node, key)

    def _is_held(self, key: Key) -> bool:
        """Whether the change leaves this quantity as it was in the base state."""
        assert self.change is not None
        if self.change.key[0] not in self.model.reaches(key[0]):
            return True
        return self.change.step is not None and bool(key[1]) and _step(key) != self.change.step

    def _defined(self, node: s.Quantity, key: Key) -> Array:
        matches = [(d, env) for d in self.model.by_symbol.get(key[0], ()) if (env := self._matches(d, key[1])) is not None]
        if len(matches) > 1:
            names = " and ".join(d.name for d, _ in matches)
            raise Fault(node, f"{key[0].tex} at {key[1]} is defined twice, by {names}", "give each its own range with `for:`")
        if not matches:
            symbol = key[0]
            domain = self.domains.get(symbol.name, symbol.domain)
            return draw(symbol.name, key[1], self.shape(symbol), domain, self.seed)
        if key in self._busy:
            circle = " → ".join(k[0].name for k in [*self._busy[self._busy.index(key):], key])
            raise Fault(node, f"defined in a circle: {circle}", "a definition may rest only on what comes before it")
        self._busy.append(key)
        try:
            return self._follow(*matches[0])
        finally:
            self._busy.pop()

    def _matches(self, definition: Definition, times: tuple[int, ...]) -> dict[str, int] | None:
        indices: dict[str, int] = {}
        for printed, time in zip(definition.target.times or (), times, strict=True):
            if isinstance(printed, s.Index):
                indices[printed.symbol.name] = time
                if time not in self.span(printed.symbol):
                    return None
            elif whole(printed, self, {}) != time:
                return None
        conditions = [c for domain in definition.domains for c in domain.conditions]
        bound = [c for c in conditions if s.free_indices(c) <= indices.keys()]
        return indices if all(holds(c, self, indices) for c in bound) else None

    def _follow(self, definition: Definition, indices: dict[str, int]) -> Array:
        """The array that a definition gives, entry by entry or whole, as it is printed."""
        target, shape = definition.target, self.shape(definition.target.symbol)
        try:
            if target.parts is None:
                return algebra.natural(evaluate(definition.right, self, indices), shape, self.convention)
            letters = [part.symbol.name for part in target.parts if isinstance(part, s.Index)]
            entries = [
                algebra.number(evaluate(definition.right, self, {**indices, **{n: i + 1 for n, i in zip(letters, at, strict=True)}}))
                for at in np.ndindex(*shape)
            ]
            return np.array(entries).reshape(shape)
        except ShapeError as problem:
            raise definition.source.error(definition.right.at, str(problem), "make both sides one shape") from None
        except Fault as fault:
            raise definition.source.error(fault.node.at, fault.reason, fault.mend) from None

    def _step_of(self, numerator: s.Node, indices: Indices) -> Step:
        if not isinstance(numerator, s.Quantity) or not numerator.times:
            raise Fault(numerator, "∂⁺ of something that belongs to no single step", "use ∂, or a quantity with a time index")
        times = tuple(whole(time, self, indices) for time in numerator.times)
        return _step((numerator.symbol, times))

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


def _step(key: Key) -> Step:
    """The steps that a quantity belongs to: each with the size that ends its clock."""
    symbol, times = key
    ends = (clock.bounds[1] if clock.bounds else None for clock in symbol.clocks)
    return frozenset((end.symbol.name if isinstance(end, s.Size) else str(end), t) for end, t in zip(ends, times, strict=True))
