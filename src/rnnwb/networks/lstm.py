r"""The LSTM with an output and a loss at every step; `many_to_one` and `one_to_many` take its parameters as well.

The columns of U, W and b are those of the input gate, the forget gate, the candidate and the output gate, H of each,
in this order. For targets see `many_to_many`, whose functions take these parameters. The state after a step, an initial
state and its gradient are then each a `State(S, M)`, hidden states and cell states.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from rnnwb.networks.cells.lstm import LSTM, State
from rnnwb.networks.initialisers import Initialiser, orthogonal, output_weights
from rnnwb.networks.many_to_many import forward, gradients, loss, step

__all__ = ["Parameters", "State", "forward", "gradients", "initial_parameters", "loss", "step"]


class Parameters(NamedTuple):
    """Parameters of a network with LSTM cells.

    Attributes:
        U: input weights, shape (D, 4 H).
        W: recurrent weights, shape (H, 4 H).
        V: output weights, shape (H, K).
        b: bias of the pre-activations, shape (4 H,).
        c: bias of the logits, shape (K,).
    """

    U: np.ndarray
    W: np.ndarray
    V: np.ndarray
    b: np.ndarray
    c: np.ndarray

    @property
    def layer(self) -> LSTM:
        """Weights of the recurrent layer."""
        return LSTM(self.U, self.W, self.b)


def initial_parameters(
    D: int,
    H: int,
    K: int,
    seed: int | np.random.Generator,
    dtype: type = np.float64,
    recurrent: Initialiser = orthogonal,
    forget_bias: float = 1.0,
) -> Parameters:
    """Random parameters; the biases are zero but for the forget gates, which start open.

    Args:
        D: size of the inputs.
        H: number of cells.
        K: number of classes.
        seed: seed of the random numbers, or their generator.
        dtype: np.float64 or np.float32.
        recurrent: what each gate's part of W starts from, one of `rnnwb.networks.initialisers`.
        forget_bias: bias of the forget gates.

    >>> parameters = initial_parameters(D=2, H=3, K=4, seed=0)
    >>> X, C = np.ones((5, 1, 2)), np.zeros((5, 1), int)
    >>> S, Y, S_last = forward(parameters, X)
    >>> S.shape, Y.shape, bool((S_last.S == S[-1]).all())
    ((5, 1, 3), (5, 1, 4), True)
    >>> found = gradients(parameters, X, C)
    >>> found.parameters.W.shape, found.S_init.M.shape
    ((3, 12), (1, 3))
    """
    random = np.random.default_rng(seed)
    U, W, b = LSTM.initial(D, H, random, dtype, recurrent, forget_bias)
    V, c = output_weights(random, H, K, dtype)
    return Parameters(U, W, V, b, c)
