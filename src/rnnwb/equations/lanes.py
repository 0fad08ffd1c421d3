"""Entries and terms computed side by side: each value of a letter that only picks entries gets a lane.

The lanes lie in the axis in front of a value, the one that perturbations use. What comes out is what one
after the other would give, up to the order of sums.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from rnnwb.equations import algebra
from rnnwb.equations import syntax as s
from rnnwb.equations.algebra import Value
from rnnwb.equations.evaluate import Fault, Indices, whole

if TYPE_CHECKING:
    from rnnwb.equations.state import State

Array = NDArray[Any]


class Lanes:
    """What `evaluate` asks of a state, with a lane for each combination of values of some letters."""

    def __init__(self, state: State, values: dict[str, Array], shape: tuple[int, ...]) -> None:
        self.state, self.sizes, self.convention = state, state.sizes, state.convention
        self.values, self.shape, self.width = values, shape, int(np.prod(shape))

    def beside(self, letter: str, span: range) -> Lanes:
        """Each lane divided into one for each value of a further letter."""
        values = {name: each.repeat(len(span)) for name, each in self.values.items()}
        values[letter] = np.concatenate([np.arange(span.start, span.stop)] * self.width)
        return Lanes(self.state, values, (*self.shape, len(span)))

    def quantity(self, node: s.Quantity, indices: Indices) -> Value:
        """An entry in each lane, under each perturbation; a number where all are the same."""
        array = self.state.value(node, tuple([whole(time, self, indices) for time in node.times or ()]))
        entry = tuple([self._offset(node, axis, part, indices) for axis, part in enumerate(node.parts or ())])
        varies = any(not isinstance(offset, int) for offset in entry)
        if array.dtype.kind == "c":
            picked = array[(slice(None), *entry)]
            return np.ravel(picked) if varies else picked.repeat(self.width)
        if varies:
            return np.concatenate([array[entry].astype(complex)] * self.state.copies)
        return float(array[entry])

    def _offset(self, node: s.Quantity, axis: int, part: s.Node, indices: Indices) -> Any:
        size = self.state.shape(node.symbol)[axis]
        if isinstance(part, s.Index) and part.symbol.name in self.values:
            lanes: Any = self.values[part.symbol.name]
            inside = lanes.min() >= 1 and lanes.max() <= size
        else:
            lanes = whole(part, self, indices)
            inside = 1 <= lanes <= size
        if not inside:
            raise Fault(part, f"a component of {node.symbol.tex} beyond its size {size}")
        return lanes - 1

    def derivative(self, node: s.Derivative, indices: Indices) -> Array:
        return self.state.derivative(node, indices)

    def entries(self, value: Value) -> Array:
        """A value as an array: perturbations first, then one axis for each letter."""
        lanes = np.broadcast_to(algebra.number(value), self.state.copies * self.width)
        return lanes.reshape(self.state.copies, *self.shape)

    def total(self, value: Value) -> Value:
        """The sum over the letter that was put in last."""
        sums = self.entries(value).sum(-1)
        return np.ravel(sums) if self.state.change or len(self.shape) > 1 else float(sums[0].real)
