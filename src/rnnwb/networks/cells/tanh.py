r"""The cell of the derivation: $S_t = \tanh(X_t U + S_{t-1} W + b)$."""

from __future__ import annotations

from typing import NamedTuple, Self

import numpy as np

from rnnwb.networks.cells.cell import Deltas
from rnnwb.networks.cells.products import after, bias_gradient, rows
from rnnwb.networks.initialisers import Initialiser, layer_weights, orthogonal


class Trace(NamedTuple):
    """What a layer of tanh units remembers of some steps, with the methods of `cell.Trace`.

    Attributes:
        S: hidden states, shape (steps + 1, B, H); the first is the one that the steps start from.
    """

    S: np.ndarray

    def part(self, start: int, stop: int) -> Self:
        """The same of the steps from start to stop, without a copy."""
        return type(self)(self.S[start : stop + 1])

    def state(self, steps: int | np.ndarray) -> np.ndarray:
        """The state after so many steps, which may be another number for each sequence."""
        return after(self.S, steps)

    def restart(self, state: np.ndarray) -> None:
        """Set the state that the steps start from."""
        self.S[0] = state


class Tanh(NamedTuple):
    """Weights of a layer of tanh units, with the methods of `Cell`.

    Attributes:
        U: input weights, shape (D, H).
        W: recurrent weights, shape (H, H).
        b: bias of the pre-activations, shape (H,).
    """

    U: np.ndarray
    W: np.ndarray
    b: np.ndarray

    @classmethod
    def initial(
        cls,
        D: int,
        H: int,
        seed: int | np.random.Generator,
        dtype: type = np.float64,
        recurrent: Initialiser = orthogonal,
    ) -> Self:
        """Random weights; the bias is zero.

        Args:
            D: size of the inputs.
            H: number of hidden units.
            seed: seed of the random numbers, or their generator.
            dtype: np.float64 or np.float32.
            recurrent: what W starts from, one of `rnnwb.networks.initialisers`.

        >>> [array.shape for array in Tanh.initial(D=2, H=3, seed=0)]
        [(2, 3), (3, 3), (3,)]
        """
        random = np.random.default_rng(seed)
        return cls(*layer_weights(random, D, H, 1, dtype, recurrent), np.zeros(H, dtype))

    @property
    def gates(self) -> int:
        """How many blocks of H columns stand side by side in U and W."""
        return 1

    def zero_state(self, B: int) -> np.ndarray:
        """The state that a network starts from unless told otherwise."""
        return np.zeros((B, len(self.W)), self.W.dtype)

    def empty_trace(self, steps: int, B: int) -> Trace:
        """Room for so many steps."""
        return Trace(np.empty((steps + 1, B, len(self.W)), self.W.dtype))

    def ready(self) -> Self:
        """The weights as `run` takes them."""
        return self

    def run(self, X: np.ndarray, trace: Trace) -> None:
        """Fill a trace from its first state: one product for all inputs, then one with W for each step."""
        S_prev, S = trace.S[0], trace.S[1:]
        rows(X).dot(self.U, rows(S))
        S += self.b
        W, product, add, tanh = self.W, np.empty_like(S_prev), np.add, np.tanh
        for S_t in S:
            add(S_t, S_prev.dot(W, product), S_t)
            S_prev = tanh(S_t, S_t)

    def deltas(self, trace: Trace, dS: np.ndarray, dstate: np.ndarray, W_T: np.ndarray) -> Deltas:
        """Gradients with respect to the pre-activations, in the place of dS: one product with W for each step."""
        slopes = np.square(trace.S[1:])
        np.subtract(1.0, slopes, slopes)
        later, add, multiply = dstate.copy(), np.add, np.multiply
        for delta, slope in zip(dS[::-1], slopes[::-1]):
            add(delta, later, delta)
            multiply(delta, slope, delta).dot(W_T, later)
        return Deltas(dS, dS, later)

    def gradients(self, X: np.ndarray, trace: Trace, deltas: Deltas) -> Self:
        """Gradients of the weights, in the place of the weights: one product for each."""
        delta = rows(deltas.inputs)
        dU, dW = rows(X).T.dot(delta), rows(trace.S[:-1]).T.dot(delta)
        return type(self)(dU, dW, bias_gradient(deltas.inputs, self.b))
