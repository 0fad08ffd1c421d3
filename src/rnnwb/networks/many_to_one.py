r"""Input sequences: one output and one loss for a whole sequence.

The network is that of `many_to_many` with logits $Y = Z V + c$, where $Z$ is the hidden state after the last step of
the sequence, or the mean of the hidden states of all its steps. The functions take the parameters of
`rnnwb.networks.lstm` and `rnnwb.networks.gru` as well.

Targets are classes: integers, shape (B,), with $-1$ for a sequence without a target. Or they are points of the
simplex: numbers of the parameters' type, shape (B, K).
"""

from __future__ import annotations

import numpy as np

from rnnwb.networks.cells.cell import State
from rnnwb.networks.checks import require_targets
from rnnwb.networks.cross_entropy import loss_and_gradient
from rnnwb.networks.many_to_many import Parameters, initial_parameters
from rnnwb.networks.network import AnyOneLayer, Gradients, OneLayer, Outputs, checked
from rnnwb.networks.output import OutputLayer
from rnnwb.networks.pooling import Pooling, shares
from rnnwb.networks.recurrence import backward, run

__all__ = ["Parameters", "forward", "gradients", "initial_parameters", "loss"]


def forward(
    parameters: OneLayer,
    X: np.ndarray,
    S_init: State | None = None,
    lengths: np.ndarray | None = None,
    pooling: Pooling = "last",
) -> Outputs:
    """Hidden states of all steps and one row of logits for each sequence.

    Args:
        parameters: of `many_to_many`, `lstm` or `gru`.
        X: inputs, shape (time, B, D).
        S_init: initial state, zero unless given.
        lengths: number of steps of each sequence, shape (B,); all steps unless given.
        pooling: "last" or "mean".

    Returns:
        S, shape (time, B, H); Y, shape (B, K); S_last, the state after the last step of each sequence.

    Raises:
        TypeError: if types disagree.
        ValueError: if shapes disagree, a length is out of range, or there is no such pooling.

    >>> parameters = initial_parameters(D=2, H=3, K=4, seed=0)
    >>> X, lengths = np.ones((5, 2, 2)), np.array([5, 3])
    >>> forward(parameters, X, lengths=lengths).Y.shape
    (2, 4)
    """
    layer, batch, state = checked(parameters, X, S_init, lengths)
    trace, _ = run(layer, batch, state)
    S, share = trace.S[1:], shares(batch, 0, len(X), pooling)
    Z = np.einsum("tb,tbh->bh", share, S)
    return Outputs(S, OutputLayer(parameters.V, parameters.c).logits(Z), trace.state(batch.ends()))


def loss(
    parameters: OneLayer,
    X: np.ndarray,
    C: np.ndarray,
    S_init: State | None = None,
    lengths: np.ndarray | None = None,
    pooling: Pooling = "last",
) -> float:
    """Sum of the cross-entropies of all sequences.

    Args:
        parameters: of `many_to_many`, `lstm` or `gru`.
        X: inputs, shape (time, B, D).
        C: targets: classes, shape (B,), or points of the simplex, shape (B, K).
        S_init: initial state, zero unless given.
        lengths: number of steps of each sequence, shape (B,); all steps unless given.
        pooling: "last" or "mean".

    Raises:
        TypeError: if types disagree.
        ValueError: if shapes disagree, a length or a class is out of range, or there is no such pooling.

    >>> parameters = initial_parameters(D=2, H=3, K=4, seed=0)
    >>> parameters = parameters._replace(V=np.zeros((3, 4)))
    >>> round(loss(parameters, np.ones((5, 2, 2)), np.array([3, 0])), 4)
    2.7726
    """
    Y = forward(parameters, X, S_init, lengths, pooling).Y
    _require_targets(parameters, X, C)
    return loss_and_gradient(Y, C)[0]


def gradients(
    parameters: AnyOneLayer,
    X: np.ndarray,
    C: np.ndarray,
    S_init: State | None = None,
    lengths: np.ndarray | None = None,
    inputs: bool = False,
    pooling: Pooling = "last",
) -> Gradients[AnyOneLayer]:
    """Loss of a batch and its gradients, by backpropagation through all steps.

    Args:
        parameters: of `many_to_many`, `lstm` or `gru`.
        X: inputs, shape (time, B, D).
        C: targets: classes, shape (B,), or points of the simplex, shape (B, K).
        S_init: initial state, zero unless given.
        lengths: number of steps of each sequence, shape (B,); all steps unless given.
        inputs: whether gradients of the inputs are wanted.
        pooling: "last" or "mean".

    Returns:
        loss, the sum over all sequences; parameters, the gradients in the place of the parameters; S_init; X, shape
            (time, B, D), or None; S_last, the state after the last step of each sequence.

    Raises:
        TypeError: if types disagree.
        ValueError: if shapes disagree, a length or a class is out of range, or there is no such pooling.

    >>> parameters = initial_parameters(D=2, H=3, K=4, seed=0)
    >>> X, C, lengths = np.ones((5, 2, 2)), np.array([3, 0]), np.array([5, 3])
    >>> found = gradients(parameters, X, C, lengths=lengths)
    >>> found.parameters.V.shape, found.S_init.shape
    ((3, 4), (2, 3))
    """
    layer, batch, state = checked(parameters, X, S_init, lengths)
    _require_targets(parameters, X, C)
    output, (trace, pieces) = OutputLayer(parameters.V, parameters.c), run(layer, batch, state)
    Z = np.einsum("tb,tbh->bh", shares(batch, 0, len(X), pooling), trace.S[1:])
    dZ = output.hidden_gradients(Z, C)

    def hidden_gradients(start: int, stop: int, S: np.ndarray) -> np.ndarray:
        return shares(batch, start, stop, pooling)[:, :, None] * dZ

    weights, dS_init, dX = backward(layer, batch, reversed(pieces), hidden_gradients, inputs)
    found = parameters._replace(**weights._asdict(), **output.gradients._asdict())
    return Gradients(output.loss, found, dS_init, dX, trace.state(batch.ends()))


def _require_targets(parameters: OneLayer, X: np.ndarray, C: np.ndarray) -> None:
    require_targets(C, {"B": X.shape[1]}, len(parameters.c), parameters.c.dtype)
