"""What the ways to the gradient of a network with a loss at every step share: the checks, and the way back."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from rnnwb.networks.batch import Batch
from rnnwb.networks.cells.cell import Cell, State
from rnnwb.networks.checks import require_targets
from rnnwb.networks.network import AnyOneLayer, Gradients, OneLayer, checked
from rnnwb.networks.output import OutputLayer
from rnnwb.networks.recurrence import Piece, backward


def checked_pairs(
    parameters: OneLayer, X: np.ndarray, C: np.ndarray, S_init: State | None, lengths: np.ndarray | None
) -> tuple[Cell, Batch, State]:
    """The layer, the batch and the state that it starts from, once everything is known to fit, the targets too.

    Args:
        parameters: of `many_to_many`, `lstm` or `gru`.
        X: inputs, shape (time, B, D).
        C: targets: classes, shape (time, B), or points of the simplex, shape (time, B, K).
        S_init: initial state, None for zeros.
        lengths: number of steps of each sequence, 0 or more, shape (B,); None where all have all.

    Raises:
        TypeError: if types disagree.
        ValueError: if shapes disagree, or a length or a class is out of range.

    >>> from rnnwb.networks.many_to_many import initial_parameters
    >>> parameters = initial_parameters(D=2, H=3, K=4, seed=0)
    >>> X, C = np.ones((5, 1, 2)), np.zeros((6, 1), int)
    >>> checked_pairs(parameters, X, C, None, None)
    Traceback (most recent call last):
    ...
    ValueError: C has shape (6, 1), but as classes (int64) it must be (time, B) = (5, 1)
    """
    layer, batch, state = checked(parameters, X, S_init, lengths, least=0)
    steps, B, _ = X.shape
    c, there = parameters.c, batch.there(0, steps)
    require_targets(C, {"time": steps, "B": B}, len(c), c.dtype, there)
    return layer, batch, state


def back_through(
    parameters: AnyOneLayer,
    layer: Cell,
    batch: Batch,
    C: np.ndarray,
    pieces: Iterable[Piece],
    S_last: State,
    inputs: bool,
) -> Gradients[AnyOneLayer]:
    """Loss and gradients of a batch whose trace is given piece by piece, the last piece first.

    Args:
        parameters: of `many_to_many`, `lstm` or `gru`.
        layer: weights of its recurrent layer.
        batch: inputs, and where they end.
        C: targets: classes, shape (time, B), or points of the simplex, shape (time, B, K).
        pieces: the trace, from the last piece to the first.
        S_last: the state after the last step of each sequence, which is handed on.
        inputs: whether gradients of the inputs are wanted.

    >>> from rnnwb.networks.many_to_many import initial_parameters
    >>> from rnnwb.networks.recurrence import run
    >>> parameters = initial_parameters(D=2, H=3, K=4, seed=0)
    >>> X, C = np.ones((5, 1, 2)), np.zeros((5, 1), int)
    >>> layer, batch, state = checked_pairs(parameters, X, C, None, None)
    >>> trace, pieces = run(layer, batch, state)
    >>> back, S_last = reversed(pieces), trace.state(5)
    >>> found = back_through(parameters, layer, batch, C, back, S_last, True)
    >>> found.parameters.W.shape, found.X.shape
    ((3, 3), (5, 1, 2))
    """
    output = OutputLayer(parameters.V, parameters.c)
    weights, dS_init, dX = backward(layer, batch, pieces, output.at_every_step(batch, C), inputs)
    found = parameters._replace(**weights._asdict(), **output.gradients._asdict())
    return Gradients(output.loss, found, dS_init, dX, S_last)
