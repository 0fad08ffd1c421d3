"""Derivatives by complex step: no subtraction, so they are exact to rounding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from rnnwb.equations import algebra, perturbation
from rnnwb.equations import syntax as s
from rnnwb.equations.evaluate import Fault, Indices, evaluate, whole
from rnnwb.equations.perturbation import Change, Step, step_of

if TYPE_CHECKING:
    from rnnwb.equations.state import State

Array = NDArray[Any]


def derivative(node: s.Derivative, state: State, indices: Indices) -> Array:
    """A total or immediate derivative: the numerator's axes first, then the variable's.

    Args:
        node: numerator, variable and kind.
        state: the point.
        indices: the value of each free index.

    Raises:
        Fault: inside another derivative, or if an immediate derivative names no step.
    """
    if state.change is not None:
        raise Fault(
            node,
            "a derivative of a derivative",
            "an abbreviation of a derivative is a value; write the quantity it abbreviates",
        )
    variable = node.variable
    step = _step_of(node.numerator, state, indices) if node.immediate else None
    if variable.times is None:
        steps = state.times_of(variable.symbol)
        return np.array([_slope(node, state, times, step, indices) for times in steps])
    times = tuple(whole(time, state, indices) for time in variable.times)
    slope = _slope(node, state, times, step, indices)
    if variable.parts is None:
        return slope
    flat = slope.reshape(*slope.shape[: slope.ndim - len(variable.parts)], -1)
    offset = np.ravel_multi_index(state.entry(variable, indices), state.shape(variable.symbol))
    return np.asarray(flat[..., offset])


def _slope(node: s.Derivative, state: State, times: tuple[int, ...], step: Step | None, indices: Indices) -> Array:
    numerator = node.numerator
    free = {name: indices[name] for name in sorted(s.free_indices(numerator)) if name in indices}
    change = Change((node.variable.symbol, times), step)
    memo = (numerator, change, tuple(free.items()))
    if memo not in state.derivatives:
        at = state.value(node.variable, times).shape
        moved = algebra.plain(evaluate(numerator, state.moved(change), free))
        state.derivatives[memo] = perturbation.slope(moved, at)
    return state.derivatives[memo]


def _step_of(numerator: s.Node, state: State, indices: Indices) -> Step:
    if not isinstance(numerator, s.Quantity) or not numerator.times:
        raise Fault(
            numerator, "∂⁺ of something that belongs to no single step", "use ∂, or a quantity with a time index"
        )
    times = tuple(whole(time, state, indices) for time in numerator.times)
    return step_of((numerator.symbol, times))
