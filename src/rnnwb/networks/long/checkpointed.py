"""The gradient of the whole sequence in memory that grows with the square root of the number of steps.

References:
    Griewank, "Achieving logarithmic growth of temporal and spatial complexity in reverse automatic differentiation",
    Optimization Methods and Software 1(1), 1992, pages 35-54.
    Chen, Xu, Zhang and Guestrin, "Training deep nets with sublinear memory cost", 2016.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import isqrt

import numpy as np

from rnnwb.networks.batch import Batch
from rnnwb.networks.cells.cell import Cell, State
from rnnwb.networks.every_step import back_through, checked_pairs
from rnnwb.networks.network import AnyOneLayer, Gradients
from rnnwb.networks.parameters import mapped
from rnnwb.networks.recurrence import Piece, fill

_Checkpoints = list[tuple[int, State]]
"""Steps, and the states that they start from."""


def gradients(
    parameters: AnyOneLayer,
    X: np.ndarray,
    C: np.ndarray,
    S_init: State | None = None,
    lengths: np.ndarray | None = None,
    inputs: bool = False,
) -> Gradients[AnyOneLayer]:
    r"""Loss and gradients as `many_to_many.gradients` finds them, with a small part of its memory.

    About $\sqrt{T}$ states are kept on the way forward. On the way back the steps from each of them to the next are run
    once more. So the whole costs one forward pass more, and the time grows with the number of steps as before.

    Args:
        parameters: of `many_to_many`, `lstm` or `gru`.
        X: inputs, shape (time, B, D).
        C: targets: classes, shape (time, B), or points of the simplex, shape (time, B, K).
        S_init: initial state, zero unless given.
        lengths: number of steps of each sequence, shape (B,); all steps unless given.
        inputs: whether gradients of the inputs are wanted; they take as much memory as the inputs.

    Returns:
        loss, parameters, S_init, X and S_last as `many_to_many.gradients` returns them.

    Raises:
        TypeError: if types disagree.
        ValueError: if shapes disagree, or a length or a class is out of range.

    >>> from rnnwb.networks import many_to_many
    >>> parameters = many_to_many.initial_parameters(D=2, H=3, K=4, seed=0)
    >>> X = np.random.default_rng(0).normal(size=(50, 2, 2))
    >>> C = np.zeros((50, 2), int)
    >>> found = gradients(parameters, X, C)
    >>> plain = many_to_many.gradients(parameters, X, C)
    >>> bool(np.abs(found.parameters.W - plain.parameters.W).max() < 1e-12)
    True
    """
    layer, batch, state = checked_pairs(parameters, X, C, S_init, lengths)
    checkpoints, S_last = _run_between_checkpoints(layer, batch, state)
    return back_through(parameters, layer, batch, C, _run_again(layer, batch, checkpoints), S_last, inputs)


def _run_between_checkpoints(weights: Cell, batch: Batch, state: State) -> tuple[_Checkpoints, State]:
    """Run a layer, and keep every √T-th state and the state after the last step of each sequence."""
    steps, B, _ = batch.X.shape
    every = _every(steps)
    trace, ready, checkpoints, last = weights.empty_trace(every, B), weights.ready(), [], state
    for start in range(0, steps, every):
        stop = min(start + every, steps)
        checkpoints.append((start, state))
        fill(ready, batch, trace, state, start, stop)
        own = np.clip(batch.ends() - start, 0, stop - start)
        last = _where(np.broadcast_to(own > 0, B)[:, None], trace.state(own), last)
        state = trace.state(stop - start)
    return checkpoints, last


def _run_again(weights: Cell, batch: Batch, checkpoints: _Checkpoints) -> Iterator[Piece]:
    """The pieces of a trace from the last to the first, each stretch between checkpoints run anew."""
    stop = len(batch.X)
    trace, ready = weights.empty_trace(_every(stop), batch.X.shape[1]), weights.ready()
    for start, state in reversed(checkpoints):
        yield from reversed(fill(ready, batch, trace, state, start, stop))
        stop = start


def _every(steps: int) -> int:
    """How many steps lie between two checkpoints: the root of all, rounded up."""
    return isqrt(steps - 1) + 1


def _where(there: np.ndarray, one: State, other: State) -> State:
    """One state for the sequences that are there, the other for the rest."""
    return mapped(lambda a, b: np.where(there, a, b), one, other)
