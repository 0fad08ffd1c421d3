r"""The GRU with an output and a loss at every step; `many_to_one` and `one_to_many` take its parameters as well.

It is the form of PyTorch, which resets after the product. The columns of U, W and b are those of the reset gate, the
update gate and the candidate, H of each, in this order. For targets see `many_to_many`, whose functions take these
parameters.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from rnnwb.networks.cells.gru import GRU
from rnnwb.networks.initialisers import Initialiser, orthogonal, output_weights
from rnnwb.networks.many_to_many import forward, gradients, loss, step

__all__ = ["Parameters", "forward", "gradients", "initial_parameters", "loss", "step"]


class Parameters(NamedTuple):
    """Parameters of a network with GRU cells.

    Attributes:
        U: input weights, shape (D, 3 H).
        W: recurrent weights, shape (H, 3 H).
        V: output weights, shape (H, K).
        b: bias of the pre-activations, shape (3 H,).
        beta: bias inside the product with the reset gate, shape (H,).
        c: bias of the logits, shape (K,).
    """

    U: np.ndarray
    W: np.ndarray
    V: np.ndarray
    b: np.ndarray
    beta: np.ndarray
    c: np.ndarray

    @property
    def layer(self) -> GRU:
        """Weights of the recurrent layer."""
        return GRU(self.U, self.W, self.b, self.beta)


def initial_parameters(
    D: int,
    H: int,
    K: int,
    seed: int | np.random.Generator,
    dtype: type = np.float64,
    recurrent: Initialiser = orthogonal,
) -> Parameters:
    """Random parameters; all biases are zero.

    Args:
        D: size of the inputs.
        H: number of hidden units.
        K: number of classes.
        seed: seed of the random numbers, or their generator.
        dtype: np.float64 or np.float32.
        recurrent: what each gate's part of W starts from, one of `rnnwb.networks.initialisers`.

    >>> parameters = initial_parameters(D=2, H=3, K=4, seed=0)
    >>> X, C = np.ones((5, 1, 2)), np.zeros((5, 1), int)
    >>> found = gradients(parameters, X, C)
    >>> found.parameters.W.shape, found.parameters.beta.shape
    ((3, 9), (3,))
    """
    random = np.random.default_rng(seed)
    U, W, b, beta = GRU.initial(D, H, random, dtype, recurrent)
    V, c = output_weights(random, H, K, dtype)
    return Parameters(U, W, V, b, beta, c)
