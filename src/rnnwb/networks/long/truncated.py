"""Chunks with a carried state: its value goes on into the next chunk, its derivative does not.

References:
    Williams and Peng, "An efficient gradient-based algorithm for on-line training of recurrent network trajectories",
    Neural Computation 2(4), 1990, pages 490-501.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from rnnwb.networks import many_to_many
from rnnwb.networks.cells.cell import State
from rnnwb.networks.every_step import checked_pairs
from rnnwb.networks.network import AnyOneLayer, Gradients
from rnnwb.networks.parameters import add_to, mapped


def gradients(
    parameters: AnyOneLayer,
    X: np.ndarray,
    C: np.ndarray,
    S_init: State | None = None,
    lengths: np.ndarray | None = None,
    inputs: bool = False,
    *,
    steps: int,
) -> Gradients[AnyOneLayer]:
    """Loss of the whole sequences, and the sum of the gradients of their chunks.

    Args:
        parameters: of `many_to_many`, `lstm` or `gru`.
        X: inputs, shape (time, B, D).
        C: targets: classes, shape (time, B), or points of the simplex, shape (time, B, K).
        S_init: initial state, zero unless given.
        lengths: number of steps of each sequence, shape (B,); all steps unless given.
        inputs: whether gradients of the inputs are wanted.
        steps: number of steps of a chunk, greater than 0; the last chunk may be shorter.

    Returns:
        loss, parameters, S_init, X and S_last as `many_to_many.gradients` returns them; S_init belongs to the first chunk.

    Raises:
        TypeError: if types disagree.
        ValueError: if shapes disagree, or steps, a length or a class is out of range.

    >>> parameters = many_to_many.initial_parameters(D=2, H=3, K=4, seed=0)
    >>> X, C = np.ones((5, 1, 2)), np.zeros((5, 1), int)
    >>> whole = many_to_many.gradients(parameters, X, C)
    >>> cut = gradients(parameters, X, C, steps=2)
    >>> abs(whole.loss - cut.loss) < 1e-12
    True
    >>> bool(np.abs(whole.parameters.W - cut.parameters.W).max() > 0.01)
    True
    """
    checked_pairs(parameters, X, C, S_init, lengths)
    _require_steps(steps)
    loss, state, total = 0.0, S_init, mapped(np.zeros_like, parameters)
    first, dX = None, np.empty_like(X) if inputs else None
    for start, (X_chunk, C_chunk, own) in zip(range(0, len(X), steps), chunks(X, C, steps, lengths)):
        found = many_to_many.gradients(parameters, X_chunk, C_chunk, state, own, inputs)
        loss, state = loss + found.loss, found.S_last
        first = found.S_init if start == 0 else first
        add_to(total, found.parameters)
        if dX is not None:
            dX[start : start + steps] = found.X
    return Gradients(loss, total, first, dX, state)


def chunks(
    X: np.ndarray, C: np.ndarray, steps: int, lengths: np.ndarray | None = None
) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray | None]]:
    """Inputs, targets and lengths of one chunk after the other, to make a step after each.

    Args:
        X: inputs, shape (time, B, D).
        C: targets: classes, shape (time, B), or points of the simplex, shape (time, B, K).
        steps: number of steps of a chunk, greater than 0; the last chunk may be shorter.
        lengths: number of steps of each sequence, shape (B,); all steps unless given.

    Yields:
        The inputs and targets of a chunk, without a copy, and how many of its steps each sequence has, shape (B,), or
            None where all have all.

    Raises:
        ValueError: if steps is not greater than 0.

    >>> parameters = many_to_many.initial_parameters(D=2, H=3, K=4, seed=0)
    >>> X, C, state = np.ones((5, 1, 2)), np.zeros((5, 1), int), None
    >>> for X_c, C_c, own in chunks(X, C, steps=2):
    ...     found = many_to_many.gradients(parameters, X_c, C_c, state, own)
    ...     W = parameters.W - 0.1 * found.parameters.W
    ...     parameters, state = parameters._replace(W=W), found.S_last
    """
    _require_steps(steps)
    for start in range(0, len(X), steps):
        stop = min(start + steps, len(X))
        own = None if lengths is None else np.clip(np.asarray(lengths) - start, 0, stop - start)
        yield X[start:stop], C[start:stop], own


def _require_steps(steps: int) -> None:
    if steps < 1:
        raise ValueError(f"steps is {steps}, but a chunk has at least one")
