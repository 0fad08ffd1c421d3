r"""Synchronised input and output sequences: an output and a loss at every step.

The network is $S_t = \tanh(X_t U + S_{t-1} W + b)$ with logits $Y_t = S_t V + c$, and its loss is the sum of the
cross-entropies of all steps of all sequences. The functions take the parameters of `rnnwb.networks.lstm` and
`rnnwb.networks.gru` as well.

Targets are classes: integers, shape (time, B), with $-1$ for a step without a target. Or they are points of the
simplex: numbers of the parameters' type, shape (time, B, K), with zeros for a step without a target.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from rnnwb.networks.cells.cell import State
from rnnwb.networks.cells.products import rows
from rnnwb.networks.cells.tanh import Tanh
from rnnwb.networks.cross_entropy import loss_and_gradient
from rnnwb.networks.every_step import back_through, checked_pairs
from rnnwb.networks.initialisers import Initialiser, orthogonal, output_weights
from rnnwb.networks.network import AnyOneLayer, Gradients, OneLayer, Outputs, checked
from rnnwb.networks.output import OutputLayer
from rnnwb.networks.recurrence import first_to_last, run


class Parameters(NamedTuple):
    """Parameters of the network with tanh units.

    Attributes:
        U: input weights, shape (D, H).
        W: recurrent weights, shape (H, H).
        V: output weights, shape (H, K).
        b: bias of the pre-activations, shape (H,).
        c: bias of the logits, shape (K,).
    """

    U: np.ndarray
    W: np.ndarray
    V: np.ndarray
    b: np.ndarray
    c: np.ndarray

    @property
    def layer(self) -> Tanh:
        """Weights of the recurrent layer."""
        return Tanh(self.U, self.W, self.b)


def initial_parameters(
    D: int,
    H: int,
    K: int,
    seed: int | np.random.Generator,
    dtype: type = np.float64,
    recurrent: Initialiser = orthogonal,
) -> Parameters:
    """Random parameters; both biases are zero.

    Args:
        D: size of the inputs.
        H: number of hidden units.
        K: number of classes.
        seed: seed of the random numbers, or their generator.
        dtype: np.float64 or np.float32.
        recurrent: what W starts from, one of `rnnwb.networks.initialisers`.

    >>> [array.shape for array in initial_parameters(D=2, H=3, K=4, seed=0)]
    [(2, 3), (3, 3), (3, 4), (3,), (4,)]
    """
    random = np.random.default_rng(seed)
    U, W, b = Tanh.initial(D, H, random, dtype, recurrent)
    V, c = output_weights(random, H, K, dtype)
    return Parameters(U, W, V, b, c)


def forward(
    parameters: OneLayer, X: np.ndarray, S_init: State | None = None, lengths: np.ndarray | None = None
) -> Outputs:
    """Hidden states and logits of all steps.

    Args:
        parameters: of this module, or of `lstm` or `gru`.
        X: inputs, shape (time, B, D).
        S_init: initial state, zero unless given.
        lengths: number of steps of each sequence, shape (B,); all steps unless given.

    Returns:
        S, shape (time, B, H); Y, shape (time, B, K); S_last, the state after the last step of each sequence.
            After its end a sequence has no meaningful states or logits.

    Raises:
        TypeError: if types disagree.
        ValueError: if shapes disagree, or a length is out of range.

    >>> parameters = initial_parameters(D=2, H=3, K=4, seed=0)
    >>> S, Y, S_last = forward(parameters, np.ones((5, 1, 2)))
    >>> S.shape, Y.shape, bool((S_last == S[-1]).all())
    ((5, 1, 3), (5, 1, 4), True)
    """
    layer, batch, state = checked(parameters, X, S_init, lengths, least=0)
    trace, _ = run(layer, batch, state)
    S = trace.S[1:]
    return Outputs(S, OutputLayer(parameters.V, parameters.c).logits(S), trace.state(batch.ends()))


def step(parameters: OneLayer, X: np.ndarray, S_prev: State | None = None) -> tuple[State, np.ndarray]:
    """The state and the logits after one step, for loops that choose the next input themselves.

    Args:
        parameters: of this module, or of `lstm` or `gru`.
        X: input, shape (B, D).
        S_prev: state before the step, zero unless given.

    Returns:
        The state after the step, and the logits, shape (B, K).

    Raises:
        TypeError: if types disagree.
        ValueError: if shapes disagree.

    >>> parameters = initial_parameters(D=2, H=3, K=4, seed=0)
    >>> state, Y = step(parameters, np.ones((1, 2)))
    >>> bool((Y == forward(parameters, np.ones((1, 1, 2))).Y[0]).all())
    True
    """
    _, Y, S_last = forward(parameters, X[None], S_prev)
    return S_last, Y[0]


def loss(
    parameters: OneLayer,
    X: np.ndarray,
    C: np.ndarray,
    S_init: State | None = None,
    lengths: np.ndarray | None = None,
) -> float:
    """Sum of the cross-entropies of all steps of all sequences; memory does not grow with the number of steps.

    Args:
        parameters: of this module, or of `lstm` or `gru`.
        X: inputs, shape (time, B, D).
        C: targets: classes, shape (time, B), or points of the simplex, shape (time, B, K).
        S_init: initial state, zero unless given.
        lengths: number of steps of each sequence, shape (B,); all steps unless given.

    Raises:
        TypeError: if types disagree.
        ValueError: if shapes disagree, or a length or a class is out of range.

    >>> parameters = initial_parameters(D=2, H=3, K=4, seed=0)
    >>> parameters = parameters._replace(V=np.zeros((3, 4)))
    >>> round(loss(parameters, np.ones((5, 1, 2)), np.zeros((5, 1), int)), 4)
    6.9315
    """
    layer, batch, state = checked_pairs(parameters, X, C, S_init, lengths)
    output, total = OutputLayer(parameters.V, parameters.c), 0.0
    for start, stop, trace in first_to_last(layer, batch, state):
        total += loss_and_gradient(output.logits(rows(trace.S[1:])), batch.targets(C, start, stop))[0]
    return total


def gradients(
    parameters: AnyOneLayer,
    X: np.ndarray,
    C: np.ndarray,
    S_init: State | None = None,
    lengths: np.ndarray | None = None,
    inputs: bool = False,
) -> Gradients[AnyOneLayer]:
    """Loss of a batch and its gradients, by backpropagation through all steps.

    What the cell remembers of a step is kept for all steps: one number for each hidden unit with tanh, the hidden state;
    seven with an LSTM, which needs its gates and cell states as well; five with a GRU. Everything else is done for
    about 512 rows (steps times sequences) at a time. Where this needs too much memory, see `rnnwb.networks.long`.

    Args:
        parameters: of this module, or of `lstm` or `gru`.
        X: inputs, shape (time, B, D).
        C: targets: classes, shape (time, B), or points of the simplex, shape (time, B, K).
        S_init: initial state, zero unless given.
        lengths: number of steps of each sequence, shape (B,); all steps unless given.
        inputs: whether gradients of the inputs are wanted.

    Returns:
        loss, the sum over all steps; parameters, the gradients in the place of the parameters; S_init; X, shape
            (time, B, D), or None; S_last, the state after the last step of each sequence.

    Raises:
        TypeError: if types disagree.
        ValueError: if shapes disagree, or a length or a class is out of range.

    >>> parameters = initial_parameters(D=2, H=3, K=4, seed=0)
    >>> X, C = np.ones((5, 2, 2)), np.zeros((5, 2), int)
    >>> lengths = np.array([5, 3])
    >>> found = gradients(parameters, X, C, lengths=lengths, inputs=True)
    >>> found.parameters.W.shape, found.S_init.shape, found.X.shape
    ((3, 3), (2, 3), (5, 2, 2))
    >>> bool(found.X[3:, 1].any())
    False
    """
    layer, batch, state = checked_pairs(parameters, X, C, S_init, lengths)
    trace, pieces = run(layer, batch, state)
    return back_through(parameters, layer, batch, C, reversed(pieces), trace.state(batch.ends()), inputs)
